package io.taskweaver.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taskweaver.domain.effort.Effort;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.Planning;
import io.taskweaver.domain.plan.Submission;
import io.taskweaver.events.RequirementsSubmitted;
import io.taskweaver.topics.CurrentWork;
import io.taskweaver.topics.EventSerdes;
import io.taskweaver.topics.testing.SingleObjectSerializer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What Kafka Streams does to a processor where it goes wrong: it closes it, and another one goes on. */
class PlanProcessorTest {
    private static final PlanId SHOP = new PlanId("shop");

    private final CurrentWork work = new CurrentWork(InstantSource.system());
    private final PlanningThread planning = new PlanningThread(Duration.ofMinutes(1), Duration.ofMinutes(1), work);
    private final MockProcessorContext<String, SpecificRecord> context = new MockProcessorContext<>();
    private final KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(PlanStore.NAME), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    private final StoredPlans stored = new StoredPlans(store);
    private final AtomicBoolean released = new AtomicBoolean();
    private PlanProcessor processor = processor();

    PlanProcessorTest() {
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        context.setCurrentSystemTimeMs(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
        processor.init(context);
    }

    @AfterEach
    void close() {
        processor.close();
        planning.close();
    }

    @Test
    void threads_that_end_in_the_last_planner_that_may_are_not_counted() {
        submitted();
        processor.close();
        new PlanStore(store).put(new PlanHead.Waiting(SHOP, Instant.EPOCH, 2));
        planning.settled(SHOP);
        processor = processor();
        processor.init(context);
        tick();
        for (int end = 1; end <= 2; end++) {
            assertThat(waiting().starts()).isEqualTo(3);
            processor.close();
            processor = processor();
            processor.init(context);
            tick();
        }
        released.set(true);

        awaitMade();
    }

    private PlanHead.Waiting waiting() {
        return (PlanHead.Waiting) stored.head(SHOP).orElseThrow();
    }

    private void tick() {
        context.scheduledPunctuators().getLast().getPunctuator().punctuate(context.currentSystemTimeMs());
    }

    private void awaitMade() {
        await().until(() -> {
            tick();
            return !(stored.head(SHOP).orElseThrow() instanceof PlanHead.Waiting);
        });
        assertThat(stored.head(SHOP)).get().isInstanceOf(PlanHead.Made.class);
    }

    private void submitted() {
        var event = (RequirementsSubmitted)
                EventWriter.submitted(SomePlans.submission("shop", PlannerStory.OPTIONS, "a"), Instant.EPOCH)
                        .event();
        processor.process(new Record<>("shop", EventReader.submitted(event), context.currentSystemTimeMs()));
    }

    private Planning planned(Submission submission) {
        while (!released.get()) Effort.step();
        return SomePlans.plan(submission);
    }

    private PlanProcessor processor() {
        var fleet = new Fleet();
        return new PlanProcessor(
                PlannerStory.rules(),
                this::planned,
                planning,
                fleet,
                new PlannerMetrics(new SimpleMeterRegistry(), fleet),
                SomeEvents.TICKETS,
                work,
                EventSerdes.serde(SingleObjectSerializer.settings()));
    }
}
