package io.taskweaver.formats;

import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.tasks.TaskListBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts fields that nothing reads, so that each is reported once and with its first place. */
final class UnreadFields {
    private record Seen(int count, SourceSpan first, String pointer) {}

    private final Map<String, Seen> seen = new LinkedHashMap<>();

    /** Names of fields, written in one text with blanks between them. */
    static Set<String> names(String text) {
        return Set.of(text.split(" ", -1));
    }

    /** Notes all fields of an object but those that are known. */
    void note(Json.Fields object, Set<String> known) {
        object.fields().forEach((name, value) -> {
            if (!known.contains(name)) note(name, value);
        });
    }

    void note(String name, Json value) {
        seen.merge(
                name,
                new Seen(1, value.at(), value.pointer()),
                (old, one) -> new Seen(old.count() + 1, old.first(), old.pointer()));
    }

    /** Reports each. */
    void report(TaskListBuilder builder) {
        seen.forEach((name, times) -> builder.remark(
                "unread-field",
                "The field '" + name + "' (" + times.pointer() + ") is not known; it was not read"
                        + (times.count() == 1 ? "." : ", " + times.count() + " times."),
                Optional.of(times.first())));
    }
}
