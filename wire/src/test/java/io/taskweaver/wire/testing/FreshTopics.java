package io.taskweaver.wire.testing;

import io.taskweaver.wire.admin.Leaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;

/** Topics for a test, without a registry. */
public final class FreshTopics {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private FreshTopics() {}

    /**
     * Makes them, and waits until each partition's leader answers: see {@link Leaders}.
     *
     * @param client settings of a Kafka client
     */
    public static void create(Map<String, ?> client, List<NewTopic> topics) {
        try (var admin = Admin.create(new HashMap<>(client))) {
            admin.createTopics(topics).all().get();
            var leaders = new Leaders(
                    admin,
                    topics.stream()
                            .flatMap(topic -> IntStream.range(0, topic.numPartitions())
                                    .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
                            .toList());
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (!leaders.answer().get()) {
                if (System.nanoTime() > deadline) throw new IllegalStateException("no leaders of " + topics);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
