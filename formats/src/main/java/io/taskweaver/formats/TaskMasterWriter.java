package io.taskweaver.formats;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.requirements.tasks.TaskEntry;
import io.taskweaver.requirements.tasks.TaskList;
import io.taskweaver.requirements.tasks.TaskPriority;
import io.taskweaver.requirements.tasks.TaskStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes {@code tasks.json} of task-master, tagged {@code master}. Ids are numbers there, and a task's parts are its
 * subtasks; an id that is none stands in the task's metadata.
 */
final class TaskMasterWriter {
    private final Numbering numbering;

    private TaskMasterWriter(TaskList list) {
        numbering = Numbering.of(list);
    }

    static ExportedList write(TaskList list) {
        var writer = new TaskMasterWriter(list);
        var json = JsonNodeFactory.instance.objectNode();
        var master = json.putObject("master");
        var tasks = master.putArray("tasks");
        for (var top : writer.numbering.tops()) {
            var task = writer.task(top, writer.numbering.number(top.id()));
            task.put("id", Integer.parseInt(writer.numbering.number(top.id())));
            var subtasks = task.putArray("subtasks");
            for (var part : writer.numbering.partsOf(top)) subtasks.add(writer.subtask(part));
            tasks.add(task);
        }
        master.putObject("metadata").put("description", list.title());
        return new ExportedList(TaskJson.text(json), writer.losses(list));
    }

    private List<String> losses(TaskList list) {
        var losses = new ArrayList<String>();
        numbering.report(losses, "in their metadata");
        losses.addAll(new TaskListWriter.Losses(list)
                .note(
                        "subtasks that wait for tasks of the first level, which stands in their metadata,",
                        entry -> dependsOnTop(entry, numbering.number(entry.id())))
                .note("commands and outputs that check a result", TaskEntry::isChecked)
                .note("components and operations", entry -> entry.component().isPresent())
                .note(
                        "interface definitions",
                        entry -> entry.interfaceDefinition().isPresent())
                .note("estimates", entry -> entry.minutes().isPresent())
                .note(
                        "phases and sections",
                        entry -> entry.phase() > 0 || !entry.section().isEmpty())
                .note("references", entry -> !entry.references().isEmpty())
                .note("a state 'failed', which became 'blocked',", entry -> entry.status() == TaskStatus.FAILED)
                .note("a priority below low", entry -> entry.priority() == TaskPriority.LOWEST)
                .statements()
                .sentences());
        return losses;
    }

    private ObjectNode subtask(TaskEntry part) {
        var number = numbering.number(part.id());
        var task = task(part, number);
        task.put("id", Integer.parseInt(number.substring(number.indexOf('.') + 1)));
        return task;
    }

    private ObjectNode task(TaskEntry entry, String number) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("id", 0)
                .put("title", entry.title())
                .put("description", entry.description())
                .put("status", status(entry.status()))
                .put(
                        "priority",
                        entry.priority() == TaskPriority.LOWEST
                                ? "low"
                                : entry.priority().word());
        dependencies(json.putArray("dependencies"), entry, number);
        json.put("details", entry.details()).put("testStrategy", entry.verification());
        if (!entry.criteria().isEmpty()) TaskJson.texts(json.putArray("acceptanceCriteria"), entry.criteria());
        if (!entry.tags().isEmpty()) TaskJson.texts(json.putArray("tags"), entry.tags());
        entry.assignee().ifPresent(name -> json.put("assignee", name));
        if (!entry.files().isEmpty()) {
            var files = json.putArray("relevantFiles");
            for (var file : entry.files())
                files.addObject().put("path", file).put("description", "").put("action", "modify");
        }
        metadata(entry, number, json);
        return json;
    }

    private void metadata(TaskEntry entry, String number, ObjectNode json) {
        boolean unusual = dependsOnTop(entry, number);
        if (!numbering.isCounted() && !unusual) return;
        var metadata = json.putObject("metadata");
        if (numbering.isCounted()) metadata.put(TaskJsonReader.ORIGINAL_ID, entry.id());
        if (unusual) TaskJson.texts(metadata.putArray(TaskJsonReader.ORIGINAL_DEPENDENCIES), entry.dependencies());
    }

    /** A number alone means a sibling there, so that a part cannot say that it waits for a task of the first level. */
    private boolean dependsOnTop(TaskEntry entry, String number) {
        return number.indexOf('.') > 0
                && entry.dependencies().stream()
                        .anyMatch(on -> numbering.number(on).indexOf('.') < 0);
    }

    /** A task by its number, a sibling by its local one, another's part by both. */
    private void dependencies(ArrayNode json, TaskEntry entry, String number) {
        int dot = number.indexOf('.');
        for (var on : entry.dependencies()) {
            var other = numbering.number(on);
            boolean sibling = dot > 0 && other.startsWith(number.substring(0, dot + 1));
            if (sibling) json.add(Integer.parseInt(other.substring(dot + 1)));
            else if (other.indexOf('.') > 0) json.add(other);
            else if (dot < 0) json.add(Integer.parseInt(other));
        }
    }

    private static String status(TaskStatus status) {
        return switch (status) {
            case PENDING, IN_PROGRESS, REVIEW, BLOCKED, DEFERRED, CANCELLED, DONE -> status.word();
            case FAILED -> "blocked";
        };
    }
}
