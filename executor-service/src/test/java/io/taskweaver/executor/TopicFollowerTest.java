package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.event.Command;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent.PlanCommand;
import io.taskweaver.runtime.embedded.EmbeddedBroker;
import io.taskweaver.wire.DecodedRecord;
import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.EventWriter;
import io.taskweaver.wire.TopicFollower;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.testing.FreshTopics;
import io.taskweaver.wire.testing.SingleObjectDeserializer;
import io.taskweaver.wire.testing.SingleObjectSerializer;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop that all services read topics by, on a real broker. */
class TopicFollowerTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final byte[] GARBAGE = {1, 2, 3};

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private final List<DecodedRecord<PlanCommand>> seen = new CopyOnWriteArrayList<>();

    /** Reads nothing while its registry is away. */
    public static final class Cut implements Deserializer<SpecificRecord> {
        static volatile boolean away;
        static final AtomicInteger ASKED = new AtomicInteger();
        private final SingleObjectDeserializer others = new SingleObjectDeserializer();

        @Override
        public SpecificRecord deserialize(String topic, byte @Nullable [] bytes) {
            ASKED.incrementAndGet();
            if (away) throw new RuntimeException(new ConnectException("as asked"));
            return others.deserialize(topic, bytes);
        }
    }

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(folder);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static ClusterSettings cluster(String prefix) {
        return new ClusterSettings(
                        Map.of(ClusterSettings.TOPIC_PREFIX, prefix, EventSerdes.DESERIALIZER, Cut.class.getName()))
                .over(new ClusterSettings(SingleObjectSerializer.settings()))
                .over(new ClusterSettings(broker.clientSettings()));
    }

    private static void create(ClusterSettings cluster) {
        var name = Topics.PLAN_COMMANDS.name(cluster.topicPrefix());
        FreshTopics.create(cluster.admin("test"), List.of(new NewTopic(name, 1, (short) 1)));
    }

    private static PlanCommand command(String reason) {
        return new PlanCommand(
                new Meta(reason, new PlanId("shop"), Instant.EPOCH, Optional.empty()), new Command.PausePlan(reason));
    }

    private static byte[] bytes(ClusterSettings cluster, PlanCommand command) {
        var writer = new EventWriter(cluster.topicPrefix(), cluster.serdes());
        return writer.serialize(writer.topic(command), command);
    }

    private static void send(ClusterSettings cluster, Instant at, byte @Nullable [] value) throws Exception {
        try (var producer =
                new KafkaProducer<>(cluster.producer("test"), new ByteArraySerializer(), new ByteArraySerializer())) {
            var key = "shop".getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(
                            Topics.PLAN_COMMANDS.name(cluster.topicPrefix()), null, at.toEpochMilli(), key, value))
                    .get();
        }
    }

    private TopicFollower<PlanCommand> follower(ClusterSettings cluster, Optional<Duration> lookBack) {
        return new TopicFollower<>(
                cluster, "test-follower", PlanCommand.class, lookBack, (source, reading) -> seen.add(reading));
    }

    @Test
    void it_waits_for_the_topic_and_for_the_registry_and_then_hands_everything_over_in_order() throws Exception {
        var cluster = cluster("missing-");
        var first = command("first");
        Cut.away = true;
        try (var follower = follower(cluster, Optional.empty())) {
            follower.start();
            create(cluster);
            send(cluster, Instant.now(), bytes(cluster, first));
            send(cluster, Instant.now(), GARBAGE);
            send(cluster, Instant.now(), null);
            Cut.ASKED.set(0);
            await().atMost(LIMIT).until(() -> Cut.ASKED.get() > 1);
            assertThat(seen).isEmpty();
            assertThat(follower.isCaughtUp()).isFalse();

            Cut.away = false;
            await().atMost(LIMIT).until(() -> seen.size() == 3);
            assertThat(seen.getFirst()).isEqualTo(new DecodedRecord.Understood<>(first));
            assertThat(seen.get(1)).isInstanceOf(DecodedRecord.Undecodable.class);
            assertThat(seen.get(2)).isInstanceOf(DecodedRecord.Tombstone.class);
            follower.awaitCaughtUp();
            try (var admin = Admin.create(cluster.admin("test"))) {
                assertThat(follower.lag(admin)).isZero();
            }
        } finally {
            Cut.away = false;
        }
    }

    @Test
    void what_is_older_than_it_looks_back_is_left_out_and_what_follows_is_read() throws Exception {
        var cluster = cluster("old-");
        create(cluster);
        send(cluster, Instant.now().minus(HOUR.multipliedBy(2)), bytes(cluster, command("old")));
        send(cluster, Instant.now(), bytes(cluster, command("young")));
        try (var follower = follower(cluster, Optional.of(HOUR))) {
            follower.start();
            follower.awaitCaughtUp();
            send(cluster, Instant.now(), bytes(cluster, command("next")));
            await().atMost(LIMIT).until(() -> seen.size() == 2);
        }
        assertThat(seen)
                .containsExactly(
                        new DecodedRecord.Understood<>(command("young")),
                        new DecodedRecord.Understood<>(command("next")));
    }

    @Test
    void after_a_failure_of_its_handler_it_starts_over() throws Exception {
        var cluster = cluster("failing-");
        create(cluster);
        send(cluster, Instant.now(), bytes(cluster, command("first")));
        var failures = new AtomicInteger();
        try (var follower = new TopicFollower<>(
                cluster, "test-follower", PlanCommand.class, Optional.empty(), (source, reading) -> {
                    if (failures.getAndIncrement() == 0) throw new NoClassDefFoundError("as asked");
                    seen.add(reading);
                })) {
            follower.start();
            await().atMost(LIMIT).until(() -> seen.size() == 1);
            assertThat(follower.isAlive()).isTrue();
        }
    }
}
