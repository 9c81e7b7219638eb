package io.taskweaver.executor;

/** Whether the planner still counts on this executor. */
interface Lease {
    /** Whether a heartbeat arrived so lately that nobody else can have been given this executor's attempts. */
    boolean isFresh();

    /**
     * Sends a heartbeat and waits for its arrival.
     *
     * @return whether it arrived
     */
    boolean renew() throws InterruptedException;
}
