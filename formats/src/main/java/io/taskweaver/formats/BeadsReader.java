package io.taskweaver.formats;

import io.taskweaver.model.Document;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.tasks.TaskDraft;
import io.taskweaver.requirements.tasks.TaskEntryBuilder;
import io.taskweaver.requirements.tasks.TaskListBuilder;
import io.taskweaver.requirements.tasks.TaskPriority;
import io.taskweaver.requirements.tasks.TaskStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Issues of beads: {@code issues.jsonl}, one a line, and the graph file that {@code bd create --graph} takes. */
final class BeadsReader {
    /** From {@code created_at} on: when and by whom, which no plan needs. */
    private static final Set<String> ISSUE =
            UnreadFields.names("id title description design acceptance_criteria notes status priority issue_type "
                    + "dependencies depends_on blocked_by parent parent_id labels assignee estimated_minutes external_ref metadata close_reason "
                    + "created_at updated_at closed_at created_by owner content_hash source_repo "
                    + "compaction_level original_size comments dependency_count dependent_count comment_count");

    private static final Set<String> NODE = UnreadFields.names(
            "key title type description assignee assign_after_create priority labels metadata " + "parent_key");

    /** Fields that name what an issue waits for; beads has the first, tools beside it the others. */
    private static final List<String> DEPENDENCIES = List.of("dependencies", "depends_on", "blocked_by");

    /** As {@code bd create --deps} takes them: {@code discovered-from:bd-20}. */
    private static final Pattern TYPED = Pattern.compile(
            "(blocks|conditional-blocks|waits-for|parent-child|related|discovered-from)\\s*:\\s*(\\S+)");

    private final TaskListBuilder builder = new TaskListBuilder();
    private final UnreadFields unread = new UnreadFields();
    private final Map<String, List<SourceSpan>> idle = new HashMap<>();

    private BeadsReader() {}

    /** Reads issues; lines that hold none are reported. */
    static TaskListBuilder issues(Document document) {
        var reader = new BeadsReader();
        int number = 0;
        for (var line : document.content().split("\n", -1)) {
            number++;
            if (line.isBlank()) continue;
            try {
                if (JsonReader.read(line, document.path(), number) instanceof Json.Fields issue) reader.issue(issue);
                else reader.noIssue("it is not an object.", document.path(), number);
            } catch (UnreadableListException e) {
                reader.noIssue(e.problem(), document.path(), number);
            }
        }
        return reader.finished();
    }

    private void noIssue(String problem, String path, int line) {
        builder.remark(
                "unread-line", "This line was ignored: " + problem, Optional.of(new SourceSpan(path, line, line)));
    }

    private TaskListBuilder finished() {
        idle.forEach((type, places) -> builder.remark(
                "dependency-type",
                "Dependencies of type '" + type + "' do not block; " + places.size()
                        + (places.size() == 1 ? " was" : " were") + " left out.",
                Optional.of(places.getFirst())));
        unread.report(builder);
        return builder;
    }

    private void issue(Json.Fields issue) {
        unread.note(issue, ISSUE);
        var draft = new TaskDraft(issue.text("id"), issue.text("title"));
        var entry = draft.entry()
                .description(issue.text("description"))
                .details(joined(issue.text("design"), issue.text("notes")))
                .criteria(criteria(issue.text("acceptance_criteria")))
                .assignee(issue.text("assignee"))
                .addTags(issue.texts("labels"))
                .addTags(type(issue.text("issue_type")))
                .references(issue.texts("external_ref"))
                .source(issue.at());
        minutes(issue, entry);
        common(issue, entry);
        issue.object("metadata").ifPresent(metadata -> metadata(metadata, entry));
        for (var name : List.of("parent", "parent_id")) if (!issue.text(name).isEmpty()) draft.parent(issue.text(name));
        for (var name : DEPENDENCIES) for (var on : issue.list(name)) dependency(name, on, draft);
        builder.add(draft);
    }

    /** An entry of an issue's dependencies, in any of the shapes that beads and its relatives write. */
    private void dependency(String field, Json entry, TaskDraft draft) {
        switch (entry) {
            case Json.Fields object -> {
                var on = object.text("depends_on_id")
                        + (object.text("depends_on_id").isEmpty() ? object.text("id") : "");
                var type = object.text("type") + (object.text("type").isEmpty() ? object.text("dependency_type") : "");
                if (on.isBlank()) notUnderstood(field, entry);
                else edge(type, on, object, draft);
            }
            case Json.Text text -> {
                var typed = TYPED.matcher(text.value().strip());
                if (text.value().isBlank()) notUnderstood(field, entry);
                else if (typed.matches()) edge(typed.group(1), typed.group(2), text, draft);
                else edge("", text.value(), text, draft);
            }
            case Json.Number number -> edge("", number.value(), number, draft);
            case Json.Flag _, Json.Null _, Json.Elements _ -> notUnderstood(field, entry);
        }
    }

