package io.taskweaver.model.event;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Live capacity of an executor.
 *
 * @param at when it was written, by the clock of the executor
 * @param interval time until the next heartbeat
 * @param slots attempts that it can run at once
 * @param running attempts that it runs
 * @param agents those that it can use
 * @param reason why it takes no work, if it takes none
 * @param halts agents that it cannot use now
 */
public record ExecutorHeartbeat(
        String executor,
        Instant at,
        Duration interval,
        int slots,
        List<RunningAttempt> running,
        List<String> agents,
        State state,
        Optional<String> reason,
        List<AgentHalt> halts)
        implements Event {
    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(2);

    /** Whether it takes work. */
    public enum State {
        ACTIVE,
        DRAINING,
        HALTED
    }

    /** An attempt that an executor runs. */
    public record RunningAttempt(PlanId plan, TaskId task, int attempt) {}

    /**
     * An agent that an executor cannot use now.
     *
     * @param shared whether no executor can use it, as with the rate limit of an account
     */
    public record AgentHalt(String agent, String reason, Instant until, boolean shared) {}

    public ExecutorHeartbeat {
        running = List.copyOf(running);
        agents = List.copyOf(agents);
        halts = List.copyOf(halts);
    }

    /**
     * Whether an executor whose last heartbeat was heard at a time counts as live: it may miss two heartbeats, and
     * has at least two seconds.
     *
     * @param heardAt by the clock of the one who asks
     */
    public boolean isLive(Instant heardAt, Instant now) {
        var silence = interval.multipliedBy(3);
        return heardAt.plus(silence.compareTo(SHORTEST_SILENCE) < 0 ? SHORTEST_SILENCE : silence)
                .isAfter(now);
    }
}
