package io.taskweaver.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {
    private static Authentication with(Map<String, String> settings) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(AccessSettings.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build();
        return new Authentication(new Tokens(config.getConfigMapping(AccessSettings.class)), config);
    }

    @Test
    void a_provider_whose_tokens_for_others_would_count_is_refused() {
        assertThatThrownBy(() -> with(Map.of("quarkus.oidc.tenant-enabled", "true")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("quarkus.oidc.token.audience");
    }

    @Test
    void a_further_provider_without_an_audience_is_refused() {
        assertThatThrownBy(() -> with(Map.of("quarkus.oidc.partners.auth-server-url", "https://partners.test")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("quarkus.oidc.partners.token.audience");
    }

    @ParameterizedTest
    @ValueSource(strings = {"taskweaver", "one,other", "any"})
    void a_provider_with_an_audience_makes_callers_known(String audience) {
        var authentication =
                with(Map.of("quarkus.oidc.tenant-enabled", "true", "quarkus.oidc.token.audience", audience));
        assertThat(authentication.byOidc()).isTrue();
        assertThat(authentication.isConfigured()).isTrue();
    }

    @Test
    void without_tokens_and_a_provider_nobody_is_known() {
        assertThat(with(Map.of()).isConfigured()).isFalse();
    }
}
