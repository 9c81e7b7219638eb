package io.taskweaver.agents;

import java.time.Duration;
import java.util.Optional;

/**
 * A coding agent that runs prompts. Calls block; each is made on a virtual thread of its own. An adapter keeps no state
 * that must survive: after a crash another process continues with {@link #find} and {@link #await}.
 *
 * <p>To pay once: call {@link #create} only after {@link #find} returned {@link Lookup.Absent} or if the attempt is
 * certainly new, and after {@link Creation.Unknown} find again.
 */
public interface CodingAgent extends AutoCloseable {
    /** Name in plans, e.g. {@code codegen}. */
    String name();

    /** Searches for a run that was created for an attempt earlier. */
    Lookup find(Attempt attempt) throws InterruptedException;

    /** Whether it works in a folder, and so needs no answer as text. */
    default boolean worksInFolder() {
        return false;
    }

    /** Whether it can work on a repository elsewhere, and answer with a branch or a pull request. */
    default boolean worksOnRemote() {
        return false;
    }

    /**
     * Prepares what a run of an attempt needs on this machine. It may take minutes, costs nothing, and may be repeated; when
     * it is done, {@link #create} takes no longer than to send a request.
     *
     * @param limit how long a command of the plan may take for it
     * @return why no run can be created; empty if one can
     */
    default Optional<Outcome.Unsuccessful> prepare(Attempt attempt, Assignment assignment, Duration limit)
            throws InterruptedException {
        return Optional.empty();
    }

    /** Deletes what was prepared for an attempt of which no run is created. */
    default void abandon(Attempt attempt) {}

    /**
     * Waits until the rate limit permits another run: right before {@link #create}, which then sends immediately.
     * Separate, so that the caller can check conditions in between.
     */
    default void awaitTurn() throws InterruptedException {}

    /**
     * Whether a created run starts only when it is awaited, on the machine that created it. Until then it has cost nothing, so
     * that its caller can first make sure that the run will be found by those who continue the attempt.
     */
    default boolean startsWhenAwaited() {
        return false;
    }

    /** Creates a run, labelled with the attempt. */
    Creation create(Attempt attempt, Assignment assignment) throws InterruptedException;

    /**
     * Waits for a run to end.
     *
     * @param listener learns what the run does
     * @param limit time limit; after it {@link Outcome.TimedOut}, and the run is cancelled
     */
    Outcome await(String runId, Duration limit, RunListener listener) throws InterruptedException;

    /** Stops a run, if it still runs; an unreachable agent is not an error. */
    void cancel(String runId) throws InterruptedException;

    /** Stops a run because its executor stops, if it cannot be left to the next one. */
    default Interruption interrupt(String runId) throws InterruptedException {
        return new Interruption.Continues();
    }

    /** What must not be published of what it is configured with. */
    default Secrets secrets() {
        return Secrets.NONE;
    }

    /** Sets who else uses the account; initially nobody. */
    default void share(AccountSharing sharing) {}

    /** Deletes what is kept of a run that ended and is not needed any more. */
    default void release(String runId) {}

    @Override
    void close();
}
