package io.taskweaver.executor;

import io.taskweaver.agents.Agents;
import io.taskweaver.agents.IdleAgent;
import io.taskweaver.model.event.OutputSource;
import io.taskweaver.model.event.PlanEvent.TaskOutput;
import io.taskweaver.wire.TraceContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Publishes what attempts print: in batches while they run, so that what was printed until an executor dies is there; and
 * only of those that somebody may want to read: not of agents that only simulate one.
 */
final class OutputPublisher implements AutoCloseable {
    private static final Set<String> SIMULATED = Set.of(Agents.SIMULATED, IdleAgent.NAME);
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(2);
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(10);
    /** A batch comes whenever the attempt has run this fraction longer. */
    private static final int FRACTION = 10;

    /** Where the parts go. */
    @FunctionalInterface
    interface Sink {
        void send(TaskOutput part, TraceContext trace);
    }

    private final Duration after;
    private final int limit;
    private final AttemptEvents events;
    private final Sink sink;
    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor timer;

    /**
     * @param after how long an attempt runs before what it prints is published
     * @param limit characters of an output that are kept; 0 for none
     */
    OutputPublisher(Duration after, int limit, AttemptEvents events, Sink sink, InstantSource clock) {
        this.after = after;
        this.limit = limit;
        this.events = events;
        this.sink = sink;
        this.clock = clock;
        this.timer = new ScheduledThreadPoolExecutor(
                1, task -> Thread.ofPlatform().daemon().name("task-output").unstarted(task));
        timer.setKeepAliveTime(10, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** The output of an attempt from now on. */
    AttemptOutput of(IssuedAttempt ready, OutputSource source) {
        int kept = SIMULATED.contains(ready.event().agent()) ? 0 : limit;
        return new AttemptOutput(this, ready, source, clock.instant(), kept);
    }

    Duration after() {
        return after;
    }

    AttemptEvents events() {
        return events;
    }

    void send(TaskOutput part, TraceContext trace) {
        sink.send(part, trace);
    }

    /** Has something done when the next batch of an output is due. */
    ScheduledFuture<?> schedule(Runnable batch, Duration age) {
        var growing = age.dividedBy(FRACTION);
        var interval = growing.compareTo(SHORTEST_INTERVAL) < 0
                ? SHORTEST_INTERVAL
                : growing.compareTo(LONGEST_INTERVAL) > 0 ? LONGEST_INTERVAL : growing;
        var untilWanted = after.minus(age);
        var delay = untilWanted.compareTo(interval) > 0 ? untilWanted : interval;
        return timer.schedule(batch, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
