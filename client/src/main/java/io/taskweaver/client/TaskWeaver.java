package io.taskweaver.client;

import io.taskweaver.client.codemap.CodeMapper;
import io.taskweaver.domain.analysis.Structure;
import io.taskweaver.domain.analysis.StructureReader;
import io.taskweaver.domain.code.CodeMap;
import io.taskweaver.domain.context.PlannedContexts;
import io.taskweaver.domain.context.RelevantCode;
import io.taskweaver.domain.document.CodeFile;
import io.taskweaver.domain.document.Document;
import io.taskweaver.domain.gap.GapAnalysis;
import io.taskweaver.domain.gap.GapReport;
import io.taskweaver.domain.plan.Plan;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.Planner;
import io.taskweaver.domain.plan.Planning;
import io.taskweaver.domain.plan.Submission;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.query.QueryWriter;
import io.taskweaver.domain.refine.PlanChange;
import io.taskweaver.topics.EventKeys;
import io.taskweaver.topics.EventSerdes;
import io.taskweaver.topics.Topic;
import io.taskweaver.topics.Topics;
import io.taskweaver.topics.TraceContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A running system: hand plans in, follow them, order them about, fetch what they made. Planning itself needs no
 * running system: {@link #plan}.
 *
 * <p>Everything that is known of a plan comes from its topics; only merged files are asked for over REST.
 */
public final class TaskWeaver implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration BEAT = Duration.ofMillis(100);
    /** What a plan is followed by: not what executors keep for themselves. */
    private static final List<Topic<?>> OF_PLANS = Topics.all().stream()
            .filter(topic -> topic.key() != Topic.Key.PLAN_TASK_ATTEMPT && topic.key() != Topic.Key.EXECUTOR)
            .<Topic<?>>map(topic -> topic)
            .toList();

    private final Connection connection;
    private final InstantSource clock;
    private final ContextClient context;

    public TaskWeaver(Connection connection, InstantSource clock) {
        this.connection = connection;
        this.clock = clock;
        this.context = new ContextClient(connection.contextUrl());
    }

    /** Makes a plan of a submission, or says why there can be none. Pure: nothing is read, sent or kept. */
    public static Planning plan(Submission submission) {
        return Planner.plan(submission);
    }

    /**
     * Maps a code base: what its files declare and who uses whom, as far as {@code .gitignore} lets it be seen.
     *
     * @throws java.io.UncheckedIOException if a folder can not be read
     */
    public static CodeMap map(Path code) {
        return CodeMapper.map(CodeFolder.read(code));
    }

    /** Compares documents with code: what exists, what is missing, what nobody asked for. Pure, as {@link #plan} is. */
    public static GapReport analyze(List<Document> documents, Optional<Document> structure, CodeMap code) {
        var parts = structure.map(StructureReader::read).orElse(Structure.NONE);
        return GapAnalysis.analyse(Planner.requirements(documents, parts), parts, code);
    }

    /**
     * Prompts of work that is not done, in the order of phases. Pure, and as a running system writes them before anything
     * is merged: contracts are written from their specifications.
     *
     * @param code the code base that the plan starts from
     * @param wanted which tasks to write prompts for
     */
    public static List<TaskQuery> queries(Plan plan, List<CodeFile> code, QueryWriter writer, Predicate<Task> wanted) {
        var contexts = new PlannedContexts(plan, code, RelevantCode.DEFAULT);
        return plan.tasks().stream()
                .filter(task -> task.kind() == Task.Kind.WORK && !task.done() && wanted.test(task))
                .sorted(Comparator.comparingInt(Task::phase))
                .flatMap(task -> contexts.of(task.id()).stream()
                        .map(context -> new TaskQuery(task, writer.write(context, Optional.empty()))))
                .toList();
    }

    /**
     * Hands a submission in. The same plan id again plans nothing anew: what is outstanding of it goes on.
     *
     * @throws Unreachable if broker or registry do not take it
     */
    public void submit(Submission submission) {
        submit(submission, List.of());
    }

    /**
     * Hands a submission in, with changes to make in its plan, in their order.
     *
     * @throws Unreachable if broker or registry do not take it
     */
    public void submit(Submission submission, List<PlanChange> changes) {
        send(
                Topics.REQUIREMENTS_SUBMITTED,
                submission.plan(),
                Translation.submitted(submission, changes, clock.instant()));
    }

    /**
     * Gives an order about a plan.
     *
     * @throws Unreachable if broker or registry do not take it
     */
    public void order(PlanId plan, Order order) {
        send(Topics.PLAN_COMMANDS, plan, Translation.command(plan, order, clock.instant()));
    }

    private <T extends SpecificRecord> void send(Topic<T> topic, PlanId plan, T event) {
        var settings = EventSerdes.producerSettings(connection.kafka());
        settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
        settings.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, "taskweaver-client");
        settings.keySet()
                .removeIf(name -> name.startsWith("apicurio.")
                        || name.startsWith("taskweaver.")
                        || name.equals("specific.avro.reader"));
        var name = topic.name(connection.topicPrefix());
        var message = new ProducerRecord<>(name, EventKeys.plan(plan.value()), event);
        TraceContext.ofPlan(plan.value()).addTo(message.headers());
        try (Serializer<T> serializer = EventSerdes.serializer(connection.kafka());
                var producer = new KafkaProducer<>(settings, new StringSerializer(), serializer)) {
            producer.send(message).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw refused(name, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException | KafkaException e) {
            throw refused(name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(name, e);
        } catch (RuntimeException e) {
            // What the serializer throws when the registry does not answer depends on its class.
            throw new Unreachable(
                    "The schema registry at " + connection.registryUrl() + " can not be used: " + e.getMessage() + ".",
                    "Check that it runs and that the address is right.",
                    e);
        }
    }

    private Unreachable refused(String topic, Throwable cause) {
        if (cause instanceof RecordTooLargeException)
            return new Unreachable(
                    "The broker does not take a submission of this size on topic " + topic + ".",
                    "Submit less text, or raise max.message.bytes of the topic.",
                    cause);
        return new Unreachable(
                "The Kafka broker at " + connection.bootstrap() + " did not take a record on topic " + topic + ": "
                        + cause.getMessage() + ".",
                "Check that it runs and that the address is right.",
                cause);
    }

    /** What happens to a plan, from its beginning on. */
    public PlanFeed follow(PlanId plan) {
        var topics = new ArrayList<>(OF_PLANS);
        topics.add(Topics.EXECUTOR_HEARTBEAT);
        return new PlanFeed(new EventFeed(connection, topics, Optional.of(plan.value()), true));
    }

    /**
     * Follows a plan from its beginning to its end, and returns then, or when the thread is interrupted.
     *
     * @param listener is told each event that says something new, with the view that it leads to
     */
    public PlanView follow(PlanId plan, BiConsumer<PlanEvent, PlanView> listener) {
        var view = new PlanView(plan);
        try (var feed = follow(plan)) {
            while (!Thread.currentThread().isInterrupted()
                    && !(feed.isCaughtUp()
                            && (view.end().isPresent() || !view.rejections().isEmpty())))
                for (var event : feed.poll(BEAT)) if (view.on(event)) listener.accept(event, view);
        }
        return view;
    }

    /** All plans that the topics still tell of, as they stand now, oldest first. */
    public List<PlanView> plans() {
        Map<String, PlanView> plans = new LinkedHashMap<>();
        try (var feed = new EventFeed(connection, OF_PLANS, Optional.empty(), true)) {
            while (!feed.isCaughtUp())
                for (var received : feed.poll(BEAT))
                    PlanFeed.told(received)
                            .ifPresent(event -> viewOf(plans, received.key()).ifPresent(view -> view.on(event)));
        }
        return plans.values().stream()
                .filter(PlanView::exists)
                .sorted(java.util.Comparator.comparing(
                        view -> view.created().map(PlanEvent.Created::at).orElse(Instant.EPOCH)))
                .toList();
    }

    private static Optional<PlanView> viewOf(Map<String, PlanView> plans, String key) {
        try {
            var id = new PlanId(EventKeys.planOf(key));
            return Optional.of(plans.computeIfAbsent(id.value(), ignored -> new PlanView(id)));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // Somebody else's key: no plan of ours.
        }
    }

    /** The executors that were heard of lately. */
    public Collection<Executor> executors() {
        try (var feed =
                new PlanFeed(new EventFeed(connection, List.of(Topics.EXECUTOR_HEARTBEAT), Optional.empty(), true))) {
            while (!feed.isCaughtUp()) feed.poll(BEAT);
            return feed.executors(clock.instant());
        }
    }

    /**
     * The records of topics, undecoded ones included.
     *
     * @param plan only those of this plan, if given
     * @param fromBeginning from the oldest record that the broker still has; else from now on
     */
    public EventFeed events(List<Topic<?>> topics, Optional<PlanId> plan, boolean fromBeginning) {
        return new EventFeed(connection, topics, plan.map(PlanId::value), fromBeginning);
    }

    /**
     * The merged files of a plan; none before the first merge.
     *
     * @throws Unreachable if the context service does not answer
     */
    public MergedContext mergedContext(PlanId plan) {
        return context.merged(plan);
    }

    @Override
    public void close() {
        context.close();
    }
}
