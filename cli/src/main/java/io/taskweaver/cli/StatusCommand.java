package io.taskweaver.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.cli.progress.Columns;
import io.taskweaver.cli.progress.Sentences;
import io.taskweaver.client.PlanView;
import io.taskweaver.client.TaskState;
import io.taskweaver.client.TaskView;
import io.taskweaver.client.output.Costs;
import io.taskweaver.client.output.Durations;
import io.taskweaver.client.output.Measurement;
import io.taskweaver.domain.event.Pause;
import io.taskweaver.domain.event.PlanEvent;
import io.taskweaver.domain.plan.Limits;
import io.taskweaver.domain.plan.Need;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.Usage;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code taskweaver status}: what there is, at a glance. */
@Command(
        name = "status",
        description = "Lists the plans, or the tasks of one plan, as they stand.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false)
final class StatusCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PLAN", arity = "0..1", description = "Id of a plan (default: all plans).")
    private @Nullable PlanId plan;

    @Option(names = "--json", description = "As JSON, one object a line.")
    private boolean json;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private SystemOptions system;

    private final Surroundings surroundings;

    StatusCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        try (var taskWeaver = SystemOptions.open(system.connection(), surroundings)) {
            var plans = taskWeaver.plans();
            var chosen = plan;
            if (chosen == null) {
                if (plans.isEmpty() && !json) surroundings.out().println("No plans yet.");
                plans.forEach(this::printPlan);
                return ExitCode.DONE;
            }
            var view = plans.stream()
                    .filter(known -> known.id().equals(chosen))
                    .findFirst()
                    .orElseThrow(() -> new CommandFailure(
                            ExitCode.BAD_INPUT,
                            "There is no plan " + chosen + ".",
                            "List the plans with: taskweaver status" + system.arguments()));
            printPlan(view);
            if (!json) printStanding(view);
            view.rejections().forEach(rejection -> say("  " + rejection.message()));
            view.tasks().forEach(task -> printTask(view, task));
            return ExitCode.DONE;
        }
    }

    private void say(String line) {
        surroundings.out().println(Columns.clean(line));
    }

    private void printPlan(PlanView view) {
        var measured = Measurement.of(view, surroundings.clock().instant());
        if (json) {
            surroundings
                    .out()
                    .println(node("plan")
                            .put("plan", view.id().value())
                            .put("title", view.title())
                            .put("state", state(view))
                            .put("done", measured.done())
                            .put("done_before", measured.doneBefore())
                            .put("failed", measured.failed())
                            .put("open", measured.open())
                            .put("retried", measured.retried())
                            .put("wall_ms", measured.wall().toMillis())
                            .put("cost_usd", BigDecimal.valueOf(view.used().costMicros(), 6))
                            .put("input_tokens", view.used().inputTokens())
                            .put("output_tokens", view.used().outputTokens())
                            .put("paused", view.pause().map(Pause::reason).orElse(null))
                            .put("cancelled", whyCancelled(view).orElse(null)));
            return;
        }
        say(String.format(
                Locale.ROOT,
                "%-10s %4d done %4d open %4d failed  %8s  %s  %s",
                state(view),
                measured.done() + measured.doneBefore(),
                measured.open(),
                measured.failed(),
                Durations.words(measured.wall()),
                view.id(),
                view.title()));
    }

    private void printStanding(PlanView view) {
        if (view.end().isEmpty())
            view.pause().ifPresent(pause -> say("  paused: " + Sentences.sentence(pause.reason())));
        whyCancelled(view).ifPresent(reason -> say("  cancelled: " + Sentences.sentence(reason)));
        if (!view.used().equals(Usage.NONE) || !view.limits().equals(Limits.NONE))
            say("  used " + Costs.words(view.used(), view.limits()));
    }

    private static Optional<String> whyCancelled(PlanView view) {
        return view.end()
                .flatMap(end -> end instanceof PlanEvent.PlanCancelled cancelled
                        ? Optional.of(cancelled.reason())
                        : Optional.empty());
    }

    private static String state(PlanView view) {
        if (!view.rejections().isEmpty()) return "refused";
        return view.end()
                .map(end -> switch (end) {
                    case PlanEvent.PlanCompleted ignored -> "completed";
                    case PlanEvent.PlanFailed ignored -> "failed";
                    case PlanEvent.PlanCancelled ignored -> "cancelled";
                })
                .orElse(view.pause().isPresent() ? "paused" : view.created().isPresent() ? "running" : "submitted");
    }

    private void printTask(PlanView view, TaskView task) {
        if (json) {
            surroundings
                    .out()
                    .println(node("task")
                            .put("plan", view.id().value())
                            .put("task", task.id().value())
                            .put("title", task.title())
                            .put("kind", task.kind().name().toLowerCase(Locale.ROOT))
                            .put("phase", task.phase())
                            .put("state", task.state().name().toLowerCase(Locale.ROOT))
                            .put("attempts", task.attempts().size())
                            .put("duration_ms", task.duration().toMillis())
                            .put("because", because(view, task)));
            return;
        }
        var because = because(view, task);
        say(String.format(
                "  %-12s %-16s %s%s",
                task.state().words(), task.id(), task.title(), because.isEmpty() ? "" : "  (" + because + ")"));
    }

    /** Why a task stands where it stands: what it waits for, or how its last attempt failed. */
    private static String because(PlanView view, TaskView task) {
        return switch (task.state()) {
            case WAITING, BLOCKED ->
                task.task().stream()
                        .flatMap(node -> node.needs().stream())
                        .map(Need::on)
                        .filter(need -> view.task(need)
                                .map(needed -> needed.state() != TaskState.DONE)
                                .orElse(true))
                        .map(Object::toString)
                        .collect(Collectors.collectingAndThen(
                                Collectors.joining(", "), needs -> needs.isEmpty() ? "" : "waits for " + needs));
            case NEEDS_INPUT -> view.waiting().getOrDefault(task.id(), "");
            case RETRYING, FAILED ->
                task.lastFailure().map(PlanEvent.TaskFailed::reason).orElse("");
            case READY, RUNNING, MERGING, RECONCILING, DONE -> "";
        };
    }

    private static ObjectNode node(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }
}
