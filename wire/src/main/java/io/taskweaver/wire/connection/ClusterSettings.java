package io.taskweaver.wire.connection;

import io.taskweaver.wire.EventSerdes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connection settings of a Kafka cluster and its registry, as one flat map in Kafka's property form: settings of
 * Kafka's clients under their own names, those of the registry under {@code taskweaver.registry.*} or the names that
 * the serializers take ({@code apicurio.registry.*}, or Confluent's {@code schema.registry.*} and {@code
 * basic.auth.*}).
 *
 * <p>One rule determines the settings of a client. Of the user's settings it gets those that it knows, and those that
 * no Kafka client knows, since they are for plug-ins (login modules, callback handlers, configuration providers).
 * Settings of other kinds of client and of serializers are omitted. The user's settings override our defaults, but not
 * required values (a producer waits for all replicas, a reader commits nothing): an ignored one is logged. A {@code
 * client.id} of the user is a prefix of all client ids.
 *
 * @param values by name; blank ones are ignored
 */
public record ClusterSettings(Map<String, String> values) {
    /** Setting: base URL of the registry, of Apicurio's API ({@code .../apis/registry/v3}) or of Confluent's. */
    public static final String REGISTRY_URL = "taskweaver.registry.url";

    /** Setting: user for the registry, by HTTP basic authentication. */
    public static final String REGISTRY_USERNAME = "taskweaver.registry.username";

    /** Setting: password of that user. */
    public static final String REGISTRY_PASSWORD = "taskweaver.registry.password";

    /** Setting: PEM file with the trusted certificate authorities of the registry. */
    public static final String REGISTRY_CA = "taskweaver.registry.ca";

    /** Setting: base URL of the context service. */
    public static final String CONTEXT_URL = "taskweaver.context.url";

    /** Setting: prefix of topic and group names. */
    public static final String TOPIC_PREFIX = "taskweaver.topic-prefix";

    /** Setting: token for REST requests. */
    public static final String ACCESS_TOKEN = "taskweaver.access.token";

    /** Setting: file with that token. */
    public static final String ACCESS_TOKEN_FILE = "taskweaver.access.token-file";

    /** Setting: PEM file with the trusted certificate authorities of REST services. */
    public static final String ACCESS_CA = "taskweaver.access.ca";

    private static final String KAFKA = "kafka.";
    private static final String KAFKA_VARIABLE = "KAFKA_";

    /** The default registry. */
    public static final String DEFAULT_REGISTRY = "http://localhost:8081/apis/registry/v3";

    /** All readers rely on the order and durability of a plan's records. */
    private static final Set<String> PRODUCER_REQUIRES = Set.of(
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.PARTITIONER_CLASS_CONFIG);

    private static final String OF_PRODUCER = "producer.";
    private static final String APPLICATION_ID = "application.id";

    /** Prefixes of settings for one kind of Kafka Streams client. */
    private static final List<String> PREFIXES =
            List.of(OF_PRODUCER, "consumer.", "main.consumer.", "restore.consumer.", "global.consumer.", "admin.");

    /** Logged pairs of client and setting. */
    private static final Set<String> LEFT_OUT = ConcurrentHashMap.newKeySet();

    private static final Logger LOG = LoggerFactory.getLogger(ClusterSettings.class);

    private static final String DEFAULT_BROKER = "localhost:9092";

