package io.taskweaver.wire.streams;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.taskweaver.model.storage.StorageFailure;
import io.taskweaver.wire.Causes;
import io.taskweaver.wire.CurrentWork;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.Rights;
import io.taskweaver.wire.UnreadableStateException;
import io.taskweaver.wire.UnsendableToDeadLetters.Sink;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.connection.Retries;
import io.taskweaver.wire.connection.TopicWait;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the topology of a service from when its topics exist until it is closed. Starting does not wait for the broker: until
 * that answers, the service is up but not ready.
 */
public final class StreamsRunner {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsRunner.class);

    /** How long a shutdown waits for pending dead letters. */
    private static final Duration CLOSE_LETTERS = Duration.ofSeconds(2);

    private final Rights service;
    private final ClusterSettings cluster;
    private final StreamsInstance instance;
    private final MeterRegistry meters;
    private final Application application;
    private final Retries retries;
    private final CurrentWork work = new CurrentWork(InstantSource.system());
    private final Thread starter;
    private volatile String stateFolder = "";
    private volatile boolean stopping;
    private volatile @Nullable String problem;
    private volatile @Nullable Running running;

    /** What is run. */
    public interface Application {
        /** @param partitions that every topic of plans has */
        Topology topology(int partitions);

        /** @param letters destination of events that are too large for a message */
        Properties settings(Sink letters);

        /** The topology is about to start. */
        default void starting(Sink letters) {}

        /** Ends the process, whose state cannot be read. */
        void exit();
    }

    /**
     * What runs.
     *
     * @param partitions that every topic of plans has
     */
    public record Running(KafkaStreams streams, int partitions, Sink letters, KafkaStreamsMetrics metrics) {}

    /**
     * @param service that has the topology
     * @param meters where the metrics of Kafka Streams go
     */
    public StreamsRunner(
            Rights service,
            ClusterSettings cluster,
            StreamsInstance instance,
            MeterRegistry meters,
            Application application) {
        this.service = service;
        this.cluster = cluster;
        this.instance = instance;
        this.meters = meters;
        this.application = application;
        this.retries = new Retries(StreamsRunner.class, service.name(), cluster);
        this.starter =
                Thread.ofPlatform().daemon().name(service.name() + "-start").unstarted(this::startWhenTopicsExist);
    }

    public void start() {
        starter.start();
    }

    /** Stops in order. A named instance keeps its place for its return; any other leaves, so that nobody waits for it. */
    public void close() {
        stopping = true;
        starter.interrupt();
        try {
            starter.join(instance.closeTimeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var last = running;
        if (last == null) return;
        last.metrics().close();
        var place = instance.id().isPresent()
                ? GroupMembershipOperation.REMAIN_IN_GROUP
                : GroupMembershipOperation.LEAVE_GROUP;
        if (!last.streams().close(CloseOptions.timeout(instance.closeTimeout()).withGroupMembershipOperation(place)))
            LOG.warn("Topology did not stop in time service={} timeout={}", service.name(), instance.closeTimeout());
        last.letters().producer().close(CLOSE_LETTERS);
    }

    /** Empty until the topics exist. */
    public Optional<Running> running() {
        return Optional.ofNullable(running);
    }

    /** Whether the topology runs, its state restored, and nothing is worked on for longer than that. */
    public boolean isReady(Duration longest) {
        return state() == KafkaStreams.State.RUNNING && work.isMovingOn(longest);
    }

    /** Whether it has not given up for good. */
    public boolean isAlive() {
        return problem == null && state() != KafkaStreams.State.ERROR;
    }

    /** What it is at, for health. */
    public Map<String, String> standing() {
        var data = new TreeMap<String, String>();
        var state = state();
        data.put("topology", state == null ? "WAITING_FOR_TOPICS" : state.name());
        Optional.ofNullable(problem).or(retries::reason).ifPresent(why -> data.put("why", why));
        work.oldest().ifPresent(item -> {
            data.put("worksOn", item.what());
            data.put("since", item.since().toString());
        });
        return data;
    }

    private KafkaStreams.@Nullable State state() {
        var now = running;
        return now == null ? null : now.streams().state();
    }

    /** Called with failures that belong to no record. */
    public Retries retries() {
        return retries;
    }

    /** Current work of its threads. */
    public CurrentWork work() {
        return work;
    }

    private void startWhenTopicsExist() {
        try {
            int partitions = partitions(new TopicWait(cluster, service.topics(), retries).await());
            if (!stopping) start(partitions);
        } catch (InterruptedException e) {
            LOG.debug("Stopped before the topics existed service={}", service.name());
        } catch (RuntimeException | Error e) {
            if (hasExited(e)) return;
            problem = explained(e);
            LOG.error("The {} cannot start; correct the settings and restart: {}", service.name(), problem, e);
        }
    }

    /** @throws IllegalStateException if topics have different numbers of partitions: a plan would have no single partition */
    private int partitions(Map<String, Integer> found) {
        var counts = new TreeMap<Integer, String>();
        for (var topic : service.topicsByPlan()) {
            var name = topic.name(cluster.topicPrefix());
            counts.putIfAbsent(found.getOrDefault(name, 0), name);
        }
        if (counts.size() > 1)
            throw new IllegalStateException("The topics have different numbers of partitions, e.g. " + counts
                    + ". Topics keyed by plan need the same number: create them with `taskweaver topics apply`.");
        return counts.firstKey();
    }

    private void start(int partitions) {
        // Where it cannot be unpacked, every stream thread would die and be replaced, endlessly.
        RocksDB.loadLibrary();
        var letters = new Sink(
                new DeadLetters(service.name(), cluster.topicPrefix(), cluster.serdes()),
                new KafkaProducer<>(
                        cluster.producer("taskweaver-" + service.name() + "-dead-letters"),
                        new ByteArraySerializer(),
                        new ByteArraySerializer()));
        var settings = application.settings(letters);
        stateFolder = settings.getProperty(StreamsConfig.STATE_DIR_CONFIG, "its state folder");
        var streams = new KafkaStreams(application.topology(partitions), settings);
        streams.setUncaughtExceptionHandler(this::replaceAfterAWhile);
        streams.setStateListener(
                (now, before) -> LOG.info("Topology service={} state={} before={}", service.name(), now, before));
        var metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(meters);
        running = new Running(streams, partitions, letters, metrics);
        application.starting(letters);
        streams.start();
        LOG.info("Started service={} partitions={}", service.name(), partitions);
    }

    /** What stops a thread is lost infrastructure, which comes back; a new thread goes on from what was kept. */
    private StreamThreadExceptionResponse replaceAfterAWhile(Throwable thrown) {
        if (stopping) return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        if (hasExited(thrown)) return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        StorageFailure.behind(thrown)
                .ifPresentOrElse(full -> retries.waitFor(explained(thrown)), () -> retries.failed(thrown));
        try {
            // What killed it, a registry or broker that is away, is likely to kill the next one too.
            retries.pause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Whether the service exits for it: for state that cannot be read, which no other thread could read either. */
    private boolean hasExited(Throwable thrown) {
        var unreadable = UnreadableStateException.behind(thrown)
                .map(Throwable::getMessage)
                .or(() -> DamagedState.behind(thrown, stateFolder));
        if (unreadable.isEmpty()) return false;
        problem = unreadable.get();
        LOG.error("The {} stops: {}", service.name(), problem);
        application.exit();
        return true;
    }

    private static String explained(Throwable thrown) {
        return StorageFailure.behind(thrown)
                .map(failure -> failure.cause() + ". " + failure.remedy())
                .orElseGet(() -> Causes.explained(thrown));
    }
}
