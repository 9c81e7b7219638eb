package io.taskweaver.planner;

import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.Rejection;
import io.taskweaver.model.Submission;
import io.taskweaver.model.effort.LimitExceeded;
import io.taskweaver.model.event.PlanEvent.PlanCommand;
import io.taskweaver.model.event.PlanEvent.RequirementsSubmitted;
import io.taskweaver.scheduling.planning.Planning;
import io.taskweaver.scheduling.planning.SubmissionLimits;
import io.taskweaver.scheduling.refine.Refinery;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Submissions that wait to be planned, and commands that arrive for them meanwhile. They are planned one after the other on
 * {@link PlanningThread}; what waits is in the store, so that the next planner continues.
 */
final class SubmissionQueue {
    private static final Logger LOG = Logger.getLogger(SubmissionQueue.class);

    /** Largest submission that can be stored: a changelog record holds it with its key, uncompressed. */
    private static final int MOST_KEPT_BYTES = Topics.MAX_MESSAGE_BYTES - 64 * 1024;

    /** How many planners may die while they plan a submission. */
    private static final int MOST_STARTS = 3;

    private final PlannerRules rules;
    private final Function<Submission, Planning> planner;
    private final PlanningThread planning;
    private final PlannerMetrics metrics;
    private final PlannerMetrics.Share counts;
    private final PlanStore store;
    private final EventSender events;
    private final Plans plans;
    private final SequencedSet<PlanId> waiting = new LinkedHashSet<>();
    private @Nullable Underway underway;
    private boolean hasLooked;

    /** What becomes of submissions. */
    interface Plans {
        /** A submission was planned. */
        void begin(Plan plan, RequirementsSubmitted submitted, Cause cause);

        /** A command that arrived before. */
        void apply(PlanCommand command, Cause cause);
    }

    SubmissionQueue(
            PlannerTopology parts, PlannerMetrics.Share counts, PlanStore store, EventSender events, Plans plans) {
        this.rules = parts.rules();
        this.planner = parts.planner();
        this.planning = parts.planning();
        this.metrics = parts.metrics();
        this.counts = counts;
        this.store = store;
        this.events = events;
        this.plans = plans;
    }

    /**
     * A plan that is being created.
     *
     * @param submitted its submission
     * @param cause what caused it
     */
    private record Underway(PlanningThread.Attempt attempt, RequirementsSubmitted submitted, Cause cause) {}

    void await(RequirementsSubmitted submitted, Cause cause) {
        var plan = submitted.plan();
        store.awaitNoMore(plan);
        var kept = PlanFormats.SUBMITTED.encode(submitted);
        var head = new PlanHead.Waiting(plan, events.now(), 0);
        if (kept.length > MOST_KEPT_BYTES) {
            // Too large for the store's changelog, and only stored submissions can be planned.
            store.put(head);
            counts.ended(head);
            reject(plan, tooLarge(kept.length), cause);
            return;
        }
        store.await(head, kept, cause.trace());
        counts.ended(head);
        waiting.add(plan);
        if (underway == null) planNext(cause.mayBeRepeated(), rules.promptly());
    }

    /** Handles a finished planning, and starts the next. */
    void planNext(boolean mayBeRepeated, Duration timeout) {
        while (underway != null || startNext(mayBeRepeated)) {
            var now = underway;
            if (now == null) return;
            var result = result(now.attempt(), timeout);
            if (result.isEmpty()) return;
            underway = null;
            settle(now, result.get());
            planning.settled(now.attempt().plan());
        }
    }

