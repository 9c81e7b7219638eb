package io.taskweaver.cli;

import io.taskweaver.client.PlanCode;
import io.taskweaver.code.PlanDifference;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
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
    @Parameters(
            index = "0",
            paramLabel = "PLAN",
            arity = "0..1",
            description = "Id of the plan (default: the plan of taskweaver-out/plan.json).")
    private @Nullable PlanId plan;

    @Parameters(
            index = "1",
            paramLabel = "TASK",
            arity = "0..1",
            description = "Id of a task: its commits only (default: all changes of the plan).")
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
        return new PlanResult(context, system).with(PlanResult.plan(plan), Optional.empty(), this::print);
    }

    private int print(PlanCode code) throws IOException, InterruptedException {
        var form = names ? PlanDifference.Form.NAMES : stat ? PlanDifference.Form.SUMMARY : PlanDifference.Form.PATCH;
        context.out().write(difference(code, form));
        context.out().flush();
        return ExitCode.DONE;
    }

    private byte[] difference(PlanCode code, PlanDifference.Form form) throws IOException, InterruptedException {
        if (task == null) return code.difference(form, context.coloured());
        return code.difference(task, form, context.coloured())
                .orElseThrow(() -> CommandFailure.badInput(
                        "Nothing of task " + task + " is merged in plan " + code.plan() + ".",
                        "Its tasks and their states: taskweaver status " + code.plan() + system.arguments()));
    }
}
