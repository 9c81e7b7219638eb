package io.taskweaver.wire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class KafkaLogFilterTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final KafkaLogFilter.OnceInAWhile filter = new KafkaLogFilter.OnceInAWhile();

    @Test
    void the_same_message_comes_once_in_a_while_and_another_at_once() {
        assertThat(filter.isLoggable(record("Connection to node 1 could not be established", NOW)))
                .isTrue();
        assertThat(filter.isLoggable(record("Connection to node 1 could not be established", NOW.plusSeconds(1))))
                .isFalse();
        assertThat(filter.isLoggable(record("Connection to node 1 failed authentication", NOW.plusSeconds(1))))
                .isTrue();
        assertThat(filter.isLoggable(
                        record("Connection to node 1 could not be established", NOW.plus(Duration.ofMinutes(6)))))
                .isTrue();
    }

    @Test
    void what_is_said_of_one_broker_hides_nothing_of_another() {
        for (var broker : List.of("node 1 (a/10.0.0.1:9092)", "node 2 (a/10.0.0.1:9092)", "node 1 (a/10.0.0.2:9092)"))
            for (int attempt = 1; attempt <= 2; attempt++)
                assertThat(filter.isLoggable(record(
                                "[AdminClient clientId=check-" + attempt + "] Connection to " + broker
                                        + " failed after " + attempt * 100 + " ms (attempt " + attempt + ")",
                                NOW)))
                        .as(broker + " " + attempt)
                        .isEqualTo(attempt == 1);
    }

    private static LogRecord record(String message, Instant at) {
        var record = new LogRecord(Level.WARNING, message);
        record.setInstant(at);
        return record;
    }
}
