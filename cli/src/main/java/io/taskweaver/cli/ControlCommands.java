package io.taskweaver.cli;

import io.taskweaver.model.Limits;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Command;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.scheduling.dispatch.TaskStage;
import io.taskweaver.scheduling.dispatch.TaskState;
import io.taskweaver.scheduling.projection.PlanView;
import io.taskweaver.scheduling.projection.TaskView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands to a plan that is under way: {@code cancel}, {@code pause}, {@code resume}, {@code retry}, {@code approve}, {@code priority}. */
final class ControlCommands {
    private ControlCommands() {}

    /** What all of them have: a plan, and a system to tell. */
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
         * What to tell the plan.
         *
         * @throws CommandFailure if that can have no effect, saying what would
         */
        abstract List<Command> commands(PlanView view);

        /** Whether the command has an effect on a plan that ended so. */
        boolean canFollow(PlanEvent.End end) {
            return false;
        }

        @Override
        public Integer call() {
            try (var taskWeaver = SystemOptions.open(system.connection(), context)) {
                var view = system.plan(taskWeaver, plan);
                if (view.end().isPresent() && !canFollow(view.end().get()))
                    throw new CommandFailure(
                            ExitCode.BAD_INPUT,
                            "The plan " + plan + " is closed: it takes no commands.",
                            view.end().get() instanceof PlanEvent.PlanFailed
                                    ? "Retry its failed tasks with: taskweaver retry " + plan + system.arguments()
                                    : "Run its documents again as a new plan with: taskweaver run DOCUMENT... --again");
                for (var command : commands(view)) taskWeaver.command(plan, command);
            }
            context.out().println("command sent; see its effect with: taskweaver status " + plan + system.arguments());
            return ExitCode.DONE;
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

    /** A plan, or some of its tasks. */
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

        @Override
        final List<Command> commands(PlanView view) {
            return tasks.isEmpty()
                    ? List.of(ofPlan())
                    : tasks.stream().map(id -> of(work(known(id, view)))).toList();
        }
    }

    private static TaskView work(TaskView task) {
        if (task.task().kind() == Task.Kind.CONTRACT)
            throw noEffect(task, "A contract is not written by an agent; name the tasks that build on it.");
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
                    "Cancels a plan for good, or gives up the named tasks; tasks that need them wait until these are"
                            + " retried.")
    static final class CancelCommand extends PlanOrTasksCommand {
        @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "cancelled by the user", description = "Why.")
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
                case WAITING, BLOCKED, READY, DELAYED, ISSUED, RUNNING, NEEDS_INPUT, PAUSED ->
                    new Command.CancelTask(task.id(), reason);
                case FAILED, CANCELLED -> throw noEffect(task, "There is nothing to cancel.");
                case RECONCILING -> throw noEffect(task, "Cancel the task that reconciles it.");
                case MERGING, MERGED, DONE -> throw noEffect(task, "A completed result is kept.");
            };
        }
    }

    @CommandLine.Command(
            name = "pause",
            description = "Starts no further task of a plan, or holds the named tasks; running attempts continue.")
    static final class PauseCommand extends PlanOrTasksCommand {
        @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "paused by the user", description = "Why.")
        private String reason = "paused by the user";

        PauseCommand(CommandContext context) {
            super(context);
        }

        @Override
        Command ofPlan() {
            return new Command.PausePlan(reason);
        }

        @Override
        Command of(TaskView task) {
            return switch (task.stage()) {
                case WAITING, BLOCKED, READY, DELAYED -> new Command.PauseTask(task.id(), reason);
                case ISSUED, RUNNING ->
                    throw noEffect(task, "A running attempt cannot be paused. Cancel the task, and retry it later.");
                case MERGING, RECONCILING, NEEDS_INPUT, PAUSED, FAILED, MERGED, DONE, CANCELLED ->
                    throw noEffect(task, "There is nothing to pause.");
            };
        }
    }

    @CommandLine.Command(
            name = "resume",
            description = "Resumes a paused plan, with new limits where they are named, or the named paused tasks.")
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
        Command of(TaskView task) {
            if (!limits.read().equals(Limits.NONE))
                throw new CommandFailure(
                        ExitCode.BAD_INPUT, "Limits apply to the whole plan.", "Name no tasks, or no limits.");
            if (!task.stage().waitsForPerson()) throw noEffect(task, "It is not paused.");
            return new Command.ApproveTask(task.id(), Optional.empty());
        }
    }

    @CommandLine.Command(
            name = "retry",
            description = "Gives failed tasks further attempts; a plan that failed because of them is active again.")
    static final class RetryCommand extends ControlCommand {
        @Parameters(
                index = "1..*",
                arity = "0..*",
                paramLabel = "TASK",
                description = "Ids of tasks (default: all that failed).")
        private List<TaskId> tasks = List.of();

        RetryCommand(CommandContext context) {
            super(context);
        }

        @Override
        boolean canFollow(PlanEvent.End end) {
            return end instanceof PlanEvent.PlanFailed;
        }

        @Override
        List<Command> commands(PlanView view) {
            var failed = view.failed();
            if (tasks.isEmpty() && failed.isEmpty())
                throw new CommandFailure(
                        ExitCode.BAD_INPUT,
                        "No task of the plan " + view.id() + " has failed.",
                        "Name the delayed task that is to start at once.");
            for (var id : tasks) {
                var task = known(id, view);
                if (task.state() instanceof TaskState.Gated)
                    throw noEffect(task, "It waits for approval, not for another attempt: approve it.");
                if (!failed.contains(id)
                        && task.stage() != TaskStage.DELAYED
                        && !task.stage().waitsForPerson())
                    throw noEffect(
                            task,
                            failed.isEmpty() ? "No task has failed." : "Failed tasks are: " + joined(failed) + ".");
            }
            return (tasks.isEmpty() ? failed : tasks)
                    .stream().<Command>map(Command.RetryTask::new).toList();
        }

        private static String joined(List<TaskId> tasks) {
            return tasks.stream().map(TaskId::value).collect(Collectors.joining(", "));
        }
    }

    @CommandLine.Command(name = "approve", description = "Lets a task that waits for a person continue.")
    static final class ApproveCommand extends ControlCommand {
        @Parameters(index = "1", paramLabel = "TASK", description = "Id of the task.")
        @SuppressWarnings("NullAway.Init") // Set by picocli.
        private TaskId task;

        @Option(names = "--answer", paramLabel = "TEXT", description = "Text to add to the agent's prompt.")
        private @Nullable String answer;

        ApproveCommand(CommandContext context) {
            super(context);
        }

        @Override
        List<Command> commands(PlanView view) {
            var asking = known(task, view);
            if (!asking.stage().waitsForPerson()) throw noEffect(asking, "It does not wait for a person.");
            return List.of(new Command.ApproveTask(asking.id(), Optional.ofNullable(answer)));
        }
    }

    @CommandLine.Command(name = "priority", description = "Changes a plan's priority among other plans.")
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
