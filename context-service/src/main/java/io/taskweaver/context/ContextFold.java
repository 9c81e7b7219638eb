package io.taskweaver.context;

import io.taskweaver.context.EventReader.Decoded;
import io.taskweaver.domain.context.Settlement;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.wire.CurrentWork;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.EventKeys;
import io.taskweaver.wire.Tickets;
import io.taskweaver.wire.TraceContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jboss.logging.Logger;

/**
 * The shell around {@link ContextRules}: decodes a record, lets the rules decide, writes, sends. A record that can not be
 * processed is set aside with its reason, and the next one is taken; lost infrastructure ends the thread, so that the
 * record is read again.
 */
final class ContextFold implements Processor<byte[], byte[], byte[], Outgoing> {
    private static final Logger LOG = Logger.getLogger(ContextFold.class);

    private final EventReader events;
    private final Tickets tickets;
    private final DeadLetters deadLetters;
    private final Consumer<String> tally;
    private final CurrentWork work;
    private final Set<PlanId> repaired = new HashSet<>();
    private ProcessorContext<byte[], Outgoing> context;
    private KeyValueStore<Bytes, byte[]> store;

    /**
     * @param tickets that results have to carry
     * @param tally is told the outcome of each record, by a word
     * @param work is told what is worked on
     */
    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    ContextFold(
            EventReader events, Tickets tickets, DeadLetters deadLetters, Consumer<String> tally, CurrentWork work) {
        this.events = events;
        this.tickets = tickets;
        this.deadLetters = deadLetters;
        this.tally = tally;
        this.work = work;
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> context) {
        this.context = context;
        // It may be the second time: Kafka Streams uses a processor again after it restored its store.
        repaired.clear();
        this.store = context.getStateStore(ContextTopology.STORE);
    }

    @Override
    public void process(Record<byte[], byte[]> source) {
        // A tombstone of a compacted topic: the plan goes on with what it was told.
        if (source.value() == null) return;
        var origin = context.recordMetadata().orElseThrow();
        work.on(origin.topic() + "-" + origin.partition() + "@" + origin.offset(), () -> fold(source, origin));
    }

    private void fold(Record<byte[], byte[]> source, RecordMetadata origin) {
        switch (events.read(origin.topic(), source.value())) {
            case Decoded.Undecodable(var cause) -> setAside(source, origin, DeadLetters.UNDECODABLE, cause);
            case Decoded.Event(var event) -> {
                var forged = Events.fault(event, tickets);
                if (forged.isPresent()) {
                    setAside(source, origin, DeadLetters.UNTICKETED, forged.get());
                    return;
                }
                PlanEvent said;
                Decision decision;
                try {
                    said = Events.read(event);
                    if (repaired.add(said.plan())) Repair.of(said.plan(), store);
                    decision = ContextRules.on(new StoredPlan(store, said.plan()), said);
                } catch (IllegalArgumentException e) {
                    setAside(source, origin, DeadLetters.INVALID, String.valueOf(e.getMessage()));
                    return;
                } catch (KafkaException e) {
                    throw e;
                } catch (RuntimeException | StackOverflowError e) {
                    LOG.errorf(e, "event failed topic=%s offset=%d", origin.topic(), origin.offset());
                    setAside(source, origin, DeadLetters.FAILED, e.toString());
                    return;
                }
                apply(source, origin, said, decision);
            }
        }
    }

    private void apply(Record<byte[], byte[]> source, RecordMetadata origin, PlanEvent said, Decision decision) {
        switch (decision) {
            case Decision.UnknownPlan() ->
                setAside(source, origin, DeadLetters.UNKNOWN_PLAN, "nothing was ever heard of the plan " + said.plan());
            case Decision.Accept(var writes, var announced, var leftOut) -> {
                writes.applyTo(store);
                announced.ifPresent(outcome -> send(source, said, outcome));
                if (announced.isEmpty()) tally.accept("taken-in");
                for (var path : leftOut)
                    LOG.warnf("contract file left out, another is there plan=%s path=%s", said.plan(), path);
            }
        }
    }

    private void send(Record<byte[], byte[]> source, PlanEvent said, Settlement outcome) {
        var cause = said instanceof PlanEvent.Completed completed ? completed.eventId() : "";
        var at = Instant.ofEpochMilli(context.currentSystemTimeMs());
        var outgoing = switch (outcome) {
            case Settlement.Merged merged -> {
                tally.accept("merged");
                LOG.debugf("merged plan=%s task=%s attempt=%d", said.plan(), merged.task(), merged.attempt());
                yield new Outgoing.Merged(Events.merged(said.plan(), merged, cause, at));
            }
            case Settlement.Conflicted conflicted -> {
                tally.accept("conflicted");
                LOG.infof(
                        "conflicted plan=%s task=%s attempt=%d", said.plan(), conflicted.task(), conflicted.attempt());
                yield new Outgoing.Conflicted(Events.conflicted(said.plan(), conflicted, cause, at));
            }
        };
        var trace = TraceContext.of(source.headers(), said.plan().value());
        context.forward(source.withKey(key(said.plan())).withValue(outgoing).withHeaders(trace.headers()));
    }

    private void setAside(Record<byte[], byte[]> source, RecordMetadata origin, String reason, String cause) {
        tally.accept(reason);
        LOG.warnf(
                "record set aside reason=%s topic=%s partition=%d offset=%d",
                reason, origin.topic(), origin.partition(), origin.offset());
        var letter = deadLetters.of(
                origin.topic(),
                origin.partition(),
                origin.offset(),
                source.key(),
                source.value(),
                source.headers(),
                reason,
                cause,
                Instant.ofEpochMilli(context.currentSystemTimeMs()));
        context.forward(source.withKey(letter.key())
                .withValue(new Outgoing.SetAside(letter.value()))
                .withHeaders(letter.headers()));
    }

    private static byte[] key(PlanId plan) {
        return EventKeys.plan(plan.value()).getBytes(StandardCharsets.UTF_8);
    }
}
