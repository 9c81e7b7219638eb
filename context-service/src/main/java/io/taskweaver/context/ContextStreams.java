package io.taskweaver.context;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.taskweaver.domain.storage.StorageFailure;
import io.taskweaver.wire.CurrentWork;
import io.taskweaver.wire.Rights;
import io.taskweaver.wire.Tickets;
import io.taskweaver.wire.UnreadableStateException;
import io.taskweaver.wire.UnsendableToDeadLetters;
import io.taskweaver.wire.connection.Retries;
import io.taskweaver.wire.connection.TopicWait;
import io.taskweaver.wire.metrics.Metric;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;

/** Runs the stream: starts it once its topics exist, replaces a thread that died, stops it with the application. */
@ApplicationScoped
public class ContextStreams {
    private static final Logger LOG = Logger.getLogger(ContextStreams.class);

    /** How long a shutdown waits for pending dead letters. */
    private static final Duration CLOSE_LETTERS = Duration.ofSeconds(2);

    private final ContextSettings settings;
    private final KafkaSettings kafka;
    private final MeterRegistry meters;
    private final Tickets tickets;
    private final Retries retries;
    private final Thread starter =
            Thread.ofPlatform().daemon().name("context-start").unstarted(this::startOnceTopicsExist);
    private volatile @Nullable Running running;
    private volatile @Nullable KafkaProducer<byte[], byte[]> letters;
    private @Nullable KafkaStreamsMetrics metrics;
    private volatile boolean stopping;
    private volatile @Nullable String problem;

    private final CurrentWork work = new CurrentWork(InstantSource.system());

    /** @param meters registry of the stream's metrics and outcomes */
    @Inject
    public ContextStreams(ContextSettings settings, KafkaSettings kafka, MeterRegistry meters) {
        this.settings = settings;
        this.kafka = kafka;
        this.meters = meters;
        this.tickets = kafka.tickets();
        this.retries = new Retries(ContextStreams.class, "context", kafka.cluster());
    }

    void onStart(@Observes StartupEvent event) {
        if (!tickets.areChecked())
            LOG.warnf(
                    "%s is set and there is no ticket key: everybody who can write to a topic can have any result merged",
                    Tickets.INSECURE);
        starter.start();
    }

    void onStop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        starter.interrupt();
        starter.join(settings.closeTimeout());
        stopStream();
        var producer = letters;
        if (producer != null) producer.close(CLOSE_LETTERS);
    }

    private void stopStream() {
        var last = running;
        if (last == null) return;
        // A named instance keeps its group membership for its return; others leave, so that no time is lost.
        var place = settings.instanceId().isPresent()
                ? GroupMembershipOperation.REMAIN_IN_GROUP
                : GroupMembershipOperation.LEAVE_GROUP;
        boolean closed = last.streams()
                .close(CloseOptions.timeout(settings.closeTimeout()).withGroupMembershipOperation(place));
        if (!closed) LOG.warn("Stream did not stop in time");
        if (metrics != null) metrics.close();
    }

    /**
     * The stream, if started.
     *
     * @param partitions of each of its topics
     */
    record Running(KafkaStreams streams, int partitions) {}

    /** Current work of its threads. */
    CurrentWork work() {
        return work;
    }

    /** Empty until its topics exist. */
    Optional<Running> running() {
        return Optional.ofNullable(running);
    }

    /** Why it can never run; empty if it can, or may later. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private static String explained(Throwable thrown) {
        return StorageFailure.behind(thrown)
                .map(failure -> failure.cause() + ". " + failure.remedy())
                .orElseGet(thrown::toString);
    }

    private void startOnceTopicsExist() {
        try {
            int partitions = awaitTopics();
            // If it cannot be unpacked, every stream thread would die and be replaced, endlessly.
            RocksDB.loadLibrary();
            var builder = new StreamsBuilder();
            ContextTopology.add(builder, kafka.prefix(), tickets, kafka.serdes(), this::count, work);
            var producer = new KafkaProducer<>(
                    kafka.cluster().producer("taskweaver-context-dead-letters"),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            letters = producer;
            var sink = new UnsendableToDeadLetters.Sink("context", kafka.prefix(), kafka.serdes(), producer);
            var started = new KafkaStreams(builder.build(), StreamsSettings.of(settings, kafka.cluster(), sink));
            started.setUncaughtExceptionHandler(this::replaced);
            started.setStateListener((now, before) -> LOG.infof("Stream state=%s before=%s", now, before));
            metrics = new KafkaStreamsMetrics(started);
            metrics.bindTo(meters);
            running = new Running(started, partitions);
            started.start();
        } catch (InterruptedException e) {
            LOG.debug("Stopped before the stream started");
        } catch (RuntimeException | Error e) {
            problem = explained(e);
            LOG.errorf(e, "Stream could not start; correct the settings and restart: %s", problem);
        }
    }

    /** Why it waits, if Kafka or the registry cannot be used. */
    Optional<String> waitsFor() {
        return retries.reason();
    }

    /** Waits until the topics exist, and returns their number of partitions. */
    private int awaitTopics() throws InterruptedException {
        var found = new TopicWait(kafka.cluster(), Rights.CONTEXT.topics(), retries).await();
        var inputs = ContextTopology.inputs().stream()
                .map(topic -> topic.name(kafka.prefix()))
                .toList();
        var counts = inputs.stream().map(found::get).collect(Collectors.toSet());
        if (counts.size() > 1)
            throw new IllegalStateException(
                    "the topics " + inputs
                            + " have different numbers of partitions, so events of one plan would be on different partitions; recreate them with equal numbers");
        return counts.iterator().next();
    }

    private StreamThreadExceptionResponse replaced(Throwable death) {
        if (stopping) return StreamThreadExceptionResponse.REPLACE_THREAD;
        var unreadable = UnreadableStateException.behind(death);
        if (unreadable.isPresent()) {
            problem = unreadable.get().getMessage();
            LOG.errorf("The service stops: %s", problem);
            Quarkus.asyncExit(1);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        StorageFailure.behind(death)
                .ifPresentOrElse(full -> retries.waitFor(explained(death)), () -> retries.failed(death));
        try {
            // Its cause (an unavailable registry or broker) is likely to kill the next thread too.
            retries.pause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private void count(String outcome) {
        Metric.CONTEXT_EVENTS.counter(meters, outcome).increment();
    }
}
