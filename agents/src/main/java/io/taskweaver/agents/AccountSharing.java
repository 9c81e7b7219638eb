package io.taskweaver.agents;

/** How an account's limits are shared: all executors of a fleet use the same one. */
public interface Sharing {
    /** One executor alone. */
    Sharing ALONE = new Sharing() {
        @Override
        public int executors(String agent) {
            return 1;
        }

        @Override
        public boolean areOthersLive(String agent) {
            return false;
        }
    };

    /** Executors that may have begun a run of the agent within the last minute, this one included: at least 1. */
    int executors(String agent);

    /** Whether others are at work on the agent now. */
    boolean areOthersLive(String agent);
}