    private static Optional<Planning> result(PlanningThread.Attempt attempt, Duration timeout) {
        try {
            return attempt.result(timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Whether there is a submission to plan. One that repeatedly killed the planner is not tried again. */
    private boolean startNext(boolean mayBeRepeated) {
        while (!waiting.isEmpty()) {
            var plan = waiting.removeFirst();
            if (!(store.stored().head(plan).orElse(null) instanceof PlanHead.Waiting head)) continue;
            RequirementsSubmitted submitted;
            try {
                submitted = store.stored().submission(plan);
            } catch (LimitExceeded e) {
                // An earlier version may have stored what this one rejects.
                var cause = new Cause(Optional.empty(), store.stored().trace(plan.value()), mayBeRepeated);
                reject(plan, new Planning.Rejected(List.of(SubmissionLimits.rejection(e))), cause);
                store.awaitNoMore(plan);
                continue;
            }
            var cause = new Cause(
                    Optional.of(submitted.eventId()),
                    store.stored().trace(plan.value()),
                    mayBeRepeated || head.starts() > 0);
            // Threads also end when Kafka fails. Planners count, not threads: each counts its start once.
            if (!planning.isCounted(plan, head.starts())) {
                if (head.starts() >= MOST_STARTS) {
                    reject(plan, interrupted(), cause);
                    store.awaitNoMore(plan);
                    continue;
                }
                var started = head.begun();
                store.put(started);
                planning.counted(plan, started.starts());
            }
            var attempt = planning.begin(
                    plan,
                    () -> Refinery.refined(planner.apply(submitted.submission()), submitted.changes(), rules.limits()));
            underway = new Underway(attempt, submitted, cause);
            return true;
        }
        return false;
    }

    private void settle(Underway made, Planning planned) {
        var plan = made.submitted().plan();
        // The plan may have been cancelled meanwhile.
        if (!isWaiting(plan)) return;
        switch (planned) {
            case Planning.Planned done -> {
                metrics.planned("planned", made.attempt().took());
                store.stored().head(plan).ifPresent(counts::again);
                plans.begin(done.plan(), made.submitted(), made.cause());
            }
            case Planning.Rejected rejected -> {
                metrics.planned(
                        PlanningThread.isFailure(rejected) ? "failed" : "rejected",
                        made.attempt().took());
                reject(plan, rejected, made.cause());
            }
        }
        resume(plan);
    }

    private void reject(PlanId plan, Planning.Rejected rejected, Cause cause) {
        var refused = new PlanHead.Refused(plan, events.now(), rejected.rejections());
        store.stored().head(plan).ifPresent(counts::again);
        store.put(refused);
        counts.ended(refused);
        events.send(events.announcements(cause).rejected(plan, rejected.rejections()), cause);
        LOG.infof(
                "Submission rejected plan=%s reasons=%d",
                plan, rejected.rejections().size());
    }

    private static Planning.Rejected tooLarge(int bytes) {
        return new Planning.Rejected(List.of(new Rejection(
                "too-large",
                String.format(
                        Locale.ROOT,
                        "The submission has %,d bytes, including options and code inventory; the limit is %,d.",
                        bytes,
                        MOST_KEPT_BYTES),
                "Split the documents into several submissions, or leave files out of the code inventory.",
                Optional.empty())));
    }

    private static Planning.Rejected interrupted() {
        return new Planning.Rejected(List.of(new Rejection(
                "planning-interrupted",
                "The planner died " + MOST_STARTS
                        + " times while it planned this submission, possibly for lack of memory.",
                "Split the documents into several plans, or give the planner more memory.",
                Optional.empty())));
    }

    /** Continues the work of an earlier planner: submissions to plan and commands to apply. */
    void takeUp() {
        var left = new ArrayList<PlanHead.Waiting>();
        var ordered = new ArrayList<PlanId>();
        for (var plan : store.stored().awaited()) {
            if (!(store.stored().head(plan).orElse(null) instanceof PlanHead.Waiting head)) ordered.add(plan);
            else if (!waiting.contains(plan) && !isUnderway(plan)) left.add(head);
        }
        left.sort(Comparator.comparing(PlanHead.Waiting::at));
        left.forEach(head -> waiting.add(head.id()));
        hasLooked = true;
        resumeEach(ordered);
    }

    /** A failure of one plan does not affect others; it is retried at the next start. */
    private void resumeEach(List<PlanId> plans) {
        RuntimeException failure = null;
        for (var plan : plans)
            try {
                resume(plan);
            } catch (RuntimeException e) {
                if (failure == null) failure = e;
                else failure.addSuppressed(e);
            }
        if (failure != null) throw failure;
    }

    private boolean isUnderway(PlanId plan) {
        return underway != null && underway.attempt().plan().equals(plan);
    }

    boolean isWaiting(PlanId plan) {
        return store.stored().head(plan).orElse(null) instanceof PlanHead.Waiting;
    }

    /** Applies the commands that arrived during planning. */
    private void resume(PlanId plan) {
        var trace = store.stored().trace(plan.value());
        for (var command : store.stored().commands(plan)) {
            try {
                plans.apply(command, new Cause(Optional.of(command.eventId()), trace, true));
            } catch (Unprocessable e) {
                LOG.warnf("Command is invalid plan=%s cause=%s", plan, e.getMessage());
            }
        }
        store.awaitNoMore(plan);
    }

    void await(PlanCommand command) {
        if (store.stored().isFull(command.plan()))
            throw new Unprocessable(
                    DeadLetters.INVALID,
                    StoredPlans.MOST_COMMANDS + " commands wait for the plan " + command.plan()
                            + ", which is still being planned. Send the command when status shows its tasks.");
        store.await(command);
    }

    void cancel(PlanId plan, Cause cause) {
        var rejection = new Rejection(
                "cancelled",
                "The submission was cancelled before it was planned.",
                "Submit it again to have it planned.",
                Optional.empty());
        reject(plan, new Planning.Rejected(List.of(rejection)), cause);
        store.awaitNoMore(plan);
        if (underway != null && isUnderway(plan)) {
            underway.attempt().stop();
            underway = null;
        }
        planning.settled(plan);
    }

    /** Whether time can change anything. */
    boolean isBusy() {
        return !hasLooked || !waiting.isEmpty() || underway != null || planning.isBusy();
    }

    /** Once for each planner, and at intervals. */
    void look() {
        if (!hasLooked) takeUp();
        planning.giveUpOverdue();
        planNext(false, Duration.ZERO);
    }

    /** Stops what is planned; the store keeps what waits. */
    void stop() {
        if (underway != null) underway.attempt().stop();
        underway = null;
    }
}
