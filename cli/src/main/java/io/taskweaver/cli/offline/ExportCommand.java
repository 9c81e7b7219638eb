package io.taskweaver.cli.offline;

import io.taskweaver.cli.CommandFailure;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.formats.ExchangeFormat;
import io.taskweaver.formats.TaskJson;
import io.taskweaver.reports.PlanJson;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code taskweaver export}: tasks in the format of another tool. */
@Command(
        name = "export",
        description = {
            "Converts tasks to the format of another tool.",
            "Exports a task list as it is, and requirements documents as the tasks of their plan. Warns about everything"
                    + " that the format cannot express."
        })
public final class ExportCommand extends OfflineCommand {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "json, csv, task-master, spec-kit, kiro, beads, beads-graph or mermaid (default: json).")
    private @Nullable String format;

    @Option(names = "--schema", description = "Read no input; write the JSON Schema of task JSON.")
    private boolean schema;

    @Override
    String result() {
        if (schema) return TaskJson.schema();
        var chosen = chosen();
        var tasks = input().tasks(Optional.empty(), "");
        if (chosen == ExchangeFormat.JSON && tasks instanceof OfflineInput.Planned planned)
            return PlanJson.write(planned.plan());
        var exported = TaskWeaver.exportTasks(tasks.list(), chosen);
        exported.losses().forEach(input()::note);
        return exported.text();
    }

    private ExchangeFormat chosen() {
        var name = format == null ? ExchangeFormat.JSON.id() : format;
        return ExchangeFormat.of(name)
                .filter(ExchangeFormat::isWritable)
                .orElseThrow(() -> CommandFailure.badInput(
                        "Cannot write the format '" + name + "'.",
                        "Use one of " + String.join(", ", ExchangeFormat.writableIds()) + "."));
    }
}
