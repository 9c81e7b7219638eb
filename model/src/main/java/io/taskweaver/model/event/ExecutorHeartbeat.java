package io.taskweaver.model.event;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an executor says of itself.
 *
 * @param beatAt when it said so, by its clock
 * @param interval time until its next beat
 * @param slots attempts that it can run at once
 * @param running attempts that it runs
 * @param backends agents that it can use
 * @param reason why it takes no work, where it takes none
 * @param halts agents that it does not use for a while
 */
public record ExecutorHeartbeat(
        String executor,
        Instant beatAt,
        Duration interval,
        int slots,
        List<RunningAttempt> running,
        List<String> backends,
        State state,
        Optional<String> reason,
        List<BackendHalt> halts)
        implements Event {

    /** Whether it takes work. */
    public enum State {
        ACTIVE,
        DRAINING,
        HALTED
    }

    /** An attempt that an executor runs. */
    public record RunningAttempt(PlanId plan, TaskId task, int attempt) {}

    /**
     * An agent that an executor does not use for a while.
     *
     * @param shared whether other executors fare the same
     */
    public record BackendHalt(String backend, String reason, Instant until, boolean shared) {}

    public ExecutorHeartbeat {
        running = List.copyOf(running);
        backends = List.copyOf(backends);
        halts = List.copyOf(halts);
    }

    @Override
    public Instant at() {
        return beatAt;
    }
}
