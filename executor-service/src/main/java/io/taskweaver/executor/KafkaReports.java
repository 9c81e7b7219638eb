package io.taskweaver.executor;

import io.taskweaver.domain.query.Query;
import io.taskweaver.wire.EventKeys;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.TraceContext;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Reports on their topics. */
final class KafkaReports implements Reports {
    private static final Logger LOG = Logger.getLogger(KafkaReports.class);

    private final EventProducer producer;
    private final Events events;
    private final AtomicLong progress = new AtomicLong();

    KafkaReports(EventProducer producer, Events events) {
        this.producer = producer;
        this.events = events;
    }

    @Override
    public CompletableFuture<Void> started(Ready ready, Query query) {
        return producer.send(Topics.TASK_STARTED, plan(ready), events.started(ready, query), ready.trace());
    }

    @Override
    public void progressed(Ready ready, Optional<String> runId, String message) {
        var event = events.progressed(ready, runId, message, progress.incrementAndGet());
        var _ = producer.send(Topics.TASK_PROGRESSED, plan(ready), event, ready.trace())
                .exceptionally(failure -> {
                    LOG.warnf(failure, "A progress report was lost topic=%s", Topics.TASK_PROGRESSED.name());
                    return null;
                });
    }

    @Override
    public CompletableFuture<Void> ended(Finished finished, TraceContext trace) {
        var key = EventKeys.plan(finished.attempt().plan());
        return switch (finished.ending()) {
            case Ending.Completed completed ->
                producer.send(Topics.TASK_COMPLETED, key, Events.completed(finished, completed), trace);
            case Ending.Failed failed -> producer.send(Topics.TASK_FAILED, key, Events.failed(finished, failed), trace);
        };
    }

    private static String plan(Ready ready) {
        return EventKeys.plan(ready.attempt().plan());
    }
}
