package io.taskweaver.cli;

import io.taskweaver.client.Order;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.plan.TaskId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Orders about a plan that is under way: {@code cancel}, {@code pause}, {@code resume}, {@code retry}, {@code approve}, {@code priority}. */
final class OrderCommands {
    private OrderCommands() {}

    /** What all of them have: a plan, and a system to tell. */
    @Command(mixinStandardHelpOptions = true, versionProvider = VersionProvider.class, sortOptions = false)
    abstract static class OrderCommand implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "PLAN", description = "Id of the plan; taskweaver status lists them.")
        @SuppressWarnings("NullAway.Init") // Set by picocli.
        private PlanId plan;

        @Mixin
        @SuppressWarnings("NullAway.Init") // Set by picocli.
        private SystemOptions system;

        private final Surroundings surroundings;

        OrderCommand(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        abstract List<Order> orders();

        @Override
        public Integer call() {
            try (var taskWeaver = SystemOptions.open(system.connection(), surroundings)) {
                var view = taskWeaver.plans().stream()
                        .filter(known -> known.id().equals(plan))
                        .findFirst()
                        .orElseThrow(() -> new CommandFailure(
                                ExitCode.BAD_INPUT,
                                "There is no plan " + plan + ".",
                                "List the plans with: taskweaver status" + system.arguments()));
                if (view.end().isPresent())
                    throw new CommandFailure(
                            ExitCode.BAD_INPUT,
                            "The plan " + plan + " is closed: it takes no orders.",
                            "Run its documents anew with: taskweaver run DOCUMENT... --again");
                for (var order : orders()) taskWeaver.order(plan, order);
            }
            surroundings.out().println("ordered; see it with: taskweaver status " + plan + system.arguments());
            return ExitCode.DONE;
        }
    }

    @Command(name = "cancel", description = "Stops a plan for good.")
    static final class CancelCommand extends OrderCommand {
        @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "cancelled by the user", description = "Why.")
        private String reason = "cancelled by the user";

        CancelCommand(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        List<Order> orders() {
            return List.of(new Order.Cancel(reason));
        }
    }

    @Command(name = "pause", description = "Starts no further task of a plan; what runs goes on.")
    static final class PauseCommand extends OrderCommand {
        @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "paused by the user", description = "Why.")
        private String reason = "paused by the user";

        PauseCommand(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        List<Order> orders() {
            return List.of(new Order.Pause(reason));
        }
    }

    @Command(
            name = "resume",
            description = "Goes on with a plan that was paused, with more to use up where a limit is named.")
    static final class ResumeCommand extends OrderCommand {
        @Mixin
        @SuppressWarnings("NullAway.Init") // Set by picocli.
        private LimitOptions limits;

        ResumeCommand(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        List<Order> orders() {
            return List.of(new Order.Resume(limits.read()));
        }
    }

    @Command(name = "retry", description = "Gives failed tasks of a plan further attempts.")
    static final class RetryCommand extends OrderCommand {
        @Parameters(index = "1..*", arity = "1..*", paramLabel = "TASK", description = "Ids of the tasks.")
        private List<TaskId> tasks = List.of();

        RetryCommand(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        List<Order> orders() {
            return tasks.stream().<Order>map(Order.Retry::new).toList();
        }
    }

    @Command(name = "approve", description = "Lets a task that waits for a person go on.")
    static final class ApproveCommand extends OrderCommand {
        @Parameters(index = "1", paramLabel = "TASK", description = "Id of the task.")
        @SuppressWarnings("NullAway.Init") // Set by picocli.
        private TaskId task;

        @Option(names = "--answer", paramLabel = "TEXT", description = "What to tell the agent.")
        private @Nullable String answer;

        ApproveCommand(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        List<Order> orders() {
            return List.of(new Order.Approve(task, Optional.ofNullable(answer)));
        }
    }

    @Command(name = "priority", description = "Prefers a plan's tasks over other plans', or less.")
    static final class PriorityCommand extends OrderCommand {
        @Parameters(index = "1", paramLabel = "PRIORITY", description = "One of: ${COMPLETION-CANDIDATES}.")
        private Task.Priority priority = Task.Priority.MEDIUM;

        PriorityCommand(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        List<Order> orders() {
            return List.of(new Order.Prioritise(priority));
        }
    }
}
