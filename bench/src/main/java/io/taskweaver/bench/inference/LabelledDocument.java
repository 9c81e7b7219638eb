package io.taskweaver.bench.inference;

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
 * A document whose lines were labelled, taken as if it had been read without a miss: the work that it asks for, in the
 * order of its lines.
 *
 * @param stated for each, what the document says that it needs
 * @param judged for each, what a reader found that it needs besides
 */
record LabelledDocument(String name, List<Subject> subjects, List<Set<Integer>> stated, List<Set<Integer>> judged) {
    private static final Pattern HEADING = Pattern.compile("(#+)\\s+(.*)");
    private static final Pattern MARKS = Pattern.compile("[#*|`]+");

    /** Of a line of labels: {@code start end class key parent needs title}. */
    private record Row(int start, int end, String type, String key, String parent, String needs, String title) {
        static Row of(String line) {
            var cells = line.split("\t", -1);
            return new Row(
                    Integer.parseInt(cells[0]),
                    Integer.parseInt(cells[1]),
                    cells[2],
                    cells[3],
                    cells[4],
                    cells[5],
                    cells[6]);
        }
    }

    /** All {@code *.tsv} of a folder that have work, by name, each with the document of its name in another folder. */
    static List<LabelledDocument> in(Path labels, Path documents) throws IOException {
        var all = new ArrayList<LabelledDocument>();
        try (var files = Files.list(labels)) {
            for (var file : files.filter(path -> path.toString().endsWith(".tsv"))
                    .sorted()
                    .toList()) {
                var name = file.getFileName().toString().replace(".tsv", "");
                try (var found = Files.list(documents)) {
                    var document = found.filter(
                                    path -> path.getFileName().toString().startsWith(name + "."))
                            .findFirst()
                            .orElseThrow();
                    var labelled = of(name, Files.readAllLines(file), Files.readAllLines(document));
                    if (!labelled.subjects.isEmpty()) all.add(labelled);
                }
            }
        }
        return all;
    }

    private static LabelledDocument of(String name, List<String> labels, List<String> lines) {
        var rows = labels.stream().skip(1).map(Row::of).toList();
        var work = rows.stream()
                .filter(row -> row.type.equals("work"))
                .sorted((a, b) -> a.start - b.start)
                .toList();
        var numbers = new HashMap<String, Integer>();
        for (var row : work) numbers.put(row.key, numbers.size());
        var headings = headings(lines);
        var subjects = new ArrayList<Subject>();
        var stated = new ArrayList<Set<Integer>>();
        var judged = new ArrayList<Set<Integer>>();
        for (var row : work) {
            var text = new StringBuilder(text(row, lines));
            for (var part : rows)
                if (part.type.equals("part") && keys(part.parent).contains(row.key))
                    text.append('\n').append(text(part, lines));
            subjects.add(new Subject(row.title, text.toString(), 1, headings.get(row.start - 1)));
            stated.add(needs(row, true, numbers));
            judged.add(needs(row, false, numbers));
        }
        return new LabelledDocument(name, subjects, stated, judged);
    }

    private static Set<Integer> needs(Row row, boolean stated, Map<String, Integer> numbers) {
        var needs = new HashSet<Integer>();
        for (var key : keys(row.needs)) {
            var number = numbers.get(key.replace("!", ""));
            if (number != null && key.endsWith("!") == stated) needs.add(number);
        }
        return needs;
    }

    private static List<String> keys(String cell) {
        return List.of(cell.split(",")).stream().map(String::strip).toList();
    }

    private static String text(Row row, List<String> lines) {
        return MARKS.matcher(String.join(" ", lines.subList(row.start - 1, row.end)))
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
