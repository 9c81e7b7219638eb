package io.taskweaver.context;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.storage.StorageFailure;
import io.taskweaver.wire.CurrentWork;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.DecodedRecord;
import io.taskweaver.wire.EventReader;
import io.taskweaver.wire.EventWriter;
import io.taskweaver.wire.Outgoing;
import io.taskweaver.wire.Tickets;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.UnreadableStateException;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jboss.logging.Logger;

/**
 * The shell around {@link ContextRules}: decodes a record, calls the rules, writes, sends. A record that cannot be
 * processed goes to the dead letters with its reason; lost infrastructure ends the thread, so that the record is read
 * again.
 */
final class ContextFold implements Processor<byte[], byte[], byte[], Outgoing> {
    private static final Logger LOG = Logger.getLogger(ContextFold.class);

    private final String prefix;
    private final EventReader events;
    private final EventWriter announcements;
    private final Tickets tickets;
    private final ContextRules rules;
    private final DeadLetters deadLetters;
    private final Consumer<String> tally;
    private final CurrentWork work;
    private final Set<PlanId> repaired = new HashSet<>();
    private ProcessorContext<byte[], Outgoing> context;
    private KeyValueStore<Bytes, byte[]> store;

    /**
     * @param prefix of topic names
     * @param serdes settings of serializers and deserializers
     * @param tickets required of results
     * @param rules decide
     * @param tally receives the outcome of each record, as a word
     * @param work is informed of the current work
     */
    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    ContextFold(
            String prefix,
            Map<String, ?> serdes,
            Tickets tickets,
            ContextRules rules,
            DeadLetters deadLetters,
            Consumer<String> tally,
            CurrentWork work) {
        this.prefix = prefix;
        this.events = new EventReader(serdes);
        this.announcements = new EventWriter(prefix, serdes);
        this.tickets = tickets;
        this.rules = rules;
        this.deadLetters = deadLetters;
        this.tally = tally;
        this.work = work;
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> context) {
        this.context = context;
        // May be the second call: Kafka Streams reuses a processor after it restored its store.
        repaired.clear();
        this.store = context.getStateStore(ContextTopology.STORE);
    }

    @Override
    public void process(Record<byte[], byte[]> source) {
        // A tombstone of a compacted topic: the plan keeps its state.
        if (source.value() == null) return;
        var origin = context.recordMetadata().orElseThrow();
        work.on(origin.topic() + "-" + origin.partition() + "@" + origin.offset(), () -> fold(source, origin));
    }

    private void fold(Record<byte[], byte[]> source, RecordMetadata origin) {
        switch (events.read(topicOf(origin), origin.topic(), source.headers(), source.value())) {
            case DecodedRecord.Tombstone<?>() -> {}
            case DecodedRecord.Refused<?> refused -> deadLetter(source, origin, refused.reason(), refused.cause());
            case DecodedRecord.Understood<?>(var event) -> fold(source, origin, (PlanEvent) event);
        }
    }

    private Topic<?> topicOf(RecordMetadata origin) {
        return ContextTopology.inputs().stream()
                .filter(topic -> topic.name(prefix).equals(origin.topic()))
                .findFirst()
                .orElseThrow();
    }

