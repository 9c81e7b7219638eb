package io.taskweaver.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.TraceContext;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventJsonTest {
    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void a_record_is_told_with_its_place_and_the_fields_of_its_schema() {
        var event = Translation.command(new PlanId("shop"), new Order.Pause("lunch"), AT);
        var trace = TraceContext.ofPlan("shop");
        var json = EventJson.of(new EventFeed.Received(
                Topics.PLAN_COMMANDS, 3, 7, AT, "shop", Optional.of(trace), Optional.of(event), Optional.empty()));
        assertThat(json.path("topic").asText()).isEqualTo("plan-commands");
        assertThat(json.path("traceparent").asText()).isEqualTo(trace.traceparent());
        assertThat(json.path("offset").asLong()).isEqualTo(7);
        assertThat(json.at("/value/meta/planId").asText()).isEqualTo("shop");
        assertThat(json.at("/value/meta/occurredAt").asText()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(json.at("/value/meta/causationId").isNull()).isTrue();
        assertThat(json.at("/value/command/reason").asText()).isEqualTo("lunch");
    }

    @Test
    void a_record_that_can_not_be_decoded_says_why() {
        var json = EventJson.of(new EventFeed.Received(
                Topics.TASK_READY,
                0,
                1,
                AT,
                "k",
                Optional.empty(),
                Optional.empty(),
                Optional.of("no event of this topic")));
        assertThat(json.path("problem").asText()).isEqualTo("no event of this topic");
        assertThat(json.has("traceparent")).isFalse();
        assertThat(json.path("value").isNull()).isTrue();
    }
}
