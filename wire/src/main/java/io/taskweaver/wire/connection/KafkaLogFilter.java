package io.taskweaver.wire.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps what Kafka's clients repeat several times a second while a broker cannot be used from filling logs: the same message
 * about the same broker once in five minutes, whatever other numbers are in it (attempts, correlation ids, times).
 */
final class KafkaLogs {
    private static final Duration PAUSE = Duration.ofMinutes(5);
    /** A broker's node id or address, which is kept; any other number, which is not. */
    private static final Pattern NUMBERS = Pattern.compile(
            "(?<broker>\\b(?:[Nn]ode|id:) -?\\d+|[\\w.-]*/?\\d+(?:\\.\\d+){3}(?::\\d+)?|[\\w.-]+:\\d{2,5}\\b)|\\d+");

    private static final int MOST = 1000;
    private static final List<String> REPETITIVE = List.of(
            "org.apache.kafka.clients.NetworkClient",
            "org.apache.kafka.clients.Metadata",
            "org.apache.kafka.clients.admin.KafkaAdminClient",
            "org.apache.kafka.clients.admin.internals.AdminMetadataManager",
            "org.apache.kafka.clients.consumer.internals.ConsumerCoordinator",
            "org.apache.kafka.clients.consumer.internals.NetworkClientDelegate",
            "org.apache.kafka.clients.consumer.internals.CoordinatorRequestManager",
            "org.apache.kafka.clients.consumer.internals.ShareHeartbeatRequestManager",
            "org.apache.kafka.clients.producer.internals.Sender",
            "org.apache.kafka.clients.producer.internals.TransactionManager",
            "org.apache.kafka.common.network.Selector",
            "org.apache.kafka.common.network.SslTransportLayer");

    /** Held here, for the log manager forgets loggers that nobody holds, and their filters. */
    private static final List<Logger> LOGGERS = new ArrayList<>();

    private KafkaLogs() {}

    static synchronized void calm() {
        if (!LOGGERS.isEmpty()) return;
        for (var name : REPETITIVE) {
            var logger = Logger.getLogger(name);
            logger.setFilter(new OnceInAWhile());
            LOGGERS.add(logger);
        }
    }

    /** Lets a message through if the same was not let through lately. */
    static final class OnceInAWhile implements Filter {
        private final ConcurrentHashMap<String, Long> told = new ConcurrentHashMap<>();

        @Override
        public boolean isLoggable(LogRecord record) {
            if (told.size() > MOST) told.clear();
            long now = record.getMillis();
            var through = new boolean[1];
            told.compute(sameAs(String.valueOf(record.getMessage())), (message, last) -> {
                through[0] = last == null || now - last > PAUSE.toMillis();
                return through[0] ? Long.valueOf(now) : last;
            });
            return through[0];
        }

        private static String sameAs(String message) {
            return NUMBERS.matcher(message)
                    .replaceAll(number ->
                            number.group("broker") == null ? "#" : Matcher.quoteReplacement(number.group("broker")));
        }
    }
}
