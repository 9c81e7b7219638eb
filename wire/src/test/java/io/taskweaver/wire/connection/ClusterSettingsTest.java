package io.taskweaver.wire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.wire.PlanPartitioner;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class ClusterSettingsTest {
    private static final Map<String, String> SECURED = Map.of(
            "bootstrap.servers", "broker:9093",
            "security.protocol", "SASL_SSL",
            "sasl.jaas.config", "a.LoginModule required;",
            "ssl.truststore.location", "/ca.pem",
            "our.login.module.realm", "weavers",
            "taskweaver.registry.url", "https://registry",
            "taskweaver.registry.username", "weaver",
            "taskweaver.registry.password", "s3cret",
            "taskweaver.registry.ca", "/registry-ca.pem");

    @Test
    void every_client_gets_the_login_and_what_is_for_plug_ins() {
        var cluster = new ClusterSettings(SECURED);

        for (var client : new Map<?, ?>[] {
            cluster.admin("test"),
            cluster.consumer("test", Map.of(), Map.of()),
            cluster.producer("test"),
            cluster.streams("test", Map.of(), Map.of())
        })
            assertThat(client.keySet().stream().map(String::valueOf))
                    .contains(
                            "bootstrap.servers",
                            "security.protocol",
                            "sasl.jaas.config",
                            "ssl.truststore.location",
                            "our.login.module.realm")
                    .noneMatch(name -> name.startsWith("taskweaver.") || name.startsWith("apicurio."));
    }

    @Test
    void what_only_another_kind_of_client_knows_does_not_reach_it() {
        var cluster = new ClusterSettings(Map.of("fetch.max.wait.ms", "7", "batch.size", "9"));

        assertThat(cluster.admin("test")).doesNotContainKeys("fetch.max.wait.ms", "batch.size");
        assertThat(cluster.consumer("test", Map.of(), Map.of()))
                .containsEntry("fetch.max.wait.ms", "7")
                .doesNotContainKey("batch.size");
        assertThat(cluster.producer("test")).containsEntry("batch.size", "9").doesNotContainKey("fetch.max.wait.ms");
    }

    @Test
    void a_producer_of_many_small_records_compresses_where_it_is_told_to() {
        assertThat(new ClusterSettings(Map.of()).producer("test")).containsEntry("compression.type", "gzip");
        assertThat(new ClusterSettings(Map.of()).uncompressedProducer("test"))
                .containsEntry("compression.type", "none");
        assertThat(new ClusterSettings(Map.of("compression.type", "zstd")).uncompressedProducer("test"))
                .containsEntry("compression.type", "zstd");
        assertThat(new ClusterSettings(Map.of()).uncompressedProducer("writer"))
                .containsEntry("compression.type", "none");
    }

    @Test
    void the_users_settings_replace_defaults_but_not_what_the_use_of_a_client_requires() {
        var cluster = new ClusterSettings(Map.of(
                "fetch.max.wait.ms", "7",
                "enable.auto.commit", "true",
                "metadata.recovery.strategy", "rebootstrap",
                "compression.type", "zstd",
                "acks", "1",
                "partitioner.class", "a.Partitioner"));

        var defaults = Map.of("fetch.max.wait.ms", 100, "max.poll.records", 5000);
        assertThat(cluster.consumer("reader", defaults, Map.of("enable.auto.commit", false)))
                .containsEntry("fetch.max.wait.ms", "7")
                .containsEntry("max.poll.records", 5000)
                .containsEntry("enable.auto.commit", false);
        assertThat(cluster.producer("writer"))
                .containsEntry("compression.type", "zstd")
                .containsEntry("acks", "all")
                .containsEntry("partitioner.class", PlanPartitioner.class.getName());
        assertThat(cluster.admin("admin")).containsEntry("metadata.recovery.strategy", "rebootstrap");
    }

    @Test
    void every_client_has_its_own_name_which_begins_with_the_users() {
        assertThat(new ClusterSettings(Map.of()).producer("writer")).containsEntry("client.id", "writer");
        assertThat(new ClusterSettings(Map.of("client.id", "acme")).producer("writer"))
                .containsEntry("client.id", "acme-writer");
    }

    /** Kafka's client throws for each of these, although other consumers of the same program need them. */
    @Test
    void a_consumer_of_a_share_group_begins_whatever_is_set_for_other_consumers() {
        var others = new ClusterSettings(Map.of(
                "auto.offset.reset", "latest",
                "enable.auto.commit", "false",
                "group.instance.id", "one",
                "isolation.level", "read_committed",
                "partition.assignment.strategy", "a.Assignor",
                "interceptor.classes", "an.Interceptor",
                "session.timeout.ms", "6000",
                "heartbeat.interval.ms", "1500",
                "group.protocol", "consumer",
                "group.remote.assignor", "uniform"));
        var nowhere = new ClusterSettings(Map.of("bootstrap.servers", "127.0.0.1:1"));
        var settings = others.over(nowhere).shareConsumer("intake", Map.of("group.id", "executors"));

        var consumer = new KafkaShareConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.close(Duration.ZERO);
    }

    @Test
    void the_same_rule_holds_for_each_client_of_kafka_streams() {
        var cluster = new ClusterSettings(Map.of(
                "bootstrap.servers", "127.0.0.1:1",
                "acks", "1",
                "session.timeout.ms", "9000",
                "compression.type", "zstd",
                "producer.linger.ms", "5",
                "application.id", "mine"));
        var streams = new StreamsConfig(cluster.streams(
                "planner",
                Map.of("consumer.session.timeout.ms", 6000, "commit.interval.ms", 100),
                Map.of("consumer.auto.offset.reset", "earliest")));

        assertThat(streams.getString("application.id")).isEqualTo("planner");
        assertThat(streams.getLong("commit.interval.ms")).isEqualTo(100);
        assertThat(streams.getMainConsumerConfigs("group", "client", 0))
                .containsEntry("session.timeout.ms", "9000")
                .containsEntry("auto.offset.reset", "earliest");
        assertThat(streams.getProducerConfigs("client"))
                .containsEntry("acks", "all")
                .containsEntry("compression.type", "zstd")
                .containsEntry("linger.ms", "5");
    }

    @Test
    void serializers_log_in_to_the_registry_and_trust_its_authority() {
        assertThat(new ClusterSettings(SECURED).serdes())
                .containsEntry("apicurio.registry.url", "https://registry")
                .containsEntry("apicurio.registry.auth.username", "weaver")
                .containsEntry("apicurio.registry.auth.password", "s3cret")
                .containsEntry("apicurio.registry.tls.truststore.type", "PEM")
                .containsEntry("apicurio.registry.tls.truststore.location", "/registry-ca.pem")
                .doesNotContainKeys("bootstrap.servers", "sasl.jaas.config");
    }

    @Test
    void confluents_serializers_get_the_registry_the_login_and_the_authority_in_their_own_words() {
        var cluster = new ClusterSettings(SECURED)
                .over(new ClusterSettings(Map.of("auto.register.schemas", "false", "max.poll.records", "7")));

        assertThat(cluster.serdes())
                .containsEntry("schema.registry.url", "https://registry")
                .containsEntry("basic.auth.credentials.source", "USER_INFO")
                .containsEntry("basic.auth.user.info", "weaver:s3cret")
                .containsEntry("schema.registry.ssl.truststore.type", "PEM")
                .containsEntry("schema.registry.ssl.truststore.location", "/registry-ca.pem")
                .containsEntry("auto.register.schemas", "false")
                .doesNotContainKey("max.poll.records");
        assertThat(cluster.producer("test")).doesNotContainKey("auto.register.schemas");
        assertThat(new ClusterSettings(Map.of(ClusterSettings.REGISTRY_URL, "http://r:8081/apis/registry/v3")).serdes())
                .containsEntry("schema.registry.url", "http://r:8081/apis/ccompat/v7")
                .doesNotContainKey("basic.auth.user.info");
        assertThat(new ClusterSettings(Map.of("schema.registry.url", "https://confluent")).serdes())
                .containsEntry("schema.registry.url", "https://confluent");
    }

    @Test
    void the_registry_is_found_under_confluents_names_too() {
        var cluster = new ClusterSettings(
                Map.of("schema.registry.url", "https://confluent", "basic.auth.user.info", "weaver:with:colon"));

        assertThat(cluster.registryUrl()).isEqualTo("https://confluent");
        assertThat(RegistryLogin.of(cluster).basic()).contains(new RegistryLogin.Basic("weaver", "with:colon"));
    }

    @Test
    void a_service_takes_properties_and_variables_alike() {
        var settings = new HashMap<>(Map.of(
                "kafka.bootstrap.servers", "broker:9093",
                "KAFKA_SSL_TRUSTSTORE_LOCATION", "/ca.pem",
                "KAFKA_SASL_LOGIN_CALLBACK_HANDLER_CLASS", "a.Handler",
                "TASKWEAVER_REGISTRY_PASSWORD", "s3cret",
                "KAFKA_SECURITY_PROTOCOL", ""));

        var cluster = ClusterSettings.ofService(
                settings.keySet(),
                name -> Optional.ofNullable(settings.get(name))
                        .or(() -> Optional.ofNullable(settings.get(ClusterSettings.variable(name)))));

        assertThat(cluster.values())
                .containsOnly(
                        Map.entry("bootstrap.servers", "broker:9093"),
                        Map.entry("ssl.truststore.location", "/ca.pem"),
                        Map.entry("sasl.login.callback.handler.class", "a.Handler"),
                        Map.entry("taskweaver.registry.password", "s3cret"));
    }

    @Test
    void a_registry_that_is_named_replaces_one_that_was_named_under_another_name() {
        var file = new ClusterSettings(Map.of("apicurio.registry.url", "http://file", "security.protocol", "SSL"));
        var options = new ClusterSettings(Map.of("taskweaver.registry.url", "http://option"));

        assertThat(options.over(file).registryUrl()).isEqualTo("http://option");
        assertThat(file.over(options).registryUrl()).isEqualTo("http://file");
        assertThat(options.over(file).admin("test")).containsEntry("security.protocol", "SSL");
    }

    @Test
    void a_misspelt_name_is_reported_with_the_one_that_was_meant() {
        var cluster = new ClusterSettings(Map.of(
                "sasl.mechanisn", "PLAIN",
                "taskweaver.registry.nothing", "weaver",
                "config.providers.file.class", "a.Provider",
                "apicurio.registry.tls.certificates", "ca.pem"));

        assertThat(cluster.unknown())
                .containsOnly(
                        Map.entry("sasl.mechanisn", Optional.of("sasl.mechanism")),
                        Map.entry("taskweaver.registry.nothing", Optional.empty()));
    }

    @Test
    void its_text_names_settings_without_their_values() {
        assertThat(new ClusterSettings(SECURED))
                .asString()
                .contains("sasl.jaas.config")
                .doesNotContain("s3cret");
    }
}
