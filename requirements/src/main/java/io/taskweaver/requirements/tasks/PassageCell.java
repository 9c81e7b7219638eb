package io.taskweaver.requirements.tasks;

import io.taskweaver.model.Passage;
import io.taskweaver.model.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Passages as the text of one cell: a line with kind, lines, name and headings of each, then its text, indented. */
final class PassageCell {
    private static final int KIND = 0;
    private static final int PATH = 1;
    private static final int FIRST = 2;
    private static final int LAST = 3;
    private static final int NAME = 4;
    private static final int FIELDS = 5;

    private PassageCell() {}

    static String write(List<Passage> passages) {
        return passages.stream().map(PassageCell::write).collect(Collectors.joining("\n"));
    }

    private static String write(Passage passage) {
        var fields = new ArrayList<>(List.of(
                passage.kind().name(),
                passage.source().path(),
                "" + passage.source().firstLine(),
                "" + passage.source().lastLine(),
                passage.name()));
        fields.addAll(passage.section());
        var head = fields.stream().map(field -> field.replaceAll("\\s+", " ")).collect(Collectors.joining("\t"));
        return head + "\n" + passage.text().lines().map(line -> " " + line).collect(Collectors.joining("\n"));
    }

    /** What a cell says; whatever is no passage is passed over. */
    static List<Passage> read(String cell) {
        var found = new ArrayList<Passage>();
        var lines = cell.lines().toList();
        for (int at = 0, next; at < lines.size(); at = next) {
            next = at + 1;
            while (next < lines.size() && lines.get(next).startsWith(" ")) next++;
            var text = lines.subList(at + 1, next).stream()
                    .map(line -> line.substring(1))
                    .collect(Collectors.joining("\n"));
            passage(lines.get(at).split("\t", -1), text).ifPresent(found::add);
        }
        return found;
    }

    private static Optional<Passage> passage(String[] fields, String text) {
        if (fields.length < FIELDS || text.isBlank()) return Optional.empty();
        try {
            return Optional.of(new Passage(
                    Passage.Kind.valueOf(fields[KIND]),
                    fields[NAME],
                    List.of(fields).subList(FIELDS, fields.length),
                    text,
                    new SourceSpan(fields[PATH], Integer.parseInt(fields[FIRST]), Integer.parseInt(fields[LAST]))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
