package io.taskweaver.planner;

import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.wire.EventWriter;
import io.taskweaver.wire.Outgoing;
import io.taskweaver.wire.TraceContext;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jboss.logging.Logger;

/** Sends the events that follow from a record or from time, each with the trace of its cause. */
record EventSender(ProcessorContext<byte[], Outgoing> context, EventWriter writer, StoredPlans plans) {
    private static final Logger LOG = Logger.getLogger(EventSender.class);

    /** Header of an event that was forwarded to its plan's partition, so that it is never forwarded again. */
    private static final String FORWARDED = "taskweaver-sent-home";

    void send(PlanEvent event, Cause cause) {
        send(writer.record(event, traceOf(event.plan().value(), cause)));
    }

    void send(ProducerRecord<byte[], byte[]> record) {
        context.forward(Outgoing.of(record, context.currentSystemTimeMs()));
    }

    /** Sends an event that arrived on another partition than its plan's to that one. */
    void forward(PlanEvent event, Cause cause) {
        var record = writer.record(event, traceOf(event.plan().value(), cause));
        record.headers().add(FORWARDED, new byte[0]);
        send(record);
        LOG.debugf("Event arrived on another partition than its plan's plan=%s", event.plan());
    }

    static boolean isForwarded(Record<?, ?> record) {
        return record.headers().lastHeader(FORWARDED) != null;
    }

    /** The trace of the cause; of the plan, if the cause has none. */
    private TraceContext traceOf(String plan, Cause cause) {
        return cause.trace().or(() -> plans.trace(plan)).orElseGet(() -> TraceContext.ofPlan(plan));
    }

    Announcements announcements(Cause cause) {
        return new Announcements(now(), cause.eventId());
    }

    Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }
}
