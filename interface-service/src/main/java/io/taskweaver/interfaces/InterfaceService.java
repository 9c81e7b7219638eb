package io.taskweaver.interfaces;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.taskweaver.domain.contract.Contract;
import io.taskweaver.interfaces.ContractLedger.Answer;
import io.taskweaver.interfaces.Translation.Published;
import io.taskweaver.interfaces.Translation.Reading;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.connection.Retries;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Answers every {@code ComponentSpecified} with a {@code ContractPublished}; start reading here.
 *
 * <p>One record after the other: read it, let the {@link ContractLedger} decide, publish, note. The offset is committed
 * after the contract is on its topic, so a crash in between repeats the record, and the ledger, rebuilt from the topic of
 * contracts, gives the same answer again. What can not be read or breaks the rules goes to the dead letters. While broker
 * or registry are away the record is tried again until they are back.
 */
@ApplicationScoped
public class InterfaceService {
    private static final Logger LOG = Logger.getLogger(InterfaceService.class);

    private final ContractLedger ledger = new ContractLedger();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Translation translation;
    private final PublishedContracts publishedContracts;
    private final Assignment assignment;
    private final DeadLetters deadLetters;
    private final Clock clock;
    private final Meters meters;
    private final Duration retryPause;
    private final Retries retries;
    private final MutinyEmitter<ProducerRecord<byte[], byte[]>> contracts;
    private final MutinyEmitter<ProducerRecord<byte[], byte[]>> refused;

    InterfaceService(
            Translation translation,
            PublishedContracts publishedContracts,
            @Identifier("interface-assignment") Assignment assignment,
            @Identifier("interface") DeadLetters deadLetters,
            @Identifier("interface") Clock clock,
            Meters meters,
            InterfaceSettings settings,
            @Identifier("interface") ClusterSettings cluster,
            @Channel("interface-contracts") MutinyEmitter<ProducerRecord<byte[], byte[]>> contracts,
            @Channel("interface-dead-letters") MutinyEmitter<ProducerRecord<byte[], byte[]>> refused) {
        this.translation = translation;
        this.publishedContracts = publishedContracts;
        this.assignment = assignment;
        this.deadLetters = deadLetters;
        this.clock = clock;
        this.meters = meters;
        this.retryPause = settings.retryPause();
        this.retries = new Retries(InterfaceService.class, "interface", cluster);
        this.contracts = contracts;
        this.refused = refused;
    }

    /** Returns when the record is answered or refused for good. */
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
                if (!Outage.isCauseOf(e)) throw e;
                retries.failed(e);
                if (stopping.await(retryPause.toMillis(), TimeUnit.MILLISECONDS)) throw e;
            }
        }
    }

    void onStop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    /** Answers or refuses a record; only an outage leaves it open. */
    private void settle(ConsumerRecord<byte[], byte[]> source) {
        try {
            handle(source);
        } catch (RecordTooLargeException e) {
            refuse(source, DeadLetters.FAILED, "The contract is too large to publish. Split the component.");
        } catch (RuntimeException e) {
            if (Outage.isCauseOf(e)) throw e;
            LOG.errorf(e, "specification could not be answered");
            refuse(source, DeadLetters.FAILED, e.toString());
        }
    }

    private void handle(ConsumerRecord<byte[], byte[]> source) {
        switch (translation.specification(source)) {
            case Reading.Refused<Specification>(var reason, var cause) -> refuse(source, reason, cause);
            case Reading.Understood<Specification>(var specification) -> answer(specification, source);
        }
    }

    private void answer(Specification specification, ConsumerRecord<byte[], byte[]> source) {
        switch (ledger.answer(specification, Translation.originOf(source))) {
            case Answer.Superseded(int byVersion) -> {
                meters.superseded();
                log("an older specification came again", specification, byVersion);
            }
            case Answer.Publish(var contract, boolean isNew) -> {
                publish(specification, contract, source);
                meters.published(isNew);
                log(isNew ? "contract published" : "contract published again", specification, contract.version());
            }
        }
    }

    private void publish(Specification specification, Contract contract, ConsumerRecord<byte[], byte[]> source) {
        contracts.sendAndAwait(translation.record(specification, contract, source, clock.instant()));
        ledger.published(specification.identity(), contract, Optional.of(Translation.originOf(source)));
    }

    private void refuse(ConsumerRecord<byte[], byte[]> source, String reason, String cause) {
        refused.sendAndAwait(deadLetters.of(source, reason, cause, clock.instant()));
        meters.refused(reason);
        LOG.warnf(
                "record refused topic=%s partition=%d offset=%d reason=%s",
                source.topic(), source.partition(), source.offset(), reason);
    }

    /** Reads what was published, once at the start and again whenever partitions came over. */
    private void catchUp() {
        if (!assignment.hasChanged()) return;
        try {
            ledger.forgetAll();
            publishedContracts.forEach(this::note);
            LOG.infof("contracts read components=%d", ledger.size());
        } catch (RuntimeException e) {
            assignment.stillChanged();
            throw e;
        }
    }

    private void note(ConsumerRecord<byte[], byte[]> source) {
        switch (translation.published(source)) {
            case Reading.Refused<Published>(var reason, var cause) -> refuse(source, reason, cause);
            case Reading.Understood<Published>(Published.Contracted(var identity, var contract, var origin)) ->
                ledger.published(identity, contract, origin);
            case Reading.Understood<Published>(Published.Withdrawn(var identity)) -> ledger.withdrawn(identity);
        }
    }

    private static void log(String message, Specification specification, int version) {
        LOG.infof(
                "%s plan=%s task=%s version=%d",
                message, specification.plan(), specification.component().node(), version);
    }
}
