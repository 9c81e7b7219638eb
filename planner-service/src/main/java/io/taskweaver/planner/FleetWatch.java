package io.taskweaver.planner;

import io.taskweaver.model.event.ExecutorHeartbeat;
import io.taskweaver.wire.DecodedRecord;
import io.taskweaver.wire.TopicFollower;
import io.taskweaver.wire.UnsendableToDeadLetters.Sink;
import io.taskweaver.wire.connection.ClusterSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Reads the executors' heartbeats and updates the {@link Fleet}. Not part of the topology: a heartbeat is worthless
 * after a few seconds, so there is no state to restore, and an invalid one must not stop the planner.
 */
final class FleetWatch {
    private static final Logger LOG = Logger.getLogger(FleetWatch.class);

    /** Heartbeats of the last seconds give the state immediately instead of after one interval. */
    private static final Duration LOOK_BACK = Duration.ofSeconds(5);

    /** A heartbeat older than this is dated by its timestamp; for newer ones, clocks of other machines are ignored. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private final Fleet fleet;
    private final Sink letters;

    private FleetWatch(Fleet fleet, Sink letters) {
        this.fleet = fleet;
        this.letters = letters;
    }

    /** Follows the topic of heartbeats, once it is started. */
    static TopicFollower<ExecutorHeartbeat> of(Fleet fleet, ClusterSettings cluster, Sink letters) {
        var watch = new FleetWatch(fleet, letters);
        return new TopicFollower<>(
                cluster, "taskweaver-planner-fleet", ExecutorHeartbeat.class, Optional.of(LOOK_BACK), watch::take);
    }

    private void take(ConsumerRecord<byte[], byte[]> record, DecodedRecord<ExecutorHeartbeat> reading) {
        var now = Instant.now();
        switch (reading) {
            case DecodedRecord.Tombstone<ExecutorHeartbeat>() -> {
                if (record.key() != null) fleet.left(new String(record.key(), StandardCharsets.UTF_8));
            }
            case DecodedRecord.Understood<ExecutorHeartbeat>(var heartbeat) -> {
                var sent = Instant.ofEpochMilli(record.timestamp());
                fleet.heartbeat(heartbeat, sent.isBefore(now.minus(LATE)) ? sent : now);
            }
            case DecodedRecord.Refused<ExecutorHeartbeat> refused -> {
                LOG.warnf(
                        "Record written to the dead letters reason=%s topic=%s partition=%d offset=%d",
                        refused.reason(), record.topic(), record.partition(), record.offset());
                letters.producer().send(letters.letters().of(record, refused.reason(), refused.cause(), now));
            }
        }
    }
}
