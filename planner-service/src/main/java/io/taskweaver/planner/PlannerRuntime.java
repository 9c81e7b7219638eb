package io.taskweaver.planner;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.taskweaver.model.Submission;
import io.taskweaver.model.event.ExecutorHeartbeat;
import io.taskweaver.scheduling.dispatch.AnswerTimeouts;
import io.taskweaver.scheduling.dispatch.Backoff;
import io.taskweaver.scheduling.planning.Planner;
import io.taskweaver.scheduling.planning.Planning;
import io.taskweaver.wire.Rights;
import io.taskweaver.wire.Tickets;
import io.taskweaver.wire.TopicFollower;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.UnsendableToDeadLetters.Sink;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.connection.Retries;
import io.taskweaver.wire.streams.StreamsInstance;
import io.taskweaver.wire.streams.StreamsRunner;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.jspecify.annotations.Nullable;

/** Puts the planner together from the settings, starts it with the application and stops it with it. */
@ApplicationScoped
public class PlannerRuntime implements StreamsRunner.Application {
    /** How long a computation may continue after it was stopped. */
    static final Duration GRACE = Duration.ofSeconds(10);

    private static final Duration PROMPTLY = Duration.ofMillis(200);

    /** Of the stores of all partitions: a plan's working set is in the fold, the store is read when a plan starts. */
    private static final long STORE_BYTES = 16L * 1024 * 1024;

    private final ClusterSettings cluster;
    private final Tickets tickets;
    private final PlannerSettings settings;
    private final Function<Submission, Planning> planner;
    private final Fleet fleet = new Fleet();
    private final PlannerMetrics counts;
    private final StreamsRunner runner;
    private final PlanningThread planning;
    private final PrintedOutputs outputs;
    private volatile @Nullable TopicFollower<ExecutorHeartbeat> watch;

    @Inject
    PlannerRuntime(ClusterSettings cluster, Tickets tickets, PlannerSettings settings, MeterRegistry meters) {
        this(
                cluster,
                tickets,
                settings,
                meters,
                submission -> Planner.plan(submission, settings.limits().limits()));
    }

    PlannerRuntime(
            ClusterSettings cluster,
            Tickets tickets,
            PlannerSettings settings,
            MeterRegistry meters,
            Function<Submission, Planning> planner) {
        this.cluster = cluster;
        this.outputs = new PrintedOutputs(cluster);
        this.tickets = tickets;
        this.settings = settings;
        this.planner = planner;
        this.counts = new PlannerMetrics(meters, fleet);
        this.runner = new StreamsRunner(Rights.PLANNER, cluster, instance(settings), meters, this);
        this.planning = new PlanningThread(settings.planningLimit(), GRACE, runner.work());
    }

    void onStart(@Observes StartupEvent event) {
        runner.start();
    }

    void onStop(@Observes @Priority(100) ShutdownEvent event) {
        var watching = watch;
        if (watching != null) watching.close();
        runner.close();
        planning.close();
    }

    StreamsRunner runner() {
        return runner;
    }

    /** The plans of this instance; empty while they are being restored or moved. */
    Optional<StoredPlans> plans() {
        try {
            return runner.running()
                    .map(now -> new StoredPlans(now.streams()
                            .store(StoreQueryParameters.fromNameAndType(
                                    PlanStore.NAME, QueryableStoreTypes.<String, byte[]>keyValueStore()))));
        } catch (InvalidStateStoreException e) {
            return Optional.empty();
        }
    }

    /** How many threads are blocked by a planning that does not stop. */
    int threadsLeftBehind() {
        return planning.leftBehind();
    }

    PrintedOutputs outputs() {
        return outputs;
    }

    Fleet fleet() {
        return fleet;
    }

    @Override
    public Topology topology(int partitions) {
        var rules = new PlannerRules(
                cluster.topicPrefix(),
                partitions,
                settings.tick(),
                PROMPTLY,
                new Backoff(settings.backoff(), settings.longestBackoff()),
                new AnswerTimeouts(settings.lease(), settings.contractTimeout(), settings.mergeTimeout()),
                settings.limits().limits());
        var builder = new StreamsBuilder();
        new PlannerTopology(rules, planner, planning, fleet, counts, tickets, runner.work(), cluster.serdes())
                .addTo(builder);
        return builder.build();
    }

    @Override
    public Properties settings(Sink letters) {
        return settings(settings, cluster, runner.retries(), letters);
    }

    static Properties settings(PlannerSettings settings, ClusterSettings cluster, Retries retries, Sink letters) {
        var defaults = new HashMap<String, Object>();
        // The order between topics does not matter, so no topic waits for another.
        defaults.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, -1);
        defaults.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
                Topics.MAX_MESSAGE_BYTES);
        defaults.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 10);
        var required = new HashMap<String, Object>();
        required.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, FailedToDeadLetters.class);
        required.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
        // Kafka Streams creates the handlers, and passes them only settings.
        required.put(FailedToDeadLetters.RETRIES, retries);
        int session = (int) settings.sessionTimeout().toMillis();
        required.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), session);
        required.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), session / 3);
        return instance(settings).settings(Rights.PLANNER_GROUP, cluster, letters, defaults, required);
    }

    private static StreamsInstance instance(PlannerSettings settings) {
        return new StreamsInstance(
                settings.instanceId(),
                settings.stateDir(),
                settings.threads(),
                settings.commitInterval(),
                settings.closeTimeout(),
                STORE_BYTES);
    }

    @Override
    public void starting(Sink letters) {
        var following = FleetWatch.of(fleet, cluster, letters);
        watch = following;
        following.start();
    }

    @Override
    public void exit() {
        Quarkus.asyncExit(1);
    }
}
