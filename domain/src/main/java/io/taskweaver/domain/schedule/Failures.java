package io.taskweaver.domain.schedule;

import io.taskweaver.domain.event.Pause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What becomes of a task whose attempt ended without success. */
final class Failures {
    private final Backoff backoff;

    Failures(Backoff backoff) {
        this.backoff = backoff;
    }

    Decision decide(Progress plan, Entry entry, Attempts attempts, Report.Failed report, Instant now) {
        var backedOff = backoff.until(now, entry.node.id(), attempts.number());
        return switch (report.failure()) {
            case TASK_FAILED, TIMED_OUT -> {
                var feedback = Optional.of(report.reason());
                var next = attempts.afterFailure(feedback);
                if (mayTryAgain(plan, next)) yield Scheduler.move(entry, new TaskState.Pending(next));
                yield mayHandOn(plan, entry, attempts)
                        ? Scheduler.move(entry, new TaskState.Pending(attempts.handedOn(feedback)))
                        : giveUp(plan, entry, report);
            }
            case INFRA_FAILED, STALE_ATTEMPT -> {
                var next = attempts.afterFailure(Optional.empty());
                if (mayTryAgain(plan, next))
                    yield Scheduler.move(
                            entry, new TaskState.Delayed(next, report.retryAt().orElse(backedOff)));
                yield mayHandOn(plan, entry, attempts)
                        ? Scheduler.move(entry, new TaskState.Pending(attempts.handedOn(Optional.empty())))
                        : giveUp(plan, entry, report);
            }
            case RATE_LIMITED ->
                Scheduler.move(
                        entry,
                        new TaskState.Delayed(attempts.again(), report.retryAt().orElse(backedOff)));
            case INTERRUPTED -> Scheduler.move(entry, new TaskState.Pending(attempts.again()));
            case NEEDS_INPUT ->
                new Decision(
                        List.of(Scheduler.moved(entry.node.id(), new TaskState.NeedsInput(attempts, report.reason()))),
                        List.of(new Command.AnnounceStanding(Optional.empty())));
            case CANCELLED -> giveUp(plan, entry, report);
            case NOT_ALLOWED -> pause(plan, entry, attempts, report);
            case BUDGET_EXCEEDED, REFUSED_CREDENTIALS ->
                mayHandOn(plan, entry, attempts)
                        ? Scheduler.move(entry, new TaskState.Pending(attempts.handedOn(Optional.empty())))
                        : pause(plan, entry, attempts, report);
        };
    }

    /** The task is given up, and with it the one that it stands for. */
    static List<Change> giveUp(Progress plan, Entry entry, String reason, Optional<String> hint) {
        var changes = new ArrayList<Change>();
        for (Optional<Entry> each = Optional.of(entry); each.isPresent(); each = Scheduler.standsFor(plan, each.get()))
            if (each.get().state instanceof TaskState.Tried tried && !tried.satisfies())
                changes.add(
                        Scheduler.moved(each.get().node.id(), new TaskState.Failed(tried.attempts(), reason, hint)));
        return changes;
    }

    private static Decision giveUp(Progress plan, Entry entry, Report.Failed report) {
        return new Decision(giveUp(plan, entry, report.reason(), report.hint()), List.of());
    }

    private static boolean mayTryAgain(Progress plan, Attempts next) {
        return next.counted() < plan.options().maxAttempts();
    }

    private static boolean mayHandOn(Progress plan, Entry entry, Attempts attempts) {
        return attempts.agent() + 1 < plan.agentsOf(entry).size();
    }

    private static Decision pause(Progress plan, Entry entry, Attempts attempts, Report.Failed report) {
        var changes = new ArrayList<Change>();
        changes.add(Scheduler.moved(entry.node.id(), new TaskState.Pending(attempts.again())));
        var reason = report.hint().map(hint -> report.reason() + ". " + hint).orElse(report.reason());
        if (!(plan.state() instanceof PlanState.Active)) return new Decision(changes, List.of());
        changes.add(new Change.PlanMoved(new PlanState.Paused(reason, Pause.Cause.AGENT)));
        return new Decision(changes, List.of(new Command.AnnounceStanding(Optional.empty())));
    }
}
