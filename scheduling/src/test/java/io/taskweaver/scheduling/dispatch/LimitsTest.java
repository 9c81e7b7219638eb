package io.taskweaver.scheduling.dispatch;

import static io.taskweaver.scheduling.dispatch.Story.id;
import static io.taskweaver.scheduling.dispatch.Story.issue;
import static io.taskweaver.scheduling.dispatch.Story.merged;
import static io.taskweaver.scheduling.dispatch.Story.planOf;
import static io.taskweaver.scheduling.dispatch.Story.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.model.Limits;
import io.taskweaver.model.Limits.Allowance;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.Failure;
import io.taskweaver.model.event.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final Action STANDING = new Action.AnnounceStanding(Optional.empty());
    private static final Limits TEN_DOLLARS =
            new Limits(Optional.empty(), Optional.of(Allowance.of(10_000_000)), Optional.empty());

    private static PlanOptions limited(Limits limits) {
        return options(Map.of(), Set.of(), limits);
    }

    private static PlanOptions options(Map<String, List<String>> agentsFor, Set<String> gates, Limits limits) {
        var usual = PlanOptions.DEFAULT;
        return new PlanOptions(
                usual.title(),
                usual.agent(),
                List.of(),
                agentsFor,
                gates,
                0,
                2,
                usual.attemptTimeout(),
                limits,
                usual.basePackage(),
                usual.verify(),
                usual.base());
    }

    private static Node of(String kind, String id, String... needs) {
        var node = work(id, needs);
        return new Node(
                node.id(), node.kind(), node.estimateMinutes(), node.needs(), false, Optional.empty(), Set.of(kind));
    }

    private static SchedulerInput cost(String task, int attempt, long micros) {
        return new SchedulerInput.Completed(id(task), attempt, new Usage(0, 0, micros));
    }

    private static SchedulerInput failedAtCost(String task, int attempt, long micros) {
        return new SchedulerInput.Failed(
                id(task),
                attempt,
                Failure.TASK_FAILED,
                "no",
                Optional.empty(),
                Optional.empty(),
                new Usage(0, 0, micros));
    }

    @Test
    void a_budget_that_is_used_up_stops_dispatch_and_says_so() {
        var story = planOf(limited(TEN_DOLLARS), work("a"), work("b", "a")).begun();
        story.when(cost("a", 1, 10_500_000), merged("a", 1));

        assertThat(story.plan.state())
                .isEqualTo(
                        new PlanState.Paused("The budget of $10.00 is used up: $10.50 was spent", Pause.Cause.LIMIT));
        assertThat(story.sent()).contains(STANDING).noneMatch(Action.IssueAttempt.class::isInstance);
    }

    @Test
    void what_runs_goes_on_and_may_complete_the_plan() {
        planOf(limited(TEN_DOLLARS), work("a"), work("b"))
                .begun()
                .when(cost("a", 1, 20_000_000), merged("a", 1), merged("b", 1))
                .thenPlan(PlanState.Completed.class);
    }

    @Test
    void a_budget_that_was_raised_lets_the_plan_go_on() {
        var story = planOf(limited(TEN_DOLLARS), work("a"), work("b", "a")).begun();
        story.when(cost("a", 1, 10_500_000), merged("a", 1));
        story.when(new SchedulerInput.ResumeAsked(Limits.NONE)).thenPlan(PlanState.Paused.class);
        var more = new Limits(Optional.empty(), Optional.of(Allowance.of(20_000_000)), Optional.empty());
        story.when(new SchedulerInput.ResumeAsked(more)).thenSent(STANDING, issue("b", 1, 10));
    }

    @Test
    void failed_attempts_cost_as_well() {
        var story = planOf(limited(TEN_DOLLARS), work("a")).begun();
        story.when(failedAtCost("a", 1, 4_000_000));
        assertThat(story.plan.used()).isEqualTo(new Usage(0, 0, 4_000_000));
        story.when(failedAtCost("a", 1, 4_000_000));
        assertThat(story.plan.used())
                .as("a report that comes twice counts once")
                .isEqualTo(new Usage(0, 0, 4_000_000));
        story.when(cost("a", 2, 1_000_000));
        assertThat(story.plan.used()).isEqualTo(new Usage(0, 0, 5_000_000));
    }

    @Test
    void who_passes_the_soft_limit_is_warned_once() {
        var story = planOf(limited(TEN_DOLLARS), work("a"), work("b")).begun();
        story.when(cost("a", 1, 8_000_000))
                .thenSent(new Action.AnnounceStanding(Optional.of("$8.00 of the budget of $10.00 is spent")));
        story.when(cost("b", 1, 1_000_000)).thenNothing().thenPlan(PlanState.Active.class);
    }

    @Test
    void tokens_have_a_budget_of_their_own() {
        var limits = new Limits(Optional.empty(), Optional.empty(), Optional.of(new Allowance(1000, 2000)));
        var story = planOf(limited(limits), work("a"), work("b", "a")).begun();
        story.when(new SchedulerInput.Completed(id("a"), 1, new Usage(1500, 600, 0)), merged("a", 1));
        assertThat(story.plan.state())
                .isEqualTo(new PlanState.Paused(
                        "The budget of 2,000 tokens is used up: 2,100 were used", Pause.Cause.LIMIT));
    }

    @Test
    void after_its_deadline_a_plan_starts_nothing_more() {
        var hour = new Limits(Optional.of(Duration.ofHours(1)), Optional.empty(), Optional.empty());
        var story = planOf(limited(hour), work("a"), work("b", "a")).begun();
        story.after(Duration.ofMinutes(59)).when(merged("a", 1)).thenSent(issue("b", 1, 10));
        var late = planOf(limited(hour), work("a"), work("b", "a")).begun();
        late.after(Duration.ofMinutes(61)).thenNothing().when(merged("a", 1)).thenPlan(PlanState.Paused.class);
        late.when(new SchedulerInput.ResumeAsked(hour)).thenSent(STANDING, issue("b", 1, 10));
        assertThat(late.plan.limits().within()).contains(Duration.ofMinutes(121));
    }

    @Test
    void a_gated_task_waits_for_a_person_and_holds_up_no_other() {
        var story = planOf(options(Map.of(), Set.of("deploy"), Limits.NONE), of("deploy", "a"), work("b"))
                .capacity(1)
                .begun();
        story.thenSent(STANDING, issue("b", 1, 10)).thenState("a", TaskState.Gated.class);
        story.when(new SchedulerInput.RetryAsked(id("a"))).thenState("a", TaskState.Gated.class);
        assertThat(story.plan.waiting()).containsExactly(Map.entry(id("a"), "May it start?"));
        story.when(merged("b", 1)).thenNothing().thenPlan(PlanState.Active.class);
        story.when(new SchedulerInput.Approved(id("a"), Optional.of("on the second host")));
        assertThat(story.sent()).hasSize(2);
        assertThat(story.sent().get(1)).isInstanceOfSatisfying(Action.IssueAttempt.class, issued -> {
            assertThat(issued.attempts().number()).isOne();
            assertThat(issued.attempts().feedback()).contains("on the second host");
        });
        assertThat(story.plan.waiting()).isEmpty();
    }

    @Test
    void a_task_that_was_let_start_is_not_asked_for_again() {
        var story = planOf(options(Map.of(), Set.of("deploy"), Limits.NONE), of("deploy", "a"))
                .begun();
        story.when(new SchedulerInput.Approved(id("a"), Optional.empty()), failedAtCost("a", 1, 0));
        assertThat(story.sent()).last().isInstanceOf(Action.IssueAttempt.class);
    }

    @Test
    void a_kind_of_task_has_its_own_agents() {
        var byKind = options(Map.of("Deploy", List.of("careful", "other")), Set.of(), Limits.NONE);
        var story = planOf(byKind, of("deploy", "a"), work("b")).begun();
        assertThat(story.sent())
                .map(Action.IssueAttempt.class::cast)
                .extracting(Action.IssueAttempt::agent)
                .containsExactly("careful", "simulated");
        story.when(Story.failed("a", 1, Failure.REFUSED_CREDENTIALS));
        assertThat(story.sent())
                .map(Action.IssueAttempt.class::cast)
                .extracting(Action.IssueAttempt::agent)
                .containsExactly("other");
    }

    @Test
    void what_an_agent_that_is_closed_would_run_waits_and_holds_up_no_other() {
        var byKind = options(Map.of("deploy", List.of("careful")), Set.of(), Limits.NONE);
        var story = planOf(byKind, of("deploy", "a"), work("b"), work("c")).capacity(2);
        story.closed("careful").begun().thenSent(issue("b", 1, 10), issue("c", 1, 10));
        story.closed().when(merged("b", 1));
        assertThat(story.sent())
                .singleElement()
                .isInstanceOfSatisfying(
                        Action.IssueAttempt.class,
                        issued -> assertThat(issued.agent()).isEqualTo("careful"));
    }

    @Test
    void limits_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> new Allowance(2, 1)).hasMessageContaining("soft limit");
        assertThatThrownBy(() -> Allowance.of(0)).hasMessageContaining("positive");
        assertThatThrownBy(() -> new Limits(Optional.of(Duration.ZERO), Optional.empty(), Optional.empty()))
                .hasMessageContaining("positive");
    }

    @Test
    void money_is_written_in_dollars() {
        assertThat(Limits.money(1_250_000)).isEqualTo("$1.25");
        assertThat(Limits.money(3)).isEqualTo("$0.0001");
        assertThat(Limits.money(0)).isEqualTo("$0.00");
    }
}
