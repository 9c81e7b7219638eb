package io.taskweaver.wire;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets an event aside that fits into no message, so that one plan with too much to say does not stop all others: it would
 * be made again, and fail again, after each restart. Everything else that keeps a record from being sent is waited for. So
 * is what the state would lose.
 *
 * <p>The letter goes out by another producer: Kafka Streams would send it by the one that failed, on that one's network
 * thread, which would wait for what it alone can fetch, where the topic of the letters is.
 */
public final class UnsendableToDeadLetters implements ProductionExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(UnsendableToDeadLetters.class);

    /** Setting that carries the {@link Sink}: Kafka Streams makes the handler, and hands it nothing but settings. */
    public static final String SINK = "taskweaver.dead-letters.sink";

    /**
     * Where letters go.
     *
     * @param service name of the service that makes the events
     * @param prefix prefix of topic names
     * @param serdes settings of the serializer of letters, see {@link EventSerdes}
     * @param producer of letters
     */
    public record Sink(String service, String prefix, Map<String, ?> serdes, Producer<byte[], byte[]> producer) {
        /** Without the settings, where there are passwords: Kafka may log what it is configured with. */
        @Override
        public String toString() {
            return "dead letters of the " + service + " service";
        }
    }

    private final ProductionExceptionHandler others = new DefaultProductionExceptionHandler();
    private @Nullable Sink sink;
    private @Nullable DeadLetters deadLetters;

    @Override
    public void configure(Map<String, ?> settings) {
        others.configure(settings);
        if (settings.get(SINK) instanceof Sink given) {
            sink = given;
            deadLetters = new DeadLetters(given.service(), given.prefix(), given.serdes());
        }
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        var to = sink;
        var letters = deadLetters;
        if (!(exception instanceof RecordTooLargeException)
                || to == null
                || letters == null
                || !isEvent(record.topic(), to.prefix())) return others.handleError(context, record, exception);
        byte[] value = record.value();
        int bytes = value == null ? 0 : value.length;
        LOG.error("event fits into no message, set aside topic={} bytes={}", record.topic(), bytes);
        if (record.topic().equals(Topics.DEAD_LETTERS.name(to.prefix()))) return Response.resume();
        var letter = letters.of(
                record.topic(),
                -1,
                -1,
                record.key(),
                null,
                record.headers(),
                DeadLetters.TOO_LARGE,
                "The " + to.service() + " service made an event of " + bytes + " bytes, which fits into no message: "
                        + exception.getMessage(),
                Instant.now());
        Thread.ofVirtual()
                .name(to.service() + "-dead-letter")
                .start(() -> to.producer().send(letter));
        return Response.resume();
    }

    private static boolean isEvent(String topic, String prefix) {
        return Topics.all().stream().map((Topic<?> each) -> each.name(prefix)).anyMatch(topic::equals);
    }
}
