package io.taskweaver.scheduling.dispatch;

import static io.taskweaver.scheduling.dispatch.Story.completed;
import static io.taskweaver.scheduling.dispatch.Story.conflicted;
import static io.taskweaver.scheduling.dispatch.Story.failed;
import static io.taskweaver.scheduling.dispatch.Story.id;
import static io.taskweaver.scheduling.dispatch.Story.merged;
import static io.taskweaver.scheduling.dispatch.Story.planOf;
import static io.taskweaver.scheduling.dispatch.Story.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Limits;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.RejectedResult;
import io.taskweaver.model.Resolution;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Results that people approve or reject, and tasks that they settle. */
class PersonsDecisionsTest {
    private static final PlanOptions REVIEWED = PlanOptions.DEFAULT.toBuilder()
            .reviews(Set.of(PlanOptions.ALL_KINDS))
            .maxAttempts(2)
            .maxRejections(3)
            .build();
    private static final Resolution OURS = new Resolution(Resolution.Side.OURS, Optional.empty(), "Ada");

    private static SchedulerInput approved(String task, int attempt) {
        return new SchedulerInput.Approved(id(task), Optional.empty(), attempt);
    }

    private static SchedulerInput rejected(String task, int attempt) {
        return new SchedulerInput.Rejected(id(task), "not so", attempt);
    }

    private static SchedulerInput resolved(String task, int attempt) {
        return new SchedulerInput.ResolveAsked(id(task), attempt, OURS);
    }

    private static int attempt(Story story, String task) {
        return ((TaskState.Tried) story.plan.stateOf(id(task))).attempts().number();
    }

    @Test
    void a_result_in_review_takes_no_slot_and_holds_up_only_what_needs_it() {
        var story = planOf(REVIEWED, work("a"), work("b"), work("c", "a"))
                .capacity(1)
                .begun();

        story.when(completed("a", 1))
                .thenState("a", TaskState.InReview.class)
                .thenState("b", TaskState.Issued.class)
                .thenState("c", TaskState.Pending.class);
        assertThat(story.plan.waiting()).containsOnlyKeys(id("a"));
    }

    @Test
    void an_approval_is_told_to_who_merges_again_if_it_comes_again() {
        var story = planOf(REVIEWED, work("a")).begun().when(completed("a", 1), approved("a", 1));

        assertThat(story.sent()).contains(new Action.ApproveResult(id("a"), 1));
        story.thenState("a", TaskState.Unmerged.class)
                .when(approved("a", 1))
                .thenSent(new Action.ApproveResult(id("a"), 1))
                .when(merged("a", 1))
                .thenPlan(PlanState.Completed.class);
    }

    @Test
    void an_approval_that_was_meant_for_another_attempt_or_for_the_start_approves_no_result() {
        planOf(REVIEWED, work("a"))
                .begun()
                .when(completed("a", 1), approved("a", 2), new SchedulerInput.Approved(id("a"), Optional.empty()))
                .thenState("a", TaskState.InReview.class);
    }

    @Test
    void a_rejection_gives_another_attempt_with_the_reason_and_does_not_use_up_attempts() {
        var story = planOf(REVIEWED, work("a")).begun();
        story.when(failed("a", 1, Failure.TASK_FAILED), completed("a", 2), rejected("a", 2), rejected("a", 2));

        assertThat(attempt(story, "a")).isEqualTo(3);
        assertThat(((TaskState.Issued) story.plan.stateOf(id("a"))).attempts().rejected())
                .contains(new RejectedResult("not so", Optional.empty()));
        story.when(failed("a", 3, Failure.TASK_FAILED)).thenState("a", TaskState.Issued.class);
    }

    @Test
    void a_task_whose_results_are_always_rejected_fails_and_may_be_retried() {
        var story = planOf(REVIEWED, work("a")).begun();
        for (int attempt = 1; attempt <= 3; attempt++) story.when(completed("a", attempt), rejected("a", attempt));

        story.thenState("a", TaskState.Failed.class)
                .thenPlan(PlanState.Failed.class)
                .when(new SchedulerInput.RetryAsked(id("a")))
                .thenState("a", TaskState.Issued.class);
    }

    @Test
    void time_limits_pass_while_results_wait() {
        var limited = REVIEWED.toBuilder()
                .limits(new Limits(Optional.of(Duration.ofHours(1)), Optional.empty(), Optional.empty()))
                .build();
        planOf(limited, work("a"))
                .begun()
                .when(completed("a", 1))
                .after(Duration.ofHours(2))
                .thenPlan(PlanState.Paused.class)
                .when(approved("a", 1), merged("a", 1))
                .thenPlan(PlanState.Completed.class);
    }

