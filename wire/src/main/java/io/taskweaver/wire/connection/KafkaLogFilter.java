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
 * Filters messages that Kafka's clients repeat several times a second while a broker is unavailable: the same message
 * about the same broker is logged once in five minutes, ignoring other numbers (attempts, correlation ids, times).
 */
final class KafkaLogFilter {
    private static final Duration PAUSE = Duration.ofMinutes(5);
    /** A broker's node id or address, which is kept; any other number is ignored. */
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

    /** Strong references, since the log manager drops unreferenced loggers and their filters. */
    private static final List<Logger> LOGGERS = new ArrayList<>();

    private KafkaLogFilter() {}

    static synchronized void calm() {
        if (!LOGGERS.isEmpty()) return;
        for (var name : REPETITIVE) {
            var logger = Logger.getLogger(name);
            logger.setFilter(new OnceInAWhile());
            LOGGERS.add(logger);
        }
    }

    /** Passes a message unless the same was logged recently. */
    static final class OnceInAWhile implements Filter {
        private final ConcurrentHashMap<String, Long> lastLogged = new ConcurrentHashMap<>();

        @Override
        public boolean isLoggable(LogRecord record) {
            if (lastLogged.size() > MOST) lastLogged.clear();
            long now = record.getMillis();
            var through = new boolean[1];
            lastLogged.compute(sameAs(String.valueOf(record.getMessage())), (message, last) -> {
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
