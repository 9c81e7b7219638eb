package io.taskweaver.executor;

import io.taskweaver.agents.Outcome;
import io.taskweaver.model.Sentences;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.OutputSource;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanEvent.ExecutionJournal;
import io.taskweaver.model.event.PlanEvent.ExecutionJournal.RunPlace;
import io.taskweaver.model.event.PlanEvent.ExecutionJournal.State;
import io.taskweaver.model.event.PlanEvent.TaskCompleted;
import io.taskweaver.model.event.PlanEvent.TaskFailed;
import io.taskweaver.model.event.PlanEvent.TaskOutput;
import io.taskweaver.model.event.PlanEvent.TaskProgressed;
import io.taskweaver.model.event.PlanEvent.TaskReady;
import io.taskweaver.model.event.PlanEvent.TaskStarted;
import io.taskweaver.model.event.PlanEvent.Ticketed;
import io.taskweaver.prompts.Query;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Creates the events that an executor writes about attempts. An outcome has the same id whichever executor publishes
 * it; each progress report and each claim has its own.
 */
final class AttemptEvents {
    private final String executor;
    private final InstantSource clock;
    private final AtomicLong number = new AtomicLong();

    /** @param executor name of this executor */
    AttemptEvents(String executor, InstantSource clock) {
        this.executor = executor;
        this.clock = clock;
    }

    /** Name of this executor. */
    String executor() {
        return executor;
    }

    TaskStarted started(TaskReady ready, Query query, Optional<String> sandbox) {
        return new TaskStarted(
                meta(TaskStarted.class, ready, clock.instant()),
                ready.task(),
                ready.attempt(),
                executor,
                ready.agent(),
                query.whole(),
                query.tokens(),
                sandbox);
    }

    TaskProgressed progressed(TaskReady ready, Optional<String> run, String message) {
        return new TaskProgressed(
                meta(TaskProgressed.class, ready, clock.instant(), executor, number.incrementAndGet()),
                ready.task(),
                ready.attempt(),
                executor,
                run,
                message);
    }

    /** A part of what the attempt printed. */
    TaskOutput printed(TaskReady ready, OutputSource source, Instant since, OutputWindow.Part part, boolean last) {
        var start = since.truncatedTo(ChronoUnit.MILLIS);
        return new TaskOutput(
                meta(
                        TaskOutput.class,
                        ready,
                        clock.instant(),
                        executor,
                        source,
                        start,
                        part.position(),
                        part.text().length()),
                ready.task(),
                ready.attempt(),
                executor,
                source,
                start,
                part.position(),
                part.text(),
                last);
    }

    /**
     * This executor claims the attempt.
     *
     * @param contextVersion version of the merged context
     */
    ExecutionJournal claimed(TaskReady ready, long contextVersion) {
        var meta =
                meta(ExecutionJournal.class, ready, clock.instant(), executor, State.CLAIMED, number.incrementAndGet());
        return begun(meta, ready, State.CLAIMED, Optional.empty(), Optional.empty(), contextVersion);
    }

    /**
     * A run exists.
     *
     * @param place where it is, if only executors there can continue it
     */
    ExecutionJournal created(TaskReady ready, String run, Optional<RunPlace> place, long contextVersion) {
        var meta = meta(ExecutionJournal.class, ready, clock.instant(), executor, State.CREATED, 0);
        return begun(meta, ready, State.CREATED, Optional.of(run), place, contextVersion);
    }

    /**
     * This executor continues a run. Its cause is the entry of the executor that had the run: it counts while that is the
     * last one.
     *
     * @param run the run as the journal has it
     * @param place where it is
     */
    ExecutionJournal takenUp(TaskReady ready, AttemptState.Created run, RunPlace place) {
        var meta = Meta.of(
                ExecutionJournal.class,
                ready.plan(),
                clock.instant(),
                Optional.of(run.entry()),
                ready.task(),
                ready.attempt(),
                executor,
                State.CREATED,
                run.entry());
        return begun(meta, ready, State.CREATED, Optional.of(run.runId()), Optional.of(place), run.contextVersion());
    }

    private ExecutionJournal begun(
            Meta meta,
            TaskReady ready,
            State state,
            Optional<String> run,
            Optional<RunPlace> place,
            long contextVersion) {
        return new ExecutionJournal(
                meta,
                ready.task(),
                ready.attempt(),
                state,
                executor,
                ready.agent(),
                run,
                place,
                contextVersion,
                ready.ticket(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * The attempt ends now, with this outcome. Times are truncated to milliseconds, as in events, so that republishing
     * yields an identical event.
     *
     * @param of the issued attempt, or its journal entry
     * @param cause id of the issued attempt's event, or of the entry of the executor that has the run, if that is another
     *     one: then the end counts while that is the last entry
     * @param run the agent's id of the run, if there was one
     */
    ExecutionJournal ended(
            Ticketed of, String cause, Optional<String> run, long contextVersion, Instant startedAt, Outcome outcome) {
        var start = startedAt.truncatedTo(ChronoUnit.MILLIS);
        var time = Duration.between(startedAt, clock.instant()).truncatedTo(ChronoUnit.MILLIS);
        // The difference is negative if the clock was set back, or is another machine's.
        var duration = time.isNegative() ? Duration.ZERO : time;
        var end = start.plus(duration);
        return new ExecutionJournal(
                Meta.of(
                        ExecutionJournal.class,
                        of.plan(),
                        end,
                        Optional.of(cause),
                        of.task(),
                        of.attempt(),
                        executor,
                        State.FINISHED,
                        cause),
                of.task(),
                of.attempt(),
                State.FINISHED,
                executor,
                of.agent(),
                run,
                Optional.empty(),
                contextVersion,
                of.ticket(),
                outcome instanceof Outcome.Succeeded succeeded
                        ? Optional.of(new TaskCompleted(
                                meta(TaskCompleted.class, of, end),
                                of.task(),
                                of.attempt(),
                                executor,
                                of.agent(),
                                run,
                                succeeded.summary(),
                                succeeded.code(),
                                succeeded.links(),
                                succeeded.usage(),
                                start,
                                duration,
                                of.ticket(),
                                succeeded.failures()))
                        : Optional.empty(),
                outcome instanceof Outcome.Unsuccessful unsuccessful
                        ? Optional.of(new TaskFailed(
                                meta(TaskFailed.class, of, end),
                                of.task(),
                                of.attempt(),
                                executor,
                                of.agent(),
                                run,
                                FailureEvents.kind(unsuccessful),
                                Sentences.ended(unsuccessful.reason()),
                                FailureEvents.hint(unsuccessful),
                                FailureEvents.retryAt(unsuccessful),
                                unsuccessful.runGoesOn(),
                                unsuccessful.usage(),
                                start,
                                duration,
                                of.ticket(),
                                outcome instanceof Outcome.TaskFailed failed ? failed.failures() : List.of()))
                        : Optional.empty());
    }

    private static Meta meta(Class<? extends PlanEvent> type, Ticketed of, Instant at, Object... distinction) {
        var parts = new Object[2 + distinction.length];
        parts[0] = of.task();
        parts[1] = of.attempt();
        System.arraycopy(distinction, 0, parts, 2, distinction.length);
        return Meta.of(type, of.plan(), at, Optional.of(of.eventId()), parts);
    }
}
