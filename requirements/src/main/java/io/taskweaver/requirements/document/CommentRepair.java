package io.taskweaver.requirements.document;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Moves lines such as {@code # Index route: /notes} below the item that they stand under. Between the items of one list
 * they are remarks, though Markdown takes them for chapters: a chapter of a document does not begin deep in a section,
 * without a blank line, with one item below it.
 */
final class CommentRepair {
    private static final Pattern HEADING = Pattern.compile("(#{1,6})\\s+(\\S.*)");
    private static final Pattern ITEM = Pattern.compile("( {0,3})([-*+•]|[0-9]{1,3}[.)])\\s+\\S.*");
    private static final int DEEP = 2;

    private CommentRepair() {}

    /** Repairs the lines in place. */
    static void repair(String[] lines) {
        int level = 0;
        boolean fenced = false;
        for (int i = 0; i < lines.length; i++) {
            var body = lines[i].strip();
            if (body.startsWith("```") || body.startsWith("~~~")) fenced = !fenced;
            if (fenced) continue;
            var heading = HEADING.matcher(lines[i]);
            if (!heading.matches()) continue;
            int marks = heading.group(1).length();
            var run = level - marks >= DEEP || (marks == 1 && level >= DEEP) ? run(lines, i) : List.<Integer>of();
            if (run.size() < DEEP) {
                level = marks;
                continue;
            }
            for (int at : run) lines[at] = " ".repeat(indentOf(lines, at)) + lines[at];
            i = run.getLast();
        }
    }

    /** Lines of the same level from one on that each stand between two items of a list, or behind its last one. */
    private static List<Integer> run(String[] lines, int from) {
        var marks = marksOf(lines[from]);
        var run = new ArrayList<Integer>();
        int i = from;
        while (i < lines.length && !lines[i].isBlank()) {
            boolean isRemark = marksOf(lines[i]).equals(marks)
                    && i > 0
                    && ITEM.matcher(lines[i - 1]).matches()
                    && (i + 1 == lines.length
                            || lines[i + 1].isBlank()
                            || ITEM.matcher(lines[i + 1]).matches());
            if (isRemark) run.add(i);
            else if (!ITEM.matcher(lines[i]).matches()) return run;
            i++;
        }
        return run;
    }

    private static String marksOf(String line) {
        var heading = HEADING.matcher(line);
        return heading.matches() ? heading.group(1) : "";
    }

    /** Where the text of the item above a line begins. */
    private static int indentOf(String[] lines, int line) {
        var item = ITEM.matcher(lines[line - 1]);
        return item.matches() ? item.group(1).length() + item.group(2).length() + 1 : 2;
    }
}
