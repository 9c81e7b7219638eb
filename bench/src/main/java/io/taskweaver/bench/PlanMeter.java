package io.taskweaver.bench;

import io.taskweaver.agents.IdleAgent;
import io.taskweaver.client.Connection;
import io.taskweaver.client.PlanFeed;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.wire.connection.ClusterSettings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.jspecify.annotations.Nullable;

/**
 * Measures what plans cost a local runtime. A plan is followed by its beginning and its end alone, and fetches wait on the
 * broker for as long as they may, so that the measuring costs next to nothing.
 */
public final class PlanMeter implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration POLL = Duration.ofMillis(500);

    /** Below the time after which a client takes a request for lost. */
    private static final Duration LONGEST_FETCH = Duration.ofSeconds(5);

    private final RuntimeMeters meters;
    private final TaskWeaver taskWeaver;

    /**
     * @param connection to the runtime
     * @param runtime its process
     */
    public PlanMeter(Connection connection, ProcessHandle runtime) throws IOException {
        this.meters = RuntimeMeters.of(runtime);
        var patient = Map.of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, Long.toString(LONGEST_FETCH.toMillis()));
        this.taskWeaver = new TaskWeaver(
                Connection.of(new ClusterSettings(patient).over(connection.cluster())), InstantSource.system());
    }

    /**
     * What was measured.
     *
     * @param wall from the plan's creation to its completion, or length of the window
     * @param processor time that the runtime's process took, without its children
     * @param counters what its broker counted until nothing more came of the plan
     */
    public record Cost(Duration wall, Duration processor, BrokerCounters counters) {}

    /**
     * Hands a plan in, for an agent that does nothing, and measures it to its end.
     *
     * @throws IllegalStateException if it does not complete
     */
    public Cost run(PlanId id, Shape shape) throws IOException {
        try (var feed = taskWeaver.followEnds(id)) {
            var before = meters.quietCounters();
            var processorBefore = meters.processorTime();
            shape.plan(id).submit(taskWeaver, IdleAgent.NAME, 0);
            var wall = life(id, feed);
            var processor = meters.processorTime().minus(processorBefore);
            return new Cost(wall, processor, meters.quietCounters().since(before));
        }
    }

    /** What a runtime costs that has nothing to do. */
    public Cost idle(Duration window) throws IOException {
        var before = meters.quietCounters();
        var processorBefore = meters.processorTime();
        long begun = System.nanoTime();
        LockSupport.parkNanos(window.toNanos());
        var processor = meters.processorTime().minus(processorBefore);
        var counters = meters.counters().since(before);
        return new Cost(Duration.ofNanos(System.nanoTime() - begun), processor, counters);
    }

    private static Duration life(PlanId id, PlanFeed feed) {
        @Nullable Instant created = null;
        @Nullable Instant completed = null;
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            for (var event : feed.poll(POLL))
                switch (event) {
                    case PlanEvent.PlanCreated begin -> created = begin.at();
                    case PlanEvent.PlanCompleted end -> completed = end.at();
                    default -> throw new IllegalStateException("The plan " + id + " did not complete: " + event);
                }
            // Between topics there is no order.
            if (created != null && completed != null) return Duration.between(created, completed);
        }
        throw new IllegalStateException("The plan " + id + " did not end within " + LIMIT + ".");
    }

    @Override
    public void close() throws IOException {
        taskWeaver.close();
        meters.close();
    }
}
