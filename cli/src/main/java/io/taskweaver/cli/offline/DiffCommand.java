package io.taskweaver.cli.offline;

import io.taskweaver.cli.CommandFailure;
import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.Surroundings;
import io.taskweaver.cli.VersionProvider;
import io.taskweaver.client.InputFiles;
import io.taskweaver.client.Sources;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.client.output.PlanDiffJson;
import io.taskweaver.client.replan.EarlierPlan;
import io.taskweaver.domain.plan.Plan;
import io.taskweaver.domain.plan.PlanOptions;
import io.taskweaver.domain.replan.DiffText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code taskweaver diff}: what a changed document changes in its plan. */
@Command(
        name = "diff",
        description = {
            "Compares two plans: tasks that were added, changed, removed or renumbered, needs, contracts, and what they touch.",
            "Each is a requirements document, a list of tasks, a plan.json, or the folder of an earlier run."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes, as those of diff:%n",
        exitCodeList = {"  0:the plans say the same", "  1:they differ", "  2:one of them can not be read or planned"})
public final class DiffCommand implements Callable<Integer> {
    private static final int DIFFERS = 1;

    @Parameters(index = "0", paramLabel = "OLD", description = "What was planned; - is what is piped in.")
    private Path old = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW", description = "What is to be planned now; - is what is piped in.")
    private Path now = Path.of("");

    @Option(
            names = "--structure",
            paramLabel = "FILE",
            description = "STRUCTURE.md that goes with both; a plan.json has it in itself.")
    private @Nullable Path structure;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private OfflineOutput output;

    private final Surroundings surroundings;

    DiffCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var diff = TaskWeaver.diff(plan(old), plan(now));
        output.write(output.json() ? PlanDiffJson.write(diff) : DiffText.write(diff), surroundings);
        return diff.isEmpty() ? ExitCode.DONE : DIFFERS;
    }

    private Plan plan(Path path) {
        var file = Files.isDirectory(path) ? path.resolve(EarlierPlan.FILE) : path;
        if (!path.equals(Sources.STANDARD_INPUT) && Files.isRegularFile(file)) {
            try {
                var earlier = EarlierPlan.read(file);
                if (earlier.isPresent()) return earlier.get().plan();
            } catch (IOException e) {
                throw new CommandFailure(
                        ExitCode.BAD_INPUT,
                        file + " can not be read: " + e.getMessage() + ".",
                        "Check its permissions.");
            } catch (IllegalArgumentException e) {
                throw new CommandFailure(
                        ExitCode.BAD_INPUT,
                        file + " is no plan: " + e.getMessage() + ".",
                        "Name a plan.json as a run or 'taskweaver plan --json' writes it.");
            }
        }
        var read = InputFiles.read(surroundings.sources(List.of(path), structure, null));
        read.notes().forEach(surroundings.err()::println);
        return TaskWeaver.plan(read.submission(PlanOptions.DEFAULT));
    }
}
