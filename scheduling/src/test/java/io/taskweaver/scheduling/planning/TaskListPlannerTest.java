package io.taskweaver.scheduling.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import io.taskweaver.model.Need;
import io.taskweaver.model.Notice;
import io.taskweaver.model.Operation;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Rejection;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.requirements.tasks.Lists;
import io.taskweaver.requirements.tasks.TaskCsv;
import io.taskweaver.requirements.tasks.TaskEntry;
import io.taskweaver.requirements.tasks.TaskList;
import io.taskweaver.requirements.tasks.TaskListing;
import io.taskweaver.requirements.tasks.TaskStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TaskListPlannerTest {
    private static Planning planning(String... rows) {
        return Plans.planning(
                List.of(new Document(
                        "t.csv", "id,title,dependencies,status,parent,component,kind\n" + String.join("\n", rows))),
                Optional.empty());
    }

    private static Plan plan(String... rows) {
        return Plans.planned(planning(rows));
    }

    private static List<String> codes(Plan plan) {
        return plan.notices().stream().map(Notice::code).toList();
    }

    private static List<String> results(Plan plan, String task) {
        return Plans.needs(plan, task, Need.Kind.RESULT);
    }

    @Test
    void a_list_is_planned_as_it_is() {
        var plan = plan("1,Begin,", "2,Go on,1", "3,End,1 2");
        assertThat(plan.tasks()).extracting(task -> task.id().value()).containsExactly("1", "2", "3");
        assertThat(results(plan, "3")).containsExactly("1", "2");
        assertThat(plan.phases()).hasSize(3);
        assertThat(plan.components()).isEmpty();
        assertThat(Plans.task(plan, "2").source().orElseThrow().firstLine()).isEqualTo(3);
    }

    @Test
    void an_id_that_no_task_can_have_is_replaced_with_a_notice() {
        var plan = plan("a".repeat(120) + ",Begin,", "2,Go on," + "a".repeat(120), "b".repeat(101) + ",End,");
        var id = plan.tasks().getFirst().id().value();
        assertThat(id).hasSizeLessThanOrEqualTo(100);
        assertThat(results(plan, "2")).containsExactly(id);
        assertThat(plan.notices())
                .filteredOn(notice -> notice.code().equals("changed-ids"))
                .singleElement()
                .satisfies(notice -> {
                    assertThat(notice.message()).contains("the plan uses '" + id + "' instead", "1 other id.");
                    assertThat(notice.source().orElseThrow().firstLine()).isEqualTo(2);
                });
        assertThat(codes(plan("1,Begin,", "2,Go on,1"))).doesNotContain("changed-ids");
    }

    @Test
    void what_is_done_stays_done_and_holds_nobody_back() {
        var plan = plan("1,Begin,,done", "2,Go on,1");
        assertThat(Plans.task(plan, "1").done()).isTrue();
        assertThat(plan.phases()).containsExactly(List.of(new TaskId("2")));
    }

    @Test
    void what_is_cancelled_or_deferred_is_left_out_unless_others_wait_for_it() {
        var plan = plan("1,A,,cancelled", "2,B,1", "3,C,,deferred", "4,D,,deferred", "5,E,3");
        assertThat(plan.tasks()).extracting(task -> task.id().value()).containsExactly("2", "3", "5");
        assertThat(codes(plan)).contains("left-out", "deferred-but-needed");
        assertThat(results(plan, "2")).isEmpty();
    }

    @Test
    void parts_are_worked_on_in_place_of_their_whole() {
        var plan = plan("0,First,", "1,Whole,0", "1.1,One,,,1", "1.2,Two,1.1,,1", "1.3,Three,,,1", "2,After,1");
        assertThat(plan.tasks())
                .extracting(task -> task.id().value())
                .containsExactlyInAnyOrder("0", "1.1", "1.2", "1.3", "2");
        assertThat(results(plan, "1.1")).containsExactly("0");
        assertThat(results(plan, "1.2")).containsExactly("1.1");
        assertThat(results(plan, "2")).containsExactly("1.2", "1.3");
        assertThat(Plans.task(plan, "1.1").description()).contains("Part of 1: Whole");
    }

    @Test
    void a_whole_that_is_done_with_open_parts_is_reported() {
        assertThat(codes(plan("1,Whole,,done", "1.1,One,,,1"))).contains("open-part");
        assertThat(codes(plan("1,Whole,", "1.1,One,,done,1", "2,B,"))).contains("no-open-part");
    }

    @Test
    void tasks_that_wait_for_each_other_are_refused_with_their_path() {
        var rejections = Plans.rejections(planning("1,A,3", "2,B,1", "3,C,2"));
        assertThat(rejections).singleElement().satisfies(rejection -> {
            assertThat(rejection.code()).isEqualTo("dependency-cycle");
            assertThat(rejection.message()).contains("1 -> 3 -> 2 -> 1", "t.csv:2: 1 depends on 3");
        });
    }

    @Test
    void dependencies_are_inferred_only_where_a_list_can_not_state_them() {
        var rows = List.of(
                "1,Create the `Order` data model,",
                "2,Implement the endpoint POST /orders with the `Order` model,",
                "3,Write the order form that calls POST /orders,");
        var stated = plan(rows.toArray(String[]::new));
        var unstated =
                plan(java.util.stream.Stream.concat(java.util.stream.Stream.of(",,unstated,,,,list"), rows.stream())
                        .toArray(String[]::new));

        assertThat(stated.tasks()).allSatisfy(task -> assertThat(task.needs()).isEmpty());
        assertThat(unstated.tasks().stream().flatMap(task -> task.needs().stream()))
                .isNotEmpty()
                .allSatisfy(need -> assertThat(need.reason()).isNotEqualTo(Need.Reason.EXPLICIT));
        assertThat(codes(unstated)).contains("inferred-dependencies");
    }

    @Test
    void components_that_are_named_get_contracts() {
        var plan = plan(
                "1,Sell things,,,,Shop", "2,Return things,,,,Shop", "c,Contract of Bank,,,,Bank,contract", "3,Pay,c");
        assertThat(plan.components()).hasSize(2);
        var shop = plan.components().getLast();
        assertThat(shop.name()).isEqualTo("Shop");
        assertThat(shop.operations()).extracting(Operation::task).containsExactly(new TaskId("1"), new TaskId("2"));
        assertThat(Plans.needs(plan, "1", Need.Kind.CONTRACT)).containsExactly("contract-shop");
        assertThat(Plans.needs(plan, "3", Need.Kind.CONTRACT)).containsExactly("c");
        assertThat(plan.components().getFirst().consumers()).containsExactly(new TaskId("3"));
        assertThat(plan.phases()).hasSize(1);
    }

    @Test
    void a_list_without_work_is_refused() {
        assertThat(Plans.rejections(planning("1,A,,cancelled")))
                .extracting(Rejection::code)
                .containsExactly("no-tasks");
    }

    @Test
    void a_list_beside_documents_is_refused() {
        var list = new Document("t.csv", "id,title,dependencies\n1,A,\n");
        assertThat(Plans.rejections(Plans.planning(List.of(list, new Document("d.md", "- Do it")), Optional.empty())))
                .extracting(Rejection::code)
                .containsExactly("list-beside-documents");
    }

    @Test
    void a_plan_that_becomes_a_list_is_the_same_plan_again() {
        var plan = Plans.plan(
                "# Shop",
                "## Store",
                "- **FR-001**: Keep things",
                "- **FR-002**: Find things (depends on FR-001)",
                "## Till",
                "- **FR-003**: Sell things of the Store (depends on FR-002)",
                "## Constraints",
                "- Everything is fast");
        var list = TaskLists.of(plan);
        var again =
                Plans.planned(Plans.planning(List.of(new Document("t.csv", TaskCsv.write(list))), Optional.empty()));
        assertThat(again.phases()).isEqualTo(plan.phases());
        assertThat(again.criticalPath()).isEqualTo(plan.criticalPath());
        assertThat(again.components()).isEqualTo(plan.components());
        assertThat(again.constraints()).isEqualTo(plan.constraints());
        assertThat(again.tasks())
                .extracting(Task::id)
                .isEqualTo(plan.tasks().stream().map(Task::id).toList());
        assertThat(again.tasks().getLast().source())
                .isEqualTo(plan.tasks().getLast().source());
        for (var task : plan.tasks()) {
            var same = Plans.task(again, task.id().value());
            assertThat(same.needs())
                    .extracting(Need::on)
                    .containsExactlyElementsOf(
                            task.needs().stream().map(Need::on).toList());
            assertThat(same.operation()).isEqualTo(task.operation());
            assertThat(same.estimateMinutes()).isEqualTo(task.estimateMinutes());
        }
    }

    @Provide
    Arbitrary<TaskList> lists() {
        return Lists.any();
    }

    @Property(tries = 200)
    void dependencies_of_any_list_are_kept(@ForAll("lists") TaskList list) {
        var planning = TaskListPlanner.plan(new PlanId("p"), new TaskListing(list, List.of()), PlanOptions.DEFAULT);
        switch (planning) {
            case Planning.Planned planned -> isKept(planned.plan(), list);
            case Planning.Rejected rejected ->
                assertThat(rejected.rejections())
                        .extracting(Rejection::code)
                        .containsAnyOf("no-tasks", "dependency-cycle");
        }
    }

    private static void isKept(Plan plan, TaskList list) {
        PlannerPropertiesTest.isSound(plan);
        var parts = list.parts();
        var entries = new HashMap<String, TaskEntry>();
        list.entries().forEach(entry -> entries.put(entry.id(), entry));
        for (var task : plan.tasks()) {
            if (task.kind() == Task.Kind.CONTRACT) continue;
            var entry = Optional.ofNullable(entries.get(task.id().value())).orElseThrow();
            assertThat(task.done()).isEqualTo(entry.status() == TaskStatus.DONE);
            if (task.done()) continue;
            var planned = plan.tasks().stream().map(Task::id).toList();
            var plain = entry.dependencies().stream()
                    .filter(on -> !parts.containsKey(on) && planned.contains(new TaskId(on)))
                    .map(TaskId::new)
                    .toList();
            assertThat(task.needs()).extracting(Need::on).containsAll(plain);
        }
    }
}
