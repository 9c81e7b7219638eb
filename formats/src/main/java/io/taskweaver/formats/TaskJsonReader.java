package io.taskweaver.formats;

import io.taskweaver.model.Passage;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.tasks.TaskDraft;
import io.taskweaver.requirements.tasks.TaskEntry;
import io.taskweaver.requirements.tasks.TaskListBuilder;
import io.taskweaver.requirements.tasks.TaskPriority;
import io.taskweaver.requirements.tasks.TaskStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Objects with a {@code tasks} array: task JSON and task-master's {@code tasks.json}, which share most names. Ids may be
 * numbers or strings; those of subtasks are local to their task, and a dependency of theirs is a sibling's local id or a
 * whole one.
 */
final class TaskJsonReader {
    /** Name under which a task's metadata hold the id that it had before it was given a number. */
    static final String ORIGINAL_ID = "taskweaver_id";

    /** Name under which a task's metadata hold what it waits for, where the format cannot say it. */
    static final String ORIGINAL_DEPENDENCIES = "taskweaver_dependencies";

    /** From {@code critical} on: what planning finds again, the history of a run, and what the place of a subtask says. */
    private static final Set<String> KNOWN =
            UnreadFields.names("id title description details testStrategy verification verify acceptanceCriteria "
                    + "acceptance_criteria priority dependencies phase section headings status state tags "
                    + "estimated_time assignee component operation interface_definition parent kind files "
                    + "expected_files relevantFiles outputs references passages source subtasks metadata critical "
                    + "unlocks needs place estimate earliest_start slack dependents dependent_minutes "
                    + "attempts duration_ms used parentId parentTaskId parentTask isSubtask position");

    private static final Pattern POSITION = Pattern.compile("[0-9]{1,9}");

    private final TaskListBuilder builder = new TaskListBuilder();
    private final UnreadFields unread = new UnreadFields();
    /** Ids that tasks had before they were written in a format that has only numbers, by their numbers. */
    private final Map<String, String> originals = new HashMap<>();

    private TaskJsonReader() {}

    /**
     * Reads an object with tasks.
     *
     * @param tag the tag to read where there are several; empty for {@code master}, else the first
     */
    static TaskListBuilder read(Json json, String tag) throws UnreadableListException {
        var reader = new TaskJsonReader();
        reader.document(json, tag);
        reader.unread.report(reader.builder);
        return reader.builder;
    }

    private void document(Json json, String tag) throws UnreadableListException {
        switch (json) {
            case Json.Fields object
            when object.field("tasks").filter(Json.Elements.class::isInstance).isPresent() -> list(object);
            case Json.Fields object -> tagged(object, tag);
            case Json.Elements array -> tasks(array.elements(), "");
            case Json.Text other -> throw noTasks(other);
            case Json.Number other -> throw noTasks(other);
            case Json.Flag other -> throw noTasks(other);
            case Json.Null other -> throw noTasks(other);
        }
    }

    private static UnreadableListException noTasks(Json json) {
        return new UnreadableListException("it has no array 'tasks'.", Optional.of(json.at()));
    }

    private void tagged(Json.Fields object, String tag) throws UnreadableListException {
        var tags = new ArrayList<String>();
        for (var name : object.fields().keySet())
            if (object.field(name).filter(TaskJsonReader::isTag).isPresent()) tags.add(name);
        if (tags.isEmpty()) throw noTasks(object);
        var wanted = tag.isEmpty() ? (tags.contains("master") ? "master" : tags.getFirst()) : tag;
        if (!tags.contains(wanted))
            throw new UnreadableListException(
                    "it has no tag '" + wanted + "'; there are " + String.join(", ", tags) + ".",
                    Optional.of(object.at()));
        for (var name : tags) {
            var inner = object.field(name).orElseThrow();
            var tasks = inner instanceof Json.Fields fields ? fields.list("tasks") : object.list(name);
            if (name.equals(wanted)) {
                if (inner instanceof Json.Fields fields) list(fields);
                else tasks(tasks, "");
            } else
                builder.remark(
                        "tag-left-out",
                        "The tag '" + name + "' holds " + tasks.size() + " tasks, which were not read; --tag " + name
                                + " reads them.",
                        Optional.of(inner.at()));
        }
        object.fields().forEach((name, value) -> {
            if (!tags.contains(name)) unread.note(name, value);
        });
    }

