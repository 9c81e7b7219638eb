package io.taskweaver.scheduling.priority;

import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.simulation.Simulator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which tasks matter and in which order they run. Earliest starts and slack are those of the critical path method (Kelley
 * and Walker, Critical-Path Planning and Scheduling, 1959); the order is the scheduler's own.
 *
 * @param agents how many agents the order is for
 * @param tasks work that is not done, in the order of dispatch
 * @param widths how many tasks each phase holds, from phase 1 on
 * @param peak most tasks that run at once if agents never run out
 * @param makespan minutes that so many agents take
 */
public record Priorities(int agents, List<Ranked> tasks, List<Integer> widths, int peak, long makespan) {
    public Priorities {
        tasks = List.copyOf(tasks);
        widths = List.copyOf(widths);
    }

    /**
     * The priorities of a plan.
     *
     * @throws IllegalArgumentException if there is less than one agent
     */
    public static Priorities of(Plan plan, int agents) {
        return new Ranking(plan).priorities(agents);
    }

    /** Those that free the most work, most first; tasks that nothing waits for are left out. */
    public List<Ranked> unlockers() {
        return tasks.stream()
                .filter(each -> each.dependents() > 0)
                .sorted(Comparator.comparingLong(Ranked::dependentMinutes)
                        .reversed()
                        .thenComparing(each -> each.task().id()))
                .toList();
    }

    /** A plan with numbers for its nodes, each higher than those of the nodes that it needs. */
    private static final class Ranking {
        private final Plan plan;
        private final Map<TaskId, Integer> numbers = new HashMap<>();
        private final List<int[]> needs = new ArrayList<>();
        private final long[] start;
        private final long[] latest;
        private final int[] unlocks;

        Ranking(Plan plan) {
            this.plan = plan;
            int size = plan.tasks().size();
            for (var task : plan.tasks()) numbers.put(task.id(), numbers.size());
            for (var task : plan.tasks())
                needs.add(task.needs().stream()
                        .map(Need::on)
                        .distinct()
                        .mapToInt(this::number)
                        .toArray());
            start = new long[size];
            latest = new long[size];
            unlocks = new int[size];
            for (int node = 0; node < size; node++) begin(node);
            long end = 0;
            for (int node = 0; node < size; node++) end = Math.max(end, start[node] + minutes(node));
            Arrays.fill(latest, end);
            for (int node = size - 1; node >= 0; node--) limit(node);
        }

        private int number(TaskId id) {
            return numbers.getOrDefault(id, -1);
        }

        private Task task(int node) {
            return plan.tasks().get(node);
        }

        private long minutes(int node) {
            return task(node).done() ? 0 : task(node).estimateMinutes();
        }

        private boolean isOpenWork(int node) {
            return task(node).kind() != Task.Kind.CONTRACT && !task(node).done();
        }

        /** Earliest start; what it needs last is what unlocks it. */
        private void begin(int node) {
            for (int need : needs.get(node)) start[node] = Math.max(start[node], start[need] + minutes(need));
            if (!isOpenWork(node)) return;
            for (int need : needs.get(node))
                if (isOpenWork(need) && start[need] + minutes(need) == start[node]) unlocks[need]++;
        }

        /** {@code latest} is the latest end, until the node's own turn makes it the latest start. */
        private void limit(int node) {
            latest[node] -= minutes(node);
            for (int need : needs.get(node)) latest[need] = Math.min(latest[need], latest[node]);
        }

        Priorities priorities(int agents) {
            var weight = new int[needs.size()];
            for (int node = 0; node < weight.length; node++)
                weight[node] = isOpenWork(node) ? task(node).estimateMinutes() : -1;
            var reach = Reach.of(needs, weight);
            var simulation = Simulator.simulate(plan, agents);
            var ranked = new ArrayList<Ranked>();
            for (var run : simulation.runs()) {
                int node = number(run.task());
                ranked.add(new Ranked(
                        task(node),
                        ranked.size() + 1,
                        start[node],
                        latest[node] - start[node],
                        unlocks[node],
                        reach.count(node),
                        reach.weight(node)));
            }
            return new Priorities(
                    agents, ranked, plan.phases().stream().map(List::size).toList(), peak(), simulation.makespan());
        }

        /** Tasks that take no time are looked at as if they took a moment. */
        private int peak() {
            var events = new ArrayList<long[]>();
            for (int node = 0; node < needs.size(); node++) {
                if (!isOpenWork(node)) continue;
                events.add(new long[] {2 * start[node], 1});
                events.add(new long[] {2 * (start[node] + minutes(node)) + (minutes(node) == 0 ? 1 : 0), -1});
            }
            events.sort(Comparator.<long[]>comparingLong(event -> event[0]).thenComparingLong(event -> event[1]));
            int now = 0;
            int most = 0;
            for (var event : events) {
                now += (int) event[1];
                most = Math.max(most, now);
            }
            return most;
        }
    }
}
