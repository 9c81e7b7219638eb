package io.taskweaver.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.taskweaver.wire.UnsendableToDeadLetters;
import io.taskweaver.wire.connection.ClusterSettings;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "KAFKA_BOOTSTRAP_SERVERS", "broker:9093",
            "KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
            "KAFKA_SSL_TRUSTSTORE_LOCATION", "/ca.pem",
            "KAFKA_SASL_LOGIN_CALLBACK_HANDLER_CLASS", "a.Handler",
            "KAFKA_COMPRESSION_TYPE", "lz4",
            "TASKWEAVER_REGISTRY_CA", "/registry.pem");

    @Test
    void a_login_in_the_environment_reaches_every_client() {
        var config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new EnvConfigSource(ENVIRONMENT, 300))
                .build();
        var cluster = ClusterSettings.ofService(
                config.getPropertyNames(), name -> config.getOptionalValue(name, String.class));
        var streams = new StreamsConfig(ContextStreams.settings(new TestSettings("state"), cluster, Story.LETTERS));

        for (var client : List.of(
                cluster.admin("test"),
                streams.getMainConsumerConfigs("group", "client", 0),
                streams.getRestoreConsumerConfigs("client"),
                streams.getProducerConfigs("client"),
                streams.getAdminConfigs("client")))
            assertThat(client)
                    .containsEntry("security.protocol", "SASL_SSL")
                    .containsEntry("ssl.truststore.location", "/ca.pem")
                    .containsEntry("sasl.login.callback.handler.class", "a.Handler");
        assertThat(streams.getProducerConfigs("client")).containsEntry("compression.type", "lz4");
        assertThat(cluster.serdes()).containsEntry("apicurio.registry.tls.truststore.location", "/registry.pem");
    }

    @Test
    void an_event_that_fits_into_no_message_is_set_aside_and_every_value_of_the_state_fits() {
        var streams = new StreamsConfig(ContextStreams.settings(
                new TestSettings("state"), new ClusterSettings(Map.of("bootstrap.servers", "none:1")), Story.LETTERS));

        assertThat(streams.productionExceptionHandler()).isInstanceOf(UnsendableToDeadLetters.class);
        assertThat((Integer) streams.getProducerConfigs("client").get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG))
                .isGreaterThan(Writes.MAX_CHANGELOG_BYTES);
        assertThat(Writes.MAX_VALUE_BYTES).isLessThan(Writes.MAX_CHANGELOG_BYTES);
    }
}