    /** A tag holds an object with tasks, or the tasks themselves. */
    private static boolean isTag(Json value) {
        return switch (value) {
            case Json.Fields object -> object.field("tasks").isPresent();
            case Json.Elements array ->
                !array.elements().isEmpty()
                        && array.elements().stream()
                                .allMatch(element -> element instanceof Json.Fields task
                                        && task.field("title").isPresent());
            case Json.Text _, Json.Number _, Json.Flag _, Json.Null _ -> false;
        };
    }

    private void list(Json.Fields object) {
        builder.title(object.text("title"));
        builder.title(
                object.object("metadata").map(data -> data.text("description")).orElse(""));
        if (object.text("dependencies_stated").equals("false")) builder.onlyOrdered();
        object.texts("constraints").forEach(builder::constraint);
        object.texts("boundaries").forEach(builder::boundary);
        var tasks = new ArrayList<>(object.list("tasks"));
        for (var done : object.list("done")) tasks.add(position(done, tasks.size()), done);
        tasks(tasks, "");
    }

    /** Where a task that is done belongs among the others; at the end if that is not said. */
    private static int position(Json done, int end) {
        boolean isSaid = done instanceof Json.Fields fields
                && POSITION.matcher(fields.text("position")).matches();
        return isSaid ? Math.min(Integer.parseInt(((Json.Fields) done).text("position")), end) : end;
    }

    private void tasks(List<Json> elements, String parentId) {
        if (parentId.isEmpty()) collectOriginals(elements, "");
        var local = new ArrayList<String>();
        for (var element : elements) if (element instanceof Json.Fields task) local.add(task.text("id"));
        for (var element : elements) {
            if (element instanceof Json.Fields task) task(task, parentId, local);
            else
                builder.remark(
                        "no-task",
                        "This is not an object (" + element.pointer() + "); it was ignored.",
                        Optional.of(element.at()));
        }
    }

    private void collectOriginals(List<Json> elements, String parentId) {
        for (var element : elements) {
            if (!(element instanceof Json.Fields task)) continue;
            var id = fileId(task, parentId);
            task.object("metadata")
                    .map(data -> data.text(ORIGINAL_ID))
                    .filter(original -> !original.isBlank())
                    .ifPresent(original -> originals.put(id, original));
            collectOriginals(task.list("subtasks"), id);
        }
    }

    /** The id by which the file knows a task: that of a subtask is local to what it is a part of. */
    private static String fileId(Json.Fields task, String parentId) {
        var stated = task.text("id").strip();
        return parentId.isEmpty() || stated.isEmpty() || stated.startsWith(parentId + ".")
                ? stated
                : parentId + "." + stated;
    }

    private String original(String fileId) {
        return originals.getOrDefault(fileId, fileId);
    }

    /**
     * One task.
     *
     * @param parentId what it is listed under; empty at the top
     * @param local ids of all that are listed with it
     */
    private void task(Json.Fields task, String parentId, List<String> local) {
        unread.note(task, KNOWN);
        var fileId = fileId(task, parentId);
        var draft = new TaskDraft(original(fileId), task.text("title"))
                .parent(parentId.isEmpty() ? task.text("parent") : original(parentId))
                .place(task.pointer());
        var entry = draft.entry()
                .description(lines(task, "description"))
                .details(lines(task, "details"))
                .verification(lines(task, "testStrategy") + lines(task, "verification"))
                .verify(task.text("verify"))
                .addCriteria(task.texts("acceptanceCriteria"))
                .addCriteria(task.texts("acceptance_criteria"))
                .section(
                        task.text("section").isEmpty()
                                ? String.join(" > ", task.texts("headings"))
                                : task.text("section"))
                .tags(task.texts("tags"))
                .assignee(task.text("assignee"))
                .component(task.text("component"))
                .operation(task.text("operation"))
                .interfaceDefinition(task.text("interface_definition"))
                .addFiles(task.texts("files"))
                .addFiles(task.texts("expected_files"))
                .addFiles(task.objects("relevantFiles").stream().map(file -> file.text("path")))
                .outputs(task.texts("outputs"))
                .references(task.texts("references"))
                .passages(task.objects("passages").stream()
                        .flatMap(passage -> passage(passage).stream())
                        .toList())
                .source(source(task));
        if (task.text("kind").equals("contract")) entry.kind(TaskEntry.Kind.CONTRACT);
        number(task, "phase").ifPresent(entry::phase);
        number(task, "estimated_time").ifPresent(entry::minutes);
        word(task, "status", TaskStatus::of).ifPresent(entry::status);
        word(task, "priority", TaskPriority::of).ifPresent(entry::priority);
        dependencies(task, parentId, local, draft);
        builder.add(draft);
        tasks(task.list("subtasks"), fileId);
    }

