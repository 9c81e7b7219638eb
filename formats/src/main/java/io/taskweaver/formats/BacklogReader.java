package io.taskweaver.formats;

import io.taskweaver.model.Document;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.tasks.TaskDraft;
import io.taskweaver.requirements.tasks.TaskEntryBuilder;
import io.taskweaver.requirements.tasks.TaskListBuilder;
import io.taskweaver.requirements.tasks.TaskPriority;
import io.taskweaver.requirements.tasks.TaskStatus;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Tasks of Backlog.md, one a file: YAML front matter, a description and acceptance criteria between markers. They are
 * ordered by their ordinal, then by the number in their id.
 */
final class BacklogReader {
    private static final Set<String> KNOWN =
            UnreadFields.names("id title status assignee labels dependencies references documentation priority "
                    + "parent_task_id parent ordinal milestone subtasks reporter created_date updated_date "
                    + "type modified_files");
    private static final Pattern FRONT =
            Pattern.compile("\\A---[ \\t]*\\R(.*?)\\R---[ \\t]*(?:\\R|\\z)", Pattern.DOTALL);
    private static final Pattern CRITERION = Pattern.compile("(?:#[0-9]+\\s+)?(.*)", Pattern.DOTALL);
    private static final Pattern NUMBERS = Pattern.compile("[0-9]+");

    /** A task with what it is ordered by. */
    private record Placed(TaskDraft draft, OptionalDouble ordinal, String id) {}

    private final TaskListBuilder builder = new TaskListBuilder();
    private final List<Placed> tasks = new ArrayList<>();

    private BacklogReader() {}

    /** Whether a text has the front matter of such a task. */
    static boolean isTask(String content) {
        var front = FRONT.matcher(content);
        return front.find()
                && Pattern.compile("(?m)^id:").matcher(front.group(1)).find()
                && Pattern.compile("(?m)^status:").matcher(front.group(1)).find();
    }

    /** Reads files; those that are no tasks are reported. */
    static TaskListBuilder read(List<Document> documents) {
        var reader = new BacklogReader();
        documents.forEach(reader::file);
        reader.tasks.sort(
                Comparator.comparingDouble((Placed task) -> task.ordinal().orElse(Double.MAX_VALUE))
                        .thenComparing(Placed::id, BacklogReader::byNumbers));
        reader.tasks.forEach(task -> reader.builder.add(task.draft()));
        return reader.builder;
    }

