package io.taskweaver.context;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.Git;
import io.taskweaver.events.ContextMerged;
import io.taskweaver.events.ContractPublished;
import io.taskweaver.events.DeadLetter;
import io.taskweaver.events.MergeConflicted;
import io.taskweaver.events.PlanCreated;
import io.taskweaver.events.RequirementsSubmitted;
import io.taskweaver.events.ResultApproved;
import io.taskweaver.events.ResultWithdrawn;
import io.taskweaver.events.TaskCompleted;
import io.taskweaver.events.TaskFailed;
import io.taskweaver.events.TaskPlanned;
import io.taskweaver.events.TaskResolved;
import io.taskweaver.events.VerificationRequested;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanEvent.CodeObjects;
import io.taskweaver.wire.CurrentWork;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.EventKeys;
import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.EventWriter;
import io.taskweaver.wire.Rights;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.UnsendableToDeadLetters;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.context.ContextDifference;
import io.taskweaver.wire.context.ContextDocument;
import io.taskweaver.wire.context.ContextView;
import io.taskweaver.wire.context.FileHistory;
import io.taskweaver.wire.rest.LineView;
import io.taskweaver.wire.rest.MergedView;
import io.taskweaver.wire.testing.SingleObjectSerializer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
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
    private final List<CodeObjects> sent = new ArrayList<>();
    private final List<CodeObjects> packs = new ArrayList<>();
    private final Commits commits;
    private final TopologyTestDriver driver;
    private final ContextQueries queries;
    private final FactQueries facts;
    private final EventWriter writer = new EventWriter(PREFIX, SERDES);
    private final Set<String> removed = new TreeSet<>();
    private Optional<TraceContext> trace = Optional.empty();

    Story(Path folder) {
        var settings = TestSettings.in(folder);
        var builder = new StreamsBuilder();
        commits = new Commits(Path.of(settings.codeDir()));
        ContextTopology.add(builder, PREFIX, PlanEvents.TICKETS, commits, SERDES, tally::add, work());
        driver = new TopologyTestDriver(builder.build(), ContextStreams.settings(settings, CLUSTER, LETTERS));
        queries = new ContextQueries(settings, commits);
        facts = new FactQueries(commits, queries);
    }

    /** The topics that the stream reads, without the prefix. */
    static Set<String> sources() {
        var builder = new StreamsBuilder();
        ContextTopology.add(
                builder, "", PlanEvents.TICKETS, new Commits(Path.of("none")), SERDES, outcome -> {}, work());
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
        sent.clear();
        return this;
    }

    Story when(SpecificRecord... events) {
        for (var event : events) {
            if (event instanceof Result result) tell(made(result));
            else tell(event);
        }
        return this;
    }

    /** Events of the model: what users do to contexts, and how plans end. */
    Story change(PlanEvent... events) {
        for (var event : events)
            if (event instanceof CodeObjects part) packs.add(part);
            else send(event);
        return this;
    }

    private void send(PlanEvent event) {
        var record = writer.record(event, TraceContext.ofPlan(PLAN.value()));
        var input = driver.createInputTopic(record.topic(), new ByteArraySerializer(), new ByteArraySerializer());
        input.pipeInput(record.key(), record.value());
        driver
                .createOutputTopic(
                        Topics.CODE_OBJECTS.name(PREFIX), new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .filter(sent -> sent.value() == null)
                .forEach(sent -> removed.add(sent.key()));
    }

    /** Keys of records of code that the service has removed. */
    Set<String> removed() {
        return removed;
    }

    private void tell(SpecificRecord event) {
        var topic = topic(event);
        send(topic, EventSerdes.serializer(SERDES).serialize(topic.name(PREFIX), event));
    }

    /** The executor sends its pack before the result. */
    private TaskCompleted made(Result result) {
        var version = result.version();
        var made = answered(() -> commits.of(
                result,
                version.isPresent()
                        ? Optional.of(stored().commit(version.getAsLong()).orElseThrow())
                        : Optional.empty()));
        packs.addAll(made.objects());
        return made.event();
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
        for (var part : read(Topics.CODE_OBJECTS)) {
            var objects = model(part);
            sent.add(objects);
            packs.add(objects);
        }
        return this;
    }

    private static CodeObjects model(io.taskweaver.events.CodeObjects part) {
        var content = new byte[part.getContent().remaining()];
        part.getContent().get(content);
        var meta = part.getMeta();
        return new CodeObjects(
                new Meta(
                        meta.getEventId(),
                        new PlanId(meta.getPlanId()),
                        meta.getOccurredAt(),
                        Optional.ofNullable(meta.getCausationId())),
                part.getCommit(),
                part.getRoot(),
                part.getPack(),
                part.getPart(),
                part.getParts(),
                new io.taskweaver.model.Bytes(content));
    }

    /** Code that the service has sent since the last {@link #given}. */
    List<CodeObjects> sent() {
        return sent;
    }

    /** All that is on the topic code-objects, of executors as well. */
    List<CodeObjects> packs() {
        return packs;
    }

    /** Takes packs from the topic, in their order. */
    static void take(List<CodeObjects> parts, CodeRepository into) throws IOException {
        for (var first : parts) {
            if (first.part() > 0) continue;
            var pack = new ByteArrayOutputStream();
            parts.stream()
                    .filter(part -> part.pack().equals(first.pack()))
                    .limit(first.parts())
                    .forEach(part -> pack.writeBytes(part.content().array()));
            into.unpack(pack.toByteArray());
        }
    }

    /** Ends, and goes on as another instance, which has the state and the topics, and no folder of this one. */
    Story moved(Path folder) throws IOException {
        return movedWithout(List.of(), folder);
    }

    /** The same after a crash in which some of what this instance sent did not reach the topic. */
    Story movedWithout(List<CodeObjects> lost, Path folder) throws IOException {
        packs.removeAll(lost);
        var other = new Story(folder);
        try (var all = store().all()) {
            all.forEachRemaining(entry -> other.store().put(entry.key, entry.value));
        }
        take(packs, other.code());
        other.packs.addAll(packs);
        var head = stored().head().orElseThrow().commit();
        if (other.code().has(head)) other.code().head(head);
        close();
        return other;
    }

    /** The plan's repository. */
    CodeRepository code() {
        return answered(() -> commits.of(PLAN));
    }

    /** A commit of files, by path. */
    String commit(List<String> parents, Map<String, String> files) {
        return answered(() -> commits.commit(PLAN, parents, files));
    }

    /** Commits that were waited for in vain. */
    List<String> missed() {
        return commits.missed();
    }

    /** Commits of the line, the newest first. */
    List<String> line() {
        return answered(() -> commits.line(PLAN));
    }

    /** What git prints about the plan's repository. */
    String git(String... arguments) {
        return answered(() -> Git.in(code().folder()).text(arguments));
    }

    StoredPlan stored() {
        return new StoredPlan(store(), PLAN);
    }

    List<ContextMerged> merged() {
        return read(Topics.CONTEXT_MERGED);
    }

    List<MergeConflicted> conflicted() {
        return read(Topics.MERGE_CONFLICTED);
    }

    List<VerificationRequested> requested() {
        return read(Topics.VERIFICATION_REQUESTED);
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
        return answered(() -> queries.merged(stored(), PLAN, OptionalLong.empty(), false));
    }

    QueryResult<MergedView> context(long version) {
        return answered(() -> queries.merged(stored(), PLAN, OptionalLong.of(version), false));
    }

    QueryResult<MergedView> changes() {
        return answered(() -> queries.merged(stored(), PLAN, OptionalLong.empty(), true));
    }

    QueryResult<IsolatedContext> isolated(String task) {
        return answered(() -> queries.isolated(stored(), PLAN, new TaskId(task), OptionalLong.empty()));
    }

    QueryResult<IsolatedContext> isolated(String task, long version) {
        return answered(() -> queries.isolated(stored(), PLAN, new TaskId(task), OptionalLong.of(version)));
    }

    QueryResult<LineView> lineView() {
        return queries.line(stored());
    }

    QueryResult<ContextView> view() {
        return answered(() -> facts.plan(stored(), PLAN, OptionalLong.empty()));
    }

    QueryResult<ContextView> view(long version) {
        return answered(() -> facts.plan(stored(), PLAN, OptionalLong.of(version)));
    }

    QueryResult<ContextView> viewOf(String task) {
        return answered(() -> facts.task(stored(), PLAN, new TaskId(task), OptionalLong.empty()));
    }

    QueryResult<ContextDifference> difference(long from, long to) {
        return answered(() -> facts.difference(stored(), PLAN, Optional.empty(), from, to));
    }

    QueryResult<FileHistory> history(String path) {
        return answered(() -> facts.history(stored(), PLAN, path));
    }

    QueryResult<ContextDocument> document() {
        return answered(() -> facts.document(stored(), PLAN));
    }

    /** @param have commit that the reader has */
    QueryResult<byte[]> bundle(Optional<String> have) {
        return answered(() -> queries.bundle(stored(), PLAN, Optional.empty(), have));
    }

    /** With a result that is not merged in place of the head. */
    QueryResult<byte[]> bundleOf(String result) {
        return answered(() -> queries.bundle(stored(), PLAN, Optional.of(result), Optional.empty()));
    }

    /** Has to succeed. */
    private static <T> T answered(Callable<T> call) {
        try {
            return call.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The answer, which has to be there. */
    static <T> T found(QueryResult<T> query) {
        if (query instanceof QueryResult.Found<T>(T answer)) return answer;
        throw new AssertionError("not found: " + query);
    }

    @Override
    public void close() {
        driver.close();
        commits.close();
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
            case TaskFailed e -> Topics.TASK_FAILED;
            case TaskResolved e -> Topics.TASK_RESOLVED;
            case ResultApproved e -> Topics.RESULT_APPROVED;
            case ResultWithdrawn e -> Topics.RESULT_WITHDRAWN;
            default -> throw new IllegalArgumentException("no input: " + event.getSchema());
        };
    }

    private static CurrentWork work() {
        return new CurrentWork(InstantSource.system());
    }
}
