package io.taskweaver.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.UnsendableToDeadLetters;
import io.taskweaver.wire.testing.SingleObjectSerializer;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.internals.DefaultErrorHandlerContext;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

/** What is set aside, and what is waited for. */
class DeadLetterHandlersTest {
    private static final byte[] BYTES = {1};
    private static final ErrorHandlerContext CONTEXT = new DefaultErrorHandlerContext(
            null, "task-completed", 0, 7, new RecordHeaders(), "planner", new TaskId(0, 0), 0, BYTES, BYTES);

    private static final MockProducer<byte[], byte[]> LETTERS =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

    private static final Map<String, ?> SETTINGS = Map.of(
            UnsendableToDeadLetters.SINK,
            new UnsendableToDeadLetters.Sink(
                    new DeadLetters("planner", "", SingleObjectSerializer.settings()), LETTERS));

    private static ProcessingExceptionHandler.Response processing(Exception thrown) {
        var handler = new FailedToDeadLetters();
        handler.configure(SETTINGS);
        return handler.handleError(CONTEXT, new Record<>("shop", BYTES, 0), thrown);
    }

    private static ProductionExceptionHandler.Response sending(String topic, Exception thrown) {
        var handler = new UnsendableToDeadLetters();
        handler.configure(SETTINGS);
        return handler.handleError(CONTEXT, new ProducerRecord<>(topic, BYTES, BYTES), thrown);
    }

    @Test
    void a_record_that_the_full_disk_of_the_state_keeps_from_being_processed_comes_again() {
        var full = new ProcessorStateException("put", new IOException("No space left on device"));

        assertThat(processing(full).result()).isEqualTo(ProcessingExceptionHandler.Result.FAIL);
        assertThat(processing(full).deadLetterQueueRecords()).isEmpty();
    }

    @Test
    void a_record_is_not_set_aside_for_what_another_one_met_at_the_broker() {
        var refused = new StreamsException("an earlier send", new TopicAuthorizationException("task-ready"));

        assertThat(processing(refused).result()).isEqualTo(ProcessingExceptionHandler.Result.FAIL);
    }

    @Test
    void a_record_that_breaks_a_rule_or_meets_a_defect_is_set_aside_whatever_its_words_are() {
        for (var thrown : new Exception[] {
            new Unprocessable(DeadLetters.INVALID, "no space left on device"),
            new IllegalStateException("the user wrote: permission denied")
        }) {
            assertThat(processing(thrown).result()).isEqualTo(ProcessingExceptionHandler.Result.RESUME);
            assertThat(processing(thrown).deadLetterQueueRecords()).hasSize(1);
        }
    }

    @Test
    void an_event_that_fits_into_no_message_is_set_aside_and_what_the_state_needs_is_not() {
        var tooLarge = new RecordTooLargeException("18000000 bytes");
        var set = sending(Topics.PLAN_STANDING.name(), tooLarge);

        assertThat(set.result()).isEqualTo(ProductionExceptionHandler.Result.RESUME);
        assertThat(set.deadLetterQueueRecords())
                .as("what the network thread that failed would send")
                .isEmpty();
        await().until(() -> LETTERS.history().size() == 1);
        assertThat(sending(Topics.DEAD_LETTERS.name(), tooLarge).deadLetterQueueRecords())
                .isEmpty();
        assertThat(sending("planner-plans-changelog", tooLarge).result())
                .isEqualTo(ProductionExceptionHandler.Result.FAIL);
    }

    @Test
    void what_the_broker_does_not_take_now_is_sent_again() {
        assertThat(sending(Topics.PLAN_STANDING.name(), new TimeoutException("busy"))
                        .result())
                .isEqualTo(ProductionExceptionHandler.Result.RETRY);
    }
}