    @Test
    void a_settled_task_stops_what_reconciles_it_and_counts_as_another_attempt() {
        var story = planOf(work("a")).begun().when(completed("a", 1), conflicted("a", 1));

        story.when(resolved("a", 1));

        var resolver = new TaskId("a-reconcile-1");
        assertThat(story.sent())
                .contains(
                        new Action.AnnounceResolution(id("a"), 2, OURS),
                        new Action.StopAttempts(resolver, OURS.words()));
        story.thenState("a", TaskState.Resolved.class)
                .thenState("a-reconcile-1", TaskState.Failed.class)
                .when(resolved("a", 1))
                .thenSent(new Action.AnnounceResolution(id("a"), 2, OURS))
                .when(merged("a", 2))
                .thenPlan(PlanState.Completed.class);
    }

    @Test
    void a_plan_that_failed_for_a_conflict_goes_on_when_that_is_settled() {
        var once = PlanOptions.DEFAULT.toBuilder().maxAttempts(1).build();
        var story = planOf(once, work("a"), work("b", "a")).begun();
        story.when(completed("a", 1), conflicted("a", 1), failed("a-reconcile-1", 1, Failure.TASK_FAILED))
                .thenPlan(PlanState.Failed.class);

        story.when(resolved("a", 1)).thenPlan(PlanState.Active.class);
        story.when(merged("a", 2)).thenState("b", TaskState.Issued.class);
    }

    private static SchedulerInput refused(String task, int attempt) {
        return new SchedulerInput.Conflicted(
                id(task), attempt, List.of("list.txt"), Optional.empty(), Optional.of("It is not here"));
    }

    @Test
    void a_conflict_whose_resolution_is_refused_is_open_as_before_and_says_why() {
        var story = planOf(work("a")).begun().when(completed("a", 1), conflicted("a", 1), resolved("a", 1));

        story.when(refused("a", 2), refused("a", 2));

        assertThat(story.plan.stateOf(id("a"))).isInstanceOfSatisfying(TaskState.Conflicted.class, open -> {
            assertThat(open.resolver()).isEqualTo(id("a-reconcile-2"));
            assertThat(open.attempts().refused()).hasValue("What Ada resolved it with was refused: It is not here.");
        });
        story.thenState("a-reconcile-2", TaskState.Issued.class)
                .when(resolved("a", 1))
                .thenState("a", TaskState.Conflicted.class)
                .when(resolved("a", 2))
                .thenState("a", TaskState.Resolved.class)
                .thenState("a-reconcile-2", TaskState.Failed.class)
                .when(merged("a", 3))
                .thenPlan(PlanState.Completed.class);
    }

    @Test
    void what_reconciled_the_result_before_a_refusal_does_not_settle_the_task_any_more() {
        var story = planOf(work("a"), work("b", "a"))
                .begun()
                .when(completed("a", 1), conflicted("a", 1), completed("a-reconcile-1", 1), resolved("a", 1));

        story.when(refused("a", 2), merged("a-reconcile-1", 1))
                .thenState("a-reconcile-1", TaskState.Merged.class)
                .thenState("a", TaskState.Conflicted.class)
                .thenState("a-reconcile-2", TaskState.Issued.class)
                .thenState("b", TaskState.Pending.class);

        story.when(completed("a-reconcile-2", 1), merged("a-reconcile-2", 1)).thenState("b", TaskState.Issued.class);
    }

    @Test
    void a_failed_task_whose_resolution_is_refused_has_failed_as_before_and_may_be_settled_again() {
        var once = PlanOptions.DEFAULT.toBuilder().maxAttempts(1).build();
        var story = planOf(once, work("a"), work("b", "a")).begun();
        story.when(completed("a", 1), conflicted("a", 1), failed("a-reconcile-1", 1, Failure.TASK_FAILED));
        var before = ((TaskState.Failed) story.plan.stateOf(id("a"))).reason();

        story.when(resolved("a", 1), refused("a", 2));

        assertThat(story.plan.stateOf(id("a"))).isInstanceOfSatisfying(TaskState.Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(before);
            assertThat(failed.attempts().refused()).hasValue("What Ada resolved it with was refused: It is not here.");
        });
        assertThat(story.sent()).contains(new Action.Withdraw(id("a"), 2));
        story.thenPlan(PlanState.Failed.class);

        story.when(resolved("a", 2)).thenPlan(PlanState.Active.class);
        story.when(merged("a", 3)).thenState("b", TaskState.Issued.class);
    }

    @Test
    void what_does_not_conflict_has_no_sides() {
        planOf(work("a")).begun().when(resolved("a", 1)).thenNothing().thenState("a", TaskState.Issued.class);
    }
}
