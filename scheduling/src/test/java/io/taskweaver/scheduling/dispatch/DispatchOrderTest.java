package io.taskweaver.scheduling.dispatch;

import static io.taskweaver.scheduling.dispatch.Story.completed;
import static io.taskweaver.scheduling.dispatch.Story.id;
import static io.taskweaver.scheduling.dispatch.Story.merged;
import static io.taskweaver.scheduling.dispatch.Story.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The order in which ready nodes are handed out, for a known number of slots. */
class DispatchOrderTest {
    /** On two slots the plain rule runs 3+2+2 beside 3+2: 7. Three and three beside two, two and two: 6. */
    private static final Node[] FIVE = {work("a", 3), work("b", 3), work("c", 2), work("d", 2), work("e", 2)};

    @Test
    void the_searched_order_keeps_two_slots_busy_to_the_end() {
        assertThat(makespan(FIVE, new int[] {0, 1, 2, 3, 4}, 2)).isEqualTo(7);
        assertThat(workload(FIVE).bound(2)).isEqualTo(6);
        assertThat(makespan(FIVE, OrderSearch.ranks(workload(FIVE), 2).orElseThrow(), 2))
                .isEqualTo(6);
    }

    @Test
    void the_scheduler_hands_out_in_the_searched_order() {
        var story = Story.planOf(FIVE).capacity(2);
        story.plan.arrangeFor(2);
        var first = issued(story.begun());
        var ranks = OrderSearch.ranks(workload(FIVE), 2).orElseThrow();
        var expected = new ArrayList<TaskId>();
        for (int rank = 0; rank < 2; rank++)
            for (int task = 0; task < FIVE.length; task++) if (ranks[task] == rank) expected.add(FIVE[task].id());
        assertThat(first).isEqualTo(expected);
    }

    @Test
    void an_unknown_number_of_slots_leaves_the_plain_rule() {
        var story = Story.planOf(FIVE).capacity(2);
        story.plan.arrangeFor(0);
        assertThat(issued(story.begun())).containsExactly(id("a"), id("b"));
    }

    @Test
    void once_estimates_prove_wrong_the_plain_rule_is_back_and_stays() {
        var story = Story.planOf(
                        work("x", 10),
                        work("y", 10),
                        work("a", 3, "x", "y"),
                        work("b", 3, "x", "y"),
                        work("c", 2, "x", "y"),
                        work("d", 2, "x", "y"),
                        work("e", 2, "x", "y"))
                .capacity(2);
        story.plan.arrangeFor(2);
        story.begun();
        story.after(Duration.ofMinutes(10)).when(completed("x", 1), merged("x", 1));
        story.after(Duration.ofMinutes(10)).when(completed("y", 1), merged("y", 1));
        assertThat(issued(story)).containsExactly(id("a"), id("b"));
        story.plan.arrangeFor(3);
        assertThat(issued(story.when(completed("a", 1), merged("a", 1)))).containsExactly(id("c"));
    }

    @Test
    void durations_need_only_be_in_proportion_to_the_estimates() {
        var proportions = new Proportions();
        proportions.observe(10, Duration.ofSeconds(10));
        proportions.observe(20, Duration.ofSeconds(25));
        assertThat(proportions.hold()).isTrue();
        proportions.observe(10, Duration.ofSeconds(16));
        assertThat(proportions.hold()).isFalse();
    }

    @Property(tries = 100)
    void a_searched_order_is_shorter_than_the_plain_one_and_no_shorter_than_the_bound(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 40) int size,
            @ForAll @IntRange(min = 1, max = 5) int slots) {
        var nodes = nodes(seed, size);
        var work = workload(nodes);
        var plain = new int[size];
        Arrays.setAll(plain, task -> task);
        var ranks = OrderSearch.ranks(work, slots);
        assertThat(ranks.map(Arrays::hashCode))
                .isEqualTo(OrderSearch.ranks(work, slots).map(Arrays::hashCode));
        if (ranks.isEmpty()) return;
        assertThat(ranks.get()).containsExactlyInAnyOrder(plain);
        assertThat(makespan(nodes, ranks.get(), slots))
                .isLessThan(makespan(nodes, plain, slots))
                .isGreaterThanOrEqualTo(work.bound(slots));
    }

    @Test
    void a_plan_too_large_to_search_keeps_the_plain_rule() {
        assertThat(OrderSearch.ranks(workload(nodes(1, OrderSearch.MOST_TASKS + 1)), 2))
                .isEqualTo(Optional.empty());
    }

    private static List<TaskId> issued(Story story) {
        return story.sent().stream()
                .filter(Action.IssueAttempt.class::isInstance)
                .map(command -> ((Action.IssueAttempt) command).task())
                .toList();
    }

    private static long makespan(Node[] nodes, int[] ranks, int slots) {
        return new ListSchedule(workload(nodes), slots).makespan(ranks);
    }

    private static Node[] nodes(long seed, int size) {
        var random = new SplittableRandom(seed);
        var nodes = new Node[size];
        for (int i = 0; i < size; i++) {
            var needs = new HashSet<String>();
            for (int n = random.nextInt(3); i > 0 && n > 0; n--) needs.add("t" + random.nextInt(i));
            nodes[i] = work(
                    "t" + i, 1 + random.nextInt(20), needs.stream().sorted().toArray(String[]::new));
        }
        return nodes;
    }

    /** The nodes in the order in which they are given. */
    private static Workload workload(Node... nodes) {
        int size = nodes.length;
        var numbers = new java.util.HashMap<TaskId, Integer>();
        for (var node : nodes) numbers.put(node.id(), numbers.size());
        var needs = new int[size][];
        var dependents = new ArrayList<List<Integer>>();
        for (int task = 0; task < size; task++) dependents.add(new ArrayList<>());
        for (int task = 0; task < size; task++) {
            needs[task] = nodes[task].needs().stream()
                    .mapToInt(need -> numbers.getOrDefault(need, -1))
                    .toArray();
            for (int need : needs[task]) dependents.get(need).add(task);
        }
        return new Workload(
                Arrays.stream(nodes).mapToInt(Node::estimateMinutes).toArray(),
                new boolean[size],
                new boolean[size],
                needs,
                dependents.stream()
                        .map(those -> those.stream().mapToInt(Integer::intValue).toArray())
                        .toArray(int[][]::new));
    }
}
