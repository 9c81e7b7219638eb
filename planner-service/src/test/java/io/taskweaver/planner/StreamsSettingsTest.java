package io.taskweaver.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.connection.Retries;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "KAFKA_BOOTSTRAP_SERVERS", "broker:9093",
            "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
            "KAFKA_SSL_TRUSTSTORE_LOCATION", "/ca.pem",
            "KAFKA_SASL_LOGIN_CALLBACK_HANDLER_CLASS", "a.Handler",
            "KAFKA_COMPRESSION_TYPE", "lz4",
            "TASKWEAVER_REGISTRY_USERNAME", "weaver");

    @Test
    void a_login_in_the_environment_reaches_every_client() {
        var config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter())
                .withMapping(PlannerSettings.class)
                .withSources(new EnvConfigSource(ENVIRONMENT, 300))
                .build();
        var cluster = ClusterSettings.ofService(
                config.getPropertyNames(), name -> config.getOptionalValue(name, String.class));
        var streams = new StreamsConfig(PlannerRuntime.settings(
                config.getConfigMapping(PlannerSettings.class),
                cluster,
                new Retries(StreamsSettingsTest.class, "planner", cluster),
                PlannerStory.LETTERS));

        for (var client : List.of(
                cluster.admin("test"),
                cluster.consumer("test", Map.of(), Map.of()),
                cluster.producer("test"),
                streams.getMainConsumerConfigs("group", "client", 0),
                streams.getRestoreConsumerConfigs("client"),
                streams.getGlobalConsumerConfigs("client"),
                streams.getProducerConfigs("client"),
                streams.getAdminConfigs("client")))
            assertThat(client)
                    .containsEntry("security.protocol", "SASL_SSL")
                    .containsEntry("ssl.truststore.location", "/ca.pem")
                    .containsEntry("sasl.login.callback.handler.class", "a.Handler")
                    .containsKey("bootstrap.servers");
        assertThat(streams.getProducerConfigs("client")).containsEntry("compression.type", "lz4");
        assertThat(cluster.serdes()).containsEntry("apicurio.registry.auth.username", "weaver");
    }
}
