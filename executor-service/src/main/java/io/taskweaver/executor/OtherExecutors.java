package io.taskweaver.executor;

import io.taskweaver.agents.AccountSharing;
import io.taskweaver.model.event.ExecutorHeartbeat;
import io.taskweaver.wire.DecodedRecord;
import io.taskweaver.wire.TopicFollower;
import io.taskweaver.wire.connection.ClusterSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** The other executors, by their heartbeats: they share the limits of accounts. */
final class OtherExecutors implements AccountSharing {
    private static final Logger LOG = Logger.getLogger(OtherExecutors.class);
    private static final Duration MEMORY = Duration.ofMinutes(1);

    private final String self;
    private final InstantSource clock;
    private final TopicFollower<ExecutorHeartbeat> follower;
    private final Map<String, LastHeartbeat> lastHeartbeats = new HashMap<>();

    private record LastHeartbeat(Instant at, ExecutorHeartbeat heartbeat, boolean left) {
        boolean isLive(Instant now) {
            return !left && heartbeat.isLive(at, now);
        }

        boolean has(String agent) {
            return heartbeat.agents().contains(agent);
        }
    }

    OtherExecutors(String self, ClusterSettings cluster, InstantSource clock) {
        this.self = self;
        this.clock = clock;
        this.follower = new TopicFollower<>(
                cluster, "executor-others", ExecutorHeartbeat.class, Optional.of(MEMORY), this::apply);
    }

    TopicFollower<ExecutorHeartbeat> follower() {
        return follower;
    }

    @Override
    public synchronized int executors(String agent) {
        var since = clock.instant().minus(MEMORY);
        int others = 0;
        for (var each : lastHeartbeats.values()) if (each.at().isAfter(since) && each.has(agent)) others++;
        return others + 1;
    }

    @Override
    public synchronized boolean areOthersLive(String agent) {
        var now = clock.instant();
        return lastHeartbeats.values().stream().anyMatch(each -> each.isLive(now) && each.has(agent));
    }

    /** Whether another executor, of this name, is alive. */
    synchronized boolean isLive(String executor) {
        var last = lastHeartbeats.get(executor);
        return last != null && last.isLive(clock.instant());
    }

    private void apply(ConsumerRecord<byte[], byte[]> source, DecodedRecord<ExecutorHeartbeat> reading) {
        var name = source.key() == null ? "" : new String(source.key(), StandardCharsets.UTF_8);
        if (name.equals(self)) return;
        // Records that waited on the topic are as old as their timestamp; a clock of another machine that is ahead is
        // ignored.
        var now = clock.instant();
        var sent = Instant.ofEpochMilli(source.timestamp());
        var at = sent.isBefore(now) ? sent : now;
        switch (reading) {
            case DecodedRecord.Tombstone<ExecutorHeartbeat> none -> left(name);
            case DecodedRecord.Understood<ExecutorHeartbeat>(var heartbeat) -> update(name, heartbeat, at);
            // The planner reads the same record and writes the dead letter.
            case DecodedRecord.Refused<ExecutorHeartbeat> refused ->
                LOG.debugf("A heartbeat could not be read reason=%s", refused.reason());
        }
    }

    private synchronized void update(String name, ExecutorHeartbeat heartbeat, Instant at) {
        lastHeartbeats.put(name, new LastHeartbeat(at, heartbeat, false));
        lastHeartbeats.values().removeIf(each -> each.at().isBefore(at.minus(MEMORY)));
    }

    private synchronized void left(String name) {
        lastHeartbeats.computeIfPresent(name, (executor, last) -> new LastHeartbeat(last.at(), last.heartbeat(), true));
    }
}
