package io.taskweaver.formats;

import io.taskweaver.requirements.tasks.TaskCsv;
import io.taskweaver.requirements.tasks.TaskEntry;
import io.taskweaver.requirements.tasks.TaskList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Writes task lists in formats that other tools load. Data that a format cannot express is reported, never dropped silently. */
public final class TaskListWriter {
    private TaskListWriter() {}

    /**
     * Writes a list.
     *
     * @throws IllegalArgumentException if the format cannot be written
     */
    public static ExportedList write(TaskList list, ExchangeFormat format) {
        var written = written(list, format);
        if (list.statesDependencies()) return written;
        return switch (format) {
            case JSON, CSV, KIRO -> written;
            case TASK_MASTER, SPEC_KIT, BEADS, BEADS_GRAPH, MERMAID, OPENSPEC, BACKLOG, RALPH -> {
                var losses = new ArrayList<>(written.losses());
                losses.add(
                        "The list states an order and no dependencies; those that planning infers were not written.");
                yield new ExportedList(written.text(), losses);
            }
        };
    }

    private static ExportedList written(TaskList list, ExchangeFormat format) {
        return switch (format) {
            case JSON -> new ExportedList(TaskJson.write(list), List.of());
            case CSV -> new ExportedList(TaskCsv.write(list), List.of());
            case TASK_MASTER -> TaskMasterWriter.write(list);
            case SPEC_KIT -> SpecKitWriter.write(list);
            case KIRO -> KiroWriter.write(list);
            case BEADS -> BeadsWriter.issues(list);
            case BEADS_GRAPH -> BeadsWriter.graph(list);
            case MERMAID -> MermaidWriter.write(list);
            case OPENSPEC, BACKLOG, RALPH ->
                throw new IllegalArgumentException(format.id() + " can be read, not written");
        };
    }

    /** Counts what a format has no place for. */
    static final class Losses {
        private final TaskList list;
        private final List<String> sentences = new ArrayList<>();

        Losses(TaskList list) {
            this.list = list;
        }

        Losses note(String what, Predicate<TaskEntry> has) {
            long count = list.entries().stream().filter(has).count();
            if (count > 0)
                sentences.add("The format cannot express " + what + ": omitted in " + count
                        + (count == 1 ? " task." : " tasks."));
            return this;
        }

        Losses statements() {
            int count = list.constraints().size() + list.boundaries().size();
            if (count > 0)
                sentences.add("The format cannot express constraints and boundaries: " + count
                        + (count == 1 ? " was" : " were") + " left out.");
            return this;
        }

        List<String> sentences() {
            return sentences;
        }
    }
}
