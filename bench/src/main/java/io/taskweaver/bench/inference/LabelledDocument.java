package io.taskweaver.bench.inference;

import io.taskweaver.bench.reading.LabelRow;
import io.taskweaver.bench.reading.LabelledLines;
import io.taskweaver.bench.reading.ReadingScore;
import io.taskweaver.model.Document;
import io.taskweaver.requirements.analysis.Analyst;
import io.taskweaver.requirements.analysis.Requirement;
import io.taskweaver.scheduling.inference.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A document whose lines were labelled: the work that it asks for, in the order of its lines, as it is read, and what the
 * reading misses as the labels have it.
 *
 * @param stated for each, what the document says that it needs
 * @param judged for each, what a reader found that it needs besides
 */
record LabelledDocument(String name, List<Subject> subjects, List<Set<Integer>> stated, List<Set<Integer>> judged) {
    private static final Pattern HEADING = Pattern.compile("(#+)\\s+(.*)");
    private static final Pattern MARKS = Pattern.compile("[#*|`]+");

    /** All {@code *.tsv} of a folder that have work, by name, each with the document of its name in another folder. */
    static List<LabelledDocument> in(Path labels, Path documents) throws IOException {
        var all = new ArrayList<LabelledDocument>();
        try (var files = Files.list(labels)) {
            for (var file : files.filter(path -> path.toString().endsWith(".tsv"))
                    .sorted()
                    .toList()) {
                var name = file.getFileName().toString().replace(".tsv", "");
                var text = Files.readString(ReadingScore.document(name, documents));
                var labelled = of(name, new LabelledLines(LabelRow.in(file)), text);
                if (!labelled.subjects.isEmpty()) all.add(labelled);
            }
        }
        return all;
    }

    private static LabelledDocument of(String name, LabelledLines labels, String document) {
        var lines = document.lines().toList();
        var work = labels.work();
        var numbers = new HashMap<String, Integer>();
        for (var row : work) numbers.put(row.key(), numbers.size());
        var read = Analyst.analyse(new Document(name + ".md", document)).requirements();
        var hits = labels.hits(
                read, each -> each.at().firstLine(), each -> each.at().lastLine());
        var headings = headings(lines);
        var subjects = new ArrayList<Subject>();
        var stated = new ArrayList<Set<Integer>>();
        var judged = new ArrayList<Set<Integer>>();
        for (var row : work) {
            var hit = hits.get(row.key());
            subjects.add(hit == null ? labelled(row, labels, lines, headings.get(row.start() - 1)) : asRead(hit));
            stated.add(numbered(row.stated(), numbers));
            judged.add(numbered(row.judged(), numbers));
        }
        return new LabelledDocument(name, subjects, stated, judged);
    }

    private static Subject asRead(Requirement requirement) {
        var text = new StringBuilder(requirement.text());
        requirement.criteria().forEach(criterion -> text.append("\n").append(criterion));
        return new Subject(requirement.title(), text.toString(), 1, requirement.section());
    }

    /** Work that the reading misses, by its labels. */
    private static Subject labelled(LabelRow row, LabelledLines labels, List<String> lines, List<String> headings) {
        var text = new StringBuilder(text(row, lines));
        for (var part : labels.rows())
            if (part.type().equals("part") && part.parents().contains(row.key()))
                text.append('\n').append(text(part, lines));
        return new Subject(row.title(), text.toString(), 1, headings);
    }

    private static Set<Integer> numbered(Set<String> keys, Map<String, Integer> numbers) {
        var needs = new HashSet<Integer>();
        for (var key : keys) {
            var number = numbers.get(key);
            if (number != null) needs.add(number);
        }
        return needs;
    }

    private static String text(LabelRow row, List<String> lines) {
        return MARKS.matcher(String.join(" ", lines.subList(row.start() - 1, row.end())))
                .replaceAll(" ");
    }

    /** For each line the headings above it, without the document's own and without its own if it is one. */
    private static List<List<String>> headings(List<String> lines) {
        var all = new ArrayList<List<String>>();
        var open = new ArrayList<String>();
        var depths = new ArrayList<Integer>();
        for (var line : lines) {
            var heading = HEADING.matcher(line);
            boolean isHeading = heading.matches();
            int depth = isHeading ? heading.group(1).length() : 0;
            while (isHeading && !depths.isEmpty() && depths.getLast() >= depth) {
                depths.removeLast();
                open.removeLast();
            }
            all.add(open.size() < 2 ? List.of() : List.copyOf(open.subList(1, open.size())));
            if (!isHeading) continue;
            depths.add(depth);
            open.add(MARKS.matcher(heading.group(2)).replaceAll("").strip());
        }
        return all;
    }
}