    /** task-2 before task-10. */
    private static int byNumbers(String one, String other) {
        var first = NUMBERS.matcher(one).results().map(found -> found.group()).toList();
        var second =
                NUMBERS.matcher(other).results().map(found -> found.group()).toList();
        for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
            int order = new java.math.BigInteger(first.get(i)).compareTo(new java.math.BigInteger(second.get(i)));
            if (order != 0) return order;
        }
        return first.size() != second.size() ? first.size() - second.size() : one.compareTo(other);
    }

    private void file(Document document) {
        var front = FRONT.matcher(document.content());
        if (!front.find()) {
            builder.remark("no-task", "This file has no front matter and was ignored.", Optional.of(at(document, 1)));
            return;
        }
        try {
            var root = new Yaml(new LoaderOptions()).compose(new StringReader(front.group(1)));
            if (root instanceof MappingNode mapping)
                task(document, mapping, document.content().substring(front.end()));
            else
                builder.remark(
                        "no-task", "Its front matter is empty; the file was ignored.", Optional.of(at(document, 1)));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 2;
            builder.remark(
                    "no-task",
                    "Its front matter is not YAML: " + e.getProblem() + "; it was ignored.",
                    Optional.of(at(document, line)));
        } catch (YAMLException e) {
            builder.remark(
                    "no-task",
                    "Its front matter is not YAML: " + e.getMessage() + "; it was ignored.",
                    Optional.of(at(document, 1)));
        }
    }

    private static SourceSpan at(Document document, int line) {
        return new SourceSpan(document.path(), line, line);
    }

    private void task(Document document, MappingNode mapping, String body) {
        Map<String, Node> fields = new LinkedHashMap<>();
        for (var tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) continue;
            fields.put(key.getValue(), tuple.getValueNode());
            if (!KNOWN.contains(key.getValue()))
                builder.remark(
                        "unread-field",
                        "The field '" + key.getValue() + "' is unknown and was ignored.",
                        Optional.of(at(document, key.getStartMark().getLine() + 2)));
        }
        var id = text(fields, "id");
        var draft = new TaskDraft(id, text(fields, "title"))
                .parent(text(fields, "parent_task_id") + text(fields, "parent"));
        var entry = draft.entry()
                .assignee(String.join(", ", texts(fields, "assignee")))
                .tags(texts(fields, "labels"))
                .section(text(fields, "milestone"))
                .addReferences(texts(fields, "references"))
                .addReferences(texts(fields, "documentation"))
                .files(texts(fields, "modified_files"))
                .source(at(document, 1));
        for (var on : texts(fields, "dependencies"))
            draft.dependsOn(on, Optional.of(at(document, line(fields, "dependencies"))));
        word(document, fields, "status", TaskStatus::of, entry::status);
        word(document, fields, "priority", TaskPriority::of, entry::priority);
        body(new Document(document.path(), body), entry);
        tasks.add(new Placed(draft, ordinal(fields), id));
    }

    private static OptionalDouble ordinal(Map<String, Node> fields) {
        var text = text(fields, "ordinal");
        return text.matches("-?[0-9]{1,12}(\\.[0-9]{1,12})?")
                ? OptionalDouble.of(Double.parseDouble(text))
                : OptionalDouble.empty();
    }

    private <T> void word(
            Document document,
            Map<String, Node> fields,
            String name,
            java.util.function.Function<String, Optional<T>> meaning,
            java.util.function.Consumer<T> then) {
        var text = text(fields, name);
        if (text.isEmpty()) return;
        meaning.apply(text)
                .ifPresentOrElse(
                        then,
                        () -> builder.remark(
                                "unread-" + name,
                                "'" + text + "' was not understood as " + name + "; the value was ignored.",
                                Optional.of(at(document, line(fields, name)))));
    }

    private static int line(Map<String, Node> fields, String name) {
        return Optional.ofNullable(fields.get(name))
                .map(node -> node.getStartMark().getLine() + 2)
                .orElse(1);
    }

    private static String text(Map<String, Node> fields, String name) {
        return fields.get(name) instanceof ScalarNode scalar
                        && !scalar.getValue().equals("null")
                ? scalar.getValue().strip()
                : "";
    }

    private static List<String> texts(Map<String, Node> fields, String name) {
        if (!(fields.get(name) instanceof SequenceNode sequence)) {
            var one = text(fields, name);
            return one.isEmpty() ? List.of() : List.of(one);
        }
        var texts = new ArrayList<String>();
        for (var node : sequence.getValue()) if (node instanceof ScalarNode scalar) texts.add(scalar.getValue());
        return texts;
    }

    /** Sections by their headings; boxes are acceptance criteria. */
    private static void body(Document body, TaskEntryBuilder entry) {
        var found = MarkdownReader.read(body, heading -> false);
        var criteria = new ArrayList<String>();
        for (var item : found.items()) {
            var match = CRITERION.matcher(item.text());
            if (match.matches()) criteria.add(match.group(1));
        }
        entry.criteria(criteria);
        var details = new StringBuilder();
        for (var section : sections(body.content()).entrySet()) {
            var text = section.getValue().strip();
            switch (section.getKey().toLowerCase(java.util.Locale.ROOT)) {
                case "description" -> entry.description(text);
                case "acceptance criteria", "definition of done" -> {}
                default -> {
                    if (!text.isEmpty())
                        details.append(section.getKey())
                                .append(":\n")
                                .append(text)
                                .append("\n\n");
                }
            }
        }
        entry.details(details.toString());
    }

    /** Text below each heading of the second level, markers left out. */
    private static Map<String, String> sections(String content) {
        Map<String, String> sections = new LinkedHashMap<>();
        var heading = "";
        for (var line : content.lines().toList()) {
            if (line.startsWith("## ")) heading = line.substring(3).strip();
            else if (!line.strip().matches("<!--.*-->"))
                sections.merge(heading, line + "\n", (old, more) -> old + more);
        }
        return sections;
    }
}
