package io.taskweaver.cli.progress;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.client.PlanEnd;
import io.taskweaver.client.PlanEvent;
import io.taskweaver.client.PlanView;
import io.taskweaver.client.TaskView;
import io.taskweaver.client.output.Measurement;
import io.taskweaver.domain.plan.Plan;
import io.taskweaver.domain.plan.Task;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** One JSON object a line; each has {@code type} and {@code at}, those about a task {@code task} and {@code attempt}. */
public final class JsonProgress implements Progress {
    private final PrintStream out;
    private final InstantSource clock;

    public JsonProgress(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
    }

    private ObjectNode line(String type, Instant at) {
        return JsonNodeFactory.instance.objectNode().put("type", type).put("at", at.toString());
    }

    private void print(ObjectNode line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void planned(Plan plan) {
        var line = line("plan", clock.instant())
                .put("plan", plan.id().value())
                .put("title", plan.title())
                .put(
                        "works",
                        plan.tasks().stream()
                                .filter(task -> task.kind() == Task.Kind.WORK)
                                .count())
                .put("done_before", plan.tasks().stream().filter(Task::done).count())
                .put("contracts", plan.components().size())
                .put("critical_path_minutes", plan.criticalPathMinutes())
                .put("total_minutes", plan.totalMinutes());
        var phases = line.putArray("phases");
        plan.phases().forEach(phase -> phases.add(phase.size()));
        var path = line.putArray("critical_path");
        plan.criticalPath().forEach(task -> path.add(task.value()));
        print(line);
    }

    @Override
    public void note(String text) {
        print(line("note", clock.instant()).put("text", text));
    }

    @Override
    public void busy(String text) {
        note(text);
    }

    @Override
    public void begun(PlanView view, boolean resumed) {
        print(line("begun", clock.instant()).put("plan", view.id().value()).put("resumed", resumed));
    }

    @Override
    public void on(PlanEvent event, PlanView view) {
        var line = line(type(event), event.at()).put("plan", view.id().value());
        switch (event) {
            case PlanEvent.Published e ->
                line.put("task", e.node().value())
                        .put("component", e.contract().component())
                        .put("version", e.contract().version());
            case PlanEvent.Planned e ->
                line.put("task", e.task().id().value())
                        .put("title", e.task().title())
                        .put("kind", e.task().kind().name().toLowerCase(Locale.ROOT))
                        .put("phase", e.task().phase());
            case PlanEvent.Specified e -> line.put("task", e.node().value()).put("component", e.component());
            case PlanEvent.OfAttempt e -> attempt(line, e, view);
            case PlanEvent.SetAside e ->
                line.put("topic", e.topic()).put("reason", e.reason()).put("cause", e.cause());
            case PlanEvent.Ended e -> end(line, e.end());
            case PlanEvent.Ordered e ->
                line.put("order", e.order().getClass().getSimpleName().toLowerCase(Locale.ROOT));
            case PlanEvent.Standing e -> {
                line.put("paused", e.pause().map(PlanEvent.Pause::reason).orElse(null))
                        .put("warning", e.warning().orElse(null));
                var waiting = line.putObject("waiting");
                e.waiting().forEach((task, question) -> waiting.put(task.value(), question));
            }
            case PlanEvent.Submitted ignored -> {}
            case PlanEvent.Rejected ignored -> {}
            case PlanEvent.Created ignored -> {}
        }
        print(line);
    }

    private static String type(PlanEvent event) {
        return switch (event) {
            case PlanEvent.Submitted ignored -> "submitted";
            case PlanEvent.Rejected ignored -> "rejected";
            case PlanEvent.Created ignored -> "created";
            case PlanEvent.Planned ignored -> "planned";
            case PlanEvent.Specified ignored -> "specified";
            case PlanEvent.Published ignored -> "published";
            case PlanEvent.Ready ignored -> "ready";
            case PlanEvent.Started ignored -> "started";
            case PlanEvent.Progressed ignored -> "progressed";
            case PlanEvent.Completed ignored -> "completed";
            case PlanEvent.Failed ignored -> "failed";
            case PlanEvent.Merged ignored -> "merged";
            case PlanEvent.Conflicted ignored -> "conflicted";
            case PlanEvent.Ordered ignored -> "ordered";
            case PlanEvent.Standing ignored -> "standing";
            case PlanEvent.Ended ignored -> "ended";
            case PlanEvent.SetAside ignored -> "set-aside";
        };
    }

    private static void attempt(ObjectNode line, PlanEvent.OfAttempt event, PlanView view) {
        line.put("task", event.task().value()).put("attempt", event.attempt());
        view.task(event.task())
                .map(TaskView::state)
                .ifPresent(state -> line.put("state", state.name().toLowerCase(Locale.ROOT)));
        switch (event) {
            case PlanEvent.Started e ->
                line.put("executor", e.executor()).put("agent", e.agent()).put("query_tokens", e.queryTokens());
            case PlanEvent.Progressed e -> line.put("message", e.message());
            case PlanEvent.Completed e ->
                line.put("duration_ms", e.duration().toMillis()).put("summary", e.summary());
            case PlanEvent.Failed e ->
                line.put("duration_ms", e.duration().toMillis())
                        .put("failure", e.failure().name().toLowerCase(Locale.ROOT))
                        .put("reason", e.reason())
                        .put("hint", e.hint().orElse(null));
            case PlanEvent.Merged e ->
                e.paths().forEach(line.put("version", e.version()).putArray("paths")::add);
            case PlanEvent.Conflicted e -> {
                var paths = line.putArray("paths");
                e.conflicts().forEach(conflict -> paths.add(conflict.path()));
            }
            case PlanEvent.Ready ignored -> {}
        }
    }

    private static void end(ObjectNode line, PlanEnd end) {
        switch (end) {
            case PlanEnd.Completed ignored -> line.put("end", "completed");
            case PlanEnd.Failed failed -> line.put("end", "failed").put("reason", failed.reason());
            case PlanEnd.Cancelled cancelled -> line.put("end", "cancelled").put("reason", cancelled.reason());
        }
    }

    @Override
    public void tick(PlanView view, Instant now) {}

    @Override
    public void over(PlanView view, Measurement measured, String output) {
        var line = line("summary", clock.instant())
                .put("plan", view.id().value())
                .put("done", measured.done())
                .put("done_before", measured.doneBefore())
                .put("failed", measured.failed())
                .put("open", measured.open())
                .put("retried", measured.retried())
                .put("conflicts", measured.conflicts())
                .put("wall_ms", measured.wall().toMillis())
                .put("critical_path_ms", measured.criticalPath().toMillis())
                .put("one_at_a_time_ms", measured.oneAtATime().toMillis())
                .put("cost_usd", BigDecimal.valueOf(view.used().costMicros(), 6))
                .put("input_tokens", view.used().inputTokens())
                .put("output_tokens", view.used().outputTokens())
                .put("out", output.isEmpty() ? null : output);
        view.end()
                .ifPresentOrElse(
                        ended -> end(line, ended.end()),
                        () -> line.put("end", view.pause().isPresent() ? "paused" : "open"));
        print(line);
    }

    @Override
    public void close() {
        out.flush();
    }
}
