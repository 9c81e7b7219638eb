package io.taskweaver.planner;

import io.taskweaver.topics.DeadLetters;
import io.taskweaver.topics.RegistryOutage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sets a record aside that can not be processed, with the rule that it breaks or, for a defect of ours, as failed. */
public final class FailedToDeadLetters implements ProcessingExceptionHandler {
    private static final Logger LOG = Logger.getLogger(FailedToDeadLetters.class);

    private @Nullable DeadLetters deadLetters;

    @Override
    public void configure(Map<String, ?> settings) {
        deadLetters = PlannerDeadLetters.of(settings);
    }

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        if (RegistryOutage.isBehind(exception) || deadLetters == null) return Response.fail();
        if (context.topic() == null) {
            // What failed was a look at the time, not a record: there is nothing to set aside.
            LOG.error("tick failed", exception);
            return Response.resume();
        }
        var reason = exception instanceof Unprocessable known ? known.reason() : DeadLetters.FAILED;
        if (exception instanceof Unprocessable)
            LOG.warnf(
                    "record set aside reason=%s topic=%s partition=%d offset=%d",
                    reason, context.topic(), context.partition(), context.offset());
        else
            LOG.errorf(
                    exception,
                    "record set aside reason=%s topic=%s partition=%d offset=%d",
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
                PlannerDeadLetters.explain(exception),
                Instant.now())));
    }
}
