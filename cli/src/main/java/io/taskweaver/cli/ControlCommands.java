package io.taskweaver.cli;

import io.taskweaver.cli.progress.Columns;
import io.taskweaver.cli.progress.ProblemText;
import io.taskweaver.model.Limits;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Command;
import io.taskweaver.model.event.Pause;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.scheduling.dispatch.PlanStage;
import io.taskweaver.scheduling.dispatch.TaskStage;
import io.taskweaver.scheduling.dispatch.TaskState;
import io.taskweaver.scheduling.projection.PlanView;
import io.taskweaver.scheduling.projection.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Commands to a plan: {@code cancel}, {@code pause}, {@code resume}, {@code retry}, {@code approve},
 * {@code reject}, {@code priority}. */
final class ControlCommands {
    private ControlCommands() {}

    /** A command to one plan of a system. */
    abstract static class ControlCommand implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "PLAN", description = "Id of the plan; taskweaver status lists them.")
        @SuppressWarnings("NullAway.Init") // Set by picocli.
        private PlanId plan;

        @Mixin
        private SystemOptions system;

        private final CommandContext context;

        ControlCommand(CommandContext context) {
            this.context = context;
        }

        /**
         * The commands to send.
         *
         * @throws CommandFailure if they can have no effect on a task, with the task's state
         */
        abstract List<Command> commands(PlanView view);

        /** Why the command changes nothing, if the plan is in the requested state already. */
        Optional<String> withoutEffect(PlanView view) {
            return Optional.empty();
        }

        /** Whether the command has an effect on plans in this state. */
        boolean appliesTo(PlanStage stage) {
            return stage.isOpen() || stage == PlanStage.PLANNING;
        }

        @Override
        public Integer call() {
            try (var taskWeaver = SystemOptions.open(system.connection(), context)) {
                var view = system.plan(taskWeaver, plan);
                if (!appliesTo(view.stage())) throw closed(view.stage());
                var already = withoutEffect(view);
                if (already.isPresent()) {
                    context.out().println(Columns.clean(already.get()));
                    return ExitCode.DONE;
                }
                var commands = commands(view);
                for (var command : commands) taskWeaver.command(plan, command);
                Decisions.await(taskWeaver, plan, commands, context.clock(), system.arguments());
            }
            context.out().println("Command sent. See its effect with: taskweaver status " + plan + system.arguments());
            MissingWork.afterCommand(plan).ifPresent(context.out()::println);
            return ExitCode.DONE;
        }

        private CommandFailure closed(PlanStage stage) {
            boolean failed = stage == PlanStage.FAILED;
            return CommandFailure.badInput(
                    "Plan " + plan + " is " + stage.word()
                            + (failed ? ": it accepts only retry." : " and accepts no commands."),
                    switch (stage) {
                        case FAILED -> "Retry its failed tasks with: taskweaver retry " + plan + system.arguments();
                        case REJECTED ->
                            "See the reasons with: taskweaver status " + plan + system.arguments()
                                    + "\nThen correct the documents, and submit them again.";
                        case PLANNING, ACTIVE, PAUSED, COMPLETED, CANCELLED, ARCHIVED ->
                            "To run its documents again as a new plan: taskweaver run DOCUMENT... --again";
                    });
        }

        /**
         * A command to each of some tasks: to all, or to none.
         *
         * @throws CommandFailure if it has no effect on one of them
         */
        final List<Command> toEach(List<TaskId> tasks, PlanView view, Function<TaskView, Command> command) {
            var commands = new ArrayList<Command>();
            for (var id : tasks)
                try {
                    commands.add(command.apply(known(id, view)));
                } catch (CommandFailure e) {
                    if (tasks.stream().distinct().count() == 1) throw e;
                    throw new CommandFailure(
                            e.exitCode(),
                            e.getMessage() + " Nothing was sent.",
                            e.details(),
                            e.hint() + "\nTo send the command to the other tasks, leave out " + id + ".");
                }
            return commands;
        }

        final Instant now() {
            return context.clock().instant();
        }

        final TaskView known(TaskId id, PlanView view) {
            return view.tasks().stream()
                    .filter(task -> task.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new CommandFailure(
                            ExitCode.BAD_INPUT,
                            "The plan " + plan + " has no task " + id + ".",
                            "List its tasks with: taskweaver status " + plan + system.arguments()));
        }
    }

    /** A command to a plan, or to some of its tasks. */
    abstract static class PlanOrTasksCommand extends ControlCommand {
        @Parameters(
                index = "1..*",
                arity = "0..*",
                paramLabel = "TASK",
                description = "Ids of tasks (default: the whole plan).")
        private List<TaskId> tasks = List.of();

        PlanOrTasksCommand(CommandContext context) {
            super(context);
        }

        abstract Command ofPlan();

        abstract Command of(TaskView task);

        /** Refuses options that are of the plan as a whole. */
        void checkOptionsForTasks() {}

        /** Why the command changes nothing of the plan as a whole. */
        Optional<String> planWithoutEffect(PlanView view) {
            return Optional.empty();
        }

        @Override
        final Optional<String> withoutEffect(PlanView view) {
            return tasks.isEmpty() ? planWithoutEffect(view) : Optional.empty();
        }

        @Override
        final List<Command> commands(PlanView view) {
            if (tasks.isEmpty()) return List.of(ofPlan());
            checkOptionsForTasks();
            return toEach(tasks, view, task -> of(work(task)));
        }
    }

    private static TaskView work(TaskView task) {
        if (task.task().kind() == Task.Kind.CONTRACT)
            throw noEffect(task, "No agent writes a contract. Name the tasks that need it.");
        return task;
    }

    private static CommandFailure noEffect(TaskView task, String hint) {
        return new CommandFailure(
                ExitCode.BAD_INPUT,
                "The command has no effect on " + task.id() + ": it is "
                        + task.stage().word() + ".",
                hint);
    }

    @CommandLine.Command(
            name = "cancel",
            description =
                    "Cancels a plan for good, or gives up the named tasks. A task that needs one of them is blocked until"
                            + " that one is retried.")
    static final class CancelCommand extends PlanOrTasksCommand {
        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                defaultValue = "cancelled by the user",
                description = "Reason to show in the status (default: ${DEFAULT-VALUE}).")
        private String reason = "cancelled by the user";

        CancelCommand(CommandContext context) {
            super(context);
        }

        @Override
        Command ofPlan() {
            return new Command.CancelPlan(reason);
        }

        @Override
        Command of(TaskView task) {
            return switch (task.stage()) {
                case WAITING, BLOCKED, READY, DELAYED, ISSUED, RUNNING, IN_REVIEW, NEEDS_INPUT, PAUSED ->
                    new Command.CancelTask(task.id(), reason);
                case FAILED, CANCELLED -> throw noEffect(task, "There is nothing to cancel.");
                case RECONCILING -> throw noEffect(task, "Cancel the task that reconciles it.");
                case MERGING, MERGED, DONE -> throw noEffect(task, "A completed result is kept.");
            };
        }
    }

    @CommandLine.Command(
            name = "pause",
            description = "Pauses a plan, or the named tasks. Running attempts continue; no further ones start.")
    static final class PauseCommand extends PlanOrTasksCommand {
        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                defaultValue = "paused by the user",
                description = "Reason to show in the status (default: ${DEFAULT-VALUE}).")
        private String reason = "paused by the user";

        PauseCommand(CommandContext context) {
            super(context);
        }

        @Override
        Command ofPlan() {
            return new Command.PausePlan(reason);
        }

        @Override
        Optional<String> planWithoutEffect(PlanView view) {
            return view.stage() == PlanStage.PAUSED
                    ? Optional.of("Plan " + view.id() + " is already paused"
                            + view.reason()
                                    .map(why -> ": " + ProblemText.sentence(why))
                                    .orElse("."))
                    : Optional.empty();
        }

        @Override
        Command of(TaskView task) {
            return switch (task.stage()) {
                case WAITING, BLOCKED, READY, DELAYED -> new Command.PauseTask(task.id(), reason);
                case ISSUED, RUNNING ->
                    throw noEffect(task, "A running attempt cannot be paused. Cancel the task, and retry it later.");
                case PAUSED -> throw noEffect(task, "It is already paused.");
                case NEEDS_INPUT -> throw noEffect(task, "It does not start before you approve it.");
                case IN_REVIEW -> throw noEffect(task, "Approve or reject its result first.");
                case MERGING, RECONCILING, FAILED, MERGED, DONE, CANCELLED ->
                    throw noEffect(task, "There is nothing to pause.");
            };
        }
    }

    @CommandLine.Command(
            name = "resume",
            description = "Resumes a paused plan, optionally with new limits, or the named paused tasks.")
    static final class ResumeCommand extends PlanOrTasksCommand {
        @Mixin
        private LimitOptions limits;

        ResumeCommand(CommandContext context) {
            super(context);
        }

        @Override
        Command ofPlan() {
            return new Command.ResumePlan(limits.read());
        }

        @Override
        Optional<String> planWithoutEffect(PlanView view) {
            if (view.pause().filter(pause -> pause.cause() == Pause.Cause.LIMIT).isPresent())
                stillReached(view).ifPresent(reason -> {
                    throw CommandFailure.badInput(
                            "The plan would stay paused. " + ProblemText.sentence(reason),
                            "Set a higher limit, e.g. --budget 30, --token-budget 2000000 or --deadline 8h.");
                });
            return view.stage() == PlanStage.ACTIVE && limits.read().equals(Limits.NONE)
                    ? Optional.of("Plan " + view.id() + " is already active.")
                    : Optional.empty();
        }

        private Optional<String> stillReached(PlanView view) {
            var createdAt = view.created().map(PlanEvent.PlanCreated::at).orElseGet(this::now);
            var now = now();
            return view.limits()
                    .changed(limits.read(), Duration.between(createdAt, now))
                    .reached(view.used(), createdAt, now);
        }

        @Override
        void checkOptionsForTasks() {
            if (!limits.read().equals(Limits.NONE))
                throw new CommandFailure(
                        ExitCode.BAD_INPUT, "Limits apply to the whole plan.", "Name no tasks, or no limits.");
        }

        @Override
        Command of(TaskView task) {
            if (task.stage() == TaskStage.NEEDS_INPUT)
                throw noEffect(task, "It waits for an answer or for approval. Use approve.");
            if (task.stage() == TaskStage.IN_REVIEW)
                throw noEffect(task, "Its result waits for your review. Use approve or reject.");
            if (task.stage() != TaskStage.PAUSED) throw noEffect(task, "It is not paused.");
            return new Command.ApproveTask(task.id(), Optional.empty());
        }
    }

    @CommandLine.Command(
            name = "retry",
            description = "Gives failed tasks further attempts. A failed plan becomes active again.")
    static final class RetryCommand extends ControlCommand {
        @Parameters(
                index = "1..*",
                arity = "0..*",
                paramLabel = "TASK",
                description = "Ids of tasks (default: all failed tasks).")
        private List<TaskId> tasks = List.of();

        RetryCommand(CommandContext context) {
            super(context);
        }

        @Override
        boolean appliesTo(PlanStage stage) {
            return stage == PlanStage.FAILED || super.appliesTo(stage);
        }

        @Override
        List<Command> commands(PlanView view) {
            var failed = view.failed();
            if (tasks.isEmpty() && failed.isEmpty())
                throw new CommandFailure(
                        ExitCode.BAD_INPUT,
                        "No task of the plan " + view.id() + " has failed.",
                        "To start a delayed task at once, name it.");
            return toEach(tasks.isEmpty() ? failed : tasks, view, task -> retried(task, failed));
        }

        private static Command retried(TaskView task, List<TaskId> failed) {
            if (task.state() instanceof TaskState.Gated) throw noEffect(task, "It waits for approval. Use approve.");
            if (task.stage() == TaskStage.IN_REVIEW)
                throw noEffect(task, "Its result waits for your review. Use approve or reject.");
            if (!failed.contains(task.id())
                    && task.stage() != TaskStage.DELAYED
                    && !task.stage().waitsForPerson())
                throw noEffect(
                        task,
                        task.task().kind() == Task.Kind.RECONCILE
                                ? "Retry the task whose result it reconciles."
                                : failed.isEmpty()
                                        ? "No task has failed."
                                        : "Failed tasks are: " + joined(failed) + ".");
            return new Command.RetryTask(task.id());
        }

        private static String joined(List<TaskId> tasks) {
            return tasks.stream().map(TaskId::value).collect(Collectors.joining(", "));
        }
    }

    @CommandLine.Command(
            name = "approve",
            description =
                    "Continues tasks in the state needs-input or paused, and merges the results of tasks in the state in-review.")
    static final class ApproveCommand extends ControlCommand {
        @Parameters(index = "1..*", arity = "1..*", paramLabel = "TASK", description = "Ids of tasks.")
        private List<TaskId> tasks = List.of();

        @Option(
                names = "--answer",
                paramLabel = "TEXT",
                description = "Answer to the agent's question. It is added to the prompt of each named task.")
        private @Nullable String answer;

        ApproveCommand(CommandContext context) {
            super(context);
        }

        @Override
        List<Command> commands(PlanView view) {
            return toEach(tasks, view, this::approved);
        }

        private Command approved(TaskView task) {
            if (!task.stage().waitsForPerson())
                throw noEffect(task, "Only a task in the state needs-input, in-review or paused can be approved.");
            if (task.stage() == TaskStage.IN_REVIEW) {
                if (answer != null)
                    throw noEffect(
                            task,
                            "It has a result, so there is no question to answer. To send it back with a comment, use reject --because TEXT.");
                // What was seen is approved, and not what came after it.
                return new Command.ApproveTask(task.id(), Optional.empty(), task.attempt());
            }
            return new Command.ApproveTask(task.id(), Optional.ofNullable(answer));
        }
    }

    @CommandLine.Command(
            name = "reject",
            description = {
                "Rejects the results of tasks in the state in-review. Each task gets another attempt.",
                "The attempt starts from the current code. Its prompt contains the reason and the rejected result."
            })
    static final class RejectCommand extends ControlCommand {
        @Parameters(index = "1..*", arity = "1..*", paramLabel = "TASK", description = "Ids of tasks.")
        private List<TaskId> tasks = List.of();

        @Option(
                names = "--because",
                paramLabel = "TEXT",
                required = true,
                description = "Reason. It is added to the prompt of the next attempt.")
        private String reason = "";

        RejectCommand(CommandContext context) {
            super(context);
        }

        @Override
        List<Command> commands(PlanView view) {
            if (reason.isBlank())
                throw CommandFailure.badInput(
                        "--because is empty.",
                        "Say what is wrong with the result; the next attempt gets it in its prompt.");
            return toEach(tasks, view, this::rejected);
        }

        private Command rejected(TaskView task) {
            if (task.stage() != TaskStage.IN_REVIEW)
                throw noEffect(task, "Only a task in the state in-review can be rejected.");
            return new Command.RejectTask(task.id(), reason, task.attempt());
        }
    }

    @CommandLine.Command(name = "priority", description = "Changes the priority of a plan relative to other plans.")
    static final class PriorityCommand extends ControlCommand {
        @Parameters(index = "1", paramLabel = "PRIORITY", description = "One of: ${COMPLETION-CANDIDATES}.")
        private Task.Priority priority = Task.Priority.MEDIUM;

        PriorityCommand(CommandContext context) {
            super(context);
        }

        @Override
        List<Command> commands(PlanView view) {
            return List.of(new Command.ChangePriority(priority));
        }
    }
}
