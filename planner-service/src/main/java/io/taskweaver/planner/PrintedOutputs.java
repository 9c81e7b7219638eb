package io.taskweaver.planner;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.PlanEvent.TaskOutput;
import io.taskweaver.scheduling.projection.OutputView;
import io.taskweaver.wire.DecodedRecord;
import io.taskweaver.wire.EventReader;
import io.taskweaver.wire.PlanPartitioner;
import io.taskweaver.wire.TopicReader;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.connection.ClusterSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads what attempts printed from its topic, when somebody asks. Nobody needs it to go on with a plan, so that no service
 * keeps it.
 */
final class PrintedOutputs {
    /** By how much the clocks of those who write about a plan may differ. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private static final int MOST_AT_ONCE = 4;
    private static final Map<String, ?> QUICK = Map.of(
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
            "100",
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            "10000",
            ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            "9000");

    private final ClusterSettings cluster;
    private final Semaphore readers = new Semaphore(MOST_AT_ONCE);

    PrintedOutputs(ClusterSettings cluster) {
        this.cluster = cluster;
    }

    /**
     * The outputs of a task.
     *
     * @param made when its plan was made
     * @return empty if others are read already
     */
    Optional<OutputView> of(PlanId plan, TaskId task, Instant made) {
        if (!readers.tryAcquire()) return Optional.empty();
        try (var topic = new TopicReader(cluster, "taskweaver-planner-output", List.of(Topics.TASK_OUTPUT), QUICK);
                var events = new EventReader(cluster.serdes())) {
            topic.open((any, partition, of) -> PlanPartitioner.partition(plan.value(), of) == partition);
            topic.seek(any -> new TopicReader.Start.At(made.minus(CLOCK_SKEW)));
            var start = (plan + "/" + task + "/").getBytes(StandardCharsets.UTF_8);
            var view = new OutputView();
            topic.readUpToEnd(record -> {
                if (startsWith(record, start)
                        && events.read(TaskOutput.class, record)
                                instanceof DecodedRecord.Understood<TaskOutput>(TaskOutput part)) view.on(part);
            });
            return Optional.of(view);
        } finally {
            readers.release();
        }
    }

    private static boolean startsWith(ConsumerRecord<byte[], byte[]> record, byte[] start) {
        var key = record.key();
        return key != null && key.length > start.length && Arrays.equals(key, 0, start.length, start, 0, start.length);
    }
}
