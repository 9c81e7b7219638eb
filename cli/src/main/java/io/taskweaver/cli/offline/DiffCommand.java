package io.taskweaver.cli.offline;

import io.taskweaver.cli.CommandContext;
import io.taskweaver.cli.CommandFailure;
import io.taskweaver.cli.ExitCode;
import io.taskweaver.client.InputFiles;
import io.taskweaver.client.Sources;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.client.replan.EarlierPlan;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.reports.PlanDiffJson;
import io.taskweaver.scheduling.replan.DiffText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
            "Compares two plans.",
            "Prints added, changed and removed tasks, dependencies and contracts, and the tasks that they affect.",
            "Each plan is a requirements document, a task list, a plan.json, or the output folder of a run."
        },
        exitCodeListHeading = "%nExit codes, like those of diff(1):%n",
        exitCodeList = {
            "  0:the plans are equal",
            "  1:the plans differ",
            "  2:wrong usage, or a plan that cannot be read or made"
        })
public final class DiffCommand implements Callable<Integer> {
    private static final int DIFFERS = 1;

    @Parameters(index = "0", paramLabel = "OLD", description = "The earlier plan; - for standard input.")
    private Path old = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW", description = "The later plan; - for standard input.")
    private Path now = Path.of("");

    @Option(
            names = "--structure",
            paramLabel = "FILE",
            description = "STRUCTURE.md for both documents; a plan.json needs none.")
    private @Nullable Path structure;

    @Mixin
    private OfflineOutput output;

    private final CommandContext context;

    DiffCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var before = earlier(old);
        var after = earlier(now);
        var diff = TaskWeaver.diff(
                before.map(EarlierPlan::plan).orElseGet(() -> planned(old, after)),
                after.map(EarlierPlan::plan).orElseGet(() -> planned(now, before)));
        output.write(output.json() ? PlanDiffJson.write(diff) : DiffText.write(diff));
        return diff.isEmpty() ? ExitCode.DONE : DIFFERS;
    }

    private static Optional<EarlierPlan> earlier(Path path) {
        var file = Files.isDirectory(path) ? path.resolve(EarlierPlan.FILE) : path;
        if (!path.equals(Sources.STANDARD_INPUT) && Files.isRegularFile(file)) {
            try {
                return EarlierPlan.read(file);
            } catch (IOException e) {
                throw CommandFailure.badInput(
                        file + " cannot be read: " + e.getMessage() + ".", "Check its permissions.");
            } catch (IllegalArgumentException e) {
                throw CommandFailure.badInput(
                        file + " is not a valid plan: " + e.getMessage() + ".",
                        "Write it again with: taskweaver plan --json");
            }
        }
        return Optional.empty();
    }

    /** The plan of a document, with contracts as the other plan has them: its code, which decided that, is not known here. */
    private Plan planned(Path path, Optional<EarlierPlan> other) {
        var contracts = other.map(EarlierPlan::contracts).orElse(PlanOptions.DEFAULT.contracts());
        var read = InputFiles.read(context.sources(List.of(path), structure, null));
        read.notes().forEach(context.err()::println);
        return TaskWeaver.plan(read.submission(PlanOptions.DEFAULT.with(contracts)));
    }
}
