package io.taskweaver.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Lines of Markdown as sections: what is before the first heading, and a section for each heading. */
final class MarkdownSections {
    private static final Pattern HEADING = Pattern.compile("(#{1,6})\\s+\\S.*", Pattern.DOTALL);
    private static final Pattern FENCE = Pattern.compile("\\s{0,3}(?:```|~~~).*", Pattern.DOTALL);
    private static final Pattern ITEM = Pattern.compile("\\s*(?:[-*+]|\\d+[.)])\\s.*", Pattern.DOTALL);

    private final List<String> before = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();

    /** @param heading the heading's line */
    private record Section(String heading, List<String> body) {
        int level() {
            return heading.indexOf(' ') < 0
                    ? heading.indexOf('\t')
                    : heading.strip().indexOf(' ');
        }
    }

    private MarkdownSections(List<String> lines) {
        int level = Integer.MAX_VALUE;
        boolean code = false;
        for (var line : lines) {
            if (FENCE.matcher(line).matches()) code = !code;
            var heading = HEADING.matcher(line);
            boolean opens = !code && heading.matches() && heading.group(1).length() <= level;
            if (opens) {
                level = heading.group(1).length();
                sections.add(new Section(line, new ArrayList<>()));
            } else if (sections.isEmpty()) before.add(line);
            else sections.getLast().body().add(line);
        }
    }

    static boolean isHeading(String line) {
        return HEADING.matcher(line).matches();
    }

    static boolean isItem(String line) {
        return ITEM.matcher(line).matches();
    }

    /** Both in one; empty if they have no heading in common. */
    static Optional<List<String>> united(List<String> ours, List<String> theirs) {
        var one = new MarkdownSections(ours);
        var other = new MarkdownSections(theirs);
        if (!one.meets(other)) return Optional.empty();
        var lines = joined(one.before, other.before);
        var left = new ArrayList<>(other.sections);
        for (var section : one.sections) {
            var same = left.stream()
                    .filter(each ->
                            each.heading().strip().equals(section.heading().strip()))
                    .findFirst();
            lines.add(section.heading());
            if (same.isEmpty()) lines.addAll(section.body());
            else {
                left.remove(same.get());
                var bodies = united(section.body(), same.get().body());
                lines.addAll(
                        bodies.orElseGet(() -> joined(section.body(), same.get().body())));
            }
        }
        for (var section : left) {
            if (!lines.isEmpty() && !lines.getLast().isBlank()) lines.add(blank(section.heading()));
            lines.add(section.heading());
            lines.addAll(section.body());
        }
        return Optional.of(lines);
    }

    private boolean meets(MarkdownSections other) {
        return sections.stream()
                .anyMatch(section -> other.sections.stream()
                        .anyMatch(each ->
                                each.heading().strip().equals(section.heading().strip())));
    }

    /** One after the other, items of a list without a gap. */
    static List<String> joined(List<String> some, List<String> more) {
        var lines = new ArrayList<>(some);
        var next = new ArrayList<>(more);
        if (next.stream().allMatch(String::isBlank)) return lines;
        if (lines.stream().allMatch(String::isBlank)) return next;
        while (lines.getLast().isBlank()) lines.removeLast();
        while (next.getFirst().isBlank()) next.removeFirst();
        boolean isList = ITEM.matcher(next.getFirst()).matches()
                && (ITEM.matcher(lines.getLast()).matches() || lines.getLast().startsWith(" "));
        if (!isList) lines.add(blank(next.getFirst()));
        lines.addAll(next);
        if (!some.getLast().isBlank() || next.getLast().isBlank()) return lines;
        lines.add(blank(next.getFirst()));
        return lines;
    }

    /** An empty line that ends as another one does. */
    private static String blank(String other) {
        return other.endsWith("\r\n") ? "\r\n" : "\n";
    }
}
