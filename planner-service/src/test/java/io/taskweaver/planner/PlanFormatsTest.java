package io.taskweaver.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.scheduling.dispatch.PlanState;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.testing.Filled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is kept is read back whole; formats of events and of tasks' states are tested with the formats. */
final class PlanFormatsTest {

    static List<PlanHead> heads() {
        return Filled.each(PlanHead.class);
    }

    static List<PlanState> states() {
        return Filled.each(PlanState.class);
    }

    @ParameterizedTest
    @MethodSource("heads")
    void what_became_of_a_submission_is_read_back_as_it_was(PlanHead head) {
        assertThat(PlanFormats.HEAD.decode(PlanFormats.HEAD.encode(head))).isEqualTo(head);
    }

    @ParameterizedTest
    @MethodSource("states")
    void every_state_of_a_plan_is_read_back_as_it_was(PlanState state) {
        var head = Filled.of(PlanHead.Made.class).with(state);

        assertThat(PlanFormats.HEAD.decode(PlanFormats.HEAD.encode(head))).isEqualTo(head);
    }

    @Test
    void a_trace_is_read_back_as_it_was() {
        var trace = TraceContext.ofPlan("p");

        assertThat(PlanFormats.TRACE.decode(PlanFormats.TRACE.encode(trace))).isEqualTo(trace);
    }
}
