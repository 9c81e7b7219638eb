package io.taskweaver.cli.offline;

import io.taskweaver.cli.CommandFailure;
import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.Surroundings;
import io.taskweaver.cli.VersionProvider;
import io.taskweaver.client.exchange.ExchangeFormat;
import io.taskweaver.client.exchange.TaskJson;
import io.taskweaver.domain.tasks.TaskList;
import io.taskweaver.domain.tasks.TaskStatus;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskweaver import}: another tool's list of tasks as task JSON. */
@Command(
        name = "import",
        description = {
            "Reads a list of tasks of another tool and writes it as task JSON, which every command plans as it is.",
            "Reads task-master, spec-kit, Kiro and cc-sdd, OpenSpec, beads, Backlog.md, ralph, task JSON and CSV. What is"
                    + " not understood is told with its line. A document without such a list is planned."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false)
public final class ImportCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private OfflineInput input;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "What it is: json, csv, task-master, spec-kit, kiro, cc-sdd, openspec, beads, beads-graph,"
                    + " backlog or ralph (default: found out from content and path).")
    private @Nullable String format;

    @Option(
            names = "--tag",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Tag of task-master to read (default: master, else the first).")
    private String tag = "";

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private OfflineOutput output;

    private final Surroundings surroundings;

    ImportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var list = input.tasks(chosen(), tag, surroundings).list();
        output.write(TaskJson.write(list), surroundings);
        surroundings.err().println(summary(list));
        return ExitCode.DONE;
    }

    private Optional<ExchangeFormat> chosen() {
        if (format == null) return Optional.empty();
        var found = ExchangeFormat.of(format).filter(ExchangeFormat::isReadable);
        if (found.isEmpty())
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "'" + format + "' is no format that can be read.",
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
