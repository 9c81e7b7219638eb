package io.taskweaver.formats;

import io.taskweaver.model.Document;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.tasks.TaskCsv;
import io.taskweaver.requirements.tasks.TaskListBuilder;
import io.taskweaver.requirements.tasks.TaskListing;
import io.taskweaver.requirements.tasks.TrackerCsv;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads task lists of any format. What is not understood is reported with its line, and the rest is read. */
public final class TaskListReader {
    private static final Pattern SPEC_KIT_TASK =
            Pattern.compile("(?m)^(?:\\s*[-*]\\s*\\[" + MarkdownReader.MARK + "?\\]\\s*|#{2,4}\\s+)T[0-9]{3,}\\b");
    private static final Pattern SPEC_KIT_BOX =
            Pattern.compile("(?m)^\\s*[-*]\\s*\\[" + MarkdownReader.MARK + "?\\]\\s*T[0-9]{3,}\\b");
    private static final Pattern NUMBERED_TASK =
            Pattern.compile("(?m)^\\s*[-*]\\s*\\[" + MarkdownReader.MARK + "?\\]\\*?\\s*[0-9]+(?:\\.[0-9]+)*[.)]?\\s");
    /** How spec-kit begins a list, whatever its file is called. */
    private static final Pattern TASKS = Pattern.compile("# Tasks\\s*(?::|\\n)");

    private static final int ENOUGH = 2;

    private TaskListReader() {}

    /** What became of reading. */
    public sealed interface Reading {}

    /** It is a list. */
    public record Read(TaskListing listing, ExchangeFormat format) implements Reading {}

    /** It is not what it should be at all. */
    public record Refused(String problem, Optional<SourceSpan> at) implements Reading {}

    /** The format of a list of tasks, by its content and name; empty for whatever is not known to be one. */
    public static Optional<ExchangeFormat> detect(Document document) {
        var content = document.content();
        var path = document.path().toLowerCase(Locale.ROOT);
        var begin = content.stripLeading();
        if (path.endsWith(".jsonl")) return Optional.of(ExchangeFormat.BEADS);
        if (begin.startsWith("{") || begin.startsWith("[")) return json(document, path);
        if (TaskCsv.isTaskList(content) || TrackerCsv.isTable(document)) return Optional.of(ExchangeFormat.CSV);
        if (BacklogReader.isTask(content)) return Optional.of(ExchangeFormat.BACKLOG);
        return fileName(path).contains("tasks") || TASKS.matcher(begin).lookingAt()
                ? markdown(content, path)
                : Optional.empty();
    }

    private static Optional<ExchangeFormat> json(Document document, String path) {
        Json json;
        try {
            json = JsonReader.read(document);
        } catch (UnreadableListException e) {
            if (looksLikeLines(document.content())) return Optional.of(ExchangeFormat.BEADS);
            // Broken, but nothing else than JSON: reading it says where.
            return path.endsWith(".json") ? Optional.of(ExchangeFormat.JSON) : Optional.empty();
        }
        return switch (json) {
            case Json.Fields object
            when object.field("openapi").isPresent() || object.field("swagger").isPresent() -> Optional.empty();
            case Json.Fields object -> Optional.of(object(object));
            case Json.Elements array -> Optional.of(ExchangeFormat.JSON);
            case Json.Text _, Json.Number _, Json.Flag _, Json.Null _ -> Optional.empty();
        };
    }

    /** Whether the first line is an object of its own: JSON lines. */
    private static boolean looksLikeLines(String content) {
        var first = content.lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("")
                .strip();
        try {
            return first.startsWith("{") && JsonReader.read(first, "", 1) instanceof Json.Fields;
        } catch (UnreadableListException e) {
            return false;
        }
    }

    private static ExchangeFormat object(Json.Fields object) {
        if (object.field("userStories").isPresent()) return ExchangeFormat.RALPH;
        if (object.field("nodes").isPresent()) return ExchangeFormat.BEADS_GRAPH;
        if (object.field("issue_type").isPresent()) return ExchangeFormat.BEADS;
        var tasks = object.objects("tasks");
        boolean ours = tasks.stream()
                .anyMatch(task -> task.fields().containsKey("estimated_time")
                        || task.fields().containsKey("interface_definition"));
        return ours ? ExchangeFormat.JSON : ExchangeFormat.TASK_MASTER;
    }

    private static Optional<ExchangeFormat> markdown(String content, String path) {
        boolean isSpecKit = count(SPEC_KIT_TASK, content) >= ENOUGH;
        boolean isNumbered = count(NUMBERED_TASK, content) >= ENOUGH;
        if (!isSpecKit && !isNumbered) return Optional.empty();
        // Texts of tasks may hold what looks like tasks of the other format: the first box is a task itself.
        if (isSpecKit && !(isNumbered && first(NUMBERED_TASK, content) < first(SPEC_KIT_BOX, content)))
            return Optional.of(ExchangeFormat.SPEC_KIT);
        return Optional.of(path.contains("openspec/") ? ExchangeFormat.OPENSPEC : ExchangeFormat.KIRO);
    }

    private static int first(Pattern pattern, String content) {
        var match = pattern.matcher(content);
        return match.find() ? match.start() : content.length();
    }

    private static long count(Pattern pattern, String content) {
        return pattern.matcher(content).results().limit(ENOUGH).count();
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /**
     * Reads a list.
     *
     * @param documents one document; the files of a folder for {@link ExchangeFormat#BACKLOG}
     * @param tag which of several lists of one file to read; empty for the main one
     */
    public static Reading read(List<Document> documents, ExchangeFormat format, String tag) {
        if (documents.isEmpty()) return new Refused("There is nothing to read.", Optional.empty());
        var first = documents.getFirst();
        try {
            var listing = format == ExchangeFormat.CSV
                    ? table(first)
                    : builder(documents, format, tag).build();
            if (listing.list().entries().isEmpty())
                return new Refused(
                        first.path() + " contains no task in the format " + format.id() + ".",
                        listing.remarks().stream()
                                .flatMap(remark -> remark.at().stream())
                                .findFirst());
            return new Read(listing, format);
        } catch (UnreadableListException e) {
            return new Refused(first.path() + " cannot be read as " + format.id() + ": " + e.problem(), e.at());
        }
    }

    private static TaskListing table(Document document) throws UnreadableListException {
        if (TaskCsv.isTaskList(document.content())) return TaskCsv.read(document);
        return switch (TrackerCsv.read(document)) {
            case TrackerCsv.Read read -> read.listing();
            case TrackerCsv.Refused refused ->
                throw new UnreadableListException(
                        refused.problem(), Optional.of(new SourceSpan(document.path(), 1, 1)));
        };
    }

    private static TaskListBuilder builder(List<Document> documents, ExchangeFormat format, String tag)
            throws UnreadableListException {
        var document = documents.getFirst();
        return switch (format) {
            case JSON, TASK_MASTER -> TaskJsonReader.read(JsonReader.read(document), tag);
            case SPEC_KIT -> SpecKitReader.read(document);
            case KIRO, OPENSPEC -> NumberedTasksReader.read(document);
            case BEADS -> BeadsReader.issues(document);
            case BEADS_GRAPH -> BeadsReader.graph(JsonReader.read(document));
            case BACKLOG -> BacklogReader.read(documents);
            case RALPH -> RalphReader.read(JsonReader.read(document));
            case CSV, MERMAID -> throw new UnreadableListException("this format cannot be read.", Optional.empty());
        };
    }
}
