package io.taskweaver.requirements.tasks;

import io.taskweaver.model.SourceSpan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** A task while it is read. Texts are taken as they come and put into shape; ids and references are raw. */
public final class TaskDraft {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern BREAKS = Pattern.compile("(?<![ \\t\\x0B\\f])[ \\t\\x0B\\f]*+[\\r\\n]\\s*+");

    /** An id that something refers to, and where. */
    record Reference(String id, Optional<SourceSpan> at, String place) {}

    final String id;
    final String title;
    final List<Reference> dependencies = new ArrayList<>();
    Optional<String> parent = Optional.empty();
    Optional<SourceSpan> source = Optional.empty();
    String place = "";
    private TaskEntry.Kind kind = TaskEntry.Kind.WORK;
    private String description = "";
    private String details = "";
    private String verification = "";
    private Optional<String> verify = Optional.empty();
    private final List<String> criteria = new ArrayList<>();
    private TaskPriority priority = TaskPriority.MEDIUM;
    private int phase;
    private String section = "";
    private TaskStatus status = TaskStatus.PENDING;
    private final List<String> tags = new ArrayList<>();
    private OptionalInt minutes = OptionalInt.empty();
    private Optional<String> assignee = Optional.empty();
    private Optional<String> component = Optional.empty();
    private Optional<String> operation = Optional.empty();
    private Optional<String> interfaceDefinition = Optional.empty();
    private final List<String> files = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private final List<String> references = new ArrayList<>();

    /**
     * @param id may be blank: then it gets one out of its title
     * @param title may be blank: then the id stands for it
     */
    public TaskDraft(String id, String title) {
        this.id = oneWord(id);
        this.title = oneLine(title);
    }

    public TaskDraft kind(TaskEntry.Kind value) {
        kind = value;
        return this;
    }

    public TaskDraft description(String value) {
        description = value.strip();
        return this;
    }

    public TaskDraft details(String value) {
        details = value.strip();
        return this;
    }

    public TaskDraft verification(String value) {
        verification = value.strip();
        return this;
    }

    /** A command; its line breaks stay. */
    public TaskDraft verify(String value) {
        verify = Optional.of(value.strip()).filter(text -> !text.isEmpty());
        return this;
    }

    public TaskDraft criteria(Collection<String> values) {
        addLines(values, criteria);
        return this;
    }

    public TaskDraft priority(TaskPriority value) {
        priority = value;
        return this;
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

    public TaskDraft phase(int value) {
        phase = Math.max(0, value);
        return this;
    }

    public TaskDraft section(String value) {
        section = oneLine(value);
        return this;
    }

    public TaskDraft status(TaskStatus value) {
        status = value;
        return this;
    }

    public TaskDraft tags(Collection<String> values) {
        addLines(values, tags);
        return this;
    }

    /** Negative values are not taken. */
    public TaskDraft minutes(int value) {
        minutes = value < 0 ? OptionalInt.empty() : OptionalInt.of(value);
        return this;
    }

    public TaskDraft assignee(String value) {
        assignee = present(value);
        return this;
    }

    public TaskDraft component(String value) {
        component = present(value);
        return this;
    }

    public TaskDraft operation(String value) {
        operation = present(value);
        return this;
    }

    public TaskDraft interfaceDefinition(String value) {
        interfaceDefinition = Optional.of(value.strip()).filter(text -> !text.isEmpty());
        return this;
    }

    public TaskDraft parent(String value) {
        parent = Optional.of(oneWord(value)).filter(text -> !text.isEmpty());
        return this;
    }

    public TaskDraft files(Collection<String> values) {
        addLines(values, files);
        return this;
    }

    public TaskDraft outputs(Collection<String> values) {
        addLines(values, outputs);
        return this;
    }

    public TaskDraft references(Collection<String> values) {
        addLines(values, references);
        return this;
    }

    public TaskDraft source(SourceSpan value) {
        source = Optional.of(value);
        return this;
    }

    /** Where it stands beside its line, e.g. a JSON pointer. */
    public TaskDraft place(String value) {
        place = value;
        return this;
    }

    TaskEntry entry(String uniqueId, List<String> resolved, Optional<String> whole) {
        return new TaskEntry(
                uniqueId,
                kind,
                title.isEmpty() ? uniqueId : title,
                description,
                details,
                verification,
                verify,
                criteria,
                priority,
                resolved,
                phase,
                section,
                status,
                tags,
                minutes,
                assignee,
                component,
                operation,
                interfaceDefinition,
                whole,
                files,
                outputs,
                references,
                source);
    }

    /** An id without blanks, commas and semicolons, which separate ids elsewhere. */
    private static String oneWord(String text) {
        return text.strip().replaceAll("[\\s,;]+", "-");
    }

    static String oneLine(String text) {
        return BREAKS.matcher(text.strip()).replaceAll(" ");
    }

    private static Optional<String> present(String text) {
        return Optional.of(BLANKS.matcher(text.strip()).replaceAll(" ")).filter(value -> !value.isEmpty());
    }

    private static void addLines(Collection<String> from, List<String> to) {
        for (var text : from) {
            var line = oneLine(text);
            if (!line.isEmpty() && !to.contains(line)) to.add(line);
        }
    }
}
