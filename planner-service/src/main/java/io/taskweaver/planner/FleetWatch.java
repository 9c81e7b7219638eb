package io.taskweaver.planner;

import io.taskweaver.domain.event.ExecutorHeartbeat;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.Reading;
import io.taskweaver.wire.TopicFollower;
import io.taskweaver.wire.connection.ClusterSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.jboss.logging.Logger;

/**
 * Hears the executors' heartbeats and tells the {@link Fleet}. It is not part of the topology: a beat is worth nothing a few
 * seconds later, so that there is no state to restore, and trouble with one must not stop the planner.
 */
final class FleetWatch {
    private static final Logger LOG = Logger.getLogger(FleetWatch.class);

    /** Beats of the last seconds tell at once what would otherwise be known after a beat's interval. */
    private static final Duration LOOK_BACK = Duration.ofSeconds(5);

    /** A beat that lay on the topic for longer is as old as it is; until then, clocks of other machines do not count. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private final Fleet fleet;
    private final DeadLetters deadLetters;
    private final Producer<byte[], byte[]> producer;

    private FleetWatch(Fleet fleet, DeadLetters deadLetters, Producer<byte[], byte[]> producer) {
        this.fleet = fleet;
        this.deadLetters = deadLetters;
        this.producer = producer;
    }

    /** Follows the topic of heartbeats, once it is started. */
    static TopicFollower<ExecutorHeartbeat> of(
            Fleet fleet, ClusterSettings cluster, Producer<byte[], byte[]> producer) {
        var watch =
                new FleetWatch(fleet, new DeadLetters("planner", cluster.topicPrefix(), cluster.serdes()), producer);
        return new TopicFollower<>(
                cluster, "taskweaver-planner-fleet", ExecutorHeartbeat.class, Optional.of(LOOK_BACK), watch::take);
    }

    private void take(ConsumerRecord<byte[], byte[]> record, Reading<ExecutorHeartbeat> reading) {
        var now = Instant.now();
        switch (reading) {
            case Reading.Tombstone<ExecutorHeartbeat>() -> {
                if (record.key() != null) fleet.left(new String(record.key(), StandardCharsets.UTF_8));
            }
            case Reading.Understood<ExecutorHeartbeat>(var beat) -> {
                var sent = Instant.ofEpochMilli(record.timestamp());
                fleet.beat(beat, sent.isBefore(now.minus(LATE)) ? sent : now);
            }
            case Reading.Refused<ExecutorHeartbeat> refused -> {
                LOG.warnf(
                        "record set aside reason=%s topic=%s partition=%d offset=%d",
                        refused.reason(), record.topic(), record.partition(), record.offset());
                producer.send(deadLetters.of(record, refused.reason(), refused.cause(), now));
            }
        }
    }
}