    /** A status of a graph's node stands in its metadata, since the format has no other place for it. */
    private void common(Json.Fields issue, TaskEntryBuilder entry) {
        issue.field("priority")
                .ifPresent(value -> value.asInteger()
                        .map(TaskPriority::ofLevel)
                        .or(() -> value.asText().flatMap(TaskPriority::of))
                        .ifPresentOrElse(entry::priority, () -> notUnderstood("priority", value)));
        issue.field("status")
                .ifPresent(value -> value.asText()
                        .flatMap(TaskStatus::of)
                        .ifPresentOrElse(entry::status, () -> notUnderstood("status", value)));
    }

    private void notUnderstood(String name, Json value) {
        builder.remark(
                "unread-" + name,
                "'" + value.asText().orElse("this") + "' was not understood as " + name + " (" + value.pointer()
                        + "); the value was ignored.",
                Optional.of(value.at()));
    }

    private void metadata(Json.Fields metadata, TaskEntryBuilder entry) {
        TaskStatus.of(metadata.text("status")).ifPresent(entry::status);
        minutes(metadata, entry);
        if (!metadata.text("acceptance_criteria").isEmpty())
            entry.addCriteria(metadata.text("acceptance_criteria").lines());
    }

    private static void minutes(Json.Fields from, TaskEntryBuilder entry) {
        from.field("estimated_minutes")
                .flatMap(Json::asInteger)
                .filter(minutes -> minutes >= 0)
                .ifPresent(entry::minutes);
    }

    private void edge(String type, String on, Json at, TaskDraft draft) {
        switch (type.isEmpty() ? "blocks" : type) {
            case "blocks", "conditional-blocks", "waits-for" -> draft.dependsOn(on, Optional.of(at.at()), at.pointer());
            case "parent-child", "parent" -> draft.parent(on);
            default -> idle.computeIfAbsent(type, key -> new ArrayList<>()).add(at.at());
        }
    }

    private static List<String> type(String type) {
        return type.isEmpty() || type.equals("task") ? List.of() : List.of(type);
    }

    private static String joined(String first, String second) {
        return first.isBlank() ? second : second.isBlank() ? first : first.strip() + "\n\n" + second.strip();
    }

    /** Lines, without the marks of a list. */
    private static List<String> criteria(String text) {
        return text.lines()
                .map(line -> line.strip().replaceFirst("^(?:[-*+]|[0-9]+[.)])\\s+(?:\\[[ xX]\\]\\s+)?", ""))
                .filter(line -> !line.isBlank())
                .toList();
    }

    /**
     * Reads a graph file.
     *
     * @throws UnreadableListException if it has no nodes
     */
    static TaskListBuilder graph(Json json) throws UnreadableListException {
        if (!(json instanceof Json.Fields object) || object.field("nodes").isEmpty())
            throw new UnreadableListException("it has no array 'nodes'.", Optional.of(json.at()));
        var reader = new BeadsReader();
        reader.graph(object);
        return reader.finished();
    }

    private void graph(Json.Fields graph) {
        builder.title(graph.text("commit_message"));
        var drafts = new HashMap<String, TaskDraft>();
        for (var node : graph.objects("nodes")) {
            unread.note(node, NODE);
            var draft = new TaskDraft(node.text("key"), node.text("title"))
                    .parent(node.text("parent_key"))
                    .place(node.pointer());
            var entry = draft.entry()
                    .description(node.text("description"))
                    .assignee(node.text("assignee"))
                    .addTags(node.texts("labels"))
                    .addTags(type(node.text("type")))
                    .source(node.at());
            common(node, entry);
            node.object("metadata").ifPresent(metadata -> metadata(metadata, entry));
            drafts.putIfAbsent(node.text("key"), draft);
            builder.add(draft);
        }
        for (var edge : graph.objects("edges")) {
            var from = drafts.get(edge.text("from_key"));
            if (from != null) edge(edge.text("type"), edge.text("to_key") + edge.text("to_id"), edge, from);
            else
                builder.remark(
                        "unknown-dependency",
                        "This edge begins at '" + edge.text("from_key") + edge.text("from_id")
                                + "', which is no node of the file (" + edge.pointer() + "); it was ignored.",
                        Optional.of(edge.at()));
        }
    }
}
