package io.taskweaver.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void a_callers_trace_is_handed_on_as_it_is() {
        var trace = TraceContext.of((String name) ->
                        Optional.ofNullable(Map.of("traceparent", PARENT, "tracestate", "vendor=1", "baggage", "user=7")
                                .get(name)))
                .orElseThrow();

        var headers = trace.headers();

        assertThat(headers.lastHeader("traceparent").value()).asString().isEqualTo(PARENT);
        assertThat(headers.lastHeader("tracestate").value()).asString().isEqualTo("vendor=1");
        assertThat(headers.lastHeader("baggage").value()).asString().isEqualTo("user=7");
        assertThat(TraceContext.of(headers, "shop")).isEqualTo(trace);
    }

    @Test
    void a_plan_without_a_caller_has_always_the_same_valid_trace_and_shares_it_with_no_other() {
        assertThat(TraceContext.ofPlan("shop")).isEqualTo(TraceContext.ofPlan("shop"));
        assertThat(TraceContext.ofPlan("shop")).isNotEqualTo(TraceContext.ofPlan("shop2"));
        assertThat(TraceContext.ofPlan("shop").traceparent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
        assertThat(TraceContext.of(new RecordHeaders(), "shop")).isEqualTo(TraceContext.ofPlan("shop"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-trace",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more"
            })
    void what_is_no_trace_is_replaced_by_the_plans(String parent) {
        assertThat(TraceContext.of(headers(parent), "shop")).isEqualTo(TraceContext.ofPlan("shop"));
    }

    @Test
    void a_later_version_may_say_more() {
        var parent = "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more";
        assertThat(TraceContext.of(headers(parent), "shop").traceparent()).isEqualTo(parent);
    }

    @Test
    void baggage_that_is_longer_than_anybody_has_to_carry_stays_behind() {
        var headers = headers("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        headers.add("baggage", "x".repeat(8_193).getBytes(StandardCharsets.UTF_8));
        assertThat(TraceContext.of(headers, "shop").baggage()).isEmpty();
    }

    private static RecordHeaders headers(String parent) {
        var headers = new RecordHeaders();
        headers.add("traceparent", parent.getBytes(StandardCharsets.UTF_8));
        return headers;
    }
}
