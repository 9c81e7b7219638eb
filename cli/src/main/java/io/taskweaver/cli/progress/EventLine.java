package io.taskweaver.cli.progress;

import io.taskweaver.model.CodeResult;
import io.taskweaver.model.FileConflict;
import io.taskweaver.model.OptionChanges;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Command;
import io.taskweaver.model.event.DeadLetter;
import io.taskweaver.model.event.Event;
import io.taskweaver.model.event.ExecutorHeartbeat;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.reports.Counts;
import io.taskweaver.reports.Durations;
import io.taskweaver.scheduling.projection.AttemptView;
import io.taskweaver.scheduling.projection.PlanView;
import io.taskweaver.scheduling.projection.TaskView;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** One line of plain text for what happened; empty for what is not worth one. */
final class EventLine {
    /** The report has all of it. */
    private static final int LONGEST = 600;

    private static final int MOST_LEFT_OUT = 5;
    private static final int LONGEST_LEFT_OUT = 100;

    private EventLine() {}

    static Optional<String> of(Event event, PlanView view) {
        return switch (event) {
            case PlanEvent.PlanCreated e ->
                line(
                        "planned",
                        e.summary().title() + ": "
                                + Counts.nodes(
                                        e.summary().workCount(), e.summary().contractCount()));
            case PlanEvent.ContractPublished e ->
                line("published", "contract of " + e.contract().component());
            case PlanEvent.TaskStarted e -> line("started", named(e.task(), view) + again(e.attempt()));
            case PlanEvent.TaskCompleted e ->
                line(
                        isVerification(e, view) ? "verified" : "completed",
                        named(e.task(), view)
                                + " in "
                                + Durations.words(view.duration(e))
                                + e.code().map(EventLine::leftOut).orElse(""));
            case PlanEvent.TaskFailed e -> line("failed", failed(e, view));
            case PlanEvent.ContextMerged e when isVerification(e, view) -> Optional.empty();
            case PlanEvent.MergeConflicted e
            when isVerification(e, view) ->
                view.task(e.task())
                        .flatMap(TaskView::why)
                        .flatMap(why -> line("failed", named(e.task(), view) + ": " + why));
            case PlanEvent.ContextMerged e ->
                line(
                        "merged",
                        named(e.task(), view) + " ("
                                + (e.changes().isEmpty()
                                        ? "done without a change"
                                        : Counts.of(e.changes().size(), "file"))
                                + (e.united().isEmpty() ? "" : "; united: " + String.join(", ", e.united()))
                                + leftOut(e, view) + ")");
            case PlanEvent.MergeConflicted e
            when e.refused().isPresent() ->
                line(
                        "refused",
                        named(e.task(), view) + ": the resolution cannot be merged. "
                                + ProblemText.sentence(e.refused().get()));
            case PlanEvent.MergeConflicted e ->
                line("conflict", named(e.task(), view) + ": " + e.reason().orElseGet(() -> paths(e)));
            case PlanEvent.PlanCommand e -> line("command", words(e.command()));
            case PlanEvent.PlanArchived e -> line("archived", "SHA-256 of the archive: " + e.digest());
            case PlanEvent.PlanStanding e ->
                e.warning().flatMap(warning -> line("warning", ProblemText.sentence(warning)));
            case PlanEvent.End e -> line("ended", end(e));
            case DeadLetter e -> line("dead letter", "a record of " + e.topic() + ": " + e.cause());
            case PlanEvent.RequirementsSubmitted _, PlanEvent.RequirementsRejected _ -> Optional.empty();
            case PlanEvent.TaskResolved e ->
                line(
                        "settled",
                        named(e.task(), view) + ": " + e.resolution().words()
                                + e.resolution().code().map(EventLine::leftOut).orElse(""));
            case PlanEvent.ResultApproved e -> line("approved", named(e.task(), view) + again(e.attempt()));
            case PlanEvent.ResultWithdrawn e ->
                e.rejection().flatMap(why -> line("rejected", named(e.task(), view) + again(e.attempt()) + ": " + why));
            case PlanEvent.VerificationRequested _ -> Optional.empty();
            case PlanEvent.CodeObjects _, PlanEvent.ContextCommand _, PlanEvent.TaskOutput _ -> Optional.empty();
            case PlanEvent.TaskPlanned _, PlanEvent.ComponentSpecified _, PlanEvent.TaskReady _ -> Optional.empty();
            case PlanEvent.TaskProgressed _, PlanEvent.ExecutionJournal _, ExecutorHeartbeat _ -> Optional.empty();
        };
    }

