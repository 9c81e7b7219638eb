package io.taskweaver.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taskweaver.events.DeadLetter;
import io.taskweaver.events.PlanCommand;
import io.taskweaver.events.PlanCompleted;
import io.taskweaver.events.RequirementsSubmitted;
import io.taskweaver.events.TaskReady;
import io.taskweaver.model.Limits;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Submission;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.ExecutorHeartbeat;
import io.taskweaver.model.event.ExecutorHeartbeat.RunningAttempt;
import io.taskweaver.scheduling.dispatch.AnswerTimeouts;
import io.taskweaver.scheduling.dispatch.Backoff;
import io.taskweaver.scheduling.planning.Planning;
import io.taskweaver.scheduling.planning.SubmissionLimits;
import io.taskweaver.wire.CurrentWork;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.EventKeys;
import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.Outgoing;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.UnsendableToDeadLetters;
import io.taskweaver.wire.testing.KeptRecords.Kept;
import io.taskweaver.wire.testing.SingleObjectSerializer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;

/** The planner with everything around it played by the test; time passes only when the test says so. */
final class PlannerStory implements AutoCloseable {
    /** Where it is said that an event fits into no message; nothing is sent. */
    static final UnsendableToDeadLetters.Sink LETTERS = new UnsendableToDeadLetters.Sink(
            new DeadLetters("planner", "", SingleObjectSerializer.settings()), new MockProducer<>());

    static final PlanOptions OPTIONS = new PlanOptions(
            Optional.empty(),
            "simulated",
            List.of(),
            Map.of(),
            Set.of("gated"),
            0,
            2,
            Duration.ofHours(1),
            Limits.NONE,
            "app",
            Optional.empty(),
            Optional.empty());

    final Fleet fleet = new Fleet();
    final CurrentWork work = new CurrentWork(InstantSource.system());
    private final Path folder;
    private MeterRegistry meters = new SimpleMeterRegistry();
    private final Function<Submission, Planning> planner;
    private final Duration planningLimit;
    private final Duration promptly;
    private PlanningThread planning;
    private TopologyTestDriver driver;
    private Optional<TraceContext> trace = Optional.empty();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    PlannerStory(Path folder) {
        this(folder, SomePlans::plan, Duration.ofMinutes(1), Duration.ofMinutes(1));
    }

    /** @param promptly how long a submission's planning is waited for */
    PlannerStory(Path folder, Function<Submission, Planning> planner, Duration planningLimit, Duration promptly) {
        this.folder = folder;
        this.planner = planner;
        this.planningLimit = planningLimit;
        this.promptly = promptly;
        this.planning = planning();
        this.driver = start();
        after(Duration.ofSeconds(5));
    }

    /** The topics that the topology reads. */
    Set<String> sources() {
        return topology().describe().subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .filter(TopologyDescription.Source.class::isInstance)
                .flatMap(node -> ((TopologyDescription.Source) node).topicSet().stream())
                .collect(Collectors.toSet());
    }

    /** Executors have so many slots, hold these attempts, and are alive for an hour. */
    PlannerStory executors(int slots, RunningAttempt... running) {
        fleet.heartbeat(
                new ExecutorHeartbeat(
                        "e1",
                        now,
                        Duration.ofHours(1),
                        slots,
                        List.of(running),
                        List.of("simulated"),
                        ExecutorHeartbeat.State.ACTIVE,
                        Optional.empty(),
                        List.of()),
                now);
        return this;
    }

    static RunningAttempt holding(String plan, String task, int attempt) {
        return new RunningAttempt(new PlanId(plan), new TaskId(task), attempt);
    }

    PlannerStory submitted(String plan, String... lines) {
        return submitted(plan, OPTIONS, lines);
    }

    PlannerStory submitted(String plan, PlanOptions options, String... lines) {
        return sent(SomeEvents.submitted(SomePlans.submission(plan, options, lines)));
    }

    /** Events come in, on the topics of their types. */
    PlannerStory sent(SpecificRecord... events) {
        for (var event : events) {
            var topic = Topics.all().stream()
                    .filter(each -> each.type() == event.getClass())
                    .findFirst()
                    .orElseThrow();
            var meta = (io.taskweaver.events.EventMeta) event.get(0);
            bytes(topic, EventKeys.plan(meta.getPlanId()), encoded(topic, event));
        }
        return this;
    }

    static byte[] encoded(Topic<?> topic, SpecificRecord event) {
        return EventSerdes.serializer(SingleObjectSerializer.settings()).serialize(topic.name(), event);
    }

    PlannerStory bytes(Topic<?> topic, String key, byte[] value) {
        driver.createInputTopic(
                        topic.name(),
                        new org.apache.kafka.common.serialization.StringSerializer(),
                        new ByteArraySerializer(),
                        now,
                        Duration.ZERO)
                .pipeInput(new TestRecord<>(
                        key, value, trace.map(TraceContext::headers).orElseGet(RecordHeaders::new), now));
        return this;
    }

    /** The trace that everything sent from now on carries; without one, nothing carries any. */
    PlannerStory trace(Optional<TraceContext> begun) {
        trace = begun;
        return this;
    }

