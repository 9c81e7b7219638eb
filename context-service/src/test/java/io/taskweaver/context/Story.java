package io.taskweaver.context;

import io.taskweaver.events.ContextMerged;
import io.taskweaver.events.ContractPublished;
import io.taskweaver.events.DeadLetter;
import io.taskweaver.events.MergeConflicted;
import io.taskweaver.events.PlanCreated;
import io.taskweaver.events.RequirementsSubmitted;
import io.taskweaver.events.TaskCompleted;
import io.taskweaver.events.TaskPlanned;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.wire.CurrentWork;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.EventKeys;
import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.Rights;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.UnsendableToDeadLetters;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.rest.MergedView;
import io.taskweaver.wire.testing.SingleObjectSerializer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The stream in a test: events go in, announcements come out, readers ask. */
final class Story implements AutoCloseable {
    static final PlanId PLAN = new PlanId("p1");

    private static final Map<String, String> SERDES = SingleObjectSerializer.settings();
    private static final String PREFIX = "test-";
    private static final ClusterSettings CLUSTER =
            new ClusterSettings(Map.of("bootstrap.servers", "none:1", ClusterSettings.TOPIC_PREFIX, PREFIX));

    /** Where it is said that an event fits into no message; nothing is sent. */
    static final UnsendableToDeadLetters.Sink LETTERS =
            new UnsendableToDeadLetters.Sink(new DeadLetters("context", PREFIX, SERDES), new MockProducer<>());

    private final List<String> tally = new ArrayList<>();
    private final TopologyTestDriver driver;
    private final ContextQueries queries;
    private Optional<TraceContext> trace = Optional.empty();

    Story(Path folder) {
        var settings = TestSettings.in(folder);
        var builder = new StreamsBuilder();
        ContextTopology.add(builder, PREFIX, PlanEvents.TICKETS, SERDES, tally::add, work());
        driver = new TopologyTestDriver(builder.build(), ContextStreams.settings(settings, CLUSTER, LETTERS));
        queries = new ContextQueries(settings);
    }

    /** The topics that the stream reads, without the prefix. */
    static Set<String> sources() {
        var builder = new StreamsBuilder();
        ContextTopology.add(builder, "", PlanEvents.TICKETS, SERDES, outcome -> {}, work());
        return builder.build().describe().subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .filter(TopologyDescription.Source.class::isInstance)
                .flatMap(node -> ((TopologyDescription.Source) node).topicSet().stream())
                .collect(Collectors.toSet());
    }

    /** The topics that the stream has written, without the prefix and the store's changelog. */
    Set<String> written() {
        return driver.producedTopicNames().stream()
                .filter(name -> !name.endsWith("-changelog"))
                .map(name -> name.substring(PREFIX.length()))
                .collect(Collectors.toSet());
    }

    Story given(SpecificRecord... events) {
        when(events);
        for (var output : Rights.CONTEXT.writes()) read(output);
        return this;
    }

    Story when(SpecificRecord... events) {
        for (var event : events) {
            var topic = topic(event);
            send(topic, EventSerdes.serializer(SERDES).serialize(topic.name(PREFIX), event));
        }
        return this;
    }

    /** The trace that everything sent from now on carries. */
    Story trace(TraceContext begun) {
        trace = Optional.of(begun);
        return this;
    }

    /** The traces that the records of a topic carry, those read since the last look. */
    List<Optional<TraceContext>> traces(Topic<?> topic) {
        return driver
                .createOutputTopic(topic.name(PREFIX), new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .map(record -> TraceContext.of(record.headers()))
                .toList();
    }

    Story send(Topic<?> topic, byte[] value) {
        var input = driver.createInputTopic(topic.name(PREFIX), new ByteArraySerializer(), new ByteArraySerializer());
        var key = EventKeys.plan(PLAN.value()).getBytes(StandardCharsets.UTF_8);
        input.pipeInput(
                new TestRecord<>(key, value, trace.map(TraceContext::headers).orElseGet(RecordHeaders::new)));
        return this;
    }

    List<ContextMerged> merged() {
        return read(Topics.CONTEXT_MERGED);
    }

    List<MergeConflicted> conflicted() {
        return read(Topics.MERGE_CONFLICTED);
    }

    List<DeadLetter> deadLetters() {
        return read(Topics.DEAD_LETTERS);
    }

    List<String> tally() {
        return tally;
    }

    KeyValueStore<Bytes, byte[]> store() {
        return driver.getKeyValueStore(ContextTopology.STORE);
    }

    QueryResult<MergedView> context() {
        return queries.merged(new StoredPlan(store(), PLAN), OptionalLong.empty(), false);
    }

    QueryResult<MergedView> context(long version) {
        return queries.merged(new StoredPlan(store(), PLAN), OptionalLong.of(version), false);
    }

    QueryResult<MergedView> changes() {
        return queries.merged(new StoredPlan(store(), PLAN), OptionalLong.empty(), true);
    }

    QueryResult<IsolatedContext> isolated(String task) {
        return queries.isolated(new StoredPlan(store(), PLAN), new TaskId(task), OptionalLong.empty());
    }

    QueryResult<IsolatedContext> isolated(String task, long version) {
        return queries.isolated(new StoredPlan(store(), PLAN), new TaskId(task), OptionalLong.of(version));
    }

    /** The answer, which has to be there. */
    static <T> T found(QueryResult<T> query) {
        if (query instanceof QueryResult.Found<T>(T answer)) return answer;
        throw new AssertionError("not found: " + query);
    }

    @Override
    public void close() {
        driver.close();
    }

    private <T extends SpecificRecord> List<T> read(Topic<T> topic) {
        var output =
                driver.createOutputTopic(topic.name(PREFIX), new StringDeserializer(), new ByteArrayDeserializer());
        return output.readValuesToList().stream()
                .map(bytes -> topic.type()
                        .cast(EventSerdes.<SpecificRecord>deserializer(SERDES).deserialize(topic.name(PREFIX), bytes)))
                .toList();
    }

    private static Topic<?> topic(SpecificRecord event) {
        return switch (event) {
            case RequirementsSubmitted e -> Topics.REQUIREMENTS_SUBMITTED;
            case PlanCreated e -> Topics.PLAN_CREATED;
            case TaskPlanned e -> Topics.TASK_PLANNED;
            case ContractPublished e -> Topics.CONTRACT_PUBLISHED;
            case TaskCompleted e -> Topics.TASK_COMPLETED;
            default -> throw new IllegalArgumentException("no input: " + event.getSchema());
        };
    }

    private static CurrentWork work() {
        return new CurrentWork(InstantSource.system());
    }
}
