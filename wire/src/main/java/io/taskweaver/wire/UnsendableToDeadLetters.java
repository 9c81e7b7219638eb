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
 * Writes an event that is too large for a message to the dead letters, so that one plan does not stop all others: after
 * each restart the event would be created and fail again. All other send failures, and failures of the changelog, are
 * retried.
 *
 * <p>The dead letter is sent by another producer: Kafka Streams would use the failed one, on its network thread, which
 * would deadlock waiting for metadata of the dead-letter topic.
 */
public final class UnsendableToDeadLetters implements ProductionExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(UnsendableToDeadLetters.class);

    /** Setting with the {@link Sink}: Kafka Streams creates the handler, and passes it only settings. */
    public static final String SINK = "taskweaver.dead-letters.sink";

    /** Destination of dead letters, and the producer that sends them. */
    public record Sink(DeadLetters letters, Producer<byte[], byte[]> producer) {}

    private final ProductionExceptionHandler others = new DefaultProductionExceptionHandler();
    private @Nullable Sink sink;

    @Override
    public void configure(Map<String, ?> settings) {
        others.configure(settings);
        sink = settings.get(SINK) instanceof Sink given ? given : null;
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        var to = sink;
        if (!(exception instanceof RecordTooLargeException)
                || to == null
                || !to.letters().isOfEvents(record.topic())) return others.handleError(context, record, exception);
        byte[] value = record.value();
        int bytes = value == null ? 0 : value.length;
        LOG.error(
                "Event is too large for a message, written to the dead letters topic={} bytes={}",
                record.topic(),
                bytes);
        if (record.topic().endsWith(Topics.DEAD_LETTERS.name())) return Response.resume();
        var service = to.letters().service();
        var letter = to.letters()
                .of(
                        record.topic(),
                        -1,
                        -1,
                        record.key(),
                        null,
                        record.headers(),
                        DeadLetters.TOO_LARGE,
                        "The " + service + " service created an event of " + bytes
                                + " bytes, which is too large for a message: " + exception.getMessage(),
                        Instant.now());
        Thread.ofVirtual()
                .name(service + "-dead-letter")
                .start(() -> to.producer().send(letter));
        return Response.resume();
    }
}
