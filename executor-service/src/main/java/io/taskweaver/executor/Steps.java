package io.taskweaver.executor;

import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Lookup;
import io.taskweaver.agents.Outcome;
import io.taskweaver.domain.event.PlanEvent.ExecutionJournal;
import io.taskweaver.domain.event.PlanEvent.TaskFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides how an attempt goes on from what the journal and the agent say, so that a crash between any two steps loses
 * nothing and pays once. No clock, no I/O.
 *
 * <pre>
 *   journal says      next
 *   nothing           Claim -> Create -> NoteRun -> Await -> Finish
 *   claimed           Claim -> LookUp -> (found) NoteRun -> Await -> Finish
 *                                     -> (absent) Create -> ...
 *   created           Await -> Finish
 *   finished          Repeat
 *   a newer attempt   Leave
 *   nothing or claimed, and of the attempt before a run that goes on unseen
 *                     Claim -> NoteRun -> Await -> Finish
 * </pre>
 *
 * <p>Claims are read back from the journal, whose partition orders them. Only the first claimant may ask the agent at
 * once. Whoever comes second waits until a request of the first must have arrived, and looks for its run before asking
 * anew; the first, before it asks again, reads in the journal whether a second has come, and then leaves. So of any two,
 * either the later one finds the run of the earlier, or the earlier one does not ask: whoever asks has read the journal
 * less than half the settle time ago. The context that the first claim was made with stays the base of the result.
 */
final class Steps {
    /** How often the agent is asked to begin a run when it does not answer and no run is found. */
    static final int MOST_ASKED = 3;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private Steps() {}

    /** The first step, from what the journal says before anything is done. */
    static Step begin(Recorded recorded) {
        return switch (recorded) {
            case Recorded.Nothing() -> new Step.Claim(OptionalLong.empty());
            case Recorded.Claimed claimed -> new Step.Claim(OptionalLong.of(claimed.contextVersion()));
            case Recorded.Created created -> new Step.Await(created.runId(), created.contextVersion());
            case Recorded.Finished finished -> new Step.Repeat(finished.partition(), finished.offset());
            case Recorded.Superseded(int newest) -> superseded(newest);
        };
    }

    /**
     * The run of the attempt before, if that may go on unseen: it is waited for instead of one that would be paid for anew.
     *
     * @param earlier how that attempt ended
     * @param agent that runs this attempt
     */
    static Optional<Step.NoteRun> goesOn(Optional<ExecutionJournal> earlier, String agent) {
        return earlier.filter(before -> before.agent().equals(agent)
                        && before.failed().filter(TaskFailed::runGoesOn).isPresent())
                .flatMap(before -> before.agentRun().map(run -> new Step.NoteRun(run, before.contextVersion())));
    }

    /**
     * After the own claim was read back.
     *
     * @param before what the journal said just before the claim
     * @param goesOn run of the attempt before that goes on
     * @param contextVersion context that the claim was made with
     * @param settle how long a request of an earlier claimant may take to arrive
     */
    static Step claimed(Recorded before, Optional<Step.NoteRun> goesOn, long contextVersion, Duration settle) {
        return switch (before) {
            case Recorded.Nothing() when goesOn.isPresent() -> goesOn.get();
            case Recorded.Claimed earlier when goesOn.isPresent() -> goesOn.get();
            case Recorded.Nothing() -> new Step.Create(contextVersion, 0);
            case Recorded.Claimed earlier -> new Step.LookUp(earlier.contextVersion(), settle, 0, 0);
            // The claim hid the run's id where the journal is compacted: it is written again.
            case Recorded.Created created -> new Step.NoteRun(created.runId(), created.contextVersion());
            case Recorded.Finished finished -> new Step.Repeat(finished.partition(), finished.offset());
            case Recorded.Superseded(int newest) -> superseded(newest);
        };
    }

    /**
     * Before the agent is asked, if some time has passed since the journal was read. Whoever claimed last may ask; others
     * leave it to that one.
     *
     * @param now what the journal says up to its end
     * @param executor this executor
     * @param create what was about to be done
     */
    static Step rechecked(Recorded now, String executor, Step.Create create) {
        return switch (now) {
            case Recorded.Nothing() -> create;
            case Recorded.Claimed claimed when claimed.executor().equals(executor) -> create;
            case Recorded.Claimed other -> new Step.Leave(other.executor() + " has claimed the attempt since");
            case Recorded.Created created -> new Step.Await(created.runId(), created.contextVersion());
            case Recorded.Finished finished -> new Step.Repeat(finished.partition(), finished.offset());
            case Recorded.Superseded(int newest) -> superseded(newest);
        };
    }

    /** After the agent was asked to begin a run. */
    static Step created(Creation creation, Step.Create create, Duration settle) {
        return switch (creation) {
            case Creation.Created(String runId) -> new Step.NoteRun(runId, create.contextVersion());
            case Creation.Refused(Outcome.Unsuccessful outcome) ->
                new Step.Finish(Optional.empty(), outcome, create.contextVersion());
            case Creation.Unknown unknown -> new Step.LookUp(create.contextVersion(), settle, create.asked() + 1, 0);
        };
    }

    /**
     * After a run was looked for.
     *
     * @param now the time
     * @param deadline when the attempt's time is over
     */
    static Step lookedUp(Lookup lookup, Step.LookUp step, Instant now, Instant deadline) {
        return switch (lookup) {
            case Lookup.Found(String runId) -> new Step.NoteRun(runId, step.contextVersion());
            case Lookup.Absent() when step.asked() < MOST_ASKED -> new Step.Create(step.contextVersion(), step.asked());
            case Lookup.Absent() ->
                ended(
                        step,
                        new Outcome.InfraFailed("The agent was asked " + step.asked()
                                + " times to begin a run, did not answer, and has none."));
            case Lookup.Unavailable(Outcome.RateLimited limited)
            when now.isBefore(deadline) ->
                again(
                        step,
                        limited.until()
                                .map(until -> Duration.between(now, until))
                                .orElse(backoff(step)));
            case Lookup.Unavailable(Outcome.InfraFailed failed)
            when now.isBefore(deadline) -> again(step, backoff(step));
            case Lookup.Unavailable(Outcome.Unsuccessful outcome) -> ended(step, outcome);
        };
    }

    private static Step again(Step.LookUp step, Duration wait) {
        var bounded = wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        return new Step.LookUp(step.contextVersion(), bounded, step.asked(), step.lookedUp() + 1);
    }

    private static Duration backoff(Step.LookUp step) {
        return Duration.ofMillis(250L << Math.min(step.lookedUp(), 7));
    }

    private static Step ended(Step.LookUp step, Outcome.Unsuccessful outcome) {
        return new Step.Finish(Optional.empty(), outcome, step.contextVersion());
    }

    private static Step superseded(int newest) {
        return new Step.Leave("attempt " + newest + " of the task is known");
    }
}
