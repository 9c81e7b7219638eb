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
 * How one Kafka and its registry are reached, as one flat map in Kafka's property form: settings of Kafka's clients under
 * their own names, those of the registry under {@code taskweaver.registry.*} or the names that the serializers take
 * ({@code apicurio.registry.*}, or Confluent's {@code schema.registry.*} and {@code basic.auth.*}).
 *
 * <p>One rule says what a client gets. Of the user's settings: those that it knows, and those that no client of Kafka's knows,
 * for they are for plug-ins (login modules, callback handlers, configuration providers). What only another kind of client
 * knows, or what is for serializers, does not reach it. The user's settings replace our defaults, but not what our use of the
 * client requires (that a producer waits for all replicas, that a reader commits nothing): one that is left out is logged. A
 * {@code client.id} of the user's begins those of all clients.
 *
 * @param values by name; blank ones count as not set
 */
public record ClusterSettings(Map<String, String> values) {
    /** Setting: base URL of the registry, of Apicurio's API ({@code .../apis/registry/v3}) or of Confluent's. */
    public static final String REGISTRY_URL = "taskweaver.registry.url";

    /** Setting: user that the registry is asked as, by HTTP basic authentication. */
    public static final String REGISTRY_USERNAME = "taskweaver.registry.username";

    /** Setting: password of that user. */
    public static final String REGISTRY_PASSWORD = "taskweaver.registry.password";

    /** Setting: file with the certificates, as PEM, of the authorities that the registry's certificate is trusted by. */
    public static final String REGISTRY_CA = "taskweaver.registry.ca";

    /** Setting: base URL of the context service. */
    public static final String CONTEXT_URL = "taskweaver.context.url";

    /** Setting: what names of topics and groups begin with. */
    public static final String TOPIC_PREFIX = "taskweaver.topic-prefix";

    /** Setting: token that REST is asked with. */
    public static final String ACCESS_TOKEN = "taskweaver.access.token";

    /** Setting: file that holds that token. */
    public static final String ACCESS_TOKEN_FILE = "taskweaver.access.token-file";

    /** Setting: file with the certificates, as PEM, of the authorities that certificates of REST are trusted by. */
    public static final String ACCESS_CA = "taskweaver.access.ca";

    private static final String KAFKA = "kafka.";
    private static final String KAFKA_VARIABLE = "KAFKA_";

    /** The registry that is asked where none is named. */
    public static final String DEFAULT_REGISTRY = "http://localhost:8081/apis/registry/v3";

    /** The order of what a plan's producers write, and that it stays, is what everyone else relies on. */
    private static final Set<String> PRODUCER_REQUIRES = Set.of(
            ProducerConfig.ACKS_CONFIG,
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            ProducerConfig.PARTITIONER_CLASS_CONFIG);

    private static final String OF_PRODUCER = "producer.";
    private static final String APPLICATION_ID = "application.id";

    /** What names begin with that Kafka Streams takes for one kind of its clients. */
    private static final List<String> PREFIXES =
            List.of(OF_PRODUCER, "consumer.", "main.consumer.", "restore.consumer.", "global.consumer.", "admin.");

    /** What was logged: client and setting. */
    private static final Set<String> LEFT_OUT = ConcurrentHashMap.newKeySet();

    private static final Logger LOG = LoggerFactory.getLogger(ClusterSettings.class);

    private static final String DEFAULT_BROKER = "localhost:9092";

    public ClusterSettings {
        values = values.entrySet().stream()
                .filter(entry -> !entry.getValue().isBlank())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * Settings of a service: every {@code kafka.*} without that prefix, and those of the registry by name.
     *
     * @param names of all settings, properties and environment variables ({@code KAFKA_SASL_JAAS_CONFIG}) alike
     * @param value of a setting by its dotted name
     */
    public static ClusterSettings ofService(Iterable<String> names, Function<String, Optional<String>> value) {
        KafkaLogs.calm();
        var all = new HashMap<String, String>();
        for (var name : names) {
            if (name.startsWith(KAFKA) || name.startsWith(KAFKA_VARIABLE)) {
                var dotted = dotted(name).substring(KAFKA.length());
                value.apply(KAFKA + dotted).or(() -> value.apply(name)).ifPresent(set -> all.put(dotted, set));
            } else if (SettingNames.isOfSerializers(name)) value.apply(name).ifPresent(set -> all.put(name, set));
        }
        // Asked for by name as well, since a variable does not say which of its underscores are dots.
        for (var name : SettingNames.ofRegistry()) value.apply(name).ifPresent(set -> all.put(name, set));
        value.apply(TOPIC_PREFIX).ifPresent(set -> all.put(TOPIC_PREFIX, set));
        return new ClusterSettings(all);
    }

    /** What the environment of a process says, under the same variables that services take. */
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

    /** The variable of a setting of ours, as MicroProfile Config derives it. */
    public static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** The variable that {@link #ofEnvironment} takes a setting from. */
    public static String variableOf(String name) {
        return variable(SettingNames.ours().contains(name) ? name : KAFKA + name);
    }

    private static String dotted(String name) {
        return name.startsWith(KAFKA_VARIABLE) ? name.toLowerCase(Locale.ROOT).replace('_', '.') : name;
    }

    /**
     * These settings where they say something, the others elsewhere. Brokers, registry and REST are taken as a whole: where
     * these and the others name different servers, the others' login and certificates do not come along; and a login of
     * these replaces one of the others, whatever the names of both.
     */
    public ClusterSettings over(ClusterSettings others) {
        var all = new HashMap<>(others.values);
        for (var endpoint : Endpoint.values()) all.keySet().removeIf(name -> endpoint.givesWay(name, this, others));
        all.putAll(values);
        return new ClusterSettings(all);
    }

    /**
     * Settings that do not come along because they are for another server.
     *
     * @param names of the settings
     * @param server that they are for
     * @param instead the one that is asked
     */
    public record LeftOut(Set<String> names, String server, String instead) {}

    /** What {@link #over} leaves out of the others because it is for another server. */
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

    /** Whether a registry is named at all. */
    public boolean namesRegistry() {
        return SettingNames.URLS.stream().anyMatch(values::containsKey);
    }

    /** What names of topics and groups begin with; may be empty. */
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
        // By default it would turn and log without a pause for as long as no broker answers.
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
     * @param required what its use requires
     */
    public Map<String, Object> consumer(String client, Map<String, ?> defaults, Map<String, ?> required) {
        return client(SettingNames.CONSUMER, client, defaults, required);
    }

    /**
     * Settings of a consumer of a share group.
     *
     * @param client name of it in logs and metrics
     * @param required what its use requires
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

    /** The same for who writes several records for each task, see {@link EventSerdes#uncompressedProducerSettings}. */
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
     * Settings for Kafka Streams, which hands each of its clients what that one knows. Its producer is one of events.
     *
     * @param application its application id
     * @param defaults those of one kind of client with its prefix, see {@code StreamsConfig}; the user's replace them, with
     *     the prefix or without
     * @param required what its use requires
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
                LOG.warn("setting is left out, another value is required client={} {}={}", client, name, value);
            all.put(name, value);
        });
    }

    /** Settings of {@link EventSerdes}, with registry and login in Apicurio's words and in Confluent's. */
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

    /** Names that neither Kafka's clients nor the serializers nor we know, each with the known one that is most like it. */
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