    private static String failed(PlanEvent.TaskFailed e, PlanView view) {
        return named(e.task(), view)
                + again(e.attempt())
                + ": "
                + (isVerification(e, view) ? "" : AttemptView.what(e) + ". ")
                + ProblemText.of(e.reason(), e.hint());
    }

    private static boolean isVerification(PlanEvent.OfAttempt e, PlanView view) {
        return view.task(e.task()).filter(TaskView::isVerification).isPresent();
    }

    private static Optional<String> line(String what, String about) {
        var shown = about.length() <= LONGEST ? about : about.substring(0, LONGEST) + " ...";
        return Optional.of(Columns.clean(String.format("%-10s %s", what, shown)));
    }

    private static String named(TaskId task, PlanView view) {
        return task
                + view.task(task)
                        .map(known -> known.task().title())
                        .filter(title -> !title.equals(task.value()))
                        .map(title -> " " + title)
                        .orElse("");
    }

    private static String again(int attempt) {
        return attempt > 1 ? ", attempt " + attempt : "";
    }

    private static String paths(PlanEvent.MergeConflicted e) {
        return e.conflicts().stream().map(FileConflict::words).collect(Collectors.joining(", "));
    }

    /** What a result lacks. */
    private static String leftOut(CodeResult result) {
        var all = result.leftOut();
        int more = all.size() - MOST_LEFT_OUT;
        return all.isEmpty()
                ? ""
                : "; left out: "
                        + all.stream()
                                .limit(MOST_LEFT_OUT)
                                .map(EventLine::shortened)
                                .collect(Collectors.joining(", "))
                        + (more > 0 ? " and " + more + " more" : "");
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_LEFT_OUT ? text : text.substring(0, LONGEST_LEFT_OUT) + " ...";
    }

    /** How much of it, since it was named before. */
    private static String leftOut(PlanEvent.ContextMerged e, PlanView view) {
        return view.task(e.task()).stream()
                .flatMap(task -> task.attempts().stream())
                .filter(attempt -> attempt.number() == e.attempt())
                .map(attempt -> attempt.leftOut().size())
                .filter(count -> count > 0)
                .map(count -> "; " + count + " left out")
                .findFirst()
                .orElse("");
    }

    private static String words(Command command) {
        return switch (command) {
            case Command.CancelPlan cancel -> "cancel: " + cancel.reason();
            case Command.PausePlan pause -> "pause: " + pause.reason();
            case Command.CancelTask cancel -> "cancel " + cancel.task() + ": " + cancel.reason();
            case Command.PauseTask pause -> "pause " + pause.task() + ": " + pause.reason();
            case Command.ResumePlan resume -> "resume";
            case Command.RetryTask retry -> "retry " + retry.task();
            case Command.ApproveTask approve -> "approve " + approve.task();
            case Command.ResolveTask resolve -> "resolve " + resolve.task();
            case Command.RejectTask reject -> "reject " + reject.task() + ": " + reject.reason();
            case Command.ChangePriority change -> "priority " + change.priority();
            case Command.ChangeOptions change -> "options: " + words(change.changes());
            case Command.ArchivePlan archive -> "archive";
        };
    }

    private static String words(OptionChanges changes) {
        var words = new StringJoiner(" ");
        if (!changes.agents().isEmpty()) words.add("--agent " + String.join(",", changes.agents()));
        changes.agentsFor()
                .forEach((kind, agents) -> words.add("--agent-for " + kind + "=" + String.join(",", agents)));
        if (!changes.gates().isEmpty()) words.add("--approve-before " + String.join(",", changes.gates()));
        changes.maxConcurrent().ifPresent(most -> words.add("--max-concurrent " + most));
        changes.maxAttempts().ifPresent(most -> words.add("--max-attempts " + most));
        changes.attemptTimeout().ifPresent(limit -> words.add("--attempt-timeout " + limit.toMinutes()));
        changes.overlap().ifPresent(mode -> words.add("--overlap " + mode.name().toLowerCase(Locale.ROOT)));
        return words.toString();
    }

    private static String end(PlanEvent.End end) {
        return switch (end) {
            case PlanEvent.PlanCompleted completed -> "completed";
            case PlanEvent.PlanFailed failed -> "failed: " + failed.reason();
            case PlanEvent.PlanCancelled cancelled -> "cancelled: " + cancelled.reason();
        };
    }
}
