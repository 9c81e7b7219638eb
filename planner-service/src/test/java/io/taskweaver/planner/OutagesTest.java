package io.taskweaver.planner;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.kiota.ApiException;
import com.microsoft.kiota.ApiExceptionBuilder;
import io.taskweaver.events.ContextMerged;
import io.taskweaver.topics.EventSerdes;
import java.io.EOFException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

final class OutagesTest {
    private static final byte[] KNOWN_FORM = {0, 0, 0, 0, 1, 2, 3};

    @Test
    void a_registry_that_can_not_be_reached_is_an_outage() {
        var deserializer =
                EventSerdes.<ContextMerged>deserializer(Map.of(EventSerdes.REGISTRY_URL, "http://127.0.0.1:9/apis"));
        var thrown = catchOf(() -> deserializer.deserialize("context-merged", KNOWN_FORM));
        assertThat(Outages.isOne(thrown)).as("%s", thrown).isTrue();
    }

    @Test
    void bytes_that_are_no_event_are_none_even_while_the_registry_is_away() {
        var deserializer =
                EventSerdes.<ContextMerged>deserializer(Map.of(EventSerdes.REGISTRY_URL, "http://127.0.0.1:9/apis"));
        var thrown = catchOf(() -> deserializer.deserialize(
                "context-merged", "nonsense".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(Outages.isOne(thrown)).as("%s", thrown).isFalse();
    }

    @Test
    void an_answer_of_the_registry_is_an_outage_unless_it_says_that_there_is_no_such_schema() {
        assertThat(Outages.isOne(new ExecutionException(answer(500)))).isTrue();
        assertThat(Outages.isOne(new ExecutionException(answer(404)))).isFalse();
    }

    @Test
    void a_record_that_ends_too_early_is_none() {
        assertThat(Outages.isOne(new SerializationException(new EOFException())))
                .isFalse();
    }

    private static ApiException answer(int status) {
        return new ApiExceptionBuilder().withResponseStatusCode(status).build();
    }

    private static Throwable catchOf(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            return e;
        }
        throw new AssertionError("nothing was thrown");
    }
}
