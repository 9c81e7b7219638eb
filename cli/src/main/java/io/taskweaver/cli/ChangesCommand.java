package io.taskweaver.cli;

import io.taskweaver.client.PlanCode;
import io.taskweaver.code.PlanDifference;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.dispatch.TaskStage;
import io.taskweaver.scheduling.dispatch.TaskState;
import io.taskweaver.scheduling.projection.TaskView;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code taskweaver changes}: what a plan or a task changed in the code. */
@Command(
        name = "changes",
        description = {
            "Prints what a plan, or one of its tasks, changed in the code.",
            "The output is that of git diff. taskweaver diff compares plans."
        })
final class ChangesCommand implements Callable<Integer> {
    @Mixin
    private PlanParameter plan;

    @Parameters(
            index = "1",
            paramLabel = "TASK",
            arity = "0..1",
            description =
                    "Id of a task: its commits, or its result that waits for review (default: all changes of the plan).")
    private @Nullable TaskId task;

    @Option(names = "--stat", description = "Print the number of changed lines of each file instead.")
    private boolean stat;

    @Option(names = "--name-status", description = "Print the changed files instead.")
    private boolean names;

    @Mixin
    private SystemOptions system;

    private final CommandContext context;

    ChangesCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        InterruptWatch.begin();
        var waiting = inReview();
        if (waiting.isPresent()) return printWaiting(waiting.get());
        return new PlanResult(context, system).with(plan.id(), Optional.empty(), this::print);
    }

    /** The task, if its result waits for review in a system that runs. */
    private Optional<TaskView> inReview() {
        var id = task;
        if (id == null || (system.cluster().isEmpty() && system.foundRuntime().isEmpty())) return Optional.empty();
        try (var taskWeaver = SystemOptions.open(system.connection(), context)) {
            return taskWeaver
                    .plan(plan.id())
                    .flatMap(view -> view.task(id))
                    .filter(known -> known.stage() == TaskStage.IN_REVIEW);
        }
    }

    private int printWaiting(TaskView waiting) {
        var id = plan.id();
        var commit = waiting.state() instanceof TaskState.InReview review ? review.commit() : Optional.<String>empty();
        context.err()
                .println("The result of " + waiting.id() + ", attempt " + waiting.attempt() + ", waits for review"
                        + (commit.isEmpty() ? ", and changes nothing." : "."));
        return commit.isEmpty()
                ? ExitCode.DONE
                : new PlanResult(context, system)
                        .withResult(
                                id, commit.get(), code -> print(code.differenceOfResult(form(), context.coloured())));
    }

    private int print(byte[] difference) throws IOException {
        context.out().write(difference);
        context.out().flush();
        return ExitCode.DONE;
    }

    private PlanDifference.Form form() {
        return names ? PlanDifference.Form.NAMES : stat ? PlanDifference.Form.SUMMARY : PlanDifference.Form.PATCH;
    }

    private int print(PlanCode code) throws IOException, InterruptedException {
        return print(difference(code, form()));
    }

    private byte[] difference(PlanCode code, PlanDifference.Form form) throws IOException, InterruptedException {
        if (task == null) return code.difference(form, context.coloured());
        return code.difference(task, form, context.coloured())
                .orElseThrow(() -> CommandFailure.badInput(
                        "Nothing of task " + task + " is merged in plan " + code.plan() + ".",
                        "Its tasks and their states: taskweaver status " + code.plan() + system.arguments()));
    }
}
