package io.taskweaver.executor;

import io.github.resilience4j.core.IntervalFunction;
import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Lookup;
import io.taskweaver.agents.Outcome;
import io.taskweaver.model.event.PlanEvent.ExecutionJournal;
import io.taskweaver.model.event.PlanEvent.TaskFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides the next step of an attempt from the state of journal and agent, so that a crash between any two steps loses
 * nothing and pays once. No clock, no I/O.
 *
 * <pre>
 *   journal says      next
 *   nothing           Claim -> Create -> NoteRun -> Await -> Finish
 *   claimed           Claim -> LookUp -> (found) NoteRun -> Await -> Finish
 *                                     -> (absent) Create -> ...
 *   created           Await -> Finish
 *   created on one machine, and this is it
 *                     TakeUp -> (the first to do so) Await -> Finish
 *                            -> (another was first) Leave
 *   created on another machine
 *                     AwaitMachine -> (an executor there continues it) Leave
 *                                  -> (none does) Finish
 *   finished          Repeat
 *   a newer attempt   Leave
 *   nothing or claimed, and a run of the previous attempt that may continue
 *                     Claim -> NoteRun -> Await -> Finish
 * </pre>
 *
 * <p>Claims are read back from the journal, whose partition orders them. Only the first claimant may create a run
 * immediately. A second claimant waits until a request of the first must have arrived, and searches for its run before
 * it creates another; the first, before it creates again, checks the journal for a second claim, and then leaves. So of
 * any two, either the later one finds the run of the earlier, or the earlier one does not create: a creator has read
 * the journal less than half the settle time ago. The context of the first claim stays the base of the result.
 *
 * <p>A run that works in a folder of one machine starts only after its entry was read back from the journal, and of two
 * entries the first one counts: an executor that dies before has started nothing, and one that comes second starts nothing.
 * Executors of its machine take it up from one that died by an entry that names the one before it, so that of several the
 * first alone continues it.
 */
final class Steps {
    /** Maximum number of creations when the agent does not answer and no run is found. */
    static final int MOST_ASKED = 3;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final IntervalFunction PAUSES =
            IntervalFunction.ofExponentialBackoff(Duration.ofMillis(250), 2, LONGEST_WAIT);

    private Steps() {}

    /**
     * The first step, from the initial state of the journal.
     *
     * @param machine id of this machine
     */
    static Step begin(AttemptState recorded, String machine) {
        return switch (recorded) {
            case AttemptState.Nothing() -> new Step.Claim(OptionalLong.empty());
            case AttemptState.Claimed claimed -> new Step.Claim(OptionalLong.of(claimed.contextVersion()));
            case AttemptState.Created created -> existing(created, machine);
            case AttemptState.Finished finished -> new Step.Repeat(finished.partition(), finished.offset());
            case AttemptState.Superseded(int newest) -> superseded(newest);
        };
    }

    private static Step existing(AttemptState.Created run, String machine) {
        if (run.isElsewhere(machine)) return new Step.AwaitMachine(run);
        return run.isOn(machine) ? new Step.TakeUp(run) : new Step.Await(run.runId(), run.contextVersion());
    }

    /**
     * The run of the previous attempt, if that may still continue: it is awaited instead of paying for another.
     *
     * @param earlier outcome of that attempt
     * @param agent of this attempt
     */
    static Optional<Step.NoteRun> continuing(Optional<ExecutionJournal> earlier, String agent) {
        return earlier.filter(before -> before.agent().equals(agent)
                        && before.failed().filter(TaskFailed::runGoesOn).isPresent())
                .flatMap(before -> before.agentRun().map(run -> new Step.NoteRun(run, before.contextVersion())));
    }

    /**
     * After this executor's claim was read back.
     *
     * @param before state just before the claim
     * @param continuing run of the previous attempt that continues
     * @param machine id of this machine
     * @param contextVersion context version of the claim
     * @param settle longest time until a request of an earlier claimant arrives
     */
    static Step claimed(
            AttemptState before,
            Optional<Step.NoteRun> continuing,
            String machine,
            long contextVersion,
            Duration settle) {
        return switch (before) {
            case AttemptState.Nothing() when continuing.isPresent() -> continuing.get();
            case AttemptState.Claimed earlier when continuing.isPresent() -> continuing.get();
            case AttemptState.Nothing() -> new Step.Create(contextVersion, 0);
            case AttemptState.Claimed earlier -> new Step.LookUp(earlier.contextVersion(), settle, 0, 0);
            case AttemptState.Created created -> existing(created, machine);
            case AttemptState.Finished finished -> new Step.Repeat(finished.partition(), finished.offset());
            case AttemptState.Superseded(int newest) -> superseded(newest);
        };
    }

