package io.taskweaver.executor;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.Capabilities;
import io.taskweaver.agents.command.Sandbox;
import io.taskweaver.agents.command.SandboxMode;
import io.taskweaver.agents.command.TreePreparation;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Command;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.wire.EventKeys;
import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.EventWriter;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.admin.TopicAdmin;
import io.taskweaver.wire.code.CodePacks;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.connection.Retries;
import io.taskweaver.wire.rest.RestAccess;
import io.taskweaver.wire.testing.FreshTopics;
import io.taskweaver.wire.testing.SingleObjectSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Executors on topics of their own, and the view of those topics that a planner has. */
final class Fleet implements AutoCloseable {
    /** Work folder of all executors. */
    static final Path WORK = Path.of("target/work");

    private static final int PARTITIONS = 2;
    /** Versions of the merged context that tests use. */
    private static final List<Long> VERSIONS = List.of(3L, 5L, 7L);

    private static final List<Topic<?>> TOPICS = List.of(
            Topics.TASK_READY,
            Topics.TASK_STARTED,
            Topics.TASK_PROGRESSED,
            Topics.TASK_OUTPUT,
            Topics.TASK_COMPLETED,
            Topics.TASK_FAILED,
            Topics.CODE_OBJECTS,
            Topics.PLAN_COMMANDS,
            Topics.PLAN_ARCHIVED,
            Topics.EXECUTION_JOURNAL,
            Topics.EXECUTOR_HEARTBEAT,
            Topics.DEAD_LETTERS);

    final ContextServer contexts;
    private final ClusterSettings cluster;
    private final EventWriter writer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Executor> executors = new CopyOnWriteArrayList<>();
    private final List<ContextClient> clients = new ArrayList<>();
    private final Set<PlanId> withCode = ConcurrentHashMap.newKeySet();
    private Optional<TraceContext> trace = Optional.empty();

