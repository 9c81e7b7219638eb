package io.taskweaver.cli.offline;

import io.taskweaver.cli.CommandFailure;
import io.taskweaver.formats.ExchangeFormat;
import io.taskweaver.formats.TaskJson;
import io.taskweaver.requirements.tasks.TaskList;
import io.taskweaver.requirements.tasks.TaskStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code taskweaver import}: another tool's list of tasks as task JSON. */
@Command(
        name = "import",
        description = {
            "Converts a task list of another tool to task JSON.",
            "Every command reads task JSON. The input can be task-master, spec-kit, Kiro, cc-sdd, OpenSpec, beads, Backlog.md, ralph, task JSON or CSV."
                    + " Reports what it does not understand with the line. A document without a task list is planned."
        })
public final class ImportCommand extends OfflineCommand {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Format of the input: json, csv, task-master, spec-kit, kiro, cc-sdd, openspec, beads,"
                    + " beads-graph, backlog or ralph (default: detected from content and path).")
    private @Nullable String format;

    @Option(
            names = "--tag",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Tag of a task-master file to read (default: master, else the first).")
    private String tag = "";

    @Override
    String result() {
        var list = input().tasks(chosen(), tag).list();
        input().note(summary(list));
        return TaskJson.write(list);
    }

    private Optional<ExchangeFormat> chosen() {
        if (format == null) return Optional.empty();
        var found = ExchangeFormat.of(format).filter(ExchangeFormat::isReadable);
        if (found.isEmpty())
            throw CommandFailure.badInput(
                    "Cannot read the format '" + format + "'.",
                    "Use one of " + String.join(", ", ExchangeFormat.readableIds()) + ".");
        return found;
    }

    private static String summary(TaskList list) {
        long done = list.entries().stream()
                .filter(entry -> entry.status() == TaskStatus.DONE)
                .count();
        int dependencies = list.entries().stream()
                .mapToInt(entry -> entry.dependencies().size())
                .sum();
        return count(list.entries().size(), "task", "tasks") + ", " + done + " done, "
                + count(dependencies, "dependency", "dependencies") + ".";
    }

    private static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
