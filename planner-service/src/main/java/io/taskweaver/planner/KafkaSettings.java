package io.taskweaver.planner;

import io.taskweaver.domain.schedule.Backoff;
import io.taskweaver.domain.schedule.Patience;
import io.taskweaver.topics.EventSerdes;
import io.taskweaver.topics.Rights;
import io.taskweaver.topics.Tickets;
import io.taskweaver.topics.Topics;
import io.taskweaver.topics.connection.ClusterSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.eclipse.microprofile.config.Config;

/** Settings of the planner's Kafka clients. Every {@code kafka.*} property goes to each of them without its prefix. */
@ApplicationScoped
class KafkaSettings {
    private static final String CLIENTS = "kafka.";

    private final Config config;
    private final PlannerSettings settings;

    KafkaSettings(Config config, PlannerSettings settings) {
        this.config = config;
        this.settings = settings;
    }

    String topicPrefix() {
        return config.getOptionalValue(PlannerDeadLetters.TOPIC_PREFIX, String.class)
                .orElse("");
    }

    /** Settings that every client has in common. */
    Map<String, Object> client() {
        var all = new HashMap<String, Object>();
        for (var name : config.getPropertyNames()) {
            var dotted =
                    name.startsWith("KAFKA_") ? name.toLowerCase(Locale.ROOT).replace('_', '.') : name;
            if (dotted.startsWith(CLIENTS))
                config.getOptionalValue(name, String.class)
                        .ifPresent(value -> all.putIfAbsent(dotted.substring(CLIENTS.length()), value));
        }
        all.put(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                config.getOptionalValue("kafka.bootstrap.servers", String.class).orElse("localhost:9092"));
        return all;
    }

    /** Settings of {@link EventSerdes}. */
    Map<String, Object> serdes() {
        return new HashMap<>(ClusterSettings.ofService(
                        config.getPropertyNames(), name -> config.getOptionalValue(name, String.class))
                .serdes());
    }

    /** Settings of a producer of events. */
    Map<String, Object> producer() {
        var all = new HashMap<>(EventSerdes.producerSettings(serdes()));
        all.putAll(client());
        return all;
    }

    /** Settings of the topology's runtime. */
    Properties streams() {
        var all = new Properties();
        all.putAll(client());
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
        all.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, UndecodableToDeadLetters.class);
        all.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, FailedToDeadLetters.class);
        all.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
        EventSerdes.producerSettings(serdes())
                .forEach((name, value) -> all.put(StreamsConfig.producerPrefix(name), value));
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