    private void fold(Record<byte[], byte[]> source, RecordMetadata origin, PlanEvent event) {
        var forged = event instanceof PlanEvent.Outcome outcome ? tickets.fault(outcome) : Optional.<String>empty();
        if (forged.isPresent()) {
            deadLetter(source, origin, DeadLetters.UNTICKETED, forged.get());
            return;
        }
        try {
            if (repaired.add(event.plan())) Repair.of(event.plan(), store);
            var plan = new StoredPlan(store, event.plan());
            var before = rules.before(plan, event);
            if (before.isPresent()) apply(source, origin, event, before.get());
            apply(source, origin, event, rules.on(plan, event));
            for (var next = rules.next(plan, event); next.isPresent(); next = rules.next(plan, event))
                apply(source, origin, event, next.get());
        } catch (IllegalArgumentException e) {
            deadLetter(source, origin, DeadLetters.INVALID, String.valueOf(e.getMessage()));
        } catch (KafkaException | UnreadableStateException e) {
            throw e;
        } catch (IOException e) {
            throw new KafkaException(
                    "The code of plan " + event.plan() + " cannot be read or written: " + StorageFailure.explained(e),
                    e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.errorf(e, "Event failed topic=%s offset=%d", origin.topic(), origin.offset());
            deadLetter(source, origin, DeadLetters.FAILED, e.toString());
        }
    }

    private void apply(Record<byte[], byte[]> source, RecordMetadata origin, PlanEvent event, FoldDecision decision) {
        switch (decision) {
            case FoldDecision.UnknownPlan() ->
                deadLetter(source, origin, DeadLetters.UNKNOWN_PLAN, "unknown plan " + event.plan());
            case FoldDecision.Replace(var writes, var objects, var outcome) -> {
                writes.applyTo(store);
                for (var key : objects) send(source, announcements.tombstone(Topics.CODE_OBJECTS, key));
                tally.accept(outcome);
                LOG.infof("Contexts %s plan=%s objects=%d", outcome, event.plan(), objects.size());
            }
            case FoldDecision.Accept(var writes, var objects, var announced, var requested, var leftOut) -> {
                writes.applyTo(store);
                var trace = TraceContext.of(source.headers(), event.plan().value());
                for (var part : objects) send(source, announcements.record(part, trace));
                announced.ifPresent(outcome -> announce(source, event, outcome));
                requested.ifPresent(batch -> request(source, event, batch));
                if (announced.isEmpty()) tally.accept("accepted");
                for (var path : leftOut)
                    LOG.warnf("Contract file omitted, the path is in use plan=%s path=%s", event.plan(), path);
            }
        }
    }

    private void announce(Record<byte[], byte[]> source, PlanEvent event, Settlement outcome) {
        switch (outcome) {
            case Settlement.Merged merged -> {
                tally.accept("merged");
                LOG.debugf("Merged plan=%s task=%s attempt=%d", event.plan(), merged.task(), merged.attempt());
            }
            case Settlement.Conflicted conflicted -> {
                tally.accept("conflicted");
                LOG.infof(
                        "Conflicted plan=%s task=%s attempt=%d", event.plan(), conflicted.task(), conflicted.attempt());
            }
        }
        var announcement = MergeEvents.of(
                outcome, new StoredPlan(store, event.plan()), event.plan(), Optional.of(event.eventId()), now());
        send(
                source,
                announcements.record(
                        announcement,
                        TraceContext.of(source.headers(), event.plan().value())));
    }

    private void request(Record<byte[], byte[]> source, PlanEvent event, MergeQueue.Batch batch) {
        LOG.debugf("Verification requested plan=%s node=%s results=%s", event.plan(), batch.node(), batch.results());
        var asked = MergeEvents.of(batch, event.plan(), Optional.of(event.eventId()), now());
        send(
                source,
                announcements.record(
                        asked, TraceContext.of(source.headers(), event.plan().value())));
    }

    private void deadLetter(Record<byte[], byte[]> source, RecordMetadata origin, String reason, String cause) {
        tally.accept(reason);
        LOG.warnf(
                "Record written to the dead letters reason=%s topic=%s partition=%d offset=%d",
                reason, origin.topic(), origin.partition(), origin.offset());
        send(
                source,
                deadLetters.of(
                        origin.topic(),
                        origin.partition(),
                        origin.offset(),
                        source.key(),
                        source.value(),
                        source.headers(),
                        reason,
                        cause,
                        now()));
    }

    private void send(Record<byte[], byte[]> source, ProducerRecord<byte[], byte[]> record) {
        context.forward(Outgoing.of(record, source.timestamp()));
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }
}
