package io.taskweaver.formats;

import io.taskweaver.model.Document;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.analysis.ReadingNotice;
import io.taskweaver.requirements.tasks.TaskCsv;
import java.util.List;
import java.util.Optional;

/**
 * Makes what a user hands in ready for planning: a list of tasks, of whatever tool, becomes the table that the planner
 * reads; any other document stays as it is.
 */
public final class TaskSources {
    private TaskSources() {}

    /** What became of a source. */
    public sealed interface Source {}

    /**
     * Documents that can be planned.
     *
     * @param format what the list was read as; empty if it is no list but a requirements document
     * @param notes what was not understood or left out
     */
    public record Ready(List<Document> documents, Optional<ExchangeFormat> format, List<String> notes)
            implements Source {
        public Ready {
            documents = List.copyOf(documents);
            notes = List.copyOf(notes);
        }
    }

    /** It cannot be read. */
    public record Unreadable(String problem) implements Source {}

    /**
     * Takes one source: a document, or the files of a folder that make one list.
     *
     * @param format what to read it as; empty to find out
     * @param tag which of several lists of one file to read; empty for the main one
     */
    public static Source of(List<Document> documents, Optional<ExchangeFormat> format, String tag) {
        if (documents.isEmpty()) return new Unreadable("There is nothing to read.");
        var found = format.or(() -> TaskListReader.detect(documents.getFirst()));
        boolean asItIs = found.filter(ExchangeFormat.CSV::equals).isPresent()
                && format.isEmpty()
                && TaskCsv.isTaskList(documents.getFirst().content());
        if (found.isEmpty() || asItIs) return new Ready(documents, found, List.of());
        return switch (TaskListReader.read(documents, found.get(), tag)) {
            case TaskListReader.Refused refused -> new Unreadable(placed(refused.at()) + refused.problem());
            case TaskListReader.Read read ->
                new Ready(
                        List.of(new Document(
                                documents.getFirst().path(),
                                TaskCsv.write(read.listing().list()))),
                        found,
                        notes(read.listing().remarks()));
        };
    }

    /** Remarks as lines for people, each with its place. */
    public static List<String> notes(List<ReadingNotice> remarks) {
        return remarks.stream()
                .map(remark -> placed(remark.at()) + remark.message())
                .toList();
    }

    private static String placed(Optional<SourceSpan> at) {
        return at.map(span -> span + ": ").orElse("");
    }
}
