package io.taskweaver.interfaces;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.taskweaver.interfaces.ContractLedger.Answer;
import io.taskweaver.model.ComponentNames;
import io.taskweaver.model.Contract;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent.ComponentSpecified;
import io.taskweaver.model.event.PlanEvent.ContractPublished;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.DecodedRecord;
import io.taskweaver.wire.EventReader;
import io.taskweaver.wire.EventWriter;
import io.taskweaver.wire.TopicReader;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.connection.Retries;
import io.taskweaver.wire.metrics.Metric;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Answers every {@code ComponentSpecified} with a {@code ContractPublished}; start reading here.
 *
 * <p>For each record in order: read, call the {@link ContractLedger}, publish, record. The offset is committed after
 * the contract is on its topic, so a crash in between repeats the record, and the ledger, rebuilt from the topic of
 * contracts, gives the same answer. Records that cannot be read or are invalid go to the dead letters. While broker or
 * registry are unavailable the record is retried.
 */
@ApplicationScoped
public class InterfaceService {
    private static final Logger LOG = Logger.getLogger(InterfaceService.class);

    private final ContractLedger ledger = new ContractLedger();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final EventReader reader;
    private final EventWriter writer;
    private final SpecificationRules rules;
    private final ClusterSettings cluster;
    private final PartitionAssignment assignment;
    private final DeadLetters deadLetters;
    private final MeterRegistry meters;
    private final Duration retryPause;
    private final Retries retries;
    private final MutinyEmitter<ProducerRecord<byte[], byte[]>> contracts;
    private final MutinyEmitter<ProducerRecord<byte[], byte[]>> refused;

    InterfaceService(
            InterfaceSettings settings,
            ClusterSettings cluster,
            @Identifier("interface-assignment") PartitionAssignment assignment,
            MeterRegistry meters,
            @Channel("interface-contracts") MutinyEmitter<ProducerRecord<byte[], byte[]>> contracts,
            @Channel("interface-dead-letters") MutinyEmitter<ProducerRecord<byte[], byte[]>> refused) {
        this.reader = new EventReader(cluster.serdes());
        this.writer = new EventWriter(cluster.topicPrefix(), cluster.serdes());
        this.deadLetters = new DeadLetters("interface", cluster.topicPrefix(), cluster.serdes());
        this.rules = SpecificationRules.of(settings);
        this.cluster = cluster;
        this.assignment = assignment;
        this.meters = meters;
        this.retryPause = settings.retryPause();
        this.retries = new Retries(InterfaceService.class, "interface", cluster);
        this.contracts = contracts;
        this.refused = refused;
    }

    /** Returns when the record is answered or rejected. */
    @Incoming("interface-specifications")
    @Blocking
    public void onSpecification(ConsumerRecord<byte[], byte[]> source) throws InterruptedException {
        while (true) {
            try {
                catchUp();
                settle(source);
                retries.over();
                return;
            } catch (RuntimeException e) {
                if (!Retries.isOutage(e)) throw e;
                retries.failed(e);
                if (stopping.await(retryPause.toMillis(), TimeUnit.MILLISECONDS)) throw e;
            }
        }
    }

    void onStop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    /** Answers or rejects a record; fails only during an outage. */
    private void settle(ConsumerRecord<byte[], byte[]> source) {
        try {
            handle(source);
        } catch (RecordTooLargeException e) {
            refuse(source, DeadLetters.FAILED, "The contract is too large to publish. Split the component.");
        } catch (RuntimeException e) {
            if (Retries.isOutage(e)) throw e;
            LOG.errorf(e, "Specification could not be answered");
            refuse(source, DeadLetters.FAILED, e.toString());
        }
    }

