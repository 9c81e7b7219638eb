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
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.eclipse.microprofile.config.Config;

/** Settings of the planner's Kafka clients, from {@link ClusterSettings}. */
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

    /** Connection to broker and registry. */
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
     * @param retries is informed of failures without a record
     * @param deadLetters sends dead letters of events that are too large
     */
    Properties streams(Retries retries, Producer<byte[], byte[]> deadLetters) {
        var defaults = new HashMap<String, Object>();
        defaults.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        // The order between topics does not matter, so no topic waits for another.
        defaults.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, -1);
        defaults.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SmallRocksDb.class);
        defaults.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
                Topics.MAX_MESSAGE_BYTES);
        defaults.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 10);
        var required = new HashMap<String, Object>();
        required.putAll(EventSerdes.settings(serdes()));
        required.put(PlannerDeadLetters.TOPIC_PREFIX, topicPrefix());
        required.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        required.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        required.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir());
        required.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                settings.commitInterval().toMillis());
        required.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, FailedToDeadLetters.class);
        required.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
        required.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, UnsendableToDeadLetters.class);
        // Kafka Streams creates the handlers, and passes them only settings.
        required.put(FailedToDeadLetters.RETRIES, retries);
        required.put(
                UnsendableToDeadLetters.SINK,
                new UnsendableToDeadLetters.Sink("planner", topicPrefix(), serdes(), deadLetters));
        required.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        required.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), (int)
                settings.sessionTimeout().toMillis());
        required.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), (int)
                settings.sessionTimeout().dividedBy(3).toMillis());
        settings.instanceId()
                .ifPresent(
                        id -> required.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), id));
        var all = new Properties();
        all.putAll(cluster.streams(topicPrefix() + Rights.PLANNER_GROUP, defaults, required));
        return all;
    }

    /**
     * Tickets of issued attempts.
     *
     * @throws IllegalStateException if there is no usable key; the message has the remedy
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
