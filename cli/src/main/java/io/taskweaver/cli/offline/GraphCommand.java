package io.taskweaver.cli.offline;

import io.taskweaver.cli.CommandFailure;
import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.Surroundings;
import io.taskweaver.cli.VersionProvider;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.client.output.PlanJson;
import io.taskweaver.domain.picture.PictureFormat;
import io.taskweaver.domain.projection.PlanView;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskweaver graph}: a picture of the plan. */
@Command(
        name = "graph",
        description = {
            "Draws the plan of requirements documents: phases from left to right, needs as edges, the critical path marked.",
            "html is a page of its own with zoom, search, filters and the details of each task; it needs no network."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false)
public final class GraphCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private OfflineInput input;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "mermaid, dot, svg or html (default: what the output file's name says, else mermaid).")
    private @Nullable String format;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private OfflineOutput output;

    private final Surroundings surroundings;

    GraphCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var chosen = format();
        var plan = input.plan(surroundings);
        output.write(
                output.json() ? PlanJson.write(plan, new PlanView(plan.id())) : TaskWeaver.graph(plan, chosen),
                surroundings);
        return ExitCode.DONE;
    }

    private PictureFormat format() {
        var name = format;
        if (name == null)
            return output.file()
                    .map(Path::toString)
                    .flatMap(PictureFormat::ofFile)
                    .orElse(PictureFormat.MERMAID);
        return PictureFormat.of(name)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.BAD_INPUT,
                        "'" + name + "' is no format of a picture.",
                        "Use mermaid, dot, svg or html."));
    }
}