    private void handle(ConsumerRecord<byte[], byte[]> source) {
        switch (reader.read(ComponentSpecified.class, source)) {
            case DecodedRecord.Tombstone<ComponentSpecified> none ->
                refuse(source, DeadLetters.UNDECODABLE, "the record has no value");
            case DecodedRecord.Refused<ComponentSpecified> refused -> refuse(source, refused.reason(), refused.cause());
            case DecodedRecord.Understood<ComponentSpecified>(var specified) -> {
                var problems = rules.problems(specified.spec());
                if (problems.isEmpty()) answer(specified, source);
                else refuse(source, DeadLetters.INVALID, String.join(" ", problems));
            }
        }
    }

    private void answer(ComponentSpecified specified, ConsumerRecord<byte[], byte[]> source) {
        switch (ledger.answer(specified, Origin.of(source))) {
            case Answer.Superseded(int byVersion) -> {
                count("superseded");
                log("Older specification repeated", specified, byVersion);
            }
            case Answer.Publish(var contract, boolean isNew) -> {
                contracts.sendAndAwait(record(writer, specified, contract, source, Instant.now()));
                ledger.published(ContractLedger.identity(specified), contract, Optional.of(Origin.of(source)));
                count(isNew ? "published" : "published-again");
                log(isNew ? "Contract published" : "Contract republished", specified, contract.version());
            }
        }
    }

    /**
     * The record of a contract. Its event id depends only on plan, component and version.
     *
     * @param source record of the specification
     */
    static ProducerRecord<byte[], byte[]> record(
            EventWriter writer,
            ComponentSpecified specified,
            Contract contract,
            ConsumerRecord<byte[], byte[]> source,
            Instant at) {
        var plan = specified.plan();
        var meta = Meta.of(
                ContractPublished.class,
                plan,
                at,
                Optional.of(specified.eventId()),
                ComponentNames.typeName(contract.component()),
                contract.version());
        var record = writer.record(
                new ContractPublished(meta, specified.spec().node(), contract),
                TraceContext.of(source.headers(), plan.value()));
        record.headers().add(Origin.HEADER, Origin.of(source).toString().getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private void refuse(ConsumerRecord<byte[], byte[]> source, String reason, String cause) {
        refused.sendAndAwait(deadLetters.of(source, reason, cause, Instant.now()));
        count(reason);
        LOG.warnf(
                "Record written to the dead letters topic=%s partition=%d offset=%d reason=%s",
                source.topic(), source.partition(), source.offset(), reason);
    }

    private void count(String outcome) {
        Metric.SPECIFICATIONS.counter(meters, outcome).increment();
    }

    /** Reads published contracts, at the start and after each new assignment. */
    private void catchUp() {
        if (!assignment.hasChanged()) return;
        try (var published = contracts(cluster)) {
            published.open();
            ledger.forgetAll();
            published.readUpToEnd(this::note);
            LOG.infof("Contracts read components=%d", ledger.size());
        } catch (RuntimeException e) {
            assignment.stillChanged();
            throw e;
        }
    }

    static TopicReader contracts(ClusterSettings cluster) {
        return new TopicReader(cluster, "interface-contracts-reader", Topics.CONTRACT_PUBLISHED);
    }

    private void note(ConsumerRecord<byte[], byte[]> source) {
        byte @Nullable [] key = source.key();
        if (key == null) {
            refuse(source, DeadLetters.INVALID, "the record has no key");
            return;
        }
        var identity = new String(key, StandardCharsets.UTF_8);
        switch (reader.read(ContractPublished.class, source)) {
            case DecodedRecord.Refused<ContractPublished> refused -> refuse(source, refused.reason(), refused.cause());
            case DecodedRecord.Understood<ContractPublished>(var published) ->
                ledger.published(identity, published.contract(), Origin.in(source.headers()));
            case DecodedRecord.Tombstone<ContractPublished> withdrawn -> ledger.withdrawn(identity);
        }
    }

    private static void log(String message, ComponentSpecified specified, int version) {
        LOG.infof(
                "%s plan=%s task=%s version=%d",
                message, specified.plan(), specified.spec().node(), version);
    }
}
