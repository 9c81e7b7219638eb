package io.taskweaver.formats;

import io.taskweaver.model.Document;
import io.taskweaver.requirements.tasks.TaskDraft;
import io.taskweaver.requirements.tasks.TaskListBuilder;
import io.taskweaver.requirements.tasks.TaskStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code tasks.md} of Kiro, cc-sdd and OpenSpec: boxed items with numbers, {@code - [ ] 2.1 Title}, and remarks such as
 * {@code _Requirements: 1.1, 3.3-3.17_}, {@code _Depends: 1.2_} and {@code _Boundary: AuthService_}.
 */
final class NumberedTasksReader {
    private static final Pattern NUMBER = Pattern.compile("([0-9]+(?:\\.[0-9]+)*)[.)]?(?:\\s+|$)(.*)", Pattern.DOTALL);
    private static final Pattern RANGE = Pattern.compile("([0-9]+)\\.([0-9]+)\\s*[-–]\\s*(?:([0-9]+)\\.)?([0-9]+)");
    private static final Pattern SEPARATOR = Pattern.compile("\\s*[,;、]\\s*");
    private static final int WIDEST_RANGE = 200;

    private final TaskListBuilder builder = new TaskListBuilder();
    private final Map<String, String> originals = new HashMap<>();
    /** Tasks by their numbers; of two with the same number the first. */
    private final Map<String, TaskDraft> drafts = new HashMap<>();

    private boolean states;

    private NumberedTasksReader() {}

    static TaskListBuilder read(Document document) {
        var reader = new NumberedTasksReader();
        var found = MarkdownReader.read(document, heading -> false);
        reader.builder.title(found.title().matches("(?i)implementation plan|tasks") ? "" : found.title());
        var ids = new ArrayList<String>();
        for (var item : found.items()) ids.add(reader.idOf(item, ids));
        for (int i = 0; i < found.items().size(); i++) reader.task(found.items().get(i), ids.get(i), ids);
        reader.waves(Waves.in(document, found.items(), ids));
        boolean complete = reader.states || document.content().contains(MarkdownReader.COMPLETE);
        if (!complete) reader.builder.onlyOrdered();
        return reader.builder;
    }

    /** The item's number; one without gets the next below what it is nested in, if it is nested. */
    private String idOf(MarkdownItem item, List<String> before) {
        var match = NUMBER.matcher(withoutStar(item.text()));
        if (!match.matches()) {
            if (item.parent().isEmpty()) return "";
            var whole = before.get(item.parent().get());
            if (whole.isEmpty()) return "";
            int next = 1;
            while (before.contains(whole + "." + next)) next++;
            return whole + "." + next;
        }
        if (item.comment().startsWith("id: "))
            originals.put(match.group(1), item.comment().substring(4));
        return match.group(1);
    }

    /** A star after the box marks what may be left undone. */
    private static String withoutStar(String text) {
        return text.startsWith("*") ? text.substring(1).strip() : text;
    }

    private String original(String number) {
        return originals.getOrDefault(number, number);
    }

    private void task(MarkdownItem item, String id, List<String> ids) {
        boolean optional = item.text().startsWith("*");
        var match = NUMBER.matcher(withoutStar(item.text()));
        var title = match.matches() ? match.group(2).strip() : withoutStar(item.text());
        boolean parallel = title.startsWith("(P)") || title.endsWith("(P)");
        if (parallel)
            title = (title.startsWith("(P)") ? title.substring(3) : title.substring(0, title.length() - 3)).strip();
        var draft = new TaskDraft(original(id), title).parent(whole(item, id, ids));
        var entry = draft.entry().section(item.section()).source(item.at());
        if (optional) entry.addTags("optional");
        if (parallel) entry.addTags("parallel");
        if (item.isTicked()) entry.status(TaskStatus.DONE);
        else if (item.isBegun()) entry.status(TaskStatus.IN_PROGRESS);
        else item.report(builder);
        var details = new StringBuilder(item.details());
        for (var note : item.notes()) note(note, draft, ids, details);
        entry.details(details.toString());
        drafts.putIfAbsent(id, draft);
        builder.add(draft);
    }

    /** Each task of a wave waits for all tasks of the wave before. */
    private void waves(List<Waves.Wave> waves) {
        for (int i = 0; i < waves.size(); i++) {
            var wave = waves.get(i);
            for (var task : wave.tasks()) {
                var draft = drafts.get(task);
                if (draft == null)
                    builder.remark(
                            "unknown-dependency",
                            "This wave names " + task + ", which is not in the list; it was ignored.",
                            Optional.of(wave.at()));
                else if (i > 0)
                    for (var before : waves.get(i - 1).tasks())
                        if (drafts.containsKey(before)) draft.dependsOn(original(before), Optional.of(wave.at()));
            }
        }
        states |= !waves.isEmpty();
    }

    /** What an item is a part of: what its number begins with, else what it is nested in. */
    private String whole(MarkdownItem item, String id, List<String> ids) {
        int dot = id.lastIndexOf('.');
        if (dot > 0 && ids.contains(id.substring(0, dot))) return original(id.substring(0, dot));
        return item.parent()
                .map(ids::get)
                .filter(nested -> !nested.equals(id))
                .map(this::original)
                .orElse("");
    }

    private void note(MarkdownItem.Note note, TaskDraft draft, List<String> ids, StringBuilder details) {
        var label = note.label().toLowerCase(java.util.Locale.ROOT);
        if (note.emphasised() && label.matches("requirements?|validates"))
            draft.entry().addReferences(ranges(note.value()));
        else if (note.emphasised() && label.matches("depends(?: on)?|dependencies")) {
            states = true;
            for (var on : ranges(note.value()))
                if (!on.equalsIgnoreCase("none"))
                    for (var id : parts(on, ids)) draft.dependsOn(original(id), Optional.of(note.at()));
        } else if (note.emphasised()
                && label.equals("boundary")
                && !note.value().contains(",")) draft.entry().component(note.value());
        else if (note.emphasised() && label.equals("status"))
            TaskStatus.of(note.value()).ifPresent(draft.entry()::status);
        else
            details.append(details.isEmpty() ? "" : "\n")
                    .append(note.label())
                    .append(": ")
                    .append(note.value());
    }

    /** What a number stands for: a task, or the tasks of a section that has no box of its own. */
    private static List<String> parts(String on, List<String> ids) {
        var number = on.replaceFirst("(?i)^tasks?\\s+", "");
        if (ids.contains(number)) return List.of(number);
        var parts = ids.stream()
                .filter(id -> id.startsWith(number + ".") && id.indexOf('.', number.length() + 1) < 0)
                .toList();
        return parts.isEmpty() ? List.of(number) : parts;
    }

    /** Numbers that a remark names; {@code 3.3-3.5} is three of them. */
    private static List<String> ranges(String text) {
        var all = new ArrayList<String>();
        for (var part : SEPARATOR.split(text.strip())) {
            var range = RANGE.matcher(part);
            boolean plain = range.matches()
                    && range.group(2).length() < 5
                    && range.group(4).length() < 5
                    && (range.group(3) == null || range.group(3).equals(range.group(1)));
            if (!plain) {
                if (!part.isBlank()) all.add(part.strip());
                continue;
            }
            int from = Integer.parseInt(range.group(2));
            int to = Math.min(Integer.parseInt(range.group(4)), from + WIDEST_RANGE);
            for (int number = from; number <= to; number++) all.add(range.group(1) + "." + number);
        }
        return all;
    }
}
