package io.taskweaver.planner;

import io.taskweaver.wire.Causes;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.RegistryOutage;
import io.taskweaver.wire.UnreadableStateException;
import io.taskweaver.wire.UnsendableToDeadLetters;
import io.taskweaver.wire.UnsendableToDeadLetters.Sink;
import io.taskweaver.wire.connection.Retries;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.api.Record;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * Writes a record that cannot be processed to the dead letters: as invalid with the violated rule or, for an internal
 * error, as failed. If infrastructure fails, including the disk of the state, the record is not to blame: then the
 * thread ends, is replaced after a while, and the record is processed again.
 */
public final class FailedToDeadLetters implements ProcessingExceptionHandler {
    private static final Logger LOG = Logger.getLogger(FailedToDeadLetters.class);

    /** Setting with the {@link Retries} of the planner, which logs a repeated failure once. */
    static final String RETRIES = "taskweaver.retries";

    private @Nullable DeadLetters deadLetters;
    private @Nullable Retries retries;

    @Override
    public void configure(Map<String, ?> settings) {
        deadLetters = settings.get(UnsendableToDeadLetters.SINK) instanceof Sink sink ? sink.letters() : null;
        retries = settings.get(RETRIES) instanceof Retries given ? given : null;
    }

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        if (deadLetters == null || isOfInfrastructure(exception)) return Response.fail();
        if (context.topic() == null) {
            // A punctuation failed, not a record: there is no dead letter to write, and it is repeated soon.
            if (retries == null) LOG.error("tick failed", exception);
            else retries.failed(exception);
            return Response.resume();
        }
        var known = exception instanceof Unprocessable rule ? rule : null;
        var reason = known == null ? DeadLetters.FAILED : known.reason();
        LOG.logf(
                known == null ? Logger.Level.ERROR : Logger.Level.WARN,
                known == null ? exception : null,
                "Record written to the dead letters reason=%s topic=%s partition=%d offset=%d",
                reason,
                context.topic(),
                context.partition(),
                context.offset());
        return Response.resume(List.of(deadLetters.of(
                context.topic(),
                context.partition(),
                context.offset(),
                context.sourceRawKey(),
                context.sourceRawValue(),
                context.headers(),
                reason,
                known == null ? Causes.explained(exception) : String.valueOf(known.getMessage()),
                Instant.now())));
    }

    /**
     * Whether the store, Kafka or the registry failed. Only messages of their exceptions are examined: others may quote
     * users.
     */
    private static boolean isOfInfrastructure(Exception exception) {
        if (exception instanceof Unprocessable) return false;
        if (RegistryOutage.isBehind(exception)) return true;
        return Causes.of(exception).stream()
                .anyMatch(cause -> cause instanceof UnreadableStateException
                        || cause instanceof ProcessorStateException
                        || cause instanceof InvalidStateStoreException
                        || cause instanceof ApiException
                        || cause instanceof IOException
                        || cause instanceof RocksDBException);
    }
}
