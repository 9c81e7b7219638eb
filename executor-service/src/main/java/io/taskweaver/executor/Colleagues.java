package io.taskweaver.executor;

import io.taskweaver.agents.Sharing;
import io.taskweaver.events.ExecutorHeartbeat;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** The other executors, by their heartbeats: with whom the limits of accounts are shared. */
final class Colleagues implements Sharing, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Colleagues.class);
    private static final Duration MEMORY = Duration.ofMinutes(1);
    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(2);

    private final String self;
    private final InstantSource clock;
    private final EventReader<ExecutorHeartbeat> reader;
    private final TopicFollower follower;
    private final Map<String, Heard> heard = new HashMap<>();

    private record Heard(Instant at, Duration interval, List<String> backends, boolean left) {
        boolean isLive(Instant now) {
            var silence = interval.multipliedBy(3);
            var limit = silence.compareTo(SHORTEST_SILENCE) < 0 ? SHORTEST_SILENCE : silence;
            return !left && at.plus(limit).isAfter(now);
        }
    }

    Colleagues(String self, Connection connection, Admin admin, InstantSource clock) {
        this.self = self;
        this.clock = clock;
        this.reader = new EventReader<>(Topics.EXECUTOR_HEARTBEAT, connection);
        this.follower = new TopicFollower(
                Topics.EXECUTOR_HEARTBEAT.name(connection.topicPrefix()),
                connection.consumer("executor-colleagues"),
                connection.retries(TopicFollower.class, "executor-colleagues"),
                admin,
                Optional.of(MEMORY),
                this::apply);
    }

    TopicFollower follower() {
        return follower;
    }

    @Override
    public synchronized int executors(String agent) {
        var since = clock.instant().minus(MEMORY);
        int others = 0;
        for (var each : heard.values())
            if (each.at().isAfter(since) && each.backends().contains(agent)) others++;
        return others + 1;
    }

    @Override
    public synchronized boolean areOthersLive(String agent) {
        var now = clock.instant();
        return heard.values().stream()
                .anyMatch(each -> each.isLive(now) && each.backends().contains(agent));
    }

    /** Whether another executor, of this name, lives. */
    synchronized boolean isLive(String executor) {
        var last = heard.get(executor);
        return last != null && last.isLive(clock.instant());
    }

    private void apply(ConsumerRecord<byte[], byte[]> source) {
        var name = source.key() == null ? "" : new String(source.key(), StandardCharsets.UTF_8);
        if (name.equals(self)) return;
        // What waited here is as old as it is; the clock of another machine that is ahead does not count.
        var now = clock.instant();
        var sent = Instant.ofEpochMilli(source.timestamp());
        var at = sent.isBefore(now) ? sent : now;
        if (source.value() == null) {
            left(name);
            return;
        }
        try {
            heard(name, reader.read(source), at);
        } catch (EventReader.Undecodable e) {
            // The planner reads the same record, and sets it aside.
            LOG.debugf("A heartbeat can not be read reason=%s", DeadLetters.UNDECODABLE);
        } catch (InterruptedException e) {
            throw new org.apache.kafka.common.errors.InterruptException(e);
        }
    }

    private synchronized void heard(String name, ExecutorHeartbeat beat, Instant at) {
        heard.put(name, new Heard(at, Duration.ofMillis(beat.getIntervalMillis()), beat.getBackends(), false));
        heard.values().removeIf(each -> each.at().isBefore(at.minus(MEMORY)));
    }

    private synchronized void left(String name) {
        heard.computeIfPresent(name, (executor, last) -> new Heard(last.at(), last.interval(), last.backends(), true));
    }

    @Override
    public void close() {
        follower.close();
    }
}
