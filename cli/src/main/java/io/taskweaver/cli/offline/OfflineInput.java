package io.taskweaver.cli.offline;

import io.taskweaver.cli.CommandFailure;
import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.InputFiles;
import io.taskweaver.cli.OfflinePlan;
import io.taskweaver.cli.Surroundings;
import io.taskweaver.domain.plan.Plan;
import io.taskweaver.domain.plan.PlanIds;
import io.taskweaver.domain.plan.PlanOptions;
import io.taskweaver.domain.plan.Submission;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a command that runs nothing reads: files that are named, or what is piped in. */
public final class OfflineInput {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "Requirements documents: Markdown or plain text in UTF-8 (default: what is piped in).")
    private List<Path> files = List.of();

    @Option(names = "--input-file", paramLabel = "FILE", description = "The same, named as an option; may be repeated.")
    private List<Path> inputFiles = List.of();

    @Option(
            names = "--structure",
            paramLabel = "FILE",
            description = "STRUCTURE.md: components, interfaces, dependencies.")
    private @Nullable Path structure;

    @Option(
            names = "--code",
            paramLabel = "DIR",
            description = "Existing code base; what .gitignore excludes is left out.")
    private @Nullable Path code;

    /**
     * Reads everything; notes about what was left out go to the error stream.
     *
     * @throws CommandFailure naming all that can not be read
     */
    public InputFiles read(Surroundings surroundings) {
        var named = new ArrayList<>(files);
        named.addAll(inputFiles);
        if (named.isEmpty()) {
            if (surroundings.interactive())
                throw new CommandFailure(
                        ExitCode.BAD_INPUT,
                        "Nothing was named to read, and nothing is piped in.",
                        "Name a file, e.g. REQUIREMENTS.md.");
            named.add(InputFiles.STANDARD_INPUT);
        }
        var read = InputFiles.read(named, structure, code, surroundings);
        read.notes().forEach(surroundings.err()::println);
        return read;
    }

    /** What was read, as it would be handed in; its plan's id derives from it. */
    public Submission submission(Surroundings surroundings) {
        var read = read(surroundings);
        var options = PlanOptions.DEFAULT;
        return new Submission(
                PlanIds.derive(read.documents(), read.structure(), read.code(), options),
                read.documents(),
                read.structure(),
                read.code(),
                options);
    }

    /**
     * The plan of what was read.
     *
     * @throws CommandFailure with all reasons, if there can be no plan
     */
    public Plan plan(Surroundings surroundings) {
        return OfflinePlan.of(submission(surroundings));
    }
}
