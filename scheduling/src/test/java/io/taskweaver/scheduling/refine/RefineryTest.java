package io.taskweaver.scheduling.refine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.taskweaver.model.Document;
import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanChange;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Submission;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.planning.Planner;
import io.taskweaver.scheduling.planning.Planning;
import io.taskweaver.scheduling.planning.SubmissionLimits;
import io.taskweaver.scheduling.refine.Refinement.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RefineryTest {
    static final Submission SHOP = new Submission(
            new PlanId("shop"),
            List.of(new Document("shop.md", """
                # Shop

                ## Requirements

                - FR-001: The system shall store customers
                - FR-002: The system shall list customers (depends on FR-001)
                  - Acceptance: sorted by name
                  - Acceptance: at most fifty on a page
                - FR-003: The system shall send invoices by mail
                - FR-004: The system shall print labels (depends on FR-002)
                - [x] FR-005: The system shall have a logo
                """)),
            Optional.empty(),
            List.of(),
            PlanOptions.DEFAULT);

    private final Plan plan = planned(List.of());

    @Test
    void without_changes_the_plan_is_what_it_was() {
        assertThat(Refinery.refine(plan, List.of()).plan()).isEqualTo(plan);
    }

    @Test
    void a_proposed_need_orders_tasks_and_says_why() {
        var refined = accepted(new PlanChange.AddNeed(id("FR-003"), id("FR-001"), "invoices go to customers"));

        var need = need(refined, "FR-003", "FR-001").orElseThrow();
        assertThat(need.reason()).isEqualTo(Need.Reason.REFINED);
        assertThat(need.because()).isEqualTo("invoices go to customers");
        assertThat(need.confidence()).isLessThan(1);
        assertThat(task(refined, "FR-003").phase()).isEqualTo(2);
        assertThat(task(refined, "FR-001").unlocks()).contains(id("FR-003"));
    }

    @Test
    void a_need_that_would_make_a_task_wait_for_itself_is_refused() {
        assertThat(refused(new PlanChange.AddNeed(id("FR-001"), id("FR-004"), "why not")))
                .isEqualTo("FR-004 waits for FR-001, directly or indirectly.");
        assertThat(refused(new PlanChange.AddNeed(id("FR-001"), id("FR-001"), "why not")))
                .isEqualTo("A task cannot need itself.");
    }

    @Test
    void what_the_document_says_explicitly_is_never_dropped() {
        assertThat(refused(new PlanChange.DropNeed(id("FR-002"), id("FR-001"), "not so")))
                .startsWith("The document says so: ");
        assertThat(refused(new PlanChange.MergeTasks(id("FR-004"), List.of(id("FR-002")))))
                .isNotEmpty();
    }

    @Test
    void an_inferred_need_is_dropped() {
        var add = new PlanChange.AddNeed(id("FR-003"), id("FR-001"), "a guess");
        var refined = accepted(add, new PlanChange.DropNeed(id("FR-003"), id("FR-001"), "a wrong one"));
        assertThat(need(refined, "FR-003", "FR-001")).isEmpty();
    }

    @Test
    void what_is_done_stays_done_and_as_it_is() {
        Stream.of(
                        new PlanChange.RetitleTask(id("FR-005"), "Another logo"),
                        new PlanChange.ReestimateTask(id("FR-005"), 5),
                        new PlanChange.MergeTasks(id("FR-003"), List.of(id("FR-005"))),
                        new PlanChange.AddNeed(id("FR-005"), id("FR-001"), "x"))
                .forEach(change -> assertThat(refused(change)).isEqualTo("FR-005 is done and cannot be changed."));
    }

    @Test
    void a_task_that_is_not_there_is_named() {
        assertThat(refused(new PlanChange.RetitleTask(id("FR-099"), "Nothing"))).isEqualTo("There is no task FR-099.");
    }

    @Test
    void texts_times_and_importance_change() {
        var refined = accepted(
                new PlanChange.RetitleTask(id("FR-001"), "Keep customers"),
                new PlanChange.ReestimateTask(id("FR-001"), 90),
                new PlanChange.ReprioritiseTask(id("FR-001"), Task.Priority.CRITICAL),
                new PlanChange.AddCriterion(id("FR-001"), "a customer has a number"));
        var task = task(refined, "FR-001");
        assertThat(task.title()).isEqualTo("Keep customers");
        assertThat(task.estimateMinutes()).isEqualTo(90);
        assertThat(task.priority()).isEqualTo(Task.Priority.CRITICAL);
        assertThat(task.acceptanceCriteria()).contains("a customer has a number");
        assertThat(refined.totalMinutes())
                .isEqualTo(plan.totalMinutes() - task(plan, "FR-001").estimateMinutes() + 90);
        assertThat(refused(new PlanChange.ReestimateTask(id("FR-001"), 4000))).contains("480");
    }

    @Test
    void parts_of_a_task_do_not_wait_for_each_other_and_whoever_waited_waits_for_all() {
        var criteria = task(plan, "FR-002").acceptanceCriteria();
        assertThat(criteria).hasSize(2);
        var refined = accepted(new PlanChange.SplitTask(
                id("FR-002"),
                List.of(
                        new PlanChange.Part("Sort the list", "", criteria.subList(0, 1), 20),
                        new PlanChange.Part("Page the list", "Pages.", criteria.subList(1, 2), 15))));

        assertThat(task(refined, "FR-002").title()).isEqualTo("Sort the list");
        var part = task(refined, "FR-002-2");
        assertThat(part.description()).isEqualTo("Pages.");
        assertThat(part.operation()).isEmpty();
        assertThat(need(refined, "FR-002-2", "FR-001")).isPresent();
        assertThat(need(refined, "FR-002-2", "FR-002")).isEmpty();
        assertThat(need(refined, "FR-004", "FR-002").orElseThrow().reason()).isEqualTo(Need.Reason.EXPLICIT);
        assertThat(need(refined, "FR-004", "FR-002-2").orElseThrow().reason()).isEqualTo(Need.Reason.EXPLICIT);
    }

    @Test
    void a_split_loses_no_criterion_and_invents_none() {
        var part = new PlanChange.Part("One", "", List.of(), 20);
        assertThat(refused(new PlanChange.SplitTask(id("FR-002"), List.of(part, part))))
                .startsWith("No part has its criterion: ");
        var inventing = new PlanChange.Part("Two", "", List.of("made up"), 20);
        assertThat(refused(new PlanChange.SplitTask(id("FR-003"), List.of(part, inventing))))
                .contains("made up");
    }

    @Test
    void merged_tasks_are_one_with_all_that_was_asked_for() {
        var refined = accepted(
                new PlanChange.SplitTask(
                        id("FR-003"),
                        List.of(
                                new PlanChange.Part("Write invoices", "", List.of(), 20),
                                new PlanChange.Part("Mail invoices", "By mail.", List.of(), 15))),
                new PlanChange.AddNeed(id("FR-004"), id("FR-003-2"), "labels follow invoices"),
                new PlanChange.MergeTasks(id("FR-003"), List.of(id("FR-003-2"))));
        assertThat(refined.tasks()).noneMatch(task -> task.id().equals(id("FR-003-2")));
        var merged = task(refined, "FR-003");
        assertThat(merged.estimateMinutes()).isEqualTo(35);
        assertThat(merged.description()).contains("FR-003-2 Mail invoices", "By mail.");
        assertThat(need(refined, "FR-004", "FR-003")).isPresent();
    }

    @Test
    void merging_around_a_task_between_is_refused() {
        var changes = List.<PlanChange>of(
                new PlanChange.SplitTask(
                        id("FR-003"),
                        List.of(
                                new PlanChange.Part("One", "", List.of(), 20),
                                new PlanChange.Part("Two", "", List.of(), 15))),
                new PlanChange.AddNeed(id("FR-001"), id("FR-003"), "x"),
                new PlanChange.AddNeed(id("FR-003-2"), id("FR-001"), "x"),
                new PlanChange.MergeTasks(id("FR-003"), List.of(id("FR-003-2"))));
        assertThat(Refinery.refine(plan, changes).verdicts().getLast()).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void a_task_that_implements_an_operation_is_not_swallowed() {
        var implementing = plan.tasks().stream()
                .filter(task -> task.operation().isPresent() && !task.done())
                .map(Task::id)
                .toList();
        assertThat(implementing).hasSizeGreaterThan(1);
        assertThat(refused(new PlanChange.MergeTasks(implementing.get(0), List.of(implementing.get(1)))))
                .isNotEmpty();
    }

    @Test
    void a_refused_change_is_a_notice_of_the_plan_and_the_others_count() {
        var refined = planned(List.of(
                new PlanChange.RetitleTask(id("FR-099"), "Nothing"),
                new PlanChange.RetitleTask(id("FR-001"), "Keep customers")));
        assertThat(task(refined, "FR-001").title()).isEqualTo("Keep customers");
        assertThat(refined.notices())
                .anyMatch(notice -> notice.code().equals("change-refused")
                        && notice.message().contains("There is no task FR-099."));
    }

    @Test
    void a_change_that_says_nothing_can_not_be() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PlanChange.RetitleTask(id("FR-001"), " "));
        assertThatIllegalArgumentException().isThrownBy(() -> new PlanChange.SplitTask(id("FR-001"), List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PlanChange.MergeTasks(id("FR-001"), List.of(id("FR-001"))));
    }

    private Plan accepted(PlanChange... changes) {
        var refinement = Refinery.refine(plan, List.of(changes));
        assertThat(refinement.verdicts()).allMatch(Verdict.Accepted.class::isInstance);
        assertThat(refinement.accepted()).containsExactly(changes);
        return refinement.plan();
    }

    private String refused(PlanChange change) {
        var refinement = Refinery.refine(plan, List.of(change));
        assertThat(refinement.plan().tasks()).isEqualTo(plan.tasks());
        assertThat(refinement.accepted()).isEmpty();
        return refinement.verdicts().getFirst() instanceof Verdict.Refused(var same, var reason) ? reason : "";
    }

    private static Plan planned(List<PlanChange> changes) {
        if (Refinery.refined(Planner.plan(SHOP), changes, SubmissionLimits.DEFAULT)
                instanceof Planning.Planned(var made)) return made;
        throw new AssertionError("not planned");
    }

    private static Optional<Need> need(Plan plan, String task, String on) {
        return task(plan, task).needs().stream()
                .filter(need -> need.on().equals(id(on)))
                .findFirst();
    }

    private static Task task(Plan plan, String id) {
        return plan.tasks().stream()
                .filter(task -> task.id().equals(id(id)))
                .findFirst()
                .orElseThrow();
    }

    private static TaskId id(String id) {
        return new TaskId(id);
    }
}
