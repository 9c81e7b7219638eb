package io.taskweaver.planner;

import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.RegistryOutage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sets a record aside whose bytes are no event of its topic. While the registry can not be reached, it waits instead. */
public final class UndecodableToDeadLetters implements DeserializationExceptionHandler {
    private static final Logger LOG = Logger.getLogger(UndecodableToDeadLetters.class);

    private @Nullable DeadLetters deadLetters;

    @Override
    public void configure(Map<String, ?> settings) {
        deadLetters = PlannerDeadLetters.of(settings);
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        if (RegistryOutage.isBehind(exception) || deadLetters == null) return Response.fail();
        LOG.warnf(
                "undecodable record set aside topic=%s partition=%d offset=%d cause=%s",
                record.topic(), record.partition(), record.offset(), PlannerDeadLetters.explain(exception));
        return Response.resume(List.of(
                deadLetters.of(record, DeadLetters.UNDECODABLE, PlannerDeadLetters.explain(exception), Instant.now())));
    }
}
