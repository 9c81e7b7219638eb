package io.taskweaver.cli.progress;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.model.Plan;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Command;
import io.taskweaver.model.event.ContextChange;
import io.taskweaver.model.event.DeadLetter;
import io.taskweaver.model.event.Event;
import io.taskweaver.model.event.ExecutorHeartbeat;
import io.taskweaver.model.event.Pause;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.reports.Measurement;
import io.taskweaver.scheduling.projection.PlanView;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * One JSON object per line; each has {@code type} and {@code at}, those about a task {@code task} and {@code attempt}.
 * {@code type} names the event. {@code state} is the state of the task after all events that were read so far: topics are
 * read without an order between them, so that it can be ahead of the event.
 */
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
    public void following(PlanView view) {
        begun(view, false);
    }

    @Override
    public void on(Event event, PlanView view) {
        var line = line(type(event), event.at()).put("plan", view.id().value());
        switch (event) {
            case PlanEvent.ContractPublished e ->
                line.put("task", e.task().value())
                        .put("component", e.contract().component())
                        .put("version", e.contract().version());
            case PlanEvent.TaskPlanned e ->
                line.put("task", e.task().id().value())
                        .put("title", e.task().title())
                        .put("kind", e.task().kind().name().toLowerCase(Locale.ROOT))
                        .put("phase", e.task().phase());
            case PlanEvent.ComponentSpecified e ->
                line.put("task", e.spec().node().value())
                        .put("component", e.spec().name());
            case PlanEvent.OfAttempt e -> attempt(line, e, view);
            case DeadLetter e ->
                line.put("topic", e.topic()).put("reason", e.reason()).put("cause", e.cause());
            case PlanEvent.End e -> end(line, e);
            case PlanEvent.PlanCommand e -> {
                line.put("command", word(e.command()));
                if (e.command() instanceof Command.OfTask about)
                    line.put("task", about.task().value());
            }
            case PlanEvent.PlanArchived e -> line.put("end", e.end()).put("digest", e.digest());
            case PlanEvent.ContextCommand e -> {
                switch (e.command()) {
                    case ContextChange.ImportContext part ->
                        line.put("command", "import")
                                .put("digest", part.digest())
                                .put("part", part.part());
                    case ContextChange.ClearContext clear ->
                        line.put("command", "clear")
                                .put("task", clear.task().map(TaskId::value).orElse(null))
                                .put("force", clear.force());
                }
            }
            case PlanEvent.PlanStanding e -> {
                line.put("paused", e.pause().map(Pause::reason).orElse(null))
                        .put("warning", e.warning().orElse(null));
                var waiting = line.putObject("waiting");
                e.waiting().forEach((task, question) -> waiting.put(task.value(), question));
            }
            case PlanEvent.RequirementsSubmitted _, PlanEvent.RequirementsRejected _, PlanEvent.PlanCreated _ -> {}
            case PlanEvent.CodeObjects e -> line.put("commit", e.commit());
            case PlanEvent.VerificationRequested e -> {
                line.put("task", e.task().value()).put("commit", e.commit());
                var results = line.putArray("results");
                e.results().forEach(result -> results.add(result.value()));
            }
            case ExecutorHeartbeat _ -> {}
        }
        print(line);
    }

    private static String type(Event event) {
        return switch (event) {
            case PlanEvent.RequirementsSubmitted ignored -> "submitted";
            case PlanEvent.RequirementsRejected ignored -> "rejected";
            case PlanEvent.PlanCreated ignored -> "created";
            case PlanEvent.TaskPlanned ignored -> "planned";
            case PlanEvent.ComponentSpecified ignored -> "specified";
            case PlanEvent.ContractPublished ignored -> "published";
            case PlanEvent.TaskReady ignored -> "ready";
            case PlanEvent.TaskStarted ignored -> "started";
            case PlanEvent.TaskProgressed ignored -> "progressed";
            case PlanEvent.TaskOutput ignored -> "output";
            case PlanEvent.TaskCompleted ignored -> "completed";
            case PlanEvent.TaskFailed ignored -> "failed";
            case PlanEvent.ContextMerged ignored -> "merged";
            case PlanEvent.MergeConflicted ignored -> "conflicted";
            case PlanEvent.VerificationRequested ignored -> "verification-requested";
            case PlanEvent.TaskResolved ignored -> "resolved";
            case PlanEvent.ResultApproved ignored -> "approved";
            case PlanEvent.ResultWithdrawn ignored -> "withdrawn";
            case PlanEvent.CodeObjects ignored -> "code";
            case PlanEvent.ContextCommand ignored -> "context-command";
            case PlanEvent.PlanArchived ignored -> "archived";
            case PlanEvent.PlanCommand ignored -> "command";
            case PlanEvent.PlanStanding ignored -> "standing";
            case PlanEvent.End ignored -> "ended";
            case DeadLetter ignored -> "dead-letter";
            case PlanEvent.ExecutionJournal ignored -> "journalled";
            case ExecutorHeartbeat ignored -> "heartbeat";
        };
    }

    private static void attempt(ObjectNode line, PlanEvent.OfAttempt event, PlanView view) {
        line.put("task", event.task().value()).put("attempt", event.attempt());
        view.task(event.task()).ifPresent(task -> line.put("state", task.stage().word()));
        switch (event) {
            case PlanEvent.TaskStarted e ->
                line.put("executor", e.executor()).put("agent", e.agent()).put("query_tokens", e.queryTokens());
            case PlanEvent.TaskProgressed e -> line.put("message", e.message());
            case PlanEvent.TaskOutput e ->
                line.put("source", e.source().word())
                        .put("position", e.position())
                        .put("text", e.text())
                        .put("last", e.last());
            case PlanEvent.TaskCompleted e -> {
                line.put("duration_ms", view.duration(e).toMillis()).put("summary", e.summary());
                var leftOut = line.putArray("left_out");
                e.code().ifPresent(code -> code.leftOut().forEach(leftOut::add));
            }
            case PlanEvent.TaskFailed e ->
                line.put("duration_ms", view.duration(e).toMillis())
                        .put("failure", e.failure().name().toLowerCase(Locale.ROOT))
                        .put("reason", e.reason())
                        .put("hint", e.hint().orElse(null));
            case PlanEvent.ContextMerged e -> {
                line.put("version", e.contextVersion()).put("commit", e.commit());
                e.paths().forEach(line.putArray("paths")::add);
                e.united().forEach(line.putArray("united")::add);
            }
            case PlanEvent.MergeConflicted e -> {
                var paths = line.putArray("paths");
                e.conflicts().forEach(conflict -> paths.add(conflict.path()));
                line.put("reason", e.reason().orElse(null))
                        .put("refused", e.refused().orElse(null));
            }
            case PlanEvent.ResultWithdrawn e ->
                line.put("rejection", e.rejection().orElse(null));
            case PlanEvent.TaskResolved e ->
                line.put("side", e.resolution().side().name().toLowerCase(Locale.ROOT))
                        .put("by", e.resolution().by());
            case PlanEvent.ResultApproved _, PlanEvent.TaskReady _, PlanEvent.ExecutionJournal _ -> {}
        }
    }

    private static String word(Command command) {
        return switch (command) {
            case Command.CancelPlan _, Command.CancelTask _ -> "cancel";
            case Command.PausePlan _, Command.PauseTask _ -> "pause";
            case Command.ResumePlan ignored -> "resume";
            case Command.RetryTask ignored -> "retry";
            case Command.ApproveTask ignored -> "approve";
            case Command.RejectTask ignored -> "reject";
            case Command.ResolveTask ignored -> "resolve";
            case Command.ChangePriority ignored -> "priority";
            case Command.ChangeOptions ignored -> "options";
            case Command.ArchivePlan ignored -> "archive";
        };
    }

    private static void end(ObjectNode line, PlanEvent.End end) {
        switch (end) {
            case PlanEvent.PlanCompleted ignored -> line.put("end", "completed");
            case PlanEvent.PlanFailed failed -> line.put("end", "failed").put("reason", failed.reason());
            case PlanEvent.PlanCancelled cancelled ->
                line.put("end", "cancelled").put("reason", cancelled.reason());
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
                .put("interrupted_ms", measured.interrupted().toMillis())
                .put("critical_path_ms", measured.criticalPath().toMillis())
                .put("one_at_a_time_ms", measured.oneAtATime().toMillis())
                .put("cost_usd", BigDecimal.valueOf(view.used().costMicros(), 6))
                .put("input_tokens", view.used().inputTokens())
                .put("output_tokens", view.used().outputTokens())
                .put("out", output.isEmpty() ? null : output);
        view.end()
                .ifPresentOrElse(
                        ended -> end(line, ended),
                        () -> line.put("end", view.pause().isPresent() ? "paused" : "open"));
        print(line);
    }

    @Override
    public void close() {
        out.flush();
    }
}
