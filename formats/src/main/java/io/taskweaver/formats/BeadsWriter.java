package io.taskweaver.formats;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.requirements.tasks.TaskEntry;
import io.taskweaver.requirements.tasks.TaskList;
import io.taskweaver.requirements.tasks.TaskStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes issues of beads, one a line, and the graph file that {@code bd create --graph} takes. */
final class BeadsWriter {
    private static final List<String> TYPES = List.of("bug", "feature", "epic", "chore");

    private final TaskList list;
    private final Map<String, List<TaskEntry>> parts;

    private BeadsWriter(TaskList list) {
        this.list = list;
        this.parts = list.parts();
    }

    static ExportedList issues(TaskList list) {
        var writer = new BeadsWriter(list);
        var out = new StringBuilder();
        for (var entry : list.entries())
            out.append(TaskJson.line(writer.issue(entry))).append('\n');
        var losses = new ArrayList<String>();
        losses.addAll(writer.losses()
                .note(
                        "states but those of beads; 'review' became 'in_progress', 'failed' 'blocked', 'cancelled' 'closed',",
                        entry -> switch (entry.status()) {
                            case REVIEW, FAILED, CANCELLED -> true;
                            case PENDING, IN_PROGRESS, BLOCKED, DEFERRED, DONE -> false;
                        })
                .sentences());
        return new ExportedList(out.toString(), losses);
    }

    private TaskListWriter.Losses losses() {
        return new TaskListWriter.Losses(list)
                .note("commands and outputs that check a result", TaskEntry::isChecked)
                .note("files", entry -> !entry.files().isEmpty())
                .note(
                        "components and interface definitions",
                        entry -> entry.component().isPresent()
                                || entry.interfaceDefinition().isPresent())
                .note(
                        "phases and sections",
                        entry -> entry.phase() > 0 || !entry.section().isEmpty())
                .statements();
    }

    private ObjectNode issue(TaskEntry entry) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("id", entry.id())
                .put("title", entry.title())
                .put("description", entry.description())
                .put("design", entry.details())
                .put("acceptance_criteria", String.join("\n", entry.criteria()))
                .put("notes", notes(entry))
                .put("status", status(entry.status()))
                .put("priority", entry.priority().ordinal())
                .put("issue_type", type(entry));
        entry.assignee().ifPresent(name -> json.put("assignee", name));
        if (entry.minutes().isPresent())
            json.put("estimated_minutes", entry.minutes().getAsInt());
        if (!entry.tags().isEmpty()) TaskJson.texts(json.putArray("labels"), entry.tags());
        var dependencies = json.putArray("dependencies");
        for (var on : entry.dependencies())
            dependencies
                    .addObject()
                    .put("issue_id", entry.id())
                    .put("depends_on_id", on)
                    .put("type", "blocks");
        entry.parent()
                .ifPresent(parent -> dependencies
                        .addObject()
                        .put("issue_id", entry.id())
                        .put("depends_on_id", parent)
                        .put("type", "parent-child"));
        return json;
    }

    private static String notes(TaskEntry entry) {
        var notes = new ArrayList<String>();
        if (!entry.verification().isEmpty()) notes.add("Verification: " + entry.verification());
        if (!entry.references().isEmpty()) notes.add("References: " + String.join(", ", entry.references()));
        return String.join("\n", notes);
    }

    private static String status(TaskStatus status) {
        return switch (status) {
            case PENDING -> "open";
            case IN_PROGRESS, REVIEW -> "in_progress";
            case BLOCKED, FAILED -> "blocked";
            case DEFERRED -> "deferred";
            case CANCELLED, DONE -> "closed";
        };
    }

    private String type(TaskEntry entry) {
        if (parts.containsKey(entry.id())) return "epic";
        return entry.tags().stream().filter(TYPES::contains).findFirst().orElse("task");
    }

    static ExportedList graph(TaskList list) {
        var writer = new BeadsWriter(list);
        var json = JsonNodeFactory.instance.objectNode();
        json.put("commit_message", list.title());
        var nodes = json.putArray("nodes");
        var edges = json.putArray("edges");
        for (var entry : list.entries()) {
            nodes.add(writer.node(entry));
            for (var on : entry.dependencies())
                edges.addObject().put("from_key", entry.id()).put("to_key", on).put("type", "blocks");
        }
        var losses = new ArrayList<String>();
        if (list.entries().stream().anyMatch(entry -> entry.status() != TaskStatus.PENDING))
            losses.add("bd create --graph makes every issue open; states stand in the metadata.");
        losses.addAll(writer.losses().sentences());
        return new ExportedList(TaskJson.text(json), losses);
    }

    private ObjectNode node(TaskEntry entry) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("key", entry.id())
                .put("title", entry.title())
                .put("type", type(entry))
                .put("description", description(entry))
                .put("priority", entry.priority().ordinal());
        entry.assignee().ifPresent(name -> json.put("assignee", name));
        if (!entry.tags().isEmpty()) TaskJson.texts(json.putArray("labels"), entry.tags());
        var metadata = json.putObject("metadata").put("status", entry.status().word());
        if (entry.minutes().isPresent())
            metadata.put("estimated_minutes", Integer.toString(entry.minutes().getAsInt()));
        if (!entry.criteria().isEmpty()) metadata.put("acceptance_criteria", String.join("\n", entry.criteria()));
        entry.parent().ifPresent(parent -> json.put("parent_key", parent));
        return json;
    }

    /** All texts, since a node has no other place for them. */
    private static String description(TaskEntry entry) {
        var texts = new ArrayList<String>();
        for (var text : List.of(entry.description(), entry.details(), notes(entry)))
            if (!text.isEmpty()) texts.add(text);
        return String.join("\n\n", texts);
    }
}
