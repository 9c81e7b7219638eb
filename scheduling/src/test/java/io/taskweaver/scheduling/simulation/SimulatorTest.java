package io.taskweaver.scheduling.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.OverlapMode;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.dispatch.Node;
import io.taskweaver.scheduling.planning.PlanAssembly;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SimulatorTest {
    private static final PlanId PLAN = new PlanId("p");

    @Test
    void one_agent_takes_as_long_as_all_work_together() {
        var simulation = exact(List.of(work("a", 10), work("b", 20, "a"), work("c", 30)), 1);
        assertThat(simulation.makespan()).isEqualTo(60);
        assertThat(simulation.utilisation()).isEqualTo(1);
        assertThat(simulation.speedUp()).isEqualTo(1);
    }

    @Test
    void agents_without_end_take_as_long_as_the_longest_path() {
        var simulation = exact(List.of(work("a", 10), work("b", 20, "a"), work("c", 25)), 100);
        assertThat(simulation.makespan()).isEqualTo(30).isEqualTo(simulation.bound());
        assertThat(simulation.loads()).hasSize(100);
    }

    @Test
    void a_contract_takes_time_but_no_agent() {
        var contract = new Node(new TaskId("c"), Task.Kind.CONTRACT, 5, List.of(), false, Optional.empty(), Set.of());
        var simulation = exact(List.of(contract, work("a", 10), work("b", 10, "c")), 1);
        assertThat(simulation.contracts()).containsExactly(new Simulation.Contract(contract.id(), 0, 5));
        assertThat(simulation.makespan()).isEqualTo(20);
    }

    @Test
    void what_is_done_is_not_run_again() {
        var done = new Node(new TaskId("d"), Task.Kind.WORK, 50, List.of(), true, Optional.empty(), Set.of());
        var simulation = exact(List.of(done, work("a", 10, "d")), 2);
        assertThat(simulation.runs()).containsExactly(new Simulation.Run(new TaskId("a"), 1, 0, 10));
    }

    @Test
    void tasks_that_name_the_same_file_are_kept_apart_at_a_price_that_is_told() {
        var tasks = List.of(task("a", 30, "index.js"), task("b", 20, "index.js"), task("c", 10, "other.js"));
        assertThat(tasks(tasks, OverlapMode.ALLOW))
                .extracting(Simulation::makespan, Simulation::overlaps)
                .containsExactly(30L, 1L);
        assertThat(tasks(tasks, OverlapMode.AVOID))
                .extracting(Simulation::makespan, Simulation::overlaps)
                .containsExactly(30L, 1L);
        assertThat(tasks(tasks, OverlapMode.FORBID))
                .extracting(Simulation::makespan, Simulation::overlaps)
                .containsExactly(50L, 0L);
    }

    private static Task task(String id, int minutes, String file) {
        return Task.builder(new TaskId(id), Task.Kind.WORK, id)
                .estimateMinutes(minutes)
                .expectedFiles(List.of(file))
                .build();
    }

    private static Simulation tasks(List<Task> tasks, OverlapMode overlap) {
        return Simulator.simulate(
                new PlanAssembly(tasks)
                        .plan(PLAN, "t", List.of(), List.of(), List.of(), List.of(), PlanOptions.DEFAULT),
                2,
                overlap);
    }

    /** Longest first runs 3+2+2 beside 3+2: 7. Three and three beside two, two and two: 6. */
    @Test
    void an_order_is_found_where_the_longest_path_first_is_not_the_best() {
        var nodes = List.of(work("a", 3), work("b", 3), work("c", 2), work("d", 2), work("e", 2));
        assertThat(exact(nodes, 2).makespan()).isEqualTo(6);
    }

    @Property(tries = 200)
    void needs_end_before_and_no_agent_has_two_tasks_at_once(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int size,
            @ForAll @IntRange(min = 1, max = 6) int agents) {
        var nodes = nodes(seed, size);
        var random = new SplittableRandom(seed + 1);
        var durations = new HashMap<TaskId, Long>();
        for (var node : nodes) durations.put(node.id(), (long) node.estimateMinutes() * (1 + random.nextInt(4)));
        var simulation = Simulator.simulate(PLAN, nodes, agents, id -> durations.getOrDefault(id, 0L));

        assertThat(simulation.runs()).hasSize(size);
        assertThat(simulation.makespan()).isGreaterThanOrEqualTo(simulation.bound());
        assertThat(simulation.makespan()).isLessThanOrEqualTo(simulation.longestPath() + simulation.work() / agents);
        var runs = byTask(simulation);
        for (var node : nodes)
            for (var need : node.needs())
                assertThat(run(runs, need).end())
                        .isLessThanOrEqualTo(run(runs, node.id()).start());
        var free = new HashMap<Integer, Long>();
        for (var run : simulation.runs()) {
            assertThat(run.start()).isGreaterThanOrEqualTo(free.getOrDefault(run.agent(), 0L));
            free.put(run.agent(), run.end());
        }
    }

    @Property(tries = 50)
    void the_same_plan_is_simulated_the_same(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int size) {
        assertThat(exact(nodes(seed, size), 3)).isEqualTo(exact(nodes(seed, size), 3));
    }

    private static Simulation exact(List<Node> nodes, int agents) {
        var estimates = new HashMap<TaskId, Long>();
        for (var node : nodes) estimates.put(node.id(), (long) node.estimateMinutes());
        return Simulator.simulate(PLAN, nodes, agents, id -> estimates.getOrDefault(id, 0L));
    }

    private static Map<TaskId, Simulation.Run> byTask(Simulation simulation) {
        var runs = new HashMap<TaskId, Simulation.Run>();
        for (var run : simulation.runs()) runs.put(run.task(), run);
        return runs;
    }

    private static Simulation.Run run(Map<TaskId, Simulation.Run> runs, TaskId task) {
        return Optional.ofNullable(runs.get(task)).orElseThrow();
    }

    private static List<Node> nodes(long seed, int size) {
        var random = new SplittableRandom(seed);
        var nodes = new ArrayList<Node>();
        for (int i = 0; i < size; i++) {
            var needs = new HashSet<String>();
            for (int n = random.nextInt(3); i > 0 && n > 0; n--) needs.add("t" + random.nextInt(i));
            nodes.add(work(
                    "t" + i, 1 + random.nextInt(60), needs.stream().sorted().toArray(String[]::new)));
        }
        return nodes;
    }

    private static Node work(String id, int minutes, String... needs) {
        return new Node(
                new TaskId(id),
                Task.Kind.WORK,
                minutes,
                Arrays.stream(needs).map(TaskId::new).toList(),
                false,
                Optional.empty(),
                Set.of());
    }
}
