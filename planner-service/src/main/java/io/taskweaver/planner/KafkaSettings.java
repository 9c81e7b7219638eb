package io.taskweaver.planner;

import io.taskweaver.domain.schedule.Backoff;
import io.taskweaver.domain.schedule.Patience;
import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.Rights;
import io.taskweaver.wire.Tickets;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.UnsendableToDeadLetters;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.connection.Retries;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.eclipse.microprofile.config.Config;

/** Settings of the planner's Kafka clients, made of {@link ClusterSettings}. */
@ApplicationScoped
class KafkaSettings {
    private final Config config;
    private final PlannerSettings settings;
    private final ClusterSettings cluster;

    KafkaSettings(Config config, PlannerSettings settings) {
        this.config = config;
        this.settings = settings;
        this.cluster = ClusterSettings.ofService(
                config.getPropertyNames(), name -> config.getOptionalValue(name, String.class));
    }

    /** How broker and registry are reached. */
    ClusterSettings cluster() {
        return cluster;
    }

    String topicPrefix() {
        return cluster.topicPrefix();
    }

    /** Settings of {@link EventSerdes}. */
    Map<String, String> serdes() {
        return cluster.serdes();
    }

    /**
     * Settings of the topology's runtime.
     *
     * @param retries is told of what fails without any record
     * @param deadLetters sends what says that an event fits into no message
     */
    Properties streams(Retries retries, Producer<byte[], byte[]> deadLetters) {
        var all = new Properties();
        all.putAll(cluster.streams());
        all.putAll(EventSerdes.settings(serdes()));
        all.put(PlannerDeadLetters.TOPIC_PREFIX, topicPrefix());
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, topicPrefix() + Rights.PLANNER_GROUP);
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        all.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir());
        all.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                settings.commitInterval().toMillis());
        all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        // The order between topics does not matter here, so that none waits for another.
        all.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, -1);
        all.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SmallRocksDb.class);
        all.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, FailedToDeadLetters.class);
        all.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
        all.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, UnsendableToDeadLetters.class);
        // Kafka Streams makes the handlers, and hands them nothing but settings.
        all.put(FailedToDeadLetters.RETRIES, retries);
        all.put(
                UnsendableToDeadLetters.SINK,
                new UnsendableToDeadLetters.Sink("planner", topicPrefix(), serdes(), deadLetters));
        cluster.uncompressedProducer().forEach((name, value) -> all.put(StreamsConfig.producerPrefix(name), value));
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        all.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
                Topics.MAX_MESSAGE_BYTES);
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), (int)
                settings.sessionTimeout().toMillis());
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), (int)
                settings.sessionTimeout().dividedBy(3).toMillis());
        settings.instanceId()
                .ifPresent(id -> all.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), id));
        all.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 10);
        return all;
    }

    /**
     * Tickets of the attempts that are ordered.
     *
     * @throws IllegalStateException if there is no usable key, saying what to do
     */
    Tickets tickets() {
        return Tickets.configured(name -> config.getOptionalValue(name, String.class));
    }

    /** Rules of the topology. */
    PlannerRules rules(int partitions) {
        return new PlannerRules(
                topicPrefix(),
                partitions,
                settings.tick(),
                new Backoff(settings.backoff(), settings.longestBackoff()),
                new Patience(settings.lease(), settings.contractPatience(), settings.mergePatience()),
                settings.limits().limits());
    }
}
