package io.taskweaver.cli.offline;

import io.taskweaver.cli.CommandFailure;
import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.Surroundings;
import io.taskweaver.cli.VersionProvider;
import io.taskweaver.client.PlanView;
import io.taskweaver.client.output.PlanJson;
import io.taskweaver.domain.picture.DotPicture;
import io.taskweaver.domain.picture.HtmlPicture;
import io.taskweaver.domain.picture.MermaidPicture;
import io.taskweaver.domain.picture.SvgPicture;
import io.taskweaver.domain.plan.Plan;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
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
    /** What can be drawn. */
    enum Format {
        MERMAID("mmd", MermaidPicture::write),
        DOT("dot", DotPicture::write),
        SVG("svg", SvgPicture::write),
        HTML("html", HtmlPicture::write);

        private final String suffix;
        private final Function<Plan, String> writer;

        Format(String suffix, Function<Plan, String> writer) {
            this.suffix = suffix;
            this.writer = writer;
        }

        static Optional<Format> ofFile(Path file) {
            var name = file.getFileName() == null
                    ? ""
                    : file.getFileName().toString().toLowerCase(Locale.ROOT);
            for (var format : values())
                if (name.endsWith("." + format.suffix) || name.endsWith("." + format)) return Optional.of(format);
            return Optional.empty();
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

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
                output.json() ? PlanJson.write(plan, new PlanView(plan.id())) : chosen.writer.apply(plan),
                surroundings);
        return ExitCode.DONE;
    }

    private Format format() {
        var name = format;
        if (name == null) return output.file().flatMap(Format::ofFile).orElse(Format.MERMAID);
        for (var known : Format.values()) if (known.toString().equalsIgnoreCase(name)) return known;
        throw new CommandFailure(
                ExitCode.BAD_INPUT, "'" + name + "' is no format of a picture.", "Use mermaid, dot, svg or html.");
    }
}
