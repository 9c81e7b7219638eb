package io.taskweaver.scheduling.priority;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.planning.PlanAssembly;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PrioritiesTest {
    @Test
    void slack_is_what_a_task_can_be_late_and_zero_on_the_critical_path() {
        var priorities =
                Priorities.of(plan(work("a", 10), work("b", 20, "a"), work("c", 5), work("d", 5, "b", "c")), 4);
        assertThat(priorities.tasks())
                .extracting(each -> each.task().id().value() + " " + each.earliestStart() + " " + each.slack())
                .containsExactlyInAnyOrder("a 0 0", "b 10 0", "c 0 25", "d 30 0");
    }

    @Test
    void what_frees_most_work_comes_first_among_the_unlockers() {
        var priorities = Priorities.of(
                plan(work("a", 10), work("b", 5), work("c", 30, "a"), work("d", 5, "b"), work("e", 5, "b")), 4);
        assertThat(priorities.unlockers())
                .extracting(each -> each.task().id().value() + " " + each.unlocks() + " " + each.dependents() + " "
                        + each.dependentMinutes())
                .containsExactly("a 1 1 30", "b 2 2 10");
    }

    @Test
    void widths_are_those_of_the_phases_and_the_peak_is_what_runs_at_once() {
        var priorities = Priorities.of(
                plan(work("a", 10), work("b", 30), work("c", 10, "a"), work("d", 10, "a"), work("e", 10, "b")), 1);
        assertThat(priorities.widths()).containsExactly(2, 3);
        assertThat(priorities.peak()).isEqualTo(3);
    }

    @Test
    void what_is_done_is_not_ranked_and_holds_nothing_up() {
        var done = node("a", Task.Kind.WORK, 50, true);
        var priorities = Priorities.of(plan(done, work("b", 10, "a")), 2);
        assertThat(priorities.tasks())
                .extracting(each -> each.task().id().value())
                .containsExactly("b");
        assertThat(priorities.tasks().getFirst().earliestStart()).isZero();
    }

    @Test
    void the_order_is_that_in_which_agents_are_handed_the_tasks() {
        var priorities = Priorities.of(plan(work("short", 5), work("long", 10), work("last", 40, "long")), 1);
        assertThat(priorities.tasks())
                .extracting(each -> each.place() + " " + each.task().id())
                .startsWith("1 long");
    }

    @Property(tries = 100)
    void a_task_that_is_late_by_its_slack_delays_nothing_and_by_a_minute_more_it_does(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int size) {
        var nodes = nodes(seed, size);
        var plan = plan(nodes.toArray(Task[]::new));
        var priorities = Priorities.of(plan, size);
        long end = end(nodes, "", 0);
        assertThat(priorities.makespan()).isEqualTo(end);
        for (var each : priorities.tasks()) {
            var id = each.task().id().value();
            assertThat(end(nodes, id, each.slack())).as(id).isEqualTo(end);
            assertThat(end(nodes, id, each.slack() + 1)).as(id).isEqualTo(end + 1);
            if (each.task().critical()) assertThat(each.slack()).isZero();
        }
    }

    @Property(tries = 100)
    void what_waits_for_a_task_is_all_that_leads_to_it(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int size) {
        var nodes = nodes(seed, size);
        var needed = new HashMap<String, Set<String>>();
        var waiting = new HashMap<String, Set<Task>>();
        for (var node : nodes) {
            var all = new HashSet<String>();
            for (var need : node.needs()) {
                all.add(need.on().value());
                all.addAll(needed.getOrDefault(need.on().value(), Set.of()));
            }
            needed.put(node.id().value(), all);
            for (var need : all)
                waiting.computeIfAbsent(need, id -> new HashSet<>()).add(node);
        }
        for (var each : Priorities.of(plan(nodes.toArray(Task[]::new)), 3).tasks()) {
            var expected = waiting.getOrDefault(each.task().id().value(), Set.of());
            assertThat(each.dependents()).isEqualTo(expected.size());
            assertThat(each.dependentMinutes())
                    .isEqualTo(
                            expected.stream().mapToLong(Task::estimateMinutes).sum());
        }
    }

    /** When everything ends if one task starts later than it could. */
    private static long end(List<Task> nodes, String late, long by) {
        Map<String, Long> ends = new HashMap<>();
        long end = 0;
        for (var node : nodes) {
            long start = node.id().value().equals(late) ? by : 0;
            for (var need : node.needs())
                start = Math.max(
                        start,
                        ends.getOrDefault(need.on().value(), 0L)
                                + (node.id().value().equals(late) ? by : 0));
            ends.put(node.id().value(), start + node.estimateMinutes());
            end = Math.max(end, start + node.estimateMinutes());
        }
        return end;
    }

    private static List<Task> nodes(long seed, int size) {
        var random = new SplittableRandom(seed);
        var nodes = new ArrayList<Task>();
        for (int i = 0; i < size; i++) {
            var needs = new ArrayList<String>();
            for (int j = Math.max(0, i - 6); j < i; j++) if (random.nextInt(4) == 0) needs.add("t" + j);
            nodes.add(work("t" + i, 1 + random.nextInt(30), needs.toArray(String[]::new)));
        }
        return nodes;
    }

    private static Plan plan(Task... tasks) {
        return new PlanAssembly(List.of(tasks))
                .plan(new PlanId("p"), "P", List.of(), List.of(), List.of(), List.of(), PlanOptions.DEFAULT);
    }

    private static Task work(String id, int minutes, String... needs) {
        return node(id, Task.Kind.WORK, minutes, false, needs);
    }

    private static Task node(String id, Task.Kind kind, int minutes, boolean done, String... needs) {
        return Task.builder(new TaskId(id), kind, id)
                .description(id)
                .estimateMinutes(minutes)
                .needs(Arrays.stream(needs)
                        .map(need -> new Need(new TaskId(need), Need.Kind.RESULT, Need.Reason.EXPLICIT, "said", 1))
                        .toList())
                .done(done)
                .build();
    }
}
