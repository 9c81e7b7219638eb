package io.taskweaver.scheduling.dispatch;

import static io.taskweaver.scheduling.dispatch.Story.completed;
import static io.taskweaver.scheduling.dispatch.Story.conflicted;
import static io.taskweaver.scheduling.dispatch.Story.contract;
import static io.taskweaver.scheduling.dispatch.Story.done;
import static io.taskweaver.scheduling.dispatch.Story.failed;
import static io.taskweaver.scheduling.dispatch.Story.id;
import static io.taskweaver.scheduling.dispatch.Story.issue;
import static io.taskweaver.scheduling.dispatch.Story.merged;
import static io.taskweaver.scheduling.dispatch.Story.options;
import static io.taskweaver.scheduling.dispatch.Story.planOf;
import static io.taskweaver.scheduling.dispatch.Story.published;
import static io.taskweaver.scheduling.dispatch.Story.reissue;
import static io.taskweaver.scheduling.dispatch.Story.started;
import static io.taskweaver.scheduling.dispatch.Story.touching;
import static io.taskweaver.scheduling.dispatch.Story.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.model.Limits;
import io.taskweaver.model.OptionChanges;
import io.taskweaver.model.OptionChangesBuilder;
import io.taskweaver.model.OverlapMode;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Task;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.Failure;
import io.taskweaver.model.event.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SchedulerTest {
    private static final Action STANDING = new Action.AnnounceStanding(Optional.empty());

    @Test
    void a_task_is_issued_when_all_it_needs_is_merged_and_not_when_it_is_completed() {
        planOf(work("a"), work("b"), work("c", "a", "b"))
                .begun()
                .thenSent(issue("a", 1, 20), issue("b", 1, 20))
                .when(completed("a", 1), completed("b", 1), merged("a", 1))
                .thenNothing()
                .when(merged("b", 1))
                .thenSent(issue("c", 1, 10));
    }

    @Test
    void a_user_of_a_component_waits_for_its_contract_only() {
        planOf(contract("shop"), work("build", "shop"), work("use", "shop"))
                .begun()
                .thenSent(new Action.SpecifyComponent(id("shop")))
                .when(published("shop"))
                .thenSent(issue("build", 1, 10), issue("use", 1, 10));
    }

    @Test
    void the_longest_path_to_the_end_goes_first_then_what_unblocks_most_then_the_order_of_the_plan() {
        planOf(
                        work("short"),
                        work("two", 5, "fan"),
                        work("fan", 5),
                        work("three", 5, "fan"),
                        work("long", 20),
                        work("line", 5),
                        work("end", 5, "line"))
                .capacity(4)
                .begun()
                .thenSent(issue("long", 1, 20), issue("fan", 1, 10), issue("line", 1, 10), issue("short", 1, 10));
    }

    @Test
    void no_more_is_in_flight_than_the_fleet_has_slots() {
        planOf(work("a"), work("b"), work("c"))
                .capacity(2)
                .begun()
                .thenSent(issue("a", 1, 10), issue("b", 1, 10))
                .when(completed("a", 1))
                .thenSent(issue("c", 1, 10));
    }

    @Test
    void no_more_is_in_flight_than_the_plan_wants() {
        planOf(options(1, 3), work("a"), work("b")).begun().thenSent(issue("a", 1, 10));
    }

    @Test
    void a_late_report_of_a_superseded_attempt_changes_nothing() {
        var story = planOf(work("a"), work("b", "a")).begun().when(failed("a", 1, Failure.TASK_FAILED));
        story.when(started("a", 2), completed("a", 1), failed("a", 1, Failure.TASK_FAILED), started("a", 1))
                .thenNothing()
                .thenState("a", TaskState.Running.class);
        assertThat(((TaskState.Running) story.plan.stateOf(id("a"))).attempts().number())
                .isEqualTo(2);
    }

    @Test
    void a_repeated_merge_repeats_what_it_released_and_nobody_has_taken() {
        planOf(work("a"), work("b", "a"), work("c", "a"))
                .begun()
                .when(merged("a", 1), started("b", 1), merged("a", 1))
                .thenSent(issue("b", 1, 10), issue("c", 1, 10), reissue("c", 1, 10));
    }

    @Test
    void a_failed_task_is_tried_again_with_the_reason_as_feedback() {
        var story = planOf(work("a")).begun().when(failed("a", 1, Failure.TASK_FAILED));
        story.thenSent(new Action.IssueAttempt(
                id("a"), "simulated", new Attempts(2, 1, 0, Optional.of("it did not work")), 10, false));
    }

    @Test
    void where_an_agent_gives_up_the_next_goes_on_and_is_told_why() {
        var story = planOf(options(0, 2, "other"), work("a"))
                .begun()
                .when(failed("a", 1, Failure.TASK_FAILED), failed("a", 2, Failure.TIMED_OUT));
        story.thenSent(
                new Action.IssueAttempt(
                        id("a"), "simulated", new Attempts(2, 1, 0, Optional.of("it did not work")), 10, false),
                new Action.IssueAttempt(
                        id("a"), "other", new Attempts(3, 0, 1, Optional.of("it did not work")), 10, false));
        story.when(failed("a", 3, Failure.TASK_FAILED), failed("a", 4, Failure.TASK_FAILED))
                .thenState("a", TaskState.Failed.class);
    }

    @Test
    void an_agent_without_money_or_credentials_stops_no_plan_that_has_another() {
        var story = planOf(options(0, 2, "other"), work("a")).begun().when(failed("a", 1, Failure.REFUSED_CREDENTIALS));
        story.thenSent(new Action.IssueAttempt(id("a"), "other", new Attempts(2, 0, 1, Optional.empty()), 10, false));
        story.when(failed("a", 2, Failure.BUDGET_EXCEEDED)).thenPlan(PlanState.Paused.class);
    }

    @Test
    void a_person_who_asks_for_a_new_start_begins_with_the_first_agent() {
        planOf(options(0, 1, "other"), work("a"), work("b"))
                .begun()
                .when(
                        failed("a", 1, Failure.TASK_FAILED),
                        failed("a", 2, Failure.TASK_FAILED),
                        new SchedulerInput.RetryAsked(id("a")))
                .thenSent(
                        new Action.IssueAttempt(
                                id("a"), "other", new Attempts(2, 0, 1, Optional.of("it did not work")), 10, false),
                        new Action.IssueAttempt(
                                id("a"),
                                "simulated",
                                new Attempts(3, 0, 0, Optional.of("it did not work")),
                                10,
                                false));
    }

    @Test
    void a_task_fails_when_its_attempts_are_used_up_and_the_rest_of_the_plan_goes_on() {
        planOf(options(0, 2), work("a"), work("b", "a"), work("c"))
                .begun()
                .when(failed("a", 1, Failure.TASK_FAILED), failed("a", 2, Failure.TIMED_OUT))
                .thenState("a", TaskState.Failed.class)
                .thenPlan(PlanState.Active.class)
                .when(merged("c", 1))
                .thenSent(new Action.AnnounceEnd(new PlanState.Failed(
                        "1 task failed: a; 1 is blocked by failed tasks", 1, List.of(id("a")), List.of(id("b")), 1)));
    }

    @Test
    void a_rate_limit_waits_and_uses_up_no_attempt() {
        var story = planOf(options(0, 1), work("a")).begun();
        story.when(failed("a", 1, Failure.RATE_LIMITED)).thenNothing();
        story.after(Duration.ofSeconds(2)).thenSent(issue("a", 2, 10));
        story.when(failed("a", 2, Failure.RATE_LIMITED)).thenState("a", TaskState.Delayed.class);
    }

    @Test
    void what_is_stopped_with_its_executor_begins_anew_and_uses_up_no_attempt() {
        var story = planOf(options(0, 1), work("a")).begun();
        story.when(failed("a", 1, Failure.INTERRUPTED)).thenSent(issue("a", 2, 10));
        story.when(failed("a", 2, Failure.INTERRUPTED)).thenSent(issue("a", 3, 10));
        story.when(failed("a", 3, Failure.TASK_FAILED)).thenPlan(PlanState.Failed.class);
    }

    @Test
    void a_failure_of_the_machinery_waits_longer_each_time_and_uses_up_attempts() {
        var story = planOf(options(0, 2), work("a")).begun();
        story.when(failed("a", 1, Failure.INFRA_FAILED)).thenNothing();
        story.after(Duration.ofSeconds(2));
        assertThat(story.sent()).hasSize(1);
        story.when(failed("a", 2, Failure.INFRA_FAILED)).thenPlan(PlanState.Failed.class);
    }

    @Test
    void the_time_that_the_back_end_names_is_kept() {
        var story = planOf(work("a")).begun();
        var at = story.now.plusSeconds(60);
        story.when(new SchedulerInput.Failed(
                id("a"), 1, Failure.RATE_LIMITED, "slow down", Optional.empty(), Optional.of(at), Usage.NONE));
        story.after(Duration.ofSeconds(59)).thenNothing();
        story.after(Duration.ofSeconds(1)).thenSent(issue("a", 2, 10));
    }

    @Test
    void refused_credentials_pause_the_plan_with_what_to_set_and_are_not_counted() {
        var story = planOf(options(0, 1), work("a"), work("b")).capacity(1).begun();
        story.when(failed("a", 1, Failure.REFUSED_CREDENTIALS)).thenSent(STANDING);
        assertThat(story.plan.state())
                .isEqualTo(new PlanState.Paused("it did not work. try harder", Pause.Cause.AGENT));
        story.when(new SchedulerInput.ResumeAsked(Limits.NONE)).thenSent(STANDING, issue("a", 2, 10));
    }

    @Test
    void what_the_owner_of_an_executor_does_not_allow_pauses_the_plan_whatever_agents_it_has() {
        var story = planOf(options(0, 1, "other"), work("a")).begun();
        story.when(failed("a", 1, Failure.NOT_ALLOWED)).thenSent(STANDING);
        assertThat(story.plan.state())
                .isEqualTo(new PlanState.Paused("it did not work. try harder", Pause.Cause.AGENT));
        story.when(new SchedulerInput.ResumeAsked(Limits.NONE)).thenSent(STANDING, issue("a", 2, 10));
    }

    @Test
    void a_paused_plan_issues_nothing_and_takes_reports() {
        planOf(work("a"), work("b", "a"))
                .begun()
                .when(new SchedulerInput.PauseAsked("lunch"), merged("a", 1))
                .thenSent(STANDING)
                .thenState("a", TaskState.Merged.class)
                .when(new SchedulerInput.ResumeAsked(Limits.NONE))
                .thenSent(STANDING, issue("b", 1, 10));
    }

    @Test
    void a_task_that_needs_input_waits_for_a_person_and_gets_the_answer() {
        planOf(work("a"))
                .begun()
                .when(failed("a", 1, Failure.NEEDS_INPUT))
                .thenSent(STANDING)
                .thenPlan(PlanState.Active.class)
                .when(new SchedulerInput.Approved(id("a"), Optional.of("yes")))
                .thenSent(
                        STANDING,
                        new Action.IssueAttempt(
                                id("a"), "simulated", new Attempts(2, 0, 0, Optional.of("yes")), 10, false));
    }

    @Test
    void a_conflict_is_reconciled_by_a_node_whose_merge_stands_for_the_task() {
        planOf(work("a"), work("b", "a"))
                .begun()
                .when(completed("a", 1), conflicted("a", 1))
                .thenSent(new Action.AnnounceTask(id("a-reconcile-1")), issue("a-reconcile-1", 1, 20))
                .when(merged("a-reconcile-1", 1))
                .thenSent(issue("b", 1, 10))
                .when(merged("b", 1))
                .thenSent(new Action.AnnounceEnd(new PlanState.Completed(2, 0)));
    }

    @Test
    void a_task_fails_with_its_reconcile_node() {
        planOf(options(0, 1), work("a"))
                .begun()
                .when(conflicted("a", 1), failed("a-reconcile-1", 1, Failure.TASK_FAILED))
                .thenState("a", TaskState.Failed.class)
                .thenPlan(PlanState.Failed.class);
    }

    @Test
    void a_reconcile_node_of_a_superseded_attempt_is_not_retried() {
        planOf(options(0, 1), work("a"))
                .begun()
                .when(
                        conflicted("a", 1),
                        failed("a-reconcile-1", 1, Failure.TASK_FAILED),
                        new SchedulerInput.RetryAsked(id("a")))
                .when(new SchedulerInput.RetryAsked(id("a-reconcile-1")))
                .thenNothing()
                .thenState("a", TaskState.Issued.class)
                .thenState("a-reconcile-1", TaskState.Failed.class);
    }

    @Test
    void reconciliations_of_the_same_file_run_one_after_the_other() {
        planOf(work("a"), work("b"))
                .begun()
                .when(conflicted("a", 1))
                .thenSent(new Action.AnnounceTask(id("a-reconcile-1")), issue("a-reconcile-1", 1, 10))
                .when(conflicted("b", 1))
                .thenSent(new Action.AnnounceTask(id("b-reconcile-1")))
                .when(merged("a-reconcile-1", 1))
                .thenSent(issue("b-reconcile-1", 1, 10));
    }

    @Test
    void of_ready_tasks_one_goes_first_that_touches_no_file_of_what_runs() {
        planOf(touching("a", 30, "index.js"), touching("b", 20, "index.js"), touching("c", 10, "other.js"))
                .capacity(2)
                .begun()
                .thenSent(issue("a", 1, 30), issue("c", 1, 10))
                .when(completed("c", 1))
                .thenSent(issue("b", 1, 20));
    }

    @Test
    void where_overlaps_are_allowed_the_most_urgent_task_goes_first() {
        planOf(overlap(OverlapMode.ALLOW), touching("a", 30, "x"), touching("b", 20, "x"), touching("c", 10))
                .capacity(2)
                .begun()
                .thenSent(issue("a", 1, 30), issue("b", 1, 20));
    }

    @Test
    void where_overlaps_are_forbidden_a_task_waits_until_the_one_before_is_merged() {
        planOf(overlap(OverlapMode.FORBID), touching("a", 30, "x"), touching("b", 20, "x"), touching("c", 10, "y"))
                .begun()
                .thenSent(issue("a", 1, 30), issue("c", 1, 10))
                .when(completed("a", 1))
                .thenNothing()
                .when(merged("a", 1))
                .thenSent(issue("b", 1, 20));
    }

    private static PlanOptions overlap(OverlapMode mode) {
        return PlanOptions.DEFAULT.toBuilder().overlap(mode).build();
    }

    @Test
    void conflicts_are_not_reconciled_for_ever() {
        var conflicts = new ArrayList<SchedulerInput>();
        var task = id("a");
        for (int i = 0; i <= Transitions.MOST_RECONCILIATIONS; i++) {
            conflicts.add(conflicted(task.value(), 1));
            task = Reconciliation.id(task, 1);
        }
        planOf(options(0, 2), work("a"))
                .begun()
                .when(conflicts.toArray(SchedulerInput[]::new))
                .thenState("a", TaskState.Failed.class)
                .thenPlan(PlanState.Failed.class);
    }

    @Test
    void the_id_of_a_reconcile_node_is_valid_however_long_the_task_s_is() {
        assertThat(Reconciliation.id(id("x".repeat(100)), 12).value())
                .hasSize(100)
                .endsWith("-reconcile-12");
    }

    @Test
    void what_the_document_says_is_done_is_satisfied_from_the_start() {
        planOf(done("a"), work("b", "a")).begun().thenSent(issue("b", 1, 10));
    }

    @Test
    void a_plan_of_which_all_is_done_ends_at_once() {
        planOf(done("a")).begun().thenSent(new Action.AnnounceEnd(new PlanState.Completed(0, 0)));
    }

    @Test
    void a_cancelled_plan_ends_once_and_takes_nothing_more() {
        planOf(work("a"), work("b", "a"))
                .begun()
                .when(new SchedulerInput.CancelAsked("enough"))
                .thenSent(new Action.AnnounceEnd(new PlanState.Cancelled("enough", 0, 0)))
                .when(merged("a", 1), failed("b", 1, Failure.CANCELLED), new SchedulerInput.RetryAsked(id("a")))
                .thenNothing();
    }

    @Test
    void the_report_that_ended_a_plan_has_the_end_told_again_when_it_comes_again() {
        var end = new Action.AnnounceEnd(new PlanState.Completed(1, 0));
        planOf(work("a")).begun().when(merged("a", 1), merged("a", 1)).thenSent(end, end);
    }

    @Test
    void a_retry_asked_by_a_user_gives_a_failed_task_all_its_attempts() {
        planOf(options(0, 1), work("a"), work("b"))
                .begun()
                .when(failed("a", 1, Failure.TASK_FAILED), new SchedulerInput.RetryAsked(id("a")))
                .thenSent(issue("a", 2, 10));
    }

    @Test
    void a_retry_opens_a_failed_plan_again_and_what_waited_for_the_task_goes_on() {
        var story = planOf(options(0, 1), work("a"), work("b", "a"), work("c"))
                .begun()
                .when(merged("c", 1), failed("a", 1, Failure.TASK_FAILED))
                .thenPlan(PlanState.Failed.class)
                .when(new SchedulerInput.RetryAsked(id("c")), new SchedulerInput.RetryAsked(id("b")))
                .thenNothing()
                .when(new SchedulerInput.RetryAsked(id("a")))
                .thenSent(STANDING, issue("a", 2, 20))
                .thenPlan(PlanState.Active.class)
                .when(merged("a", 2))
                .thenSent(issue("b", 1, 10));
        story.when(merged("b", 1)).thenSent(new Action.AnnounceEnd(new PlanState.Completed(3, 1)));
    }

    @Test
    void a_plan_that_completed_or_was_cancelled_is_not_opened_again() {
        planOf(work("a"))
                .begun()
                .when(merged("a", 1))
                .when(new SchedulerInput.RetryAsked(id("a")))
                .thenNothing();
        planOf(work("a"))
                .begun()
                .when(new SchedulerInput.CancelAsked("enough"))
                .when(new SchedulerInput.RetryAsked(id("a")))
                .thenNothing();
    }

    @Test
    void a_cancelled_task_is_given_up_until_it_is_retried_and_the_rest_goes_on() {
        var story = planOf(work("a"), work("b", "a"), work("c"))
                .begun()
                .when(
                        started("a", 1),
                        new SchedulerInput.TaskCancelAsked(id("a"), "wrong"),
                        failed("a", 1, Failure.CANCELLED))
                .thenSent(STANDING)
                .thenPlan(PlanState.Active.class);
        assertThat(story.plan.stateOf(id("a")))
                .isEqualTo(new TaskState.Failed(Attempts.FIRST, "wrong", Optional.empty()));
        story.when(new SchedulerInput.RetryAsked(id("a")), failed("a", 1, Failure.CANCELLED))
                .thenSent(issue("a", 2, 20), reissue("a", 2, 20))
                .thenState("a", TaskState.Issued.class);
    }

    @Test
    void a_result_that_overtakes_its_task_s_cancellation_is_a_fact() {
        planOf(work("a"), work("b", "a"))
                .begun()
                .when(
                        new SchedulerInput.TaskCancelAsked(id("b"), "wrong"),
                        new SchedulerInput.TaskCancelAsked(id("a"), "wrong"))
                .thenPlan(PlanState.Failed.class);
        planOf(work("a"), work("b", "a"), work("c"))
                .begun()
                .when(new SchedulerInput.TaskCancelAsked(id("a"), "wrong"), merged("a", 1))
                .thenSent(STANDING, issue("b", 1, 10));
        planOf(work("a"))
                .begun()
                .when(completed("a", 1), new SchedulerInput.TaskCancelAsked(id("a"), "wrong"))
                .thenState("a", TaskState.Unmerged.class);
    }

    @Test
    void a_paused_task_waits_for_a_person_and_goes_on_as_the_same_attempt() {
        var story = planOf(work("a"), work("b", "a"), work("c"))
                .begun()
                .when(
                        new SchedulerInput.TaskPauseAsked(id("b"), "not yet"),
                        new SchedulerInput.TaskPauseAsked(id("c"), "too late"))
                .thenSent(STANDING)
                .thenState("c", TaskState.Issued.class)
                .when(merged("a", 1), merged("c", 1))
                .thenNothing()
                .thenPlan(PlanState.Active.class);
        assertThat(story.plan.waiting()).containsExactly(java.util.Map.entry(id("b"), "not yet"));
        story.when(new SchedulerInput.Approved(id("b"), Optional.empty())).thenSent(STANDING, issue("b", 1, 10));
    }

    @Test
    void a_paused_task_does_not_keep_a_plan_open_in_which_what_it_needs_has_failed() {
        planOf(options(0, 1), work("a"), work("b", "a"))
                .begun()
                .when(new SchedulerInput.TaskPauseAsked(id("b"), "not yet"), failed("a", 1, Failure.TASK_FAILED))
                .thenPlan(PlanState.Failed.class)
                .when(new SchedulerInput.RetryAsked(id("a")), merged("a", 2))
                .thenPlan(PlanState.Active.class)
                .thenState("b", TaskState.Held.class);
    }

    @Test
    void what_no_executor_names_for_the_length_of_a_lease_is_issued_again() {
        var story = planOf(work("a"), work("b")).begun().when(started("b", 1));
        story.after(Duration.ofSeconds(6));
        var now = story.now;
        story.whenOverdueIsLookedFor((task, attempt) -> task.equals(id("b")) ? Optional.of(now) : Optional.empty())
                .thenSent(reissue("a", 1, 10))
                .whenOverdueIsLookedFor(AnswerTimeouts.Leases.NONE)
                .thenSent(reissue("b", 1, 10))
                .whenOverdueIsLookedFor(AnswerTimeouts.Leases.NONE)
                .thenNothing();
    }

    @Test
    void a_clock_that_is_set_back_delays_no_lease_by_more_than_its_length() {
        var story = planOf(work("a")).after(Duration.ofHours(2)).begun();
        story.after(Duration.ofHours(-1))
                .whenOverdueIsLookedFor(AnswerTimeouts.Leases.NONE)
                .thenNothing();
        story.after(Duration.ofSeconds(6))
                .whenOverdueIsLookedFor(AnswerTimeouts.Leases.NONE)
                .thenSent(reissue("a", 1, 10));
    }

    @Test
    void nothing_is_issued_again_while_no_executor_lives() {
        planOf(work("a"))
                .begun()
                .capacity(0)
                .after(Duration.ofHours(1))
                .whenOverdueIsLookedFor(AnswerTimeouts.Leases.NONE)
                .thenNothing();
    }

    @Test
    void a_contract_is_asked_for_again_when_nobody_answers() {
        planOf(contract("shop"))
                .begun()
                .capacity(0)
                .after(Duration.ofSeconds(6))
                .whenOverdueIsLookedFor(AnswerTimeouts.Leases.NONE)
                .thenSent(new Action.SpecifyComponent(id("shop")));
    }

    @Test
    void a_resubmission_tells_of_the_plan_and_repeats_what_nobody_has_taken() {
        planOf(work("a"), work("b"))
                .begun()
                .when(started("b", 1), new SchedulerInput.Resubmitted())
                .thenSent(new Action.AnnouncePlan(), STANDING, reissue("a", 1, 10));
    }

    @Test
    void an_attempt_that_may_have_been_issued_before_a_crash_is_issued_as_if_again() {
        var story = planOf(work("a"), work("b", "a"));
        story.plan.recovering(true);
        story.begun().thenSent(reissue("a", 1, 20)).when(merged("a", 1)).thenSent(reissue("b", 1, 10));
    }

    @Test
    void a_report_of_an_attempt_whose_issue_was_not_kept_is_taken() {
        planOf(work("a"))
                .capacity(0)
                .begun()
                .thenNothing()
                .when(completed("a", 1))
                .thenState("a", TaskState.Unmerged.class)
                .capacity(1)
                .when(started("a", 1))
                .thenNothing();
    }

    @Test
    void the_priority_of_a_plan_can_be_changed() {
        var story = planOf(work("a")).begun().when(new SchedulerInput.PriorityChanged(Task.Priority.HIGH));
        assertThat(story.plan.priority()).isEqualTo(Task.Priority.HIGH);
    }

    @Test
    void changed_options_count_for_what_is_issued_next() {
        planOf(options(1, 2), work("a"), work("b"), work("c"))
                .begun()
                .thenSent(issue("a", 1, 10))
                .when(changed(
                        OptionChanges.builder().maxConcurrent(Optional.of(2)).agents(List.of("claude"))))
                .thenSent(by("claude", "b", 1, 0, Optional.empty()))
                .when(changed(OptionChanges.builder().maxAttempts(Optional.of(1))))
                .thenNothing()
                .when(failed("b", 1, Failure.TASK_FAILED))
                .thenState("b", TaskState.Failed.class);
    }

    @Test
    void options_of_a_failed_plan_count_from_when_it_is_retried() {
        planOf(options(1, 1), work("a"))
                .begun()
                .when(failed("a", 1, Failure.TASK_FAILED))
                .thenPlan(PlanState.Failed.class)
                .when(changed(OptionChanges.builder().agents(List.of("claude"))))
                .thenNothing()
                .when(new SchedulerInput.RetryAsked(id("a")))
                .thenState("a", TaskState.Issued.class);
    }

    private static SchedulerInput changed(OptionChangesBuilder changes) {
        return new SchedulerInput.OptionsChanged(changes.build());
    }

    private static Action by(String agent, String task, int attempt, int counted, Optional<String> feedback) {
        return new Action.IssueAttempt(id(task), agent, new Attempts(attempt, counted, 0, feedback), 10, false);
    }

    @Test
    void the_changes_in_any_order_give_the_same_progress() {
        var story = planOf(work("a"), work("b", "a"), work("c", "b"), contract("d"))
                .begun()
                .when(published("d"), completed("a", 1), merged("a", 1), failed("b", 1, Failure.RATE_LIMITED));
        var lastOfEach = new java.util.LinkedHashMap<Object, Change>();
        for (var change : story.kept)
            lastOfEach.put(change instanceof Change.TaskMoved moved ? moved.task() : change.getClass(), change);
        var backwards = new ArrayList<>(lastOfEach.values()).reversed();
        var again = planOf(work("a"), work("b", "a"), work("c", "b"), contract("d")).plan;
        backwards.forEach(again::apply);
        for (var task : List.of("a", "b", "c", "d"))
            assertThat(again.stateOf(id(task))).isEqualTo(story.plan.stateOf(id(task)));
        assertThat(again.inFlight()).isEqualTo(story.plan.inFlight());
        assertThat(again.readyCount()).isEqualTo(story.plan.readyCount());
    }

    @Test
    void a_need_that_names_no_node_is_refused() {
        assertThatThrownBy(() -> planOf(work("a", "ghost"))).hasMessageContaining("ghost");
    }

    @Test
    void a_cycle_is_refused() {
        assertThatThrownBy(() -> planOf(work("a", "b"), work("b", "a"))).hasMessageContaining("cycle");
    }
}
