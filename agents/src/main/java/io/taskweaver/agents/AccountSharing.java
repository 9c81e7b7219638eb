package io.taskweaver.agents;

/** How executors share an account's limits: all executors of a fleet use the same account. */
public interface AccountSharing {
    /** A single executor. */
    AccountSharing ALONE = new AccountSharing() {
        @Override
        public int executors(String agent) {
            return 1;
        }

        @Override
        public boolean areOthersLive(String agent) {
            return false;
        }
    };

    /** Executors that may have created a run of the agent within the last minute, including this one: at least 1. */
    int executors(String agent);

    /** Whether other executors use the agent now. */
    boolean areOthersLive(String agent);
}
