package io.taskweaver.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartupLogTest {
    private static String line(Map<String, String> settings) {
        return StartupLog.line(settings.keySet(), name -> Optional.ofNullable(settings.get(name)));
    }

    @Test
    void settings_of_ours_are_told_in_one_line_and_others_are_not() {
        assertThat(line(Map.of(
                        "taskweaver.executor.slots", "8",
                        "kafka.bootstrap.servers", "one:9092,two:9092",
                        "taskweaver.data-dir", "/home/a b",
                        "taskweaver.topic-prefix", "",
                        "java.home", "/opt/java",
                        "PATH", "/bin")))
                .isEqualTo("kafka.bootstrap.servers=one:9092,two:9092 taskweaver.data-dir=\"/home/a b\""
                        + " taskweaver.executor.slots=8");
    }

    @Test
    void a_setting_that_is_there_as_a_variable_too_is_told_once() {
        assertThat(line(Map.of(
                        "TASKWEAVER_EXECUTOR_SLOTS", "8", "taskweaver.executor.slots", "8", "KAFKA_ACKS", "all")))
                .isEqualTo("KAFKA_ACKS=all taskweaver.executor.slots=8");
    }

    @Test
    void of_a_secret_only_that_it_is_set() {
        var line = line(Map.of(
                "taskweaver.agent.codegen.token", "s3cret-1",
                "taskweaver.access.token", "s3cret-2",
                "taskweaver.access.tokens-file", "/run/tokens",
                "taskweaver.ticket.key", "s3cret-3",
                "taskweaver.ticket.key-file", "/run/key",
                "kafka.sasl.jaas.config", "ScramLoginModule required password=\"s3cret-4\";",
                "KAFKA_SSL_KEYSTORE_PASSWORD", "s3cret-5",
                "taskweaver.registry.url", "https://me:s3cret-6@registry/apis",
                "kafka.basic.auth.user.info", "me:s3cret-7"));
        assertThat(line)
                .doesNotContain("s3cret")
                .contains(
                        "taskweaver.access.token=(set)",
                        "taskweaver.access.tokens-file=/run/tokens",
                        "taskweaver.ticket.key-file=/run/key",
                        "taskweaver.registry.url=https://(set)@registry/apis");
    }
}
