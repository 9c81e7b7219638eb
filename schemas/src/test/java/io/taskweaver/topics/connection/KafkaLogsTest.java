package io.taskweaver.topics.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class KafkaLogsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final KafkaLogs.OnceInAWhile filter = new KafkaLogs.OnceInAWhile();

    @Test
    void the_same_message_comes_once_in_a_while_and_another_at_once() {
        assertThat(filter.isLoggable(record("Connection to node 1 could not be established", NOW)))
                .isTrue();
        assertThat(filter.isLoggable(record("Connection to node 2 could not be established", NOW.plusSeconds(1))))
                .isFalse();
        assertThat(filter.isLoggable(record("Connection to node 1 failed authentication", NOW.plusSeconds(1))))
                .isTrue();
        assertThat(filter.isLoggable(
                        record("Connection to node 1 could not be established", NOW.plus(Duration.ofMinutes(6)))))
                .isTrue();
    }

    private static LogRecord record(String message, Instant at) {
        var record = new LogRecord(Level.WARNING, message);
        record.setInstant(at);
        return record;
    }
}