    public ClusterSettings {
        values = values.entrySet().stream()
                .filter(entry -> !entry.getValue().isBlank())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * Settings of a service: {@code kafka.*} without that prefix, and those of the registry.
     *
     * @param names of all settings, properties and environment variables ({@code KAFKA_SASL_JAAS_CONFIG}) alike
     * @param value of a setting by its dotted name
     */
    public static ClusterSettings ofService(Iterable<String> names, Function<String, Optional<String>> value) {
        KafkaLogFilter.calm();
        var all = new HashMap<String, String>();
        for (var name : names) {
            if (name.startsWith(KAFKA) || name.startsWith(KAFKA_VARIABLE)) {
                var dotted = dotted(name).substring(KAFKA.length());
                value.apply(KAFKA + dotted).or(() -> value.apply(name)).ifPresent(set -> all.put(dotted, set));
            } else if (SettingNames.isOfSerializers(name)) value.apply(name).ifPresent(set -> all.put(name, set));
        }
        // Also looked up by name, since a variable does not show which underscores are dots.
        for (var name : SettingNames.ofRegistry()) value.apply(name).ifPresent(set -> all.put(name, set));
        value.apply(TOPIC_PREFIX).ifPresent(set -> all.put(TOPIC_PREFIX, set));
        return new ClusterSettings(all);
    }

    /** Settings from environment variables, with the same names as for services. */
    public static ClusterSettings ofEnvironment(Map<String, String> environment) {
        var all = new HashMap<String, String>();
        environment.forEach((variable, value) -> {
            if (variable.startsWith(KAFKA_VARIABLE)) all.put(dotted(variable).substring(KAFKA.length()), value);
        });
        for (var name : SettingNames.ours()) {
            var value = environment.get(variable(name));
            if (value != null) all.put(name, value);
        }
        return new ClusterSettings(all);
    }

    /** The variable of a setting, as MicroProfile Config derives it. */
    public static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** The variable from which {@link #ofEnvironment} reads a setting. */
    public static String variableOf(String name) {
        return variable(SettingNames.ours().contains(name) ? name : KAFKA + name);
    }

    private static String dotted(String name) {
        return name.startsWith(KAFKA_VARIABLE) ? name.toLowerCase(Locale.ROOT).replace('_', '.') : name;
    }

    /**
     * These settings, with the others as fallback. Brokers, registry and REST are each resolved as a unit: if both name
     * different servers, login and certificates of the others are omitted; and a login of these replaces one of the
     * others, whatever the setting names.
     */
    public ClusterSettings over(ClusterSettings others) {
        var all = new HashMap<>(others.values);
        for (var endpoint : Endpoint.values()) all.keySet().removeIf(name -> endpoint.givesWay(name, this, others));
        all.putAll(values);
        return new ClusterSettings(all);
    }

    /**
     * Settings that are omitted because they are for another server.
     *
     * @param names of the settings
     * @param server that they are for
     * @param instead the server in use
     */
    public record LeftOut(Set<String> names, String server, String instead) {}

    /** Settings that {@link #over} omits because they are for another server. */
    public List<LeftOut> leftOut(ClusterSettings others) {
        var all = new ArrayList<LeftOut>();
        for (var endpoint : Endpoint.values()) {
            if (!endpoint.isElsewhere(this, others)) continue;
            var server = endpoint.address(others).orElseThrow();
            var names = new TreeSet<String>();
            others.values.forEach((name, value) -> {
                if (endpoint.givesWay(name, this, others) && !endpoint.isAddress(name) && !values.containsKey(name))
                    names.add(name);
            });
            if (!names.isEmpty())
                all.add(new LeftOut(names, server, endpoint.address(this).orElseThrow()));
        }
        return all;
    }

    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Addresses of the brokers, {@code host:port}, comma separated. */
    public String bootstrap() {
        return value(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG).orElse(DEFAULT_BROKER);
    }

    /** Base URL of the registry. */
    public String registryUrl() {
        return SettingNames.URLS.stream()
                .flatMap(name -> value(name).stream())
                .findFirst()
                .orElse(DEFAULT_REGISTRY);
    }

    /** Whether a registry is configured. */
    public boolean namesRegistry() {
        return SettingNames.URLS.stream().anyMatch(values::containsKey);
    }

    /** Prefix of topic and group names; may be empty. */
    public String topicPrefix() {
        return value(TOPIC_PREFIX).orElse("");
    }

    /**
     * Settings of an admin client.
     *
     * @param client name of it in logs and metrics
     */
    public Map<String, Object> admin(String client, Map<String, ?> defaults) {
        var all = new HashMap<String, Object>();
        // By default it would loop and log without a pause while no broker answers.
        all.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        all.putAll(defaults);
        return client(SettingNames.ADMIN, client, all, Map.of());
    }

    /** The same with Kafka's defaults. */
    public Map<String, Object> admin(String client) {
        return admin(client, Map.of());
    }

    /**
     * Settings of a consumer of a classic group or of none.
     *
     * @param client name of it in logs and metrics
     * @param required values that our use requires
     */
    public Map<String, Object> consumer(String client, Map<String, ?> defaults, Map<String, ?> required) {
        return client(SettingNames.CONSUMER, client, defaults, required);
    }

    /**
     * Settings of a consumer of a share group.
     *
     * @param client name of it in logs and metrics
     * @param required values that our use requires
     */
    public Map<String, Object> shareConsumer(String client, Map<String, ?> required) {
        return client(SettingNames.SHARE_CONSUMER, client, Map.of(), required);
    }

    /**
     * Settings of a producer of events, without those of serializers.
     *
     * @param client name of it in logs and metrics
     */
    public Map<String, Object> producer(String client) {
        return producer(client, EventSerdes.producerSettings(client(SettingNames.PRODUCER)));
    }

    /**
     * The same for services that write several records per task, see {@link EventSerdes#uncompressedProducerSettings}.
     */
    public Map<String, Object> uncompressedProducer(String client) {
        return producer(client, EventSerdes.uncompressedProducerSettings(client(SettingNames.PRODUCER)));
    }

    private Map<String, Object> producer(String client, Map<String, Object> defaults) {
        return client(SettingNames.PRODUCER, client, defaults, requiredOfProducers());
    }

    private static Map<String, Object> requiredOfProducers() {
        var required = EventSerdes.producerSettings(Map.of());
        required.keySet().retainAll(PRODUCER_REQUIRES);
        return required;
    }

    /**
     * Settings of Kafka Streams, which passes each client the settings that it knows. Its producer writes events.
     *
     * @param application its application id
     * @param defaults with prefixes for kinds of client, see {@code StreamsConfig}; the user's settings override them,
     *     with or without prefix
     * @param required values that our use requires
     */
    public Map<String, Object> streams(String application, Map<String, ?> defaults, Map<String, ?> required) {
        var all = new HashMap<String, Object>();
        EventSerdes.uncompressedProducerSettings(client(SettingNames.PRODUCER))
                .forEach((name, value) -> all.put(OF_PRODUCER + name, value));
        defaults.forEach((name, value) -> {
            if (!values.containsKey(withoutPrefix(name))) all.put(name, value);
        });
        all.putAll(ofKafka());
        require(all, application, required);
        requiredOfProducers().forEach((name, value) -> require(all, application, Map.of(OF_PRODUCER + name, value)));
        require(all, application, Map.of(APPLICATION_ID, application));
        return all;
    }

    private static String withoutPrefix(String name) {
        return PREFIXES.stream()
                .filter(name::startsWith)
                .findFirst()
                .map(prefix -> name.substring(prefix.length()))
                .orElse(name);
    }

    private Map<String, Object> client(
            Set<String> known, String client, Map<String, ?> defaults, Map<String, ?> required) {
        var all = new HashMap<String, Object>(defaults);
        all.putAll(client(known));
        require(all, client, required);
        var own = value(CommonClientConfigs.CLIENT_ID_CONFIG);
        all.put(
                CommonClientConfigs.CLIENT_ID_CONFIG,
                own.map(id -> id + "-" + client).orElse(client));
        return all;
    }

    private void require(Map<String, Object> all, String client, Map<String, ?> required) {
        required.forEach((name, value) -> {
            var given = value(name).or(() -> value(withoutPrefix(name)));
            if (given.filter(other -> !other.equals(value.toString())).isPresent() && LEFT_OUT.add(client + " " + name))
                LOG.warn("Setting is ignored, another value is required client={} {}={}", client, name, value);
            all.put(name, value);
        });
    }

    /** Settings of {@link EventSerdes}, with registry and login under Apicurio's and Confluent's names. */
    public Map<String, String> serdes() {
        var all = new HashMap<String, String>();
        values.forEach((name, value) -> {
            if (SettingNames.isOfSerializers(name)) all.put(name, value);
        });
        all.put(EventSerdes.REGISTRY_URL, registryUrl());
        all.putIfAbsent(SettingNames.CONFLUENT_URL, RegistryPaths.confluent(registryUrl()));
        RegistryLogin.of(this).addTo(all);
        return all;
    }

    private Map<String, Object> client(Set<String> known) {
        var all = ofKafka();
        all.keySet().removeIf(name -> !known.contains(name) && SettingNames.CLIENTS.contains(name));
        return all;
    }

    private Map<String, Object> ofKafka() {
        var all = new HashMap<String, Object>();
        values.forEach((name, value) -> {
            if (!SettingNames.isOurs(name)
                    && !SettingNames.isOfSerializers(name)
                    && !SettingNames.isOfOtherLanguages(name)) all.put(name, value);
        });
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrap());
        return all;
    }

    /** Unknown setting names, each with the most similar known one. */
    public Map<String, Optional<String>> unknown() {
        var unknown = new TreeMap<String, Optional<String>>();
        for (var name : values.keySet()) if (!SettingNames.isKnown(name)) unknown.put(name, SettingNames.similar(name));
        return unknown;
    }

    @Override
    public String toString() {
        return "ClusterSettings" + new TreeMap<>(values).keySet(); // Values may be secrets.
    }
}
