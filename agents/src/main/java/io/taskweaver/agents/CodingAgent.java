package io.taskweaver.agents;

import java.time.Duration;
import java.util.function.Consumer;

/**
 * A coding agent that runs prompts. Calls block; each is made on a virtual thread of its own. An adapter keeps no state
 * that matters: after a crash another process goes on with {@link #find} and {@link #await}.
 *
 * <p>To pay once: {@link #create} only after {@link #find} answered {@link Lookup.Absent} or the attempt is certainly
 * new, and after {@link Creation.Unknown} find again.
 */
public interface CodingAgent extends AutoCloseable {
    /** Name that plans choose it by, e.g. {@code codegen}. */
    String name();

    /** Looks for a run that was created for an attempt earlier. */
    Lookup find(Attempt attempt) throws InterruptedException;

    /** Whether it works in a folder of its own, and so needs no answer in text. */
    default boolean worksInFolder() {
        return false;
    }

    /**
     * Waits until the account may begin another run: right before {@link #create}, which then asks at once. Apart, so that
     * what has to hold when the agent is asked can be looked at in between.
     */
    default void awaitTurn() throws InterruptedException {}

    /** Begins a run, labelled with the attempt. */
    Creation create(Attempt attempt, Assignment assignment) throws InterruptedException;

    /**
     * Waits for a run to end.
     *
     * @param progress is told what the run is doing, whenever that changes
     * @param limit how long to wait at most; then {@link Outcome.TimedOut}, and the run is cancelled
     */
    Outcome await(String runId, Duration limit, Consumer<String> progress) throws InterruptedException;

    /** Stops a run, if it still goes; that it could not be reached is no error. */
    void cancel(String runId) throws InterruptedException;

    /** Says who else uses the account; until then, nobody does. */
    default void share(Sharing sharing) {}

    /** Gives up what is kept of a run that ended: nobody asks for it any more. */
    default void release(String runId) {}

    @Override
    void close();
}
