package io.taskweaver.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.taskweaver.access.AccessSettings;
import io.taskweaver.wire.rest.TokenFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @Test
    void without_settings_ports_are_free_and_the_simulated_agent_runs() {
        var settings = Settings.of(new Properties(), Map.of());

        assertThat(settings.dataFolder()).isEqualTo(Path.of(".taskweaver").toAbsolutePath());
        assertThat(settings.httpPort() + settings.brokerPort() + settings.registryPort())
                .isZero();
        assertThat(settings.simulator())
                .contains(Map.of(
                        "data-dir", settings.dataFolder().resolve("simulator").toString()));
        assertThat(settings.training()).isFalse();
    }

    @Test
    void a_property_wins_over_a_variable() {
        var settings = Settings.of(
                properties("taskweaver.broker.port", "1234"),
                Map.of("TASKWEAVER_BROKER_PORT", "4321", "TASKWEAVER_REGISTRY_PORT", "4322"));

        assertThat(settings.brokerPort()).isEqualTo(1234);
        assertThat(settings.registryPort()).isEqualTo(4322);
    }

    @Test
    void settings_of_the_simulated_agent_are_handed_on_by_their_names_there() {
        var settings = Settings.of(
                properties("taskweaver.simulator.seed", "7"),
                Map.of("TASKWEAVER_SIMULATOR_MIN_DURATION", "PT0S", "TASKWEAVER_SIMULATOR_DATA_DIR", "elsewhere"));

        assertThat(settings.simulator()).contains(Map.of("seed", "7", "min-duration", "PT0S", "data-dir", "elsewhere"));
    }

    @Test
    void the_simulated_agent_can_be_switched_off() {
        assertThat(Settings.of(properties("taskweaver.simulator.enabled", "false"), Map.of())
                        .simulator())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "many"})
    void a_port_that_is_none_is_named(String port) {
        assertThatThrownBy(() -> Settings.of(properties("taskweaver.broker.port", port), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("taskweaver.broker.port")
                .hasMessageContaining(port);
    }

    @Test
    void who_may_speak_to_a_cluster_is_not_taken_from_the_environment() {
        var environment = Map.of(
                "TASKWEAVER_ACCESS_TOKENS", "admin:0123456789abcdef",
                "TASKWEAVER_ACCESS_TOKENS_FILE", "/cluster/tokens",
                "TASKWEAVER_ACCESS_HOSTS", "cluster.example",
                "TASKWEAVER_ACCESS_TOKEN", "0123456789abcdef",
                "TASKWEAVER_INSECURE", "true",
                "QUARKUS_OIDC_TENANT_ENABLED", "true",
                "QUARKUS_HTTP_HOST", "0.0.0.0");
        var config = new SmallRyeConfigBuilder()
                .withMapping(AccessSettings.class)
                .withSources(new EnvConfigSource(environment, 300))
                .withSources(new PropertiesConfigSource(
                        ServiceSettings.access(TokenFile.in(Path.of("data"))), "system properties", 400))
                .build();

        var access = config.getConfigMapping(AccessSettings.class);
        assertThat(access.tokens()).isEmpty();
        assertThat(access.tokensFile()).isEmpty();
        assertThat(access.hosts()).isEmpty();
        assertThat(access.token()).isEmpty();
        assertThat(access.adminTokenFile()).contains(Path.of("data/token"));
        assertThat(config.getValue("quarkus.oidc.tenant-enabled", Boolean.class))
                .isFalse();
        assertThat(config.getValue("taskweaver.insecure", Boolean.class)).isFalse();
        assertThat(config.getValue("quarkus.http.host", String.class)).isEqualTo("127.0.0.1");
    }

    private static Properties properties(String name, String value) {
        var properties = new Properties();
        properties.setProperty(name, value);
        return properties;
    }
}
