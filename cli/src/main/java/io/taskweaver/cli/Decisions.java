package io.taskweaver.cli;

import io.taskweaver.cli.progress.ProblemText;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Command;
import io.taskweaver.model.event.PlanEvent.ResultWithdrawn;
import io.taskweaver.scheduling.projection.AttemptView;
import io.taskweaver.scheduling.projection.PlanView;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of what a person decides about a result: of two decisions about the same one, the first counts. The planner
 * tells soon which one that was.
 */
final class Decisions {
    private static final Duration POLL = Duration.ofMillis(120);
    private static final Duration LIMIT = Duration.ofSeconds(4);

    private Decisions() {}

    /** What the events of a plan tell of a decision. */
    sealed interface Outcome {
        /** Nothing yet. */
        record Open() implements Outcome {}

        /** It counts, or is none about a result. */
        record Counts() implements Outcome {}

        /**
         * Another one came first.
         *
         * @param what the other one, the end of a sentence about the task
         */
        record Superseded(TaskId task, String what) implements Outcome {}
    }

    /**
     * Waits for what becomes of commands that have been sent; a planner that does not tell is not waited for long.
     *
     * @throws CommandFailure if another decision came first
     */
    static void await(TaskWeaver system, PlanId plan, List<Command> sent, InstantSource clock, String systemArguments) {
        var view = new PlanView(plan);
        if (outcomes(sent, view).stream().noneMatch(Outcome.Open.class::isInstance)) return;
        try (var feed = system.follow(plan)) {
            while (!feed.isCaughtUp()) feed.poll(POLL).forEach(view::on);
            var limit = clock.instant().plus(LIMIT);
            while (outcomes(sent, view).stream().anyMatch(Outcome.Open.class::isInstance)
                    && clock.instant().isBefore(limit)) feed.poll(POLL).forEach(view::on);
        }
        var superseded = outcomes(sent, view).stream()
                .filter(Outcome.Superseded.class::isInstance)
                .map(Outcome.Superseded.class::cast)
                .map(each ->
                        ProblemText.sentence("Another decision about " + each.task() + " came first: " + each.what()))
                .toList();
        if (!superseded.isEmpty())
            throw CommandFailure.badInput(
                    superseded.getFirst() + " Yours has no effect.",
                    superseded.subList(1, superseded.size()),
                    (superseded.size() < sent.size() ? "The command was sent to the other tasks. " : "")
                            + "See what is with: taskweaver status " + plan + systemArguments);
    }

    private static List<Outcome> outcomes(List<Command> sent, PlanView view) {
        return sent.stream().map(command -> of(command, view)).toList();
    }

    /** What is told of a decision. */
    static Outcome of(Command decision, PlanView view) {
        var told = told(decision, view);
        return told instanceof Outcome.Open && view.archived().isPresent()
                ? task(decision)
                        .<Outcome>map(task -> new Outcome.Superseded(task, "its plan is archived"))
                        .orElse(told)
                : told;
    }

    private static Optional<TaskId> task(Command decision) {
        return switch (decision) {
            case Command.ApproveTask approve -> Optional.of(approve.task());
            case Command.RejectTask reject -> Optional.of(reject.task());
            case Command.ResolveTask resolve -> Optional.of(resolve.task());
            default -> Optional.empty();
        };
    }

    private static Outcome told(Command decision, PlanView view) {
        return switch (decision) {
            case Command.ApproveTask approve
            when approve.attempt() != Command.NO_RESULT ->
                approved(approve, attempt(view, approve.task(), approve.attempt()));
            case Command.RejectTask reject -> rejected(reject, attempt(view, reject.task(), reject.attempt()));
            // What a person settles counts as the next attempt.
            case Command.ResolveTask resolve -> resolved(resolve, attempt(view, resolve.task(), resolve.attempt() + 1));
            default -> new Outcome.Counts();
        };
    }

    private static Optional<AttemptView> attempt(PlanView view, TaskId task, int number) {
        return view.task(task).stream()
                .flatMap(each -> each.attempts().stream())
                .filter(attempt -> attempt.number() == number)
                .findFirst();
    }

    private static Outcome approved(Command.ApproveTask approve, Optional<AttemptView> attempt) {
        if (attempt.flatMap(AttemptView::approved).isPresent()) return new Outcome.Counts();
        return attempt.flatMap(AttemptView::withdrawn)
                .<Outcome>map(withdrawn -> new Outcome.Superseded(approve.task(), what(withdrawn)))
                .orElseGet(Outcome.Open::new);
    }

    private static Outcome rejected(Command.RejectTask reject, Optional<AttemptView> attempt) {
        if (attempt.flatMap(AttemptView::approved).isPresent())
            return new Outcome.Superseded(reject.task(), "its result is approved");
        return attempt.flatMap(AttemptView::withdrawn)
                .map(withdrawn -> withdrawn.rejection().equals(Optional.of(reject.reason()))
                        ? new Outcome.Counts()
                        : new Outcome.Superseded(reject.task(), what(withdrawn)))
                .orElseGet(Outcome.Open::new);
    }

    private static String what(ResultWithdrawn withdrawn) {
        return withdrawn
                .rejection()
                .map(reason -> "its result is rejected, because: " + reason)
                .orElse("its result is given up");
    }

    private static Outcome resolved(Command.ResolveTask resolve, Optional<AttemptView> attempt) {
        return attempt.flatMap(AttemptView::resolved)
                .map(resolved -> resolved.resolution().equals(resolve.resolution())
                        ? new Outcome.Counts()
                        : new Outcome.Superseded(
                                resolve.task(),
                                resolved.resolution().by() + " resolved it with "
                                        + switch (resolved.resolution().side()) {
                                            case FILES -> "files of their own";
                                            case OURS -> "--ours";
                                            case THEIRS -> "--theirs";
                                        }))
                .orElseGet(Outcome.Open::new);
    }
}
