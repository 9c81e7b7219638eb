package io.taskweaver.agents.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands are given of the executor's variables, and what of them is reported. */
class EnvironmentTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "KAFKA_SASL_JAAS_CONFIG",
                "KAFKA_SSL_KEYSTORE_KEY",
                "KAFKA_SSL_KEY_PASSWORD",
                "kafka.sasl.jaas.config",
                "kafka_sasl_jaas_config",
                "_PROD_KAFKA_SASL_JAAS_CONFIG",
                "%prod.kafka.sasl.jaas.config",
                "QUARKUS_OIDC_CREDENTIALS_SECRET",
                "APICURIO_REGISTRY_AUTH_PASSWORD",
                "SCHEMA_REGISTRY_URL",
                "BASIC_AUTH_USER_INFO",
                "TASKWEAVER_ACCESS_TOKENS",
                "CODEGEN_API_TOKEN"
            })
    void what_configures_the_executor_is_not_passed_on(String name) {
        assertThat(new Environment(Map.of(name, "value")).variables()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATH", "HOME", "ANTHROPIC_API_KEY", "OPENAI_API_KEY", "HTTPS_PROXY", "MY_KAFKA_TOPIC"})
    void what_agents_need_is_passed_on(String name) {
        assertThat(new Environment(Map.of(name, "value")).variables()).containsEntry(name, "value");
    }

    @Test
    void secrets_are_struck_out_whether_they_are_passed_on_or_not() {
        var environment = new Environment(Map.of(
                "ANTHROPIC_API_KEY", "sk-agent",
                "KAFKA_SASL_JAAS_CONFIG", "Login required username=\"weaver\" password=\"of-the-broker\";"));

        assertThat(environment.redacted("weaver: sk-agent, of-the-broker")).isEqualTo("weaver: ***, ***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"password=of-the-broker;", "password = 'of-the-broker' ;", "password=\"of-the-broker\";"})
    void the_password_of_a_login_is_struck_out_however_it_is_quoted(String option) {
        var environment = new Environment(Map.of("KAFKA_SASL_JAAS_CONFIG", "Login required username=weaver " + option));

        assertThat(environment.redacted("'of-the-broker' of weaver")).isEqualTo("'***' of weaver");
    }

    @Test
    void each_token_of_a_list_is_struck_out() {
        var environment =
                new Environment(Map.of("TASKWEAVER_ACCESS_TOKENS", "viewer:of-viewers-1234,admin:of-admins-56789"));

        assertThat(environment.redacted("of-viewers-1234 of-admins-56789 viewer admin"))
                .isEqualTo("*** *** viewer admin");
    }
}
