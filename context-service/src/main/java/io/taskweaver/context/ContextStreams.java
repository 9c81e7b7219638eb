package io.taskweaver.context;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.taskweaver.code.CodeRepository;
import io.taskweaver.model.PlanId;
import io.taskweaver.wire.Rights;
import io.taskweaver.wire.Tickets;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.UnsendableToDeadLetters.Sink;
import io.taskweaver.wire.code.CodeStore;
import io.taskweaver.wire.code.PlanRepositories;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.metrics.Metric;
import io.taskweaver.wire.streams.StreamsInstance;
import io.taskweaver.wire.streams.StreamsRunner;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

/** Starts the stream with the application and stops it with it. */
@ApplicationScoped
public class ContextStreams implements StreamsRunner.Application {
    private final ContextSettings settings;
    private final ClusterSettings cluster;
    private final Tickets tickets;
    private final MeterRegistry meters;
    private final StreamsRunner runner;
    private volatile @Nullable CodeStore code;

    /** @param meters registry of the stream's metrics and outcomes */
    @Inject
    public ContextStreams(ContextSettings settings, ClusterSettings cluster, Tickets tickets, MeterRegistry meters) {
        this.settings = settings;
        this.cluster = cluster;
        this.tickets = tickets;
        this.meters = meters;
        this.runner = new StreamsRunner(Rights.CONTEXT, cluster, instance(settings), meters, this);
    }

    void onStart(@Observes StartupEvent event) {
        code = CodeStore.shared(cluster, Path.of(settings.codeDir()));
        runner.start();
    }

    void onStop(@Observes ShutdownEvent event) {
        runner.close();
        var open = code;
        if (open != null) open.close();
    }

    /** Repositories of the plans, while the service runs. */
    PlanRepositories repositories() {
        return new PlanRepositories() {
            @Override
            public CodeRepository of(PlanId plan) throws IOException {
                return Objects.requireNonNull(code, "the service has not started")
                        .of(plan);
            }

            @Override
            public boolean await(PlanId plan, String commit) throws IOException, InterruptedException {
                return Objects.requireNonNull(code, "the service has not started")
                        .await(plan, commit);
            }

            @Override
            public List<String> records(PlanId plan) throws InterruptedException {
                return Objects.requireNonNull(code, "the service has not started")
                        .records(plan);
            }
        };
    }

    StreamsRunner runner() {
        return runner;
    }

    @Override
    public Topology topology(int partitions) {
        var builder = new StreamsBuilder();
        ContextTopology.add(
                builder, cluster.topicPrefix(), tickets, repositories(), cluster.serdes(), this::count, runner.work());
        return builder.build();
    }

    @Override
    public void starting(Sink letters) {
        Objects.requireNonNull(code, "the service has not started").start();
    }

    @Override
    public Properties settings(Sink letters) {
        return settings(settings, cluster, letters);
    }

    /** Quick to notice a dead instance. */
    static Properties settings(ContextSettings settings, ClusterSettings cluster, Sink letters) {
        var defaults = Map.of(
                StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6000,
                StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1500,
                StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), 1);
        var required = new HashMap<String, Object>();
        required.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.replicationFactor());
        settings.advertisedAddress().ifPresent(address -> {
            required.put(StreamsConfig.APPLICATION_SERVER_CONFIG, address);
            required.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbys());
        });
        // Checked before compression; topics limit the compressed size.
        required.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), 4 * Topics.MAX_MESSAGE_BYTES);
        return instance(settings).settings(Rights.CONTEXT_GROUP, cluster, letters, defaults, required);
    }

    private static StreamsInstance instance(ContextSettings settings) {
        return new StreamsInstance(
                settings.instanceId(),
                settings.stateDir(),
                settings.threads(),
                settings.commitInterval(),
                settings.closeTimeout(),
                settings.stateMemoryMib() * 1024L * 1024);
    }

    @Override
    public void exit() {
        Quarkus.asyncExit(1);
    }

    private void count(String outcome) {
        Metric.CONTEXT_EVENTS.counter(meters, outcome).increment();
    }
}
