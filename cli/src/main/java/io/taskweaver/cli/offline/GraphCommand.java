package io.taskweaver.cli.offline;

import io.taskweaver.cli.CommandFailure;
import io.taskweaver.cli.ContractsOption;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.reports.PlanJson;
import io.taskweaver.reports.picture.PictureFormat;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskweaver graph}: a picture of the plan. */
@Command(
        name = "graph",
        description = {
            "Draws the plan as Mermaid, DOT, SVG or an interactive HTML page.",
            "Phases run from left to right; edges are dependencies; the critical path is marked. The HTML page has zoom,"
                    + " search, filters and the details of each task, and needs no network."
        })
public final class GraphCommand extends OfflineCommand {
    @Mixin
    private ContractsOption contracts;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "mermaid, dot, svg or html (default: by the extension of --output-file, else mermaid).")
    private @Nullable String format;

    @Override
    String result() {
        var chosen = format();
        var plan = input().plan(contracts.options());
        return output().json() ? PlanJson.write(plan) : TaskWeaver.graph(plan, chosen);
    }

    private PictureFormat format() {
        var name = format;
        if (name == null)
            return output().file()
                    .map(Path::toString)
                    .flatMap(PictureFormat::ofFile)
                    .orElse(PictureFormat.MERMAID);
        return PictureFormat.of(name)
                .orElseThrow(() -> CommandFailure.badInput(
                        "Cannot draw the format '" + name + "'.", "Use mermaid, dot, svg or html."));
    }
}
