package io.taskweaver.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.domain.document.SourceSpan;
import io.taskweaver.domain.event.Pause;
import io.taskweaver.domain.plan.Limits;
import io.taskweaver.domain.plan.Plan;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.Planning;
import io.taskweaver.domain.plan.Rejection;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.plan.TaskId;
import io.taskweaver.domain.plan.Usage;
import io.taskweaver.domain.schedule.Attempts;
import io.taskweaver.domain.schedule.PlanState;
import io.taskweaver.domain.schedule.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept is read back as it was. */
final class EncodingTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123Z");
    private static final Attempts ATTEMPTS = new Attempts(300, 2, 0, Optional.of("naïve 試行"));

    private static final Limits LIMITS =
            new Limits(Optional.of(Duration.ofHours(8)), Optional.of(new Limits.Allowance(1, 2)), Optional.empty());

    static Stream<TaskState> states() {
        return Stream.of(
                new TaskState.Pending(ATTEMPTS),
                new TaskState.Delayed(ATTEMPTS, AT),
                new TaskState.Issued(ATTEMPTS, AT),
                new TaskState.Running(ATTEMPTS, AT, "e1", AT),
                new TaskState.Unmerged(ATTEMPTS, AT),
                new TaskState.Conflicted(ATTEMPTS, new TaskId("a-reconcile-1")),
                new TaskState.Merged(ATTEMPTS, AT),
                new TaskState.NeedsInput(ATTEMPTS, "which?"),
                new TaskState.Gated(new Attempts(1, 0, 0, Optional.empty(), true, new Usage(1, 2, 3))),
                new TaskState.Held(ATTEMPTS, "not yet"),
                new TaskState.Failed(ATTEMPTS, "no", Optional.of("set it")),
                new TaskState.DoneBefore());
    }

    static Stream<PlanState> plans() {
        return Stream.of(
                new PlanState.Active(),
                new PlanState.Paused("lunch", Pause.Cause.USER),
                new PlanState.Completed(3, 1),
                new PlanState.Failed("no", 3, List.of(new TaskId("a")), List.of(new TaskId("b")), 1),
                new PlanState.Cancelled("enough", 3, 1));
    }

    @ParameterizedTest
    @MethodSource("states")
    void a_state_of_a_task_is_read_back_as_it_was(TaskState state) {
        assertThat(Encoding.state(Encoding.encode(state))).isEqualTo(state);
    }

    @ParameterizedTest
    @MethodSource("plans")
    void a_state_of_a_plan_is_read_back_as_it_was(PlanState state) {
        var head = new PlanHead.Made(new PlanId("p"), "A plan", AT, state, Task.Priority.HIGH, LIMITS);
        assertThat(Encoding.head(Encoding.encode(head))).isEqualTo(head);
    }

    @Test
    void a_refusal_is_read_back_as_it_was() {
        var head = new PlanHead.Refused(
                new PlanId("p"),
                AT,
                List.of(new Rejection("code", "what", "do", Optional.of(new SourceSpan("a.md", 1, 9)))));
        assertThat(Encoding.head(Encoding.encode(head))).isEqualTo(head);
    }

    @Test
    void a_submission_that_waits_is_read_back_as_it_was() {
        var head = new PlanHead.Waiting(new PlanId("p"), AT, 2);
        assertThat(Encoding.head(Encoding.encode(head))).isEqualTo(head);
    }

    @Test
    void a_plan_is_read_back_as_it_was() {
        var plan = plan();
        var summary = PlanSummary.of(plan, AT, "cause");
        assertThat(Encoding.summary(Encoding.encode(summary))).isEqualTo(summary);
        for (var task : plan.tasks())
            assertThat(Encoding.task(Encoding.encode(new PlannedTask(task, 7)))).isEqualTo(new PlannedTask(task, 7));
        for (var component : plan.components())
            assertThat(Encoding.component(Encoding.encode(component))).isEqualTo(component);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, -1, 63, 64, 127, 128, 300, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void a_number_is_read_back_as_it_was(int number) {
        var out = new BinaryWriter();
        out.number(number);
        assertThat(new BinaryReader(out.bytes()).number()).isEqualTo(number);
    }

    @Test
    void state_of_another_version_is_refused_with_both_versions_named() {
        var bytes = Encoding.encode(new TaskState.DoneBefore());
        bytes[0] = 10;
        assertThatThrownBy(() -> Encoding.state(bytes)).hasMessageContaining("format 5, this one reads 4");
    }

    private static Plan plan() {
        return SomePlans.plan(SomePlans.submission("p", PlannerStory.OPTIONS, "@api", "a: api", "b: a"))
                        instanceof Planning.Planned(Plan plan)
                ? plan
                : org.assertj.core.api.Assertions.fail("not planned");
    }
}
