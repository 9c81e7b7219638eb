package io.taskweaver.scheduling.refine;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanChange;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.planning.Planner;
import io.taskweaver.scheduling.planning.Planning;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is proposed, in whatever order, the plan that comes out is one. */
class RefineryPropertyTest {
    private static final Plan PLAN =
            Planner.plan(RefineryTest.SHOP) instanceof Planning.Planned(var plan) ? plan : fail();

    private static Plan fail() {
        throw new AssertionError("not planned");
    }

    @Property(tries = 500)
    void needs_are_of_tasks_before_and_what_is_explicit_or_done_stays(@ForAll("changes") List<PlanChange> changes) {
        var refined = Refinery.refine(PLAN, changes).plan();

        var before = new HashSet<TaskId>();
        for (var task : refined.tasks()) {
            assertThat(before).containsAll(task.needs().stream().map(Need::on).toList());
            assertThat(before.add(task.id())).isTrue();
        }
        assertThat(explicit(refined)).isGreaterThanOrEqualTo(explicit(PLAN));
        assertThat(refined.tasks().stream().filter(Task::done).map(Task::id).toList())
                .isEqualTo(
                        PLAN.tasks().stream().filter(Task::done).map(Task::id).toList());
        for (var component : refined.components())
            for (var operation : component.operations()) assertThat(before).contains(operation.task());
        for (var component : refined.components()) assertThat(before).containsAll(component.consumers());
    }

    @Property(tries = 100)
    void what_was_accepted_is_accepted_again_and_gives_the_same_tasks(@ForAll("changes") List<PlanChange> changes) {
        var first = Refinery.refine(PLAN, changes);
        var again = Refinery.refine(PLAN, first.accepted());
        assertThat(again.plan().tasks()).isEqualTo(first.plan().tasks());
        assertThat(again.accepted()).isEqualTo(first.accepted());
    }

    private static long explicit(Plan plan) {
        return plan.tasks().stream()
                .flatMap(task -> task.needs().stream())
                .filter(need -> need.reason() == Need.Reason.EXPLICIT)
                .count();
    }

    @Provide
    Arbitrary<List<PlanChange>> changes() {
        var ids = Arbitraries.of(PLAN.tasks().stream().map(Task::id).toList())
                .injectDuplicates(0.3)
                .flatMap(id -> Arbitraries.of(id, new TaskId(id.value() + "-2")));
        var parts = Combinators.combine(ids, Arbitraries.integers().between(2, 3))
                .as((id, count) -> (PlanChange) new PlanChange.SplitTask(
                        id,
                        IntStream.range(0, count)
                                .mapToObj(number -> new PlanChange.Part(
                                        "Part " + number, "", number == 0 ? criteria(id) : List.of(), 10 + number))
                                .toList()));
        var add = Combinators.combine(ids, ids).as((id, on) -> (PlanChange) new PlanChange.AddNeed(id, on, "a guess"));
        var drop =
                Combinators.combine(ids, ids).as((id, on) -> (PlanChange) new PlanChange.DropNeed(id, on, "a guess"));
        var merge = Combinators.combine(ids, ids.list().ofMinSize(1).ofMaxSize(2))
                .filter((id, others) -> !others.contains(id))
                .as((id, others) -> (PlanChange) new PlanChange.MergeTasks(id, others));
        return Arbitraries.oneOf(parts, add, drop, merge).list().ofMaxSize(12);
    }

    private static List<String> criteria(TaskId id) {
        return PLAN.tasks().stream()
                .filter(task -> task.id().equals(id))
                .findFirst()
                .map(Task::acceptanceCriteria)
                .orElse(List.of());
    }
}
