package io.taskweaver.client;

import static io.taskweaver.client.Events.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Contract;
import io.taskweaver.model.Limits;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.Rejection;
import io.taskweaver.model.Resolution;
import io.taskweaver.model.Task;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.Command;
import io.taskweaver.model.event.Failure;
import io.taskweaver.model.event.Pause;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.scheduling.dispatch.PlanStage;
import io.taskweaver.scheduling.dispatch.Reconciliation;
import io.taskweaver.scheduling.dispatch.TaskStage;
import io.taskweaver.scheduling.projection.OpenConflict;
import io.taskweaver.scheduling.projection.PlanView;
import io.taskweaver.scheduling.projection.TaskView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlanViewTest {
    private static PlanView after(PlanEvent... events) {
        var view = new PlanView(new PlanId("shop"));
        for (var event : events) view.on(event);
        return view;
    }

    private static TaskStage stateOf(String task, PlanEvent... events) {
        return after(events).task(id(task)).orElseThrow().stage();
    }

    @Test
    void a_task_waits_until_an_attempt_is_issued() {
        assertThat(stateOf("T1", work("T1", 1, 0))).isEqualTo(TaskStage.READY);
        assertThat(stateOf("T1", work("T1", 1, 0), ready("T1", 1, 1))).isEqualTo(TaskStage.ISSUED);
        assertThat(stateOf("T1", work("T1", 1, 0), ready("T1", 1, 1), started("T1", 1, 2)))
                .isEqualTo(TaskStage.RUNNING);
    }

    @Test
    void a_completed_attempt_is_merged_only_when_its_result_is() {
        assertThat(stateOf("T1", started("T1", 1, 1), completed("T1", 1, 5, 4))).isEqualTo(TaskStage.MERGING);
        assertThat(stateOf("T1", started("T1", 1, 1), completed("T1", 1, 5, 4), merged("T1", 1, 6)))
                .isEqualTo(TaskStage.MERGED);
    }

    @Test
    void a_failed_attempt_is_retried_until_attempts_are_used_up() {
        var once = new PlanEvent[] {created(1), failed("T1", 1, 1, Failure.TASK_FAILED)};
        assertThat(stateOf("T1", once)).isEqualTo(TaskStage.READY);
        assertThat(stateOf(
                        "T1",
                        created(1),
                        failed("T1", 1, 1, Failure.TASK_FAILED),
                        failed("T1", 2, 2, Failure.TIMED_OUT),
                        failed("T1", 3, 3, Failure.TASK_FAILED)))
                .isEqualTo(TaskStage.FAILED);
    }

    @Test
    void being_asked_to_wait_uses_up_no_attempt() {
        assertThat(stateOf(
                        "T1",
                        created(1),
                        failed("T1", 1, 1, Failure.RATE_LIMITED),
                        failed("T1", 2, 2, Failure.RATE_LIMITED),
                        failed("T1", 3, 3, Failure.RATE_LIMITED)))
                .isEqualTo(TaskStage.DELAYED);
    }

    @Test
    void a_task_that_needs_a_person_says_so_until_it_is_answered() {
        var asked = failed("T1", 1, 1, Failure.NEEDS_INPUT);
        assertThat(stateOf("T1", asked)).isEqualTo(TaskStage.NEEDS_INPUT);
        assertThat(stateOf("T1", asked, commanded(new Command.ApproveTask(id("T1"), Optional.empty()), 2)))
                .isEqualTo(TaskStage.READY);
    }

    @Test
    void a_conflict_is_over_when_its_reconcile_node_is_merged() {
        var conflict = conflicted("T1", 1, 3);
        assertThat(stateOf("T1", completed("T1", 1, 2, 1), conflict)).isEqualTo(TaskStage.RECONCILING);
        assertThat(stateOf(
                        "T1",
                        completed("T1", 1, 2, 1),
                        conflict,
                        merged("T1-reconcile-1", 1, 5),
                        reconciles("T1", "T1-reconcile-1")))
                .isEqualTo(TaskStage.MERGED);
    }

    @Test
    void a_conflict_of_an_earlier_version_has_the_result_of_its_attempt() {
        assertThat(OpenConflict.of(after(work("T1", 1, 0), completed("T1", 1, 2, 1), conflicted("T1", 1, 3))))
                .extracting(OpenConflict::commit)
                .containsExactly(Optional.of("2".repeat(40)));
    }

    @Test
    void a_failed_task_without_a_result_that_is_settled_in_vain_is_no_conflict() {
        var view = after(
                created(1),
                work("T1", 1, 0),
                failed("T1", 1, 1, Failure.TASK_FAILED),
                failed("T1", 2, 2, Failure.TASK_FAILED),
                failed("T1", 3, 3, Failure.TASK_FAILED),
                new PlanEvent.TaskResolved(
                        at(4), id("T1"), 4, new Resolution(Resolution.Side.OURS, Optional.empty(), "Ada")),
                new PlanEvent.MergeConflicted(
                        at(5),
                        id("T1"),
                        4,
                        List.of(),
                        Optional.empty(),
                        Optional.of("It is not here."),
                        Optional.empty()));

        assertThat(view.task(id("T1")).orElseThrow().stage()).isEqualTo(TaskStage.FAILED);
        assertThat(OpenConflict.of(view)).isEmpty();
    }

    @Test
    void what_reconciled_an_earlier_attempt_says_nothing_of_a_later_one() {
        assertThat(stateOf(
                        "T1",
                        conflicted("T1", 1, 2),
                        reconciles("T1", "T1-reconcile-1"),
                        conflicted("T1", 2, 4),
                        reconciles("T1", "T1-reconcile-2"),
                        merged("T1-reconcile-1", 1, 5)))
                .isEqualTo(TaskStage.RECONCILING);
    }

    @Test
    void a_conflict_of_a_task_with_a_long_id_is_over_too() {
        var task = "T".repeat(100);
        var node = Reconciliation.id(id(task), 1).value();
        assertThat(stateOf(task, work(task, 1, 0), conflicted(task, 1, 3), reconciles(task, node), merged(node, 1, 5)))
                .isEqualTo(TaskStage.MERGED);
    }

    @Test
    void a_reconciliation_that_conflicts_again_counts_for_the_task_at_the_end_of_the_chain() {
        assertThat(stateOf(
                        "T1",
                        conflicted("T1", 1, 3),
                        reconciles("T1", "R1"),
                        conflicted("R1", 1, 4),
                        reconciles("R1", "R2"),
                        merged("R2", 1, 5)))
                .isEqualTo(TaskStage.MERGED);
    }

    @Test
    void files_of_results_are_not_kept() {
        var view = after(completed("T1", 1, 2, 1));
        assertThat(view.task(id("T1")).orElseThrow().attempts())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.completed()
                                .flatMap(PlanEvent.TaskCompleted::code)
                                .orElseThrow()
                                .changes())
                        .isEmpty());
    }

    @Test
    void a_rejection_counts_until_the_plan_is_submitted_again() {
        var view = after(submitted(0), rejected(1, "first"));
        assertThat(view.stage()).isEqualTo(PlanStage.REJECTED);

        view.on(submitted(5));
        assertThat(view.stage()).isEqualTo(PlanStage.PLANNING);

        view.on(rejected(6, "second"));
        view.on(rejected(1, "first"));
        assertThat(view.reason()).contains("second");
    }

    @Test
    void a_user_who_pauses_a_paused_plan_changes_nothing() {
        var limit = new Pause(Pause.Cause.LIMIT, "The budget is used up.");
        var view = after(created(1), standing(1, Optional.of(limit)), commanded(new Command.PausePlan("lunch"), 2));

        assertThat(view.pause()).contains(limit);
    }

    @Test
    void of_a_failed_reconciliation_the_task_is_what_failed() {
        var view = after(
                work("T1", 1, 0),
                conflicted("T1", 1, 3),
                reconciles("T1", "R1"),
                failed("R1", 1, 4, Failure.NOT_ALLOWED),
                failed("R1", 2, 5, Failure.TASK_FAILED),
                failed("R1", 3, 6, Failure.TASK_FAILED),
                failed("R1", 4, 7, Failure.TASK_FAILED));

        assertThat(view.task(id("T1")).orElseThrow().stage()).isEqualTo(TaskStage.FAILED);
        assertThat(view.failed()).containsExactly(id("T1"));
    }

    @Test
    void an_attempt_that_another_executor_took_over_runs_there() {
        var view = after(work("T1", 1, 0), started("T1", 1, 2, "second"), started("T1", 1, 1, "first"));

        assertThat(view.task(id("T1")).orElseThrow().executor()).contains("second");
    }

    @Test
    void what_was_stopped_with_its_plan_is_cancelled_and_did_not_fail() {
        var view = after(
                created(1),
                work("T1", 1, 0),
                started("T1", 1, 1),
                new PlanEvent.PlanCancelled(at(2), "no money", 0, Usage.NONE),
                failed("T1", 1, 3, Failure.CANCELLED));

        assertThat(view.task(id("T1")).orElseThrow().stage()).isEqualTo(TaskStage.CANCELLED);
        assertThat(view.failed()).isEmpty();
    }

    @Test
    void what_was_stopped_at_its_agent_before_its_plan_was_cancelled_failed() {
        var view = after(
                created(1),
                work("T1", 1, 0),
                started("T1", 1, 1),
                failed("T1", 1, 2, Failure.CANCELLED),
                commanded(new Command.CancelPlan("no money"), 3),
                new PlanEvent.PlanCancelled(at(3), "no money", 0, Usage.NONE));

        assertThat(view.task(id("T1")).orElseThrow().stage()).isEqualTo(TaskStage.FAILED);
    }

    private static PlanEvent reconciles(String conflicted, String node) {
        return planned(node, Task.Kind.RECONCILE, 1, 9, conflicted);
    }

    @Test
    void a_contract_node_is_issued_when_asked_for_and_merged_when_published() {
        var planned = planned("C-store", Task.Kind.CONTRACT, 0, 0);
        var asked = specified("C-store", 1);
        assertThat(stateOf("C-store", planned, asked)).isEqualTo(TaskStage.ISSUED);
        assertThat(stateOf("C-store", planned, asked, published("C-store", 1))).isEqualTo(TaskStage.MERGED);
    }

    @Test
    void the_newest_version_of_a_contract_counts_whichever_came_last() {
        assertThat(after(published("C-store", 2), published("C-store", 1))
                        .contracts()
                        .values())
                .extracting(Contract::version)
                .containsExactly(2);
    }

    @Test
    void a_failed_plan_names_failed_and_blocked_tasks() {
        var view = after(
                created(2),
                work("T1", 1, 0),
                work("T2", 2, 1, "T1"),
                failed("T1", 1, 1, Failure.TASK_FAILED),
                failure(2, "T1", "T2"));
        assertThat(states(view)).isEqualTo(Map.of("T1", TaskStage.FAILED, "T2", TaskStage.BLOCKED));
    }

    @Test
    void a_plan_that_is_closed_stays_so() {
        var view = after(created(1), failed("T1", 1, 1, Failure.TASK_FAILED), failure(2, "T1"));
        view.on(commanded(new Command.RetryTask(id("T1")), 3));
        assertThat(view.end()).isPresent();
    }

    @Test
    void a_failed_plan_is_open_again_when_its_planner_says_later_how_it_stands() {
        var events = List.of(
                created(2),
                work("T1", 1, 0),
                work("T2", 2, 1, "T1"),
                failed("T1", 1, 1, Failure.TASK_FAILED),
                failure(2, "T1", "T2"),
                commanded(new Command.RetryTask(id("T1")), 3),
                standing(4, Optional.empty()));
        for (var order : List.of(events, events.reversed())) {
            var view = after(order.toArray(PlanEvent[]::new));
            assertThat(view.end()).isEmpty();
            assertThat(states(view)).isEqualTo(Map.of("T1", TaskStage.READY, "T2", TaskStage.WAITING));
            view.on(failure(5, "T1", "T2"));
            assertThat(view.failed()).containsExactly(id("T1"));
        }
        var completed = after(created(1), completed(1, 0, 2), standing(4, Optional.empty()));
        assertThat(completed.end()).isPresent();
    }

    @Test
    void a_cancelled_task_is_failed_until_it_is_retried_unless_it_was_completed_before() {
        var cancelled = commanded(new Command.CancelTask(id("T1"), "wrong"), 3);
        assertThat(stateOf("T1", work("T1", 1, 0), cancelled)).isEqualTo(TaskStage.FAILED);
        assertThat(stateOf("T1", started("T1", 1, 2), cancelled)).isEqualTo(TaskStage.FAILED);
        assertThat(stateOf("T1", completed("T1", 1, 2, 1), cancelled)).isEqualTo(TaskStage.MERGING);
        assertThat(stateOf("T1", work("T1", 1, 0), cancelled, commanded(new Command.RetryTask(id("T1")), 4)))
                .isEqualTo(TaskStage.READY);
    }

    @Test
    void a_task_that_was_tried_and_is_paused_waits_for_a_person() {
        var asked = Map.of(id("T1"), "not yet");
        assertThat(stateOf(
                        "T1",
                        failed("T1", 1, 1, Failure.INFRA_FAILED),
                        commanded(new Command.PauseTask(id("T1"), "not yet"), 2),
                        new PlanEvent.PlanStanding(
                                at(3), Optional.empty(), asked, Usage.NONE, Limits.NONE, Optional.empty())))
                .isEqualTo(TaskStage.PAUSED);
    }

    @Test
    void an_attempt_that_was_stopped_with_its_executor_uses_up_none() {
        var before = new PlanEvent[] {
            created(1), failed("T1", 1, 1, Failure.TASK_FAILED), failed("T1", 2, 2, Failure.INFRA_FAILED)
        };
        assertThat(stateOf("T1", before[0], before[1], before[2], failed("T1", 3, 3, Failure.INTERRUPTED)))
                .isEqualTo(TaskStage.READY);
        assertThat(stateOf("T1", before[0], before[1], before[2], failed("T1", 3, 3, Failure.TASK_FAILED)))
                .isEqualTo(TaskStage.FAILED);
    }

    @Test
    void a_retried_task_has_all_its_attempts_again() {
        var usedUp = new PlanEvent[] {
            created(1),
            failed("T1", 1, 1, Failure.TASK_FAILED),
            failed("T1", 2, 2, Failure.INFRA_FAILED),
            failed("T1", 3, 3, Failure.TIMED_OUT)
        };
        var view = after(usedUp);
        view.on(commanded(new Command.RetryTask(id("T1")), 4));
        view.on(failed("T1", 4, 5, Failure.TASK_FAILED));
        assertThat(view.task(id("T1")).orElseThrow().stage()).isEqualTo(TaskStage.READY);
    }

    @Test
    void refused_credentials_and_a_spent_budget_pause_the_plan_until_it_is_resumed() {
        for (var failure : List.of(Failure.REFUSED_CREDENTIALS, Failure.BUDGET_EXCEEDED)) {
            var pause = new Pause(Pause.Cause.AGENT, "it broke. mend it");
            var view = after(created(1), failed("T1", 1, 4, failure), standing(4, Optional.of(pause)));
            assertThat(view.halt()).isPresent();
            assertThat(view.pause()).contains(pause);
            view.on(commanded(new Command.ResumePlan(Limits.NONE), 5));
            assertThat(view.halt()).isEmpty();
            assertThat(view.pause()).isEmpty();
        }
    }

    @Test
    void a_pause_lasts_until_the_plan_is_resumed() {
        var view = after(commanded(new Command.PausePlan("lunch"), 4));
        assertThat(view.pause()).map(Pause::reason).contains("lunch");
        view.on(commanded(new Command.ResumePlan(Limits.NONE), 5));
        assertThat(view.pause()).isEmpty();
    }

    @Test
    void a_task_waits_for_a_person_until_it_is_approved_or_its_planner_says_so() {
        var view = after(created(1), work("T1", 1, 0), standing(4, Optional.empty(), "T1"));
        assertThat(view.task(id("T1")).orElseThrow().stage()).isEqualTo(TaskStage.NEEDS_INPUT);
        assertThat(view.waiting()).containsExactly(Map.entry(id("T1"), "May it start?"));
        view.on(commanded(new Command.ApproveTask(id("T1"), Optional.empty()), 5));
        assertThat(view.waiting()).isEmpty();
        assertThat(view.task(id("T1")).orElseThrow().stage()).isEqualTo(TaskStage.READY);

        var told =
                after(created(1), work("T1", 1, 0), standing(6, Optional.empty()), standing(4, Optional.empty(), "T1"));
        assertThat(told.waiting())
                .as("the newest counts, whichever comes first")
                .isEmpty();
    }

    @Test
    void an_outcome_of_an_attempt_that_was_not_issued_does_not_answer_for_a_person() {
        var asked = standing(4, Optional.empty(), "T1");
        assertThat(stateOf("T1", work("T1", 1, 0), asked, completed("T1", 1, 9, 1)))
                .isEqualTo(TaskStage.NEEDS_INPUT);
        assertThat(stateOf("T1", work("T1", 1, 0), asked, ready("T1", 1, 8), completed("T1", 1, 9, 1)))
                .isEqualTo(TaskStage.MERGING);
    }

    @Test
    void a_command_about_a_task_that_the_plan_does_not_have_adds_none() {
        var view = after(created(1), work("T1", 1, 0), commanded(new Command.RetryTask(id("T9")), 3));
        assertThat(view.tasks()).extracting(TaskView::id).containsExactly(id("T1"));
        assertThat(view.task(id("T9"))).isEmpty();
        assertThat(after(reconciles("T1", "R1")).tasks())
                .as("of the task whose result it reconciles, nothing is known yet")
                .extracting(TaskView::id)
                .containsExactly(id("R1"));
    }

    @Test
    void nodes_that_reconcile_each_other_end_no_reader() {
        var view = after(
                created(2),
                reconciles("R1", "R2"),
                reconciles("R2", "R1"),
                conflicted("R1", 1, 2),
                conflicted("R2", 1, 2),
                failure(3, "T1"),
                commanded(new Command.RetryTask(id("R1")), 4));
        assertThat(view.tasks()).extracting(TaskView::stage).containsOnly(TaskStage.BLOCKED);
    }

    @Test
    void when_a_delayed_task_is_tried_again_is_told_where_the_agent_said_when() {
        assertThat(why(failed("T1", 1, 1, Failure.RATE_LIMITED)))
                .contains("Its attempt failed; the next one starts after a pause.");
        assertThat(why(failed("T1", 1, 1, Failure.RATE_LIMITED, second(60))))
                .contains("Its attempt failed; the next one starts at " + second(60) + ".");
    }

    private static Optional<String> why(PlanEvent failure) {
        return after(created(1), work("T1", 1, 0), failure)
                .task(id("T1"))
                .orElseThrow()
                .why();
    }

    @Test
    void what_attempts_cost_is_summed_up_whether_they_succeeded_or_not() {
        var view = after(created(1), failed("T1", 1, 2, Failure.TASK_FAILED), completed("T1", 2, 3, 1));
        view.on(completed("T1", 2, 3, 1));
        assertThat(view.used()).isEqualTo(new Usage(20, 4, 600));
        assertThat(view.task(id("T1")).orElseThrow().used()).isEqualTo(view.used());
    }

    @Test
    void the_time_in_which_nothing_was_there_to_run_it_counts_neither_for_the_plan_nor_for_its_tasks() {
        var view = after(
                submitted(0),
                created(1),
                started("T1", 1, 5),
                // Killed here; what came up again re-issued before the plan was handed in again.
                ready("T2", 1, 3605),
                submitted(3610),
                completed("T1", 1, 3611, 3606),
                started("T2", 1, 3611),
                failed("T2", 1, 3621, Failure.TASK_FAILED));
        assertThat(view.active(second(1), second(3621))).hasSeconds(20);
        assertThat(view.active(second(3606), second(3611))).hasSeconds(5);
        assertThat(view.active(second(0), second(1805))).hasSeconds(5);
        assertThat(view.duration(view.task(id("T1")).orElseThrow())).hasSeconds(6);
        assertThat(after(submitted(0), created(1), started("T1", 1, 500)).active(second(0), second(500)))
                .hasSeconds(500);
    }

    @Test
    void a_plan_that_is_submitted_again_after_its_end_took_as_long_as_before() {
        var view = after(submitted(0), created(1), completed(1, 0, 11), submitted(40_000));
        assertThat(view.active(second(1), second(11))).hasSeconds(10);
    }

    @Test
    void a_repeated_event_says_nothing_new() {
        var view = after(created(1), work("T1", 1, 0));
        var events = List.of(
                ready("T1", 1, 1),
                started("T1", 1, 1),
                completed("T1", 1, 3, 2),
                merged("T1", 1, 4),
                published("C-store", 1),
                completed(1, 0, 5));
        assertThat(events).allMatch(view::on);
        assertThat(events).noneMatch(view::on);
    }

    @Test
    void a_refusal_counts_only_while_there_is_no_plan() {
        var rejection = new Rejection("empty", "nothing in it", "write", Optional.empty());
        var view = after(new PlanEvent.RequirementsRejected(at(1), List.of(rejection)));
        assertThat(view.rejections()).containsExactly(rejection);
        view.on(created(1));
        assertThat(view.rejections()).isEmpty();
    }

    private static Map<String, TaskStage> states(PlanView view) {
        return view.tasks().stream().collect(Collectors.toMap(task -> task.id().value(), TaskView::stage));
    }
}
