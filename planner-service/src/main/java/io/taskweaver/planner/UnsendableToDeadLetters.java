package io.taskweaver.planner;

import io.taskweaver.topics.DeadLetters;
import io.taskweaver.topics.Topic;
import io.taskweaver.topics.Topics;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sets an event aside that fits into no message, so that one plan with too much to say does not stop all others: it would
 * be made again, and fail again, after each restart. Everything else that keeps a record from being sent is waited for. So
 * is what the state would lose.
 *
 * <p>The letter goes out by another producer: Kafka Streams would send it by the one that failed, on that one's network
 * thread, which would wait for what it alone can fetch, where the topic of the letters is.
 */
public final class UnsendableToDeadLetters implements ProductionExceptionHandler {
    private static final Logger LOG = Logger.getLogger(UnsendableToDeadLetters.class);

    /** Setting that carries the producer of letters; without one, there is only a line in the log. */
    static final String PRODUCER = "taskweaver.dead-letters.producer";

    private final ProductionExceptionHandler others = new DefaultProductionExceptionHandler();
    private @Nullable DeadLetters deadLetters;
    private @Nullable Producer<byte[], byte[]> producer;
    private String prefix = "";

    @Override
    public void configure(Map<String, ?> settings) {
        others.configure(settings);
        deadLetters = PlannerDeadLetters.of(settings);
        prefix = PlannerDeadLetters.prefix(settings);
        producer = producer(settings.get(PRODUCER));
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        if (!(exception instanceof RecordTooLargeException) || !isEvent(record.topic()) || deadLetters == null)
            return others.handleError(context, record, exception);
        byte[] value = record.value();
        int bytes = value == null ? 0 : value.length;
        LOG.errorf("event fits into no message, set aside topic=%s bytes=%d", record.topic(), bytes);
        var letters = producer;
        if (letters == null || record.topic().equals(Topics.DEAD_LETTERS.name(prefix))) return Response.resume();
        var letter = deadLetters.of(
                record.topic(),
                -1,
                -1,
                record.key(),
                null,
                record.headers(),
                DeadLetters.TOO_LARGE,
                "The planner made an event of " + bytes + " bytes, which fits into no message: "
                        + exception.getMessage(),
                Instant.now());
        Thread.ofVirtual().name("planner-dead-letter").start(() -> letters.send(letter));
        return Response.resume();
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Producer<byte[], byte[]> producer(@Nullable Object given) {
        return given instanceof Producer<?, ?> known ? (Producer<byte[], byte[]>) known : null;
    }

    private boolean isEvent(String topic) {
        return Topics.all().stream().map((Topic<?> each) -> each.name(prefix)).anyMatch(topic::equals);
    }
}