    private static Optional<Passage> passage(Json.Fields passage) {
        if (passage.text("text").isBlank()) return Optional.empty();
        var word = passage.text("kind");
        var kind = Arrays.stream(Passage.Kind.values())
                .filter(each -> each.name().equalsIgnoreCase(word))
                .findFirst()
                .orElse(Passage.Kind.TEXT);
        return Optional.of(new Passage(
                kind, passage.text("name"), passage.texts("section"), passage.text("text"), source(passage)));
    }

    /** A text, or an array of texts as one line each. */
    private static String lines(Json.Fields task, String name) {
        return task.text(name).isEmpty() ? String.join("\n", task.texts(name)) : task.text(name);
    }

    private void dependencies(Json.Fields task, String parentId, List<String> local, TaskDraft draft) {
        var stated = task.object("metadata")
                .map(data -> data.list(ORIGINAL_DEPENDENCIES))
                .orElse(List.of());
        for (var element : stated)
            element.asText().ifPresent(id -> draft.dependsOn(id, Optional.of(element.at()), element.pointer()));
        if (!stated.isEmpty()) return;
        for (var element : task.list("dependencies")) {
            var text = element.asText()
                    .or(() -> element instanceof Json.Fields object
                            ? Optional.of(object.text("id")).filter(id -> !id.isEmpty())
                            : Optional.empty());
            if (text.isEmpty()) {
                builder.remark(
                        "unread-dependency",
                        "This is not the id of a task (" + element.pointer() + "); it was ignored.",
                        Optional.of(element.at()));
                continue;
            }
            var id = text.get().strip();
            boolean sibling = !parentId.isEmpty() && local.contains(id);
            draft.dependsOn(original(sibling ? parentId + "." + id : id), Optional.of(element.at()), element.pointer());
        }
    }

    /** Where the task comes from at first, if it says so; else where it stands. */
    private static SourceSpan source(Json.Fields task) {
        var origin = task.object("source");
        var first = origin.flatMap(at -> at.field("first_line"))
                .flatMap(Json::asInteger)
                .orElse(0);
        var last = origin.flatMap(at -> at.field("last_line"))
                .flatMap(Json::asInteger)
                .orElse(first);
        var path = origin.map(at -> at.text("path")).orElse("");
        return path.isEmpty() || first < 1 || last < first ? task.at() : new SourceSpan(path, first, last);
    }

    private Optional<Integer> number(Json.Fields task, String name) {
        var value = task.field(name);
        var number = value.flatMap(Json::asInteger).filter(found -> found >= 0);
        if (value.isPresent() && number.isEmpty()) notUnderstood(name, value.get());
        return number;
    }

    private <T> Optional<T> word(Json.Fields task, String name, Function<String, Optional<T>> meaning) {
        var value = task.field(name);
        var found = value.flatMap(Json::asText).flatMap(meaning);
        if (value.isPresent() && found.isEmpty()) notUnderstood(name, value.get());
        return found;
    }

    private void notUnderstood(String name, Json value) {
        builder.remark(
                "unread-" + name.replace('_', '-'),
                "'" + value.asText().orElse("this") + "' was not understood as " + name + " (" + value.pointer()
                        + "); the value was ignored.",
                Optional.of(value.at()));
    }
}
