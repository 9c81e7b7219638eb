package io.taskweaver.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.cli.progress.Columns;
import io.taskweaver.cli.progress.ProblemText;
import io.taskweaver.model.Limits;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.Usage;
import io.taskweaver.reports.Costs;
import io.taskweaver.reports.Counts;
import io.taskweaver.reports.Durations;
import io.taskweaver.reports.Measurement;
import io.taskweaver.scheduling.dispatch.TaskStage;
import io.taskweaver.scheduling.projection.PlanView;
import io.taskweaver.scheduling.projection.TaskView;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code taskweaver status}: what there is, at a glance. */
@Command(name = "status", description = "Lists all plans, or the tasks of one plan, with their states.")
final class StatusCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PLAN", arity = "0..1", description = "Id of a plan (default: all plans).")
    private @Nullable PlanId plan;

    @Option(names = "--json", description = "Print JSON, one object per line.")
    private boolean json;

    @Mixin
    private SystemOptions system;

    private final CommandContext context;

    StatusCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (var taskWeaver = SystemOptions.open(system.connection(), context)) {
            if (plan == null) {
                var plans = taskWeaver.plans();
                if (plans.isEmpty() && !json) context.out().println("No plans yet.");
                plans.forEach(this::printPlan);
                return ExitCode.DONE;
            }
            var view = system.plan(taskWeaver, plan);
            printPlan(view);
            if (!json) printStanding(view);
            view.rejections().stream().skip(1).forEach(rejection -> say("  " + rejection.message()));
            view.tasks().forEach(task -> printTask(view, task));
            if (!json) WaitingTasks.of(view, system.arguments()).forEach(this::say);
            return ExitCode.DONE;
        }
    }

    private void say(String line) {
        context.out().println(Columns.clean(line));
    }

    private void printPlan(PlanView view) {
        var measured = Measurement.of(view, context.clock().instant());
        if (json) {
            context.out()
                    .println(node("plan")
                            .put("plan", view.id().value())
                            .put("title", view.title())
                            .put("state", view.stage().word())
                            .put("done", measured.done())
                            .put("done_before", measured.doneBefore())
                            .put("failed", measured.failed())
                            .put("open", measured.open())
                            .put("retried", measured.retried())
                            .put("wall_ms", measured.wall().toMillis())
                            .put("interrupted_ms", measured.interrupted().toMillis())
                            .put("cost_usd", BigDecimal.valueOf(view.used().costMicros(), 6))
                            .put("input_tokens", view.used().inputTokens())
                            .put("output_tokens", view.used().outputTokens())
                            .put("reason", view.reason().orElse(null)));
            return;
        }
        say(String.format(
                Locale.ROOT,
                "%-10s %4d tasks: %4d done %4d open %4d failed  %8s  %s  %s",
                view.stage().word(),
                measured.done() + measured.doneBefore() + measured.open() + measured.failed(),
                measured.done() + measured.doneBefore(),
                measured.open(),
                measured.failed(),
                Durations.words(measured.wall()),
                view.id(),
                view.title()));
    }

    private void printStanding(PlanView view) {
        view.reason().ifPresent(reason -> say("  " + view.stage().word() + ": " + ProblemText.sentence(reason)));
        say("  " + Counts.nodes(view));
        if (!view.used().equals(Usage.NONE) || !view.limits().equals(Limits.NONE))
            say("  used " + Costs.words(view.used(), view.limits()));
    }

    private void printTask(PlanView view, TaskView task) {
        if (json) {
            context.out()
                    .println(node("task")
                            .put("plan", view.id().value())
                            .put("task", task.id().value())
                            .put("title", task.task().title())
                            .put("kind", task.task().kind().name().toLowerCase(Locale.ROOT))
                            .put("phase", task.task().phase())
                            .put("state", task.stage().word())
                            .put("attempts", task.attempts().size())
                            .put("duration_ms", view.duration(task).toMillis())
                            .put("why", why(task)));
            return;
        }
        var why = task.isDoneWithoutChange() ? "done without a change" : why(task);
        say(String.format(
                "  %-12s %-16s %s%s",
                task.word(), task.id(), task.task().title(), why.isEmpty() ? "" : "  (" + why + ")"));
    }

    /** Why it does not continue; for a delayed one, the failure of its last attempt. */
    private static String why(TaskView task) {
        var why = task.why().orElse("");
        return task.stage() == TaskStage.DELAYED
                ? task.lastFailure()
                                .map(failure -> ProblemText.sentence(failure.reason()) + " ")
                                .orElse("")
                        + why
                : why;
    }

    private static ObjectNode node(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
