package io.taskweaver.cli.offline;

import io.taskweaver.cli.CommandFailure;
import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.Surroundings;
import io.taskweaver.cli.VersionProvider;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.client.exchange.ExchangeFormat;
import io.taskweaver.client.exchange.TaskJson;
import io.taskweaver.client.output.PlanJson;
import io.taskweaver.domain.projection.PlanView;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskweaver export}: tasks in the format of another tool. */
@Command(
        name = "export",
        description = {
            "Writes tasks in a format that another tool loads: those of a list as they are, else those of the plan of the"
                    + " documents.",
            "What the format has no place for is told."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false)
public final class ExportCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private OfflineInput input;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "json, csv, task-master, spec-kit, kiro, beads, beads-graph or mermaid (default: json).")
    private @Nullable String format;

    @Option(names = "--schema", description = "Write the JSON Schema of task JSON, and read nothing.")
    private boolean schema;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private OfflineOutput output;

    private final Surroundings surroundings;

    ExportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (schema) {
            output.write(TaskJson.schema(), surroundings);
            return ExitCode.DONE;
        }
        var chosen = chosen();
        var tasks = input.tasks(surroundings);
        if (chosen == ExchangeFormat.JSON && tasks instanceof OfflineInput.Planned planned) {
            output.write(
                    PlanJson.write(planned.plan(), new PlanView(planned.plan().id())), surroundings);
            return ExitCode.DONE;
        }
        var exported = TaskWeaver.exportTasks(tasks.list(), chosen);
        output.write(exported.text(), surroundings);
        exported.losses().forEach(surroundings.err()::println);
        return ExitCode.DONE;
    }

    private ExchangeFormat chosen() {
        var name = format == null ? ExchangeFormat.JSON.id() : format;
        return ExchangeFormat.of(name)
                .filter(ExchangeFormat::isWritable)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.BAD_INPUT,
                        "'" + name + "' is no format that can be written.",
                        "Use one of " + String.join(", ", ExchangeFormat.writableIds()) + "."));
    }
}
