package io.taskweaver.cli;

import io.taskweaver.cli.progress.OutputText;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.code.LineFolder;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Verifications;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.scheduling.projection.OutputView;
import io.taskweaver.scheduling.projection.PlanView;
import io.taskweaver.wire.json.ModelJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code taskweaver logs}: what agents printed. */
@Command(
        name = "logs",
        description = {
            "Prints the output of the agents that worked on a plan, and of the commands that verified its code.",
            "Output is kept for a week, for attempts that ran longer than a few seconds, failed, or used tokens or money."
                    + " Of long output, the beginning and the end are kept. Secrets are masked; control characters are shown as"
                    + " text."
        })
final class LogsCommand implements Callable<Integer> {
    private static final Duration POLL = Duration.ofMillis(200);

    @Mixin
    private PlanParameter plan;

    @Parameters(
            index = "1",
            paramLabel = "TASK",
            arity = "0..1",
            description = "Id of a task, or verify-base, verify-head, verify-1, ... (default: all tasks).")
    private @Nullable TaskId task;

    @Option(names = "--attempt", paramLabel = "N", description = "Only this attempt (default: all attempts).")
    private @Nullable Integer attempt;

    @Option(
            names = {"--follow", "-f"},
            description = "Keep printing new output until the task or the plan is finished.")
    private boolean follow;

    @Option(names = "--json", description = "Print JSON, one object per line.")
    private boolean json;

    @Mixin
    private SystemOptions system;

    private final CommandContext context;

    LogsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (follow && json)
            throw CommandFailure.badInput(
                    "--follow cannot print JSON.", "Use: taskweaver events task-output --plan PLAN");
        var id = plan.id();
        try {
            boolean isRunning =
                    system.cluster().isPresent() || system.foundRuntime().isPresent();
            if (isRunning) return ofSystem(id);
            if (follow)
                throw new CommandFailure(
                        ExitCode.NO_RUNTIME,
                        "No runtime is running in " + system.dataDir() + ", so there is no new output.",
                        "Leave out --follow to print the stored output.");
            return ofFolder(id);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int ofSystem(PlanId id) throws IOException {
        try (var taskWeaver = SystemOptions.open(system.connection(), context)) {
            var archived = follow ? archived(taskWeaver, id) : Optional.<PlanEvent.PlanArchived>empty();
            if (archived.isPresent()) return inArchive(archived.get());
            if (follow) return follow(taskWeaver, id);
            var outputs = wanted(taskWeaver.output(id));
            if (outputs.isEmpty()) archived = archived(taskWeaver, id);
            if (archived.isPresent()) return inArchive(archived.get());
            // A runtime that was made anew has lost its topics, but not its data folder.
            if (outputs.isEmpty() && system.cluster().isEmpty()) outputs = kept(id);
            if (!outputs.isEmpty()) return print(outputs);
            var view = system.plan(taskWeaver, id);
            checkTask(view);
            return nothing();
        }
    }

    private static Optional<PlanEvent.PlanArchived> archived(TaskWeaver taskWeaver, PlanId id) {
        return taskWeaver.plan(id).flatMap(PlanView::archived);
    }

    private int inArchive(PlanEvent.PlanArchived archived) {
        context.err()
                .println("Plan " + archived.plan() + " was archived at " + archived.at()
                        + ". What its agents printed is in its archive, the file with the SHA-256 " + archived.digest()
                        + ".");
        return ExitCode.DONE;
    }

    private int ofFolder(PlanId id) throws IOException {
        var outputs = kept(id);
        if (!outputs.isEmpty()) return print(outputs);
        if (!Files.isDirectory(LineFolder.of(system.dataDir(), id)))
            throw CommandFailure.badInput(
                    "There is no plan " + id + " in " + system.dataDir() + ".",
                    "If it ran elsewhere, name its data folder with --data-dir, or its cluster with --config FILE.");
        return nothing();
    }

    private List<OutputView.Output> kept(PlanId id) throws IOException {
        return wanted(TaskWeaver.output(system.dataDir(), id, Optional.ofNullable(task)));
    }

    private List<OutputView.Output> wanted(OutputView view) {
        return view.outputs().stream()
                .filter(output -> isWanted(output.task(), output.attempt()))
                .toList();
    }

    private boolean isWanted(TaskId of, int number) {
        return (task == null || task.equals(of)) && (attempt == null || attempt == number);
    }

    private int print(List<OutputView.Output> outputs) {
        for (var output : outputs) {
            if (json) context.out().println(new String(ModelJson.bytes(output), StandardCharsets.UTF_8));
            else OutputText.of(output).forEach(context.out()::println);
        }
        context.out().flush();
        return ExitCode.DONE;
    }

    private int nothing() {
        context.err()
                .println("No output is stored for " + (task == null ? "this plan" : "task " + task)
                        + (attempt == null ? "" : ", attempt " + attempt)
                        + ". Output is kept for attempts that run longer than 2 s, fail, or use tokens or money, and not for the"
                        + " simulated agent. The setting taskweaver.executor.output-after changes that.");
        return ExitCode.DONE;
    }

    private int follow(TaskWeaver taskWeaver, PlanId id) {
        InterruptWatch.begin(() -> {});
        var view = new PlanView(id);
        var text = new OutputText.Stream(context.out()::print);
        var mayAnswer = system.mayAnswer();
        try (var feed = taskWeaver.followOutput(id)) {
            boolean wasOver = false;
            while (!InterruptWatch.isInterrupted() && !context.out().checkError()) {
                for (var event : feed.poll(POLL)) {
                    if (event instanceof PlanEvent.TaskOutput part) {
                        if (isWanted(part.task(), part.attempt())) text.add(part);
                    } else view.on(event);
                }
                context.out().flush();
                if (!mayAnswer.getAsBoolean()) throw system.ended("");
                if (!feed.isCaughtUp()) continue;
                if (!view.exists())
                    throw CommandFailure.badInput(
                            "There is no plan " + id + ".",
                            "List the plans with: taskweaver status" + system.arguments());
                // Verifications come while a plan runs.
                if (view.created().isPresent() && task != null && !Verifications.isReserved(task.value()))
                    checkTask(view);
                boolean isOver = view.end().isPresent() || isFinished(view);
                if (isOver && wasOver) return ExitCode.DONE;
                // The end may overtake the last of what was printed, which is on another topic.
                if (isOver) feed.extend();
                wasOver = isOver;
            }
        }
        return ExitCode.INTERRUPTED;
    }

    private void checkTask(PlanView view) {
        if (task != null && view.task(task).isEmpty())
            throw CommandFailure.badInput(
                    "Plan " + view.id() + " has no task " + task + ".",
                    "List its tasks with: taskweaver status " + view.id() + system.arguments());
    }

    private boolean isFinished(PlanView view) {
        return task != null
                && view.task(task).filter(known -> known.stage().isFinished()).isPresent();
    }
}