    /**
     * Before a creation, if some time has passed since the journal was read. Only the last claimant may create.
     *
     * @param now state after reading the journal to its end
     * @param executor this executor
     * @param machine id of this machine
     * @param create the intended step
     */
    static Step rechecked(AttemptState now, String executor, String machine, Step.Create create) {
        return switch (now) {
            case AttemptState.Nothing() -> create;
            case AttemptState.Claimed claimed when claimed.executor().equals(executor) -> create;
            case AttemptState.Claimed other -> new Step.Leave(other.executor() + " has claimed the attempt");
            case AttemptState.Created created -> existing(created, machine);
            case AttemptState.Finished finished -> new Step.Repeat(finished.partition(), finished.offset());
            case AttemptState.Superseded(int newest) -> superseded(newest);
        };
    }

    /**
     * After the entry of a run that has a place was read back. The run of the first such entry counts.
     *
     * @param before state just before the entry
     * @param machine id of this machine
     */
    static Step noted(AttemptState before, Step.NoteRun note, String machine) {
        return switch (before) {
            case AttemptState.Created first when first.isElsewhere(machine) -> new Step.AwaitMachine(first);
            // Here, or by an executor of an earlier version, which did not say where: it is awaited once, by that one.
            case AttemptState.Created first -> new Step.Leave(first.executor() + " has created the run");
            case AttemptState.Nothing _, AttemptState.Claimed _ -> new Step.Await(note.runId(), note.contextVersion());
            case AttemptState.Finished finished -> new Step.Repeat(finished.partition(), finished.offset());
            case AttemptState.Superseded(int newest) -> superseded(newest);
        };
    }

    /**
     * After the entry that takes a run up was read back.
     *
     * @param before state just before the entry
     * @param run the run that it takes up
     */
    static Step takenUp(AttemptState before, AttemptState.Created run) {
        return switch (before) {
            case AttemptState.Created same when same.equals(run) -> new Step.Await(run.runId(), run.contextVersion());
            case AttemptState.Created other -> new Step.Leave(other.executor() + " has taken the run up");
            case AttemptState.Nothing _, AttemptState.Claimed _ -> new Step.Leave("the journal lost the run");
            case AttemptState.Finished finished -> new Step.Repeat(finished.partition(), finished.offset());
            case AttemptState.Superseded(int newest) -> superseded(newest);
        };
    }

    /**
     * After the wait for an executor on the machine of a run.
     *
     * @param now state after the wait
     * @param waited how long nothing changed
     */
    static Step awaitedMachine(AttemptState now, AttemptState.Created run, Duration waited) {
        return switch (now) {
            case AttemptState.Created same
            when same.equals(run) ->
                new Step.Finish(
                        Optional.of(run.runId()),
                        new Outcome.InfraFailed("The run is on the machine of executor " + run.executor()
                                + ", and no executor there continued it for " + waited.toSeconds() + " s."),
                        run.contextVersion());
            case AttemptState.Created other -> new Step.Leave(other.executor() + " continues the run on its machine");
            case AttemptState.Nothing _, AttemptState.Claimed _ -> new Step.Leave("the journal lost the run");
            case AttemptState.Finished finished -> new Step.Repeat(finished.partition(), finished.offset());
            case AttemptState.Superseded(int newest) -> superseded(newest);
        };
    }

    /** After a creation. */
    static Step created(Creation creation, Step.Create create, Duration settle) {
        return switch (creation) {
            case Creation.Created(String runId) -> new Step.NoteRun(runId, create.contextVersion());
            case Creation.Refused(Outcome.Unsuccessful outcome) ->
                new Step.Finish(Optional.empty(), outcome, create.contextVersion());
            case Creation.Unknown unknown -> new Step.LookUp(create.contextVersion(), settle, create.asked() + 1, 0);
        };
    }

    /**
     * After a lookup.
     *
     * @param now the time
     * @param deadline end of the attempt's time
     */
    static Step lookedUp(Lookup lookup, Step.LookUp step, Instant now, Instant deadline) {
        return switch (lookup) {
            case Lookup.Found(String runId) -> new Step.NoteRun(runId, step.contextVersion());
            case Lookup.Absent() when step.asked() < MOST_ASKED -> new Step.Create(step.contextVersion(), step.asked());
            case Lookup.Absent() ->
                ended(
                        step,
                        new Outcome.InfraFailed("The agent was asked " + step.asked()
                                + " times to create a run, did not answer, and has no run."));
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
        return Duration.ofMillis(PAUSES.apply(step.lookedUp() + 1));
    }

    private static Step ended(Step.LookUp step, Outcome.Unsuccessful outcome) {
        return new Step.Finish(Optional.empty(), outcome, step.contextVersion());
    }

    private static Step superseded(int newest) {
        return new Step.Leave("attempt " + newest + " of the task is known");
    }
}