    Fleet(Map<String, String> broker, String prefix) throws IOException, InterruptedException, ExecutionException {
        contexts = new ContextServer();
        cluster = new ClusterSettings(broker)
                .over(new ClusterSettings(Map.of(ClusterSettings.TOPIC_PREFIX, prefix)))
                .over(new ClusterSettings(SingleObjectSerializer.settings()));
        writer = new EventWriter(prefix, cluster.serdes());
        FreshTopics.create(
                cluster.admin("test"),
                TOPICS.stream()
                        .map(topic -> new NewTopic(topic.name(prefix), partitions(topic), (short) 1))
                        .toList());
        try (var admin = Admin.create(cluster.admin("test"))) {
            // As topics apply sets it. What a consumer fetched and has no slot for is free for others only then.
            set(
                    admin,
                    new ConfigResource(ConfigResource.Type.GROUP, prefix + TopicAdmin.EXECUTORS),
                    new ConfigEntry("share.record.lock.duration.ms", "15000"));
        }
        producer = new KafkaProducer<>(cluster.producer("test"), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void set(Admin admin, ConfigResource resource, ConfigEntry entry)
            throws InterruptedException, ExecutionException {
        var change = new AlterConfigOp(entry, AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get();
    }

    /** Changes how a topic is cleaned. */
    void clean(Topic<?> topic, String policy) throws InterruptedException, ExecutionException {
        try (var admin = Admin.create(cluster.admin("test"))) {
            set(
                    admin,
                    new ConfigResource(ConfigResource.Type.TOPIC, topic.name(cluster.topicPrefix())),
                    new ConfigEntry("cleanup.policy", policy));
        }
    }

    private static int partitions(Topic<?> topic) {
        return topic.equals(Topics.TASK_READY) ? 1 : PARTITIONS;
    }

    /** Starts an executor and waits until it takes orders. */
    Executor executor(String id, FakeAgent agent, TestSettings settings) {
        var executor = start(id, agent, settings);
        await().atMost(Duration.ofSeconds(30)).until(() -> executor.notReady().isEmpty());
        return executor;
    }

    /** Starts an executor. */
    Executor start(String id, FakeAgent agent, TestSettings settings) {
        var clock = InstantSource.system();
        var client =
                new ContextClient(contexts.url(), RestAccess.NONE, settings.contextTimeout(), Thread::sleep, clock);
        clients.add(client);
        var executor = new Executor(
                id,
                settings,
                cluster,
                new ConfiguredAgents(
                        List.of(agent),
                        Capabilities.of(WORK, System.getenv()),
                        Sandbox.none("not in this test"),
                        List.of(),
                        Map.of(),
                        Path.of("agents"),
                        ExecutorSecrets.NONE),
                new AgentPool(List.of(agent), settings.haltTime(), clock),
                client,
                new ExecutorMetrics(new SimpleMeterRegistry(), agent.name()::equals),
                clock);
        executors.add(executor);
        executor.start();
        return executor;
    }

    /** A producer as an executor has one. */
    EventProducer producer() {
        return new EventProducer(cluster, InstantSource.system());
    }

    /** How a loop of a test tries again. */
    Retries retries() {
        return new Retries(Fleet.class, "test", cluster);
    }

    /** The trace that everything sent from now on carries. */
    void trace(TraceContext begun) {
        trace = Optional.of(begun);
    }

    void order(Attempt attempt, boolean reissued) {
        order(attempt, "fake", reissued);
    }

    void order(Attempt attempt, String agent, boolean reissued) {
        publishCode(new PlanId(attempt.plan()));
        send(new PlanEvent.TaskReady(
                new Meta("ready-" + attempt.id(), new PlanId(attempt.plan()), Instant.now(), Optional.empty()),
                new TaskId(attempt.task()),
                attempt.number(),
                agent,
                Duration.ofMinutes(1),
                0,
                Optional.empty(),
                reissued,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty()));
    }

    /** As a context service does that has merged a plan up to a version. */
    private void publishCode(PlanId plan) {
        if (!withCode.add(plan)) return;
        try {
            for (long version : VERSIONS) {
                var commit = SomeCode.head(version);
                var pack = SomeCode.REPOSITORY.pack(commit, List.of());
                CodePacks.of(plan, commit, true, pack, Instant.now(), Optional.empty())
                        .forEach(this::send);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void cancel(String plan) {
        command(plan, new Command.CancelPlan("a user said so"));
    }

    void command(String plan, Command command) {
        send(new PlanEvent.PlanCommand(
                new Meta(UUID.randomUUID().toString(), new PlanId(plan), Instant.now(), Optional.empty()), command));
    }

    void send(PlanEvent event) {
        var topic = writer.topic(event);
        raw(topic, EventKeys.of(event), writer.serialize(topic, event));
    }

    void raw(Topic<?> topic, String key, byte[] value) {
        raw(topic.name(cluster.topicPrefix()), key, value);
    }

    private void raw(String topic, String key, byte[] value) {
        var message = new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value);
        trace.ifPresent(begun -> begun.addTo(message.headers()));
        try {
            producer.send(message).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    /** The traces that the records of a topic carry. */
    List<Optional<TraceContext>> traces(Topic<?> topic) {
        return records(topic).stream()
                .map(record -> TraceContext.of(record.headers()))
                .toList();
    }

    /** All events on a topic, each partition in order; tombstones are left out. */
    <T extends SpecificRecord> List<T> events(Topic<T> topic) {
        try (var deserializer = EventSerdes.<T>deserializer(cluster.serdes())) {
            return records(topic).stream()
                    .filter(record -> record.value() != null)
                    .map(record -> deserializer.deserialize(record.topic(), record.value()))
                    .toList();
        }
    }

    /** When an executor said that it left. */
    Instant left(String executor) {
        return records(Topics.EXECUTOR_HEARTBEAT).stream()
                .filter(record -> record.value() == null)
                .filter(record -> new String(record.key(), StandardCharsets.UTF_8).equals(executor))
                .map(record -> Instant.ofEpochMilli(record.timestamp()))
                .findFirst()
                .orElseThrow();
    }

    private List<ConsumerRecord<byte[], byte[]>> records(Topic<?> topic) {
        var name = topic.name(cluster.topicPrefix());
        var partitions = Stream.iterate(0, partition -> partition + 1)
                .limit(partitions(topic))
                .map(partition -> new TopicPartition(name, partition))
                .toList();
        var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = new KafkaConsumer<>(
                cluster.consumer("test-view", Map.of(), Map.of()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L)))
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
        }
        return found;
    }

    /** Waits until a topic has a number of events. */
    <T extends SpecificRecord> List<T> awaitEvents(Topic<T> topic, int number) {
        return await().atMost(Duration.ofSeconds(30)).until(() -> events(topic), found -> found.size() >= number);
    }

    ClusterSettings cluster() {
        return cluster;
    }

    @Override
    public void close() {
        executors.forEach(Executor::close);
        clients.forEach(ContextClient::close);
        contexts.close();
        producer.close(Duration.ZERO);
    }

    /** Settings of an executor in a test: quick, and without an end to wait for. */
    record TestSettings(
            int slots,
            QueueKind queue,
            Duration drainTimeout,
            Duration contextTimeout,
            long maxResultBytes,
            Optional<Path> code)
            implements ExecutorSettings {
        static TestSettings slots(int slots) {
            // Each of its own, as on a machine of its own.
            var code = Path.of("target", "code", UUID.randomUUID().toString());
            return new TestSettings(
                    slots, QueueKind.SHARE, Duration.ZERO, Duration.ofSeconds(20), 1_000_000, Optional.of(code));
        }

        TestSettings drainingFor(Duration time) {
            return new TestSettings(slots, queue, time, contextTimeout, maxResultBytes, code);
        }

        TestSettings classic() {
            return new TestSettings(slots, QueueKind.CLASSIC, drainTimeout, contextTimeout, maxResultBytes, code);
        }

        @Override
        public Optional<Path> templates() {
            return Optional.empty();
        }

        @Override
        public Optional<Path> agents() {
            return Optional.empty();
        }

        @Override
        public Optional<Path> work() {
            return Optional.of(WORK);
        }

        @Override
        public boolean contractChecks() {
            return true;
        }

        @Override
        public Optional<Path> setupCache() {
            return Optional.empty();
        }

        @Override
        public long setupCacheBytes() {
            return TreePreparation.MOST;
        }

        @Override
        public Optional<List<String>> remotes() {
            return Optional.of(List.of("*"));
        }

        @Override
        public boolean allowCommands() {
            return true;
        }

        @Override
        public Duration outputAfter() {
            return Duration.ofSeconds(2);
        }

        @Override
        public int outputLimit() {
            return 10_000;
        }

        @Override
        public Optional<Path> output() {
            return Optional.empty();
        }

        @Override
        public Sandboxing sandbox() {
            return new Sandboxing() {
                @Override
                public SandboxMode mode() {
                    return SandboxMode.OFF;
                }

                @Override
                public Optional<List<Path>> read() {
                    return Optional.empty();
                }

                @Override
                public Optional<List<Path>> write() {
                    return Optional.empty();
                }

                @Override
                public Optional<List<Path>> hide() {
                    return Optional.empty();
                }

                @Override
                public Optional<List<String>> variables() {
                    return Optional.empty();
                }

                @Override
                public boolean network() {
                    return true;
                }

                @Override
                public boolean caches() {
                    return true;
                }
            };
        }

        @Override
        public boolean keepWork() {
            return false;
        }

        @Override
        public int queryLimit() {
            return 60_000;
        }

        @Override
        public Optional<String> id() {
            return Optional.empty();
        }

        @Override
        public boolean enabled() {
            return true;
        }

        @Override
        public int consumers() {
            return 2;
        }

        @Override
        public Duration heartbeatInterval() {
            return Duration.ofMillis(200);
        }

        @Override
        public Duration machineWait() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Duration settleTime() {
            return Duration.ofMillis(200);
        }

        @Override
        public Duration haltTime() {
            return Duration.ofSeconds(5);
        }

        @Override
        public Duration progressInterval() {
            return Duration.ofMillis(50);
        }
    }
}
