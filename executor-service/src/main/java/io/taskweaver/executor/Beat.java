package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import java.util.List;
import java.util.Optional;

/**
 * What a heartbeat says.
 *
 * @param running attempts held here
 * @param backends coding agents that can be used now
 * @param reason why work is not taken, or not for some back end
 */
record Beat(int slots, List<Attempt> running, List<String> backends, State state, Optional<String> reason) {

    /** Whether the executor takes work. */
    enum State {
        ACTIVE,
        DRAINING,
        HALTED
    }

    Beat {
        running = List.copyOf(running);
        backends = List.copyOf(backends);
    }
}
