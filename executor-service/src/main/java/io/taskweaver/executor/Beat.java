package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a heartbeat says.
 *
 * @param running attempts held here
 * @param backends coding agents that can be used now
 * @param reason why work is not taken, or not for some back end, and what lacks here
 * @param halts back ends that are not used for a while
 */
record Beat(
        int slots,
        List<Attempt> running,
        List<String> backends,
        State state,
        Optional<String> reason,
        List<Halt> halts) {

    /**
     * A back end that is not used for a while.
     *
     * @param shared whether no executor should use it
     */
    record Halt(String backend, String reason, Instant until, boolean shared) {}

    /** Whether the executor takes work. */
    enum State {
        ACTIVE,
        DRAINING,
        HALTED
    }

    Beat {
        running = List.copyOf(running);
        backends = List.copyOf(backends);
        halts = List.copyOf(halts);
    }
}
