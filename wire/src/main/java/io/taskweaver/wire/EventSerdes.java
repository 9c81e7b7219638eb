package io.taskweaver.wire;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * How events become bytes: Avro in Confluent's wire format (a zero byte, the schema's id as four bytes, the datum). The
 * classes that do it are configuration; by default they are Apicurio's, which need no account and no licence, with {@link
 * CachedDatums}. Others are used as they are; they are on the class path or in a jar of {@code lib/ext}.
 */
public final class EventSerdes {
    /** Setting: base URL of the registry, e.g. {@code http://localhost:8081/apis/registry/v3}. */
    public static final String REGISTRY_URL = "apicurio.registry.url";

    /** Setting: class name of the value serializer. */
    public static final String SERIALIZER = "taskweaver.event.serializer";

    /** Setting: class name of the value deserializer. */
    public static final String DESERIALIZER = "taskweaver.event.deserializer";

    /** Setting: for how long the registry is waited for, in milliseconds; 10,000 by default. */
    public static final String REGISTRY_TIMEOUT = "taskweaver.registry.timeout.ms";

    private static final Duration DEFAULT_REGISTRY_TIMEOUT = Duration.ofSeconds(10);

    private static final String DEFAULT_SERIALIZER = "io.apicurio.registry.serde.avro.AvroKafkaSerializer";
    private static final String DEFAULT_DESERIALIZER = "io.apicurio.registry.serde.avro.AvroKafkaDeserializer";

    private static final Duration FOR_EVER = Duration.ofDays(3650);

    private EventSerdes() {}

    /** Settings that the serializer classes take, over which {@code settings} wins. */
    public static Map<String, Object> settings(Map<String, ?> settings) {
        var all = new HashMap<String, Object>();
        all.put("apicurio.registry.auto-register", "true");
        all.put("apicurio.registry.auto-register.if-exists", "FIND_OR_CREATE_VERSION");
        // Without it a nested type would be registered as a subject of its own, which other languages do not resolve.
        all.put("apicurio.registry.dereference-schema", "true");
        all.put("apicurio.registry.use-specific-avro-reader", "true");
        all.put("apicurio.registry.avro-datum-provider", CachedDatums.class);
        // Its default, Vert.x, loses an answer now and then and waits for it without end.
        all.put("apicurio.registry.http.adapter", "JDK");
        // What an id stands for never changes, so that it need not be asked for again every half minute.
        all.put("apicurio.registry.check-period-ms", String.valueOf(FOR_EVER.toMillis()));
        all.put("specific.avro.reader", "true");
        all.putAll(settings);
        return all;
    }

    /**
     * Producer settings that every writer of events shares: durable, ordered, partitioned by plan, and compressed, for documents
     * and whatever else is large and seldom.
     *
     * @param settings of the connection, which win
     */
    public static Map<String, Object> producerSettings(Map<String, ?> settings) {
        var all = new HashMap<String, Object>();
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        // The only codec that clients in every language read without an add-on; its fastest level.
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
     * The same for who writes several records for each task: not compressed, unless the connection says so. Small records
     * become no smaller, and writer, broker and every reader would work on them. What is large as well, a result with its
     * files or a value of a state, has limits below {@link Topics#MAX_MESSAGE_BYTES} without any codec.
     *
     * @param settings of the connection, which win
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
     * Serializer of an event; with a registry, its schema is registered under {@code <topic>-value}. If the registry can
     * not be asked, serializing throws what {@link RegistryOutage} knows.
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

    /** Deserializer of an event. If the registry cannot be asked, deserializing throws what {@link RegistryOutage} knows. */
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
