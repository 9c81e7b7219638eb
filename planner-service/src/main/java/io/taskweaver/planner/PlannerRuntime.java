package io.taskweaver.planner;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.taskweaver.domain.event.ExecutorHeartbeat;
import io.taskweaver.domain.plan.Planning;
import io.taskweaver.domain.plan.Submission;
import io.taskweaver.domain.storage.StorageFailure;
import io.taskweaver.wire.CurrentWork;
import io.taskweaver.wire.Rights;
import io.taskweaver.wire.Tickets;
import io.taskweaver.wire.TopicFollower;
import io.taskweaver.wire.UnreadableStateException;
import io.taskweaver.wire.connection.Retries;
import io.taskweaver.wire.connection.TopicWait;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;

/**
 * Runs the topology from the time when the topics exist until the process ends. Starting does not wait for the broker:
 * until it answers, the service is up but not ready.
 */
@ApplicationScoped
public class PlannerRuntime {
    private static final Logger LOG = Logger.getLogger(PlannerRuntime.class);
    /** How long a computation may continue after it was stopped. */
    static final Duration GRACE = Duration.ofSeconds(10);

    private final KafkaSettings kafka;
    private final PlannerSettings settings;
    private final Function<Submission, Planning> planner;
    private final MeterRegistry meters;
    private final Tickets tickets;
    private final Fleet fleet = new Fleet();
    private final PlannerMetrics counts;
    private final CurrentWork work = new CurrentWork(InstantSource.system());
    private final PlanningThread planning;
    private final Retries retries;
    private volatile boolean stopping;
    private volatile @Nullable String problem;
    private volatile @Nullable Thread starter;
    private volatile @Nullable Running running;

    private record Running(
            KafkaStreams streams,
            TopicFollower<ExecutorHeartbeat> watch,
            KafkaProducer<byte[], byte[]> deadLetters,
            KafkaStreamsMetrics metrics) {}

    PlannerRuntime(
            KafkaSettings kafka,
            PlannerSettings settings,
            Function<Submission, Planning> planner,
            MeterRegistry meters) {
        this.kafka = kafka;
        this.settings = settings;
        this.planner = planner;
        this.meters = meters;
        this.counts = new PlannerMetrics(meters, fleet);
        this.tickets = kafka.tickets();
        this.planning = new PlanningThread(settings.planningLimit(), GRACE, work);
        this.retries = new Retries(PlannerRuntime.class, "planner", kafka.cluster());
    }

    void onStart(@Observes StartupEvent event) {
        if (!tickets.areChecked())
            LOG.warnf(
                    "%s is set and there is no ticket key: everybody who can write to a topic can complete any task",
                    Tickets.INSECURE);
        starter = Thread.ofVirtual().name("planner-start").start(this::startWhenTopicsExist);
    }

    void onStop(@Observes @Priority(100) ShutdownEvent event) {
        stopping = true;
        var starting = starter;
        if (starting != null) starting.interrupt();
        var now = running;
        if (now == null) return;
        now.metrics().close();
        now.watch().close();
        var leave = settings.instanceId().isPresent()
                ? CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
                : CloseOptions.GroupMembershipOperation.LEAVE_GROUP;
        boolean closed = now.streams()
                .close(CloseOptions.timeout(settings.closeTimeout()).withGroupMembershipOperation(leave));
        planning.close();
        if (!closed) LOG.warnf("Topology did not stop in time timeout=%s", settings.closeTimeout());
        now.deadLetters().close(Duration.ofSeconds(2));
    }

    /** State of the topology; empty before it was started. */
    public Optional<KafkaStreams.State> state() {
        return Optional.ofNullable(running).map(now -> now.streams().state());
    }

    /** Why it waits, if Kafka or the registry cannot be used. */
    Optional<String> waitsFor() {
        return retries.reason();
    }

    /** The plans of this instance; empty while they are being restored or moved. */
    Optional<StoredPlans> plans() {
        var now = running;
        if (now == null) return Optional.empty();
        try {
            return Optional.of(new StoredPlans(now.streams()
                    .store(StoreQueryParameters.fromNameAndType(
                            PlanStore.NAME, QueryableStoreTypes.<String, byte[]>keyValueStore()))));
        } catch (InvalidStateStoreException e) {
            return Optional.empty();
        }
    }

    /** Why it can never run; empty if it can, or may later. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** What threads work on. */
    CurrentWork work() {
        return work;
    }

    /** How many threads are blocked by a planning that does not stop. */
    int threadsLeftBehind() {
        return planning.leftBehind();
    }

    Fleet fleet() {
        return fleet;
    }

    private void startWhenTopicsExist() {
        try {
            int partitions = partitions(new TopicWait(kafka.cluster(), Rights.PLANNER.topics(), retries).await());
            if (!stopping) start(partitions);
        } catch (InterruptedException e) {
            LOG.debug("Stopped before the topics existed");
        } catch (RuntimeException | Error e) {
            problem = explained(e);
            LOG.errorf(e, "The planner cannot start: %s", problem);
        }
    }

    /**
     * @throws IllegalStateException if topics have different numbers of partitions: a plan would have no single
     *     partition
     */
    private int partitions(Map<String, Integer> found) {
        var counts = new TreeMap<Integer, String>();
        for (var topic : PlannerTopology.topicsByPlan()) {
            var name = topic.name(kafka.topicPrefix());
            counts.putIfAbsent(found.getOrDefault(name, 0), name);
        }
        if (counts.size() > 1)
            throw new IllegalStateException("The topics have different numbers of partitions, e.g. " + counts
                    + ". Topics keyed by plan need the same number: create them with `taskweaver topics apply`.");
        return counts.firstKey();
    }

    private static String explained(Throwable thrown) {
        return StorageFailure.behind(thrown)
                .map(failure -> failure.cause() + ". " + failure.remedy())
                .orElseGet(() -> PlannerDeadLetters.explain(thrown));
    }

    private synchronized void start(int partitions) {
        // If it cannot be unpacked, every stream thread would die and be replaced, endlessly.
        RocksDB.loadLibrary();
        var builder = new StreamsBuilder();
        new PlannerTopology(kafka.rules(partitions), planner, planning, fleet, counts, tickets, work, kafka.serdes())
                .addTo(builder);
        var deadLetters = new KafkaProducer<>(
                kafka.cluster().producer("taskweaver-planner-dead-letters"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        var streams = new KafkaStreams(builder.build(), kafka.streams(retries, deadLetters));
        streams.setUncaughtExceptionHandler(this::replaceAfterAWhile);
        var watch = FleetWatch.of(fleet, kafka.cluster(), deadLetters);
        var metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(meters);
        running = new Running(streams, watch, deadLetters, metrics);
        watch.start();
        streams.start();
        LOG.infof("Planner started partitions=%d", partitions);
    }

    /** A thread stops because of lost infrastructure, which recovers; a new thread continues from the stored state. */
    private StreamThreadExceptionResponse replaceAfterAWhile(Throwable thrown) {
        if (stopping) return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        var unreadable = UnreadableStateException.behind(thrown);
        if (unreadable.isPresent()) {
            problem = unreadable.get().getMessage();
            LOG.errorf("The planner stops: %s", problem);
            Quarkus.asyncExit(1);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        StorageFailure.behind(thrown)
                .ifPresentOrElse(full -> retries.waitFor(explained(thrown)), () -> retries.failed(thrown));
        try {
            retries.pause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
