package io.taskweaver.wire.connection;

import io.apicurio.registry.resolver.config.SchemaResolverConfig;
import io.taskweaver.model.SimilarNames;
import io.taskweaver.wire.EventSerdes;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Which clients know which settings. */
final class SettingNames {
    static final Set<String> ADMIN = AdminClientConfig.configNames();
    static final Set<String> CONSUMER = ConsumerConfig.configNames();
    /** A share consumer refuses to start with these; Kafka does not publish their names. */
    static final Set<String> SHARE_CONSUMER = without(
            CONSUMER,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG);

    static final Set<String> PRODUCER = ProducerConfig.configNames();

    /** Settings that some Kafka client knows. */
    static final Set<String> CLIENTS = union(ADMIN, CONSUMER, PRODUCER);

    /** The registry's address for Confluent's serializers. */
    static final String CONFLUENT_URL = "schema.registry.url";

    /** The registry's address, in order of precedence. */
    static final List<String> URLS = List.of(ClusterSettings.REGISTRY_URL, EventSerdes.REGISTRY_URL, CONFLUENT_URL);

    private static final Set<String> OURS = Set.of(
            ClusterSettings.REGISTRY_URL,
            ClusterSettings.REGISTRY_USERNAME,
            ClusterSettings.REGISTRY_PASSWORD,
            ClusterSettings.REGISTRY_CA,
            ClusterSettings.CONTEXT_URL,
            ClusterSettings.TOPIC_PREFIX,
            ClusterSettings.ACCESS_TOKEN,
            ClusterSettings.ACCESS_TOKEN_FILE,
            ClusterSettings.ACCESS_CA,
            EventSerdes.SERIALIZER,
            EventSerdes.DESERIALIZER,
            EventSerdes.REGISTRY_TIMEOUT);

    private static final List<String> OF_SERIALIZERS =
            List.of("apicurio.", "schema.registry.", "basic.auth.", "bearer.auth.");

    /** Further settings of Confluent's serializers, without a common prefix. */
    private static final Set<String> OF_CONFLUENTS = Set.of(
            "specific.avro.reader",
            "auto.register.schemas",
            "normalize.schemas",
            "use.latest.version",
            "latest.compatibility.strict",
            "value.subject.name.strategy");

    /** Prefixes of Kafka settings whose names are defined by users or plug-ins. */
    private static final List<String> OPEN = List.of("config.providers.", "metrics.context.");

    /** Login settings of non-JVM clients. */
    private static final Set<String> OF_OTHER_LANGUAGES = Set.of("sasl.username", "sasl.password");

    private SettingNames() {}

    static Set<String> ours() {
        return OURS;
    }

    /** All registry settings, ours and the serializers'. */
    static List<String> ofRegistry() {
        var names = new ArrayList<>(OURS);
        names.removeIf(name -> !name.startsWith("taskweaver.registry.") && !name.startsWith("taskweaver.event."));
        names.addAll(apicurio());
        return names;
    }

    static boolean isOurs(String name) {
        return name.startsWith("taskweaver.");
    }

    static boolean isOfSerializers(String name) {
        return OF_SERIALIZERS.stream().anyMatch(name::startsWith)
                || OF_CONFLUENTS.contains(name)
                || name.equals(EventSerdes.SERIALIZER)
                || name.equals(EventSerdes.DESERIALIZER)
                || name.equals(EventSerdes.REGISTRY_TIMEOUT);
    }

    /** Settings that a Kafka client would treat as a plug-in's, but are for other classes. */
    static boolean isOfOtherLanguages(String name) {
        return OF_OTHER_LANGUAGES.contains(name);
    }

    static boolean isKnown(String name) {
        return isOfOtherLanguages(name)
                || CLIENTS.contains(name)
                || OURS.contains(name)
                || isOfSerializers(name)
                || OPEN.stream().anyMatch(name::startsWith);
    }

    static Optional<String> similar(String name) {
        return SimilarNames.to(name, union(CLIENTS, OURS)).stream().findFirst();
    }

    private static List<String> apicurio() {
        return Arrays.stream(SchemaResolverConfig.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
                .map(SettingNames::constant)
                .filter(value -> value.startsWith("apicurio.registry."))
                .toList();
    }

    private static String constant(java.lang.reflect.Field field) {
        try {
            return String.valueOf(field.get(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> without(Set<String> names, String... excluded) {
        var rest = new HashSet<>(names);
        rest.removeAll(Set.of(excluded));
        return Set.copyOf(rest);
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        var all = new HashSet<String>();
        for (var set : sets) all.addAll(set);
        return Set.copyOf(all);
    }
}
