package io.taskweaver.cli;

import io.taskweaver.cli.progress.Progress;
import io.taskweaver.cli.runtime.LocalRuntime;
import io.taskweaver.client.Connection;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.client.output.OutputFolder;
import io.taskweaver.model.Plan;
import io.taskweaver.scheduling.projection.PlanView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskweaver run}: from documents to results. */
@Command(
        name = "run",
        description = {
            "Plans requirements documents, runs the plan and writes the results.",
            "Starts a local runtime if none is running, and stops it at the end. Ctrl-C stops cleanly; the same command"
                    + " continues where it stopped."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "  0:the plan completed",
            "  1:the plan failed or was cancelled",
            "  2:wrong usage, or a document that cannot be planned",
            "  3:no JDK was found",
            "  4:the runtime could not be started, ended unexpectedly, or does not respond",
            "  5:the agent's credentials are missing or were rejected, or the budget is used up",
            "  6:all that is left waits for a person, with --no-wait",
            "130:interrupted"
        })
final class RunCommand implements Callable<Integer> {
    @Mixin
    private InputOptions input;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "taskweaver-out",
            description = "Folder for the results (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("taskweaver-out");

    @Option(names = "--plan-only", description = "Write plan.json and plan.md without running the plan.")
    private boolean planOnly;

    @HelpHeading("Output")
    @Option(
            names = "--apply",
            description =
                    "At the end, write the result into your Git repository as a branch with a commit per task, like"
                            + " taskweaver apply.")
    private boolean apply;

    @HelpHeading("Agents and attempts")
    @Option(
            names = "--no-wait",
            description =
                    "End when all that is left waits for a person (exit code 6), instead of waiting for that. The same"
                            + " command continues.")
    private boolean leaves;

    @Option(names = "--retry-failed", description = "Reopen a failed plan: give its failed tasks further attempts.")
    private boolean retryFailed;

    @HelpHeading("Output")
    @Option(names = "--json", description = "Print progress as JSON lines.")
    private boolean json;

    @Mixin
    private ExecutorOptions executor;

    @Mixin
    private TemplateOptions templates;

    @Mixin
    private SystemOptions system;

    private final CommandContext context;

    RunCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        templates.check();
        if (!planOnly && system.cluster().isEmpty()) input.sandbox().checkHere(context);
        var own = new HashSet<>(system.ownFolders());
        if (OutputFolder.isOurs(out)) own.add(out);
        try (var read = input.read(context, own)) {
            int exitCode = called(read);
            return apply && exitCode == ExitCode.DONE && !planOnly
                    ? new PlanResult(context, system)
                            .applyCompleted(read.submission().plan(), read.codeFolder())
                    : exitCode;
        }
    }

    private int called(InputOptions.Input read) {
        var made = TaskWeaver.plan(read.submission());
        if (apply && !planOnly)
            new PlanResult(context, system).checkTarget(read.submission().plan(), read.codeFolder());
        var results = Results.open(out, context);
        try (var progress = Displays.of(context, json)) {
            var changes = new ArrayList<String>();
            if (read.refine())
                progress.busy("asking " + read.submission().options().agent() + " what the plan is unsure of");
            var refined = read.refined(made, context, changes::add);
            var plan = refined.plan();
            progress.planned(plan);
            changes.forEach(progress::note);
            read.notes().forEach(progress::note);
            if (read.named().names().contains("--overlap") && !knowsFiles(plan))
                progress.note(
                        "--overlap has little to go by: the document names hardly any files that its tasks change.");
            if (planOnly) {
                results.write(plan, read.reported(), new PlanView(plan.id()), progress);
                progress.note("plan written to " + results);
                return ExitCode.DONE;
            }
            var cluster = system.cluster();
            if (cluster.isEmpty())
                for (var agent : read.submission().options().allAgents())
                    AgentChoice.of(agent, context).checkHere(context);
            return cluster.isPresent()
                    ? onCluster(read, refined, cluster.get(), results, progress)
                    : onLocalRuntime(read, refined, results, progress);
        }
    }

    private static boolean knowsFiles(Plan plan) {
        return plan.tasks().stream()
                        .filter(task -> !task.done() && !task.expectedFiles().isEmpty())
                        .limit(2)
                        .count()
                == 2;
    }

    private int onCluster(
            InputOptions.Input read,
            InputOptions.Refined refined,
            Connection cluster,
            Results results,
            Progress progress) {
        var plan = refined.plan();
        templates.areNoneFor(cluster);
        input.sandbox().isNotOffFor("the cluster at " + cluster.bootstrap());
        InterruptWatch.begin(() -> {});
        try (var taskWeaver = SystemOptions.open(SystemOptions.checked(cluster), context)) {
            AgentChoice.checkOffered(taskWeaver, read.submission().options().allAgents(), context);
            var view = new PlanView(plan.id());
            var ending = run(taskWeaver, view, progress, () -> true, read, refined);
            return conclusion(taskWeaver, read, plan, view, results, progress).of(ending);
        }
    }

    private int onLocalRuntime(
            InputOptions.Input read, InputOptions.Refined refined, Results results, Progress progress) {
        var plan = refined.plan();
        var started = new AtomicReference<LocalRuntime>();
        InterruptWatch.begin(() -> {
            var runtime = started.get();
            if (runtime != null) runtime.kill();
        });
        var runtime = LocalRuntime.use(
                system.runtime(
                        context,
                        templates.folder(),
                        executor.read(input.sandbox()).hiding(read.codeFolder())),
                false,
                progress::busy,
                InterruptWatch::isInterrupted);
        started.set(runtime);
        if (!templates.fit(runtime)) {
            runtime.close();
            throw templates.otherwiseStarted();
        }
        if (!input.sandbox().fits(runtime)) {
            runtime.close();
            throw input.sandbox().otherwiseStarted();
        }
        int exitCode;
        try (var taskWeaver = SystemOptions.open(system.connection(runtime), context)) {
            if (!runtime.wasStarted())
                AgentChoice.checkOffered(taskWeaver, read.submission().options().allAgents(), context);
            var view = new PlanView(plan.id());
            var ending = run(taskWeaver, view, progress, runtime::isAlive, read, refined);
            exitCode = conclusion(taskWeaver, read, plan, view, results, progress)
                    .withRuntime(runtime)
                    .of(ending);
        } finally {
            if (!runtime.leave(progress::busy) && runtime.wasStarted() && runtime.isAlive())
                progress.note("Another run uses the runtime: it stays up until that one ends.");
        }
        return exitCode;
    }

    private RunEnding run(
            TaskWeaver taskWeaver,
            PlanView view,
            Progress progress,
            BooleanSupplier alive,
            InputOptions.Input read,
            InputOptions.Refined refined) {
        var repository = new WatchedRepository(read.codeFolder());
        var ending = new PlanRun(
                        taskWeaver,
                        view,
                        progress,
                        system.arguments(),
                        context.clock(),
                        alive,
                        InterruptWatch::isInterrupted)
                .leavingWhatWaits(leaves)
                .saying(read.agentNote())
                .run(refined.submission(), refined.changes(), read.base(), read.named(), retryFailed);
        repository.changes(view).ifPresent(progress::note);
        return ending;
    }

    private Conclusion conclusion(
            TaskWeaver taskWeaver,
            InputOptions.Input read,
            Plan plan,
            PlanView view,
            Results results,
            Progress progress) {
        return new Conclusion(
                taskWeaver, read.reported(), plan, view, results, progress, context, system.arguments(), read.named());
    }
}