    /** The traces that the records of a topic carry, those sent since the last look. */
    List<Optional<TraceContext>> traces(Topic<?> topic) {
        return driver
                .createOutputTopic(topic.name(), new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .map(record -> TraceContext.of(record.headers()))
                .toList();
    }

    /** Keys of the records of a topic that were removed, those read since the last look. */
    List<String> removed(Topic<?> topic) {
        return driver
                .createOutputTopic(topic.name(), new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .filter(record -> record.value() == null)
                .map(record -> record.key())
                .toList();
    }

    PlannerStory after(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
        return this;
    }

    /** What was sent to a topic since the last look. */
    <T extends SpecificRecord> List<T> events(Topic<T> topic) {
        var values = driver.createOutputTopic(topic.name(), new StringDeserializer(), new ByteArrayDeserializer())
                .readValuesToList();
        var deserializer = EventSerdes.<T>deserializer(SingleObjectSerializer.settings());
        var events = new ArrayList<T>();
        for (var value : values) events.add(deserializer.deserialize(topic.name(), value));
        return events;
    }

    PlannerStory thenReady(String... attempts) {
        assertThat(events(Topics.TASK_READY).stream().map(PlannerStory::text).toList())
                .containsExactly(attempts);
        return this;
    }

    PlannerStory thenCompleted(int done) {
        assertThat(events(Topics.PLAN_COMPLETED))
                .extracting(PlanCompleted::getDone)
                .containsExactly(done);
        return this;
    }

    PlannerStory thenDeadLetters(String... reasons) {
        assertThat(events(Topics.DEAD_LETTERS))
                .extracting(DeadLetter::getReason)
                .containsExactly(reasons);
        return this;
    }

    PlanStatus status(String plan) {
        return new PlanViews(new StoredPlans(store()), fleet.condition(now))
                .status(new io.taskweaver.model.PlanId(plan))
                .orElseThrow();
    }

    List<ConflictStatus> conflicts(String plan) {
        return new PlanViews(new StoredPlans(store()), fleet.condition(now))
                .conflicts(new io.taskweaver.model.PlanId(plan))
                .orElseThrow();
    }

    String states(String plan) {
        return status(plan).tasks().stream()
                .map(task -> task.taskId() + "=" + task.state())
                .collect(Collectors.joining(" "));
    }

    /** The process ends and starts again on what it kept. */
    PlannerStory restarted() {
        var kept = kept();
        close();
        planning = planning();
        return goesOn(kept);
    }

    /** The process ends and starts again on what another one kept. */
    PlannerStory startedOn(List<Kept> records) {
        close();
        planning = planning();
        return goesOn(records.stream()
                .map(record -> KeyValue.pair(new String(record.key(), StandardCharsets.UTF_8), record.value()))
                .toList());
    }

    /** A thread of Kafka Streams fails, and another takes its place in the same process. */
    PlannerStory threadReplaced() {
        var kept = kept();
        driver.close();
        return goesOn(kept);
    }

    private PlannerStory goesOn(List<KeyValue<String, byte[]>> kept) {
        meters = new SimpleMeterRegistry();
        driver = start();
        store().putAll(kept);
        return this;
    }

    /** A processor by itself that goes on from what is kept now; it is not initialised yet. */
    PlanProcessor processor(MockProcessorContext<byte[], Outgoing> context, MeterRegistry counted) {
        var copy = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(PlanStore.NAME), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        copy.init(context.getStateStoreContext(), copy);
        copy.putAll(kept());
        context.addStateStore(copy);
        context.setCurrentSystemTimeMs(now.toEpochMilli());
        var executors = new Fleet();
        return new PlanProcessor(new PlannerTopology(
                rules(),
                planner,
                planning(),
                executors,
                new PlannerMetrics(counted, executors),
                SomeEvents.TICKETS,
                work,
                SingleObjectSerializer.settings()));
    }

    /** A command that waits for a plan in the making, the second one, as whatever planner kept it. */
    PlannerStory keptCommand(String plan, PlanCommand command) {
        store().put(StoredPlans.waitingKey(new PlanId(plan), 2), encoded(Topics.PLAN_COMMANDS, command));
        return this;
    }

    /** A submission that waits to be planned, as whatever planner kept it. */
    PlannerStory keptSubmission(String plan, RequirementsSubmitted submission) {
        store().put(StoredPlans.waitingKey(new PlanId(plan), 0), encoded(Topics.REQUIREMENTS_SUBMITTED, submission));
        return this;
    }

    /** What a planner that is killed now goes on from. */
    List<KeyValue<String, byte[]>> kept() {
        var kept = new ArrayList<KeyValue<String, byte[]>>();
        try (var all = store().all()) {
            all.forEachRemaining(kept::add);
        }
        return kept;
    }

    /** What the planner counts. */
    MeterRegistry meters() {
        return meters;
    }

    Instant now() {
        return now;
    }

    private KeyValueStore<String, byte[]> store() {
        return driver.getKeyValueStore(PlanStore.NAME);
    }

    @Override
    public void close() {
        driver.close();
        planning.close();
    }

    private PlanningThread planning() {
        return new PlanningThread(planningLimit, Duration.ofMinutes(1), work);
    }

    private PlannerRules rules() {
        return new PlannerRules(
                "",
                1,
                Duration.ofMillis(100),
                promptly,
                new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5)),
                AnswerTimeouts.DEFAULT,
                SubmissionLimits.DEFAULT);
    }

    private Topology topology() {
        var builder = new StreamsBuilder();
        new PlannerTopology(
                        rules(),
                        planner,
                        planning,
                        fleet,
                        new PlannerMetrics(meters, fleet),
                        SomeEvents.TICKETS,
                        work,
                        SingleObjectSerializer.settings())
                .addTo(builder);
        return builder.build();
    }

    private TopologyTestDriver start() {
        var settings = SingleObjectSerializer.settings();
        var config = new Properties();
        config.putAll(settings);
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "planner-story");
        config.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        config.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, FailedToDeadLetters.class);
        config.put(UnsendableToDeadLetters.SINK, LETTERS);
        return new TopologyTestDriver(topology(), config, now);
    }

    private static String text(TaskReady ready) {
        return ready.getTaskId() + "/" + ready.getAttempt() + (ready.getReissued() ? "!" : "");
    }
}
