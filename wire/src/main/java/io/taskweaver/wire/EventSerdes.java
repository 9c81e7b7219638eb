package io.taskweaver.wire;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Serialization of events: Avro in Confluent's wire format (a zero byte, the schema's id as four bytes, the datum). The
 * classes are configurable; the defaults are Apicurio's, which need no account and no licence, with {@link
 * CachedDatums}. Others are used unchanged, from the class path or a jar in {@code lib/ext}.
 */
public final class EventSerdes {
    /** Setting: base URL of the registry, e.g. {@code http://localhost:8081/apis/registry/v3}. */
    public static final String REGISTRY_URL = "apicurio.registry.url";

    /** Setting: class name of the value serializer. */
    public static final String SERIALIZER = "taskweaver.event.serializer";

    /** Setting: class name of the value deserializer. */
    public static final String DESERIALIZER = "taskweaver.event.deserializer";

    /** Setting: timeout of the registry, in milliseconds; 10,000 by default. */
    public static final String REGISTRY_TIMEOUT = "taskweaver.registry.timeout.ms";

    private static final Duration DEFAULT_REGISTRY_TIMEOUT = Duration.ofSeconds(10);

    private static final String DEFAULT_SERIALIZER = "io.apicurio.registry.serde.avro.AvroKafkaSerializer";
    private static final String DEFAULT_DESERIALIZER = "io.apicurio.registry.serde.avro.AvroKafkaDeserializer";

    private static final Duration FOR_EVER = Duration.ofDays(3650);

    private EventSerdes() {}

    /** Defaults of the serializer classes; {@code settings} override them. */
    public static Map<String, Object> settings(Map<String, ?> settings) {
        var all = new HashMap<String, Object>();
        all.put("apicurio.registry.auto-register", "true");
        all.put("apicurio.registry.auto-register.if-exists", "FIND_OR_CREATE_VERSION");
        // Without it a nested type would be registered as a separate subject, which other languages do not resolve.
        all.put("apicurio.registry.dereference-schema", "true");
        all.put("apicurio.registry.use-specific-avro-reader", "true");
        all.put("apicurio.registry.avro-datum-provider", CachedDatums.class);
        // The default, Vert.x, occasionally loses an answer and waits for it without a limit.
        all.put("apicurio.registry.http.adapter", "JDK");
        // The schema of an id never changes, so it need not be reloaded every half minute.
        all.put("apicurio.registry.check-period-ms", String.valueOf(FOR_EVER.toMillis()));
        all.put("specific.avro.reader", "true");
        all.putAll(settings);
        return all;
    }

    /**
     * Producer settings of all writers of events: durable, ordered, partitioned by plan, and compressed, for documents
     * and other large, rare records.
     *
     * @param settings of the connection, which override
     */
    public static Map<String, Object> producerSettings(Map<String, ?> settings) {
        var all = new HashMap<String, Object>();
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        // The only codec that clients in every language read without an extra library; fastest level.
        all.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        all.put(ProducerConfig.COMPRESSION_GZIP_LEVEL_CONFIG, 1);
        all.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        // Checked before compression, so above the broker's limit, which is checked after.
        all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * Topics.MAX_MESSAGE_BYTES);
        all.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, PlanPartitioner.class.getName());
        all.putAll(settings);
        return all;
    }

    /**
     * The same for services that write several records per task: not compressed, unless the connection's settings say
     * so. Compression does not shrink small records, and costs time on writer, broker and every reader. Large values,
     * such as results and state, have limits below {@link Topics#MAX_MESSAGE_BYTES} without a codec.
     *
     * @param settings of the connection, which override
     */
    public static Map<String, Object> uncompressedProducerSettings(Map<String, ?> settings) {
        var all = producerSettings(settings);
        if (!settings.containsKey(ProducerConfig.COMPRESSION_TYPE_CONFIG)) {
            all.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
            all.remove(ProducerConfig.COMPRESSION_GZIP_LEVEL_CONFIG);
        }
        return all;
    }

    /**
     * Serializer of an event; with a registry, its schema is registered under {@code <topic>-value}. If the registry is
     * unavailable, serializing throws exceptions that {@link RegistryOutage} recognizes.
     */
    public static <T extends SpecificRecord> Serializer<T> serializer(Map<String, ?> settings) {
        return serializer(settings, ExtensionJars.installed());
    }

    @SuppressWarnings("unchecked")
    static <T extends SpecificRecord> Serializer<T> serializer(Map<String, ?> settings, ExtensionJars jars) {
        return jars.with(named(settings, SERIALIZER, DEFAULT_SERIALIZER), SERIALIZER, Serializer.class, serializer -> {
            serializer.configure(settings(settings), false);
            return registryCalls(settings).bounded((Serializer<T>) serializer);
        });
    }

    /**
     * Deserializer of an event. If the registry is unavailable, deserializing throws exceptions that {@link
     * RegistryOutage} recognizes.
     */
    public static <T extends SpecificRecord> Deserializer<T> deserializer(Map<String, ?> settings) {
        return deserializer(settings, ExtensionJars.installed());
    }

    @SuppressWarnings("unchecked")
    static <T extends SpecificRecord> Deserializer<T> deserializer(Map<String, ?> settings, ExtensionJars jars) {
        var name = named(settings, DESERIALIZER, DEFAULT_DESERIALIZER);
        return jars.with(name, DESERIALIZER, Deserializer.class, deserializer -> {
            deserializer.configure(settings(settings), false);
            return registryCalls(settings).bounded((Deserializer<T>) deserializer);
        });
    }

    private static BoundedRegistryCalls registryCalls(Map<String, ?> settings) {
        var limit = settings.get(REGISTRY_TIMEOUT);
        return new BoundedRegistryCalls(
                limit == null ? DEFAULT_REGISTRY_TIMEOUT : Duration.ofMillis(Long.parseLong(limit.toString())));
    }

    private static String named(Map<String, ?> settings, String setting, String otherwise) {
        var named = settings.get(setting);
        return named == null || named.toString().isBlank() ? otherwise : named.toString();
    }
}
