package io.taskweaver.requirements.tasks;

import io.taskweaver.model.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A task while it is read; ids and references are raw. */
public final class TaskDraft {
    /** An id that something refers to, and where. */
    record Reference(String id, Optional<SourceSpan> at, String place) {}

    final String id;
    final String title;
    final List<Reference> dependencies = new ArrayList<>();
    Optional<String> parent = Optional.empty();
    String place = "";
    private final TaskEntryBuilder entry = TaskEntryBuilder.builder()
            .kind(TaskEntry.Kind.WORK)
            .description("")
            .details("")
            .verification("")
            .priority(TaskPriority.MEDIUM)
            .section("")
            .status(TaskStatus.PENDING);

    /**
     * @param id may be blank: then it gets one out of its title
     * @param title may be blank: then the id stands for it
     */
    public TaskDraft(String id, String title) {
        this.id = oneWord(id);
        this.title = TaskEntry.oneLine(title);
    }

    /** What is read of it, but id, title, parent and dependencies. */
    public TaskEntryBuilder entry() {
        return entry;
    }

    /** Something that has to be done before. */
    public TaskDraft dependsOn(String value, Optional<SourceSpan> at) {
        return dependsOn(value, at, "");
    }

    /**
     * Something that has to be done before.
     *
     * @param place where it stands beside the line, e.g. a JSON pointer; may be empty
     */
    public TaskDraft dependsOn(String value, Optional<SourceSpan> at, String place) {
        var on = oneWord(value);
        if (!on.isEmpty()) dependencies.add(new Reference(on, at, place));
        return this;
    }

    public TaskDraft parent(String value) {
        parent = Optional.of(oneWord(value)).filter(text -> !text.isEmpty());
        return this;
    }

    /** Where it stands beside its line, e.g. a JSON pointer. */
    public TaskDraft place(String value) {
        place = value;
        return this;
    }

    TaskEntry entry(String uniqueId, List<String> resolved, Optional<String> whole) {
        return entry.id(uniqueId)
                .title(title.isEmpty() ? uniqueId : title)
                .dependencies(resolved)
                .parent(whole)
                .build();
    }

    /** An id without blanks, commas and semicolons, which separate ids elsewhere. */
    private static String oneWord(String text) {
        return text.strip().replaceAll("[\\s,;]+", "-");
    }
}
