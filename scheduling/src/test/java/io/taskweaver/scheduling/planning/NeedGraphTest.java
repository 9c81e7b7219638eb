package io.taskweaver.scheduling.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class NeedGraphTest {
    @Test
    void order_is_the_documents_where_nothing_is_needed() {
        assertThat(graph(new int[] {2}, new int[] {}, new int[] {}).order()).containsExactly(1, 2, 0);
    }

    @Test
    void the_shortest_cycle_of_each_knot_is_found() {
        var cycles = graph(new int[] {1}, new int[] {2}, new int[] {0, 1}, new int[] {3}, new int[] {0})
                .cycles();

        assertThat(cycles).containsExactly(List.of(1, 2), List.of(3));
    }

    @Test
    void the_longest_path_goes_by_weight() {
        var graph = graph(new int[] {}, new int[] {0}, new int[] {}, new int[] {1, 2});

        assertThat(graph.longestPath(graph.order(), new int[] {1, 1, 5, 1})).containsExactly(2, 3);
        assertThat(graph.longestPath(graph.order(), new int[] {1, 1, 0, 1})).containsExactly(0, 1, 3);
    }

    @Test
    void all_that_wait_are_counted_once() {
        assertThat(graph(new int[] {}, new int[] {0}, new int[] {0}, new int[] {1, 2})
                        .waiting(0))
                .isEqualTo(3);
    }

    @Test
    void a_long_chain_is_no_danger() {
        var needs = new ArrayList<int[]>();
        for (int i = 0; i < 100_000; i++) needs.add(i == 0 ? new int[] {99_999} : new int[] {i - 1});

        assertThat(new NeedGraph(needs).cycles())
                .singleElement()
                .satisfies(cycle -> assertThat(cycle).hasSize(100_000));
    }

    @Property(tries = 300)
    void either_all_nodes_have_an_order_or_there_is_a_cycle(
            @ForAll @Size(max = 12) List<@Size(max = 3) List<@IntRange(max = 11) Integer>> edges) {
        var needs = edges.stream()
                .map(list -> list.stream()
                        .distinct()
                        .filter(on -> on < edges.size())
                        .mapToInt(on -> on)
                        .toArray())
                .toList();
        var graph = new NeedGraph(needs);
        var order = graph.order();
        var cycles = graph.cycles();

        assertThat(order.length == needs.size()).isEqualTo(cycles.isEmpty());
        for (var cycle : cycles)
            for (int i = 0; i < cycle.size(); i++) {
                int next = cycle.get((i + 1) % cycle.size());
                assertThat(needs.get(cycle.get(i))).contains(next);
            }
        for (int i = 0; i < order.length; i++) {
            var before = Arrays.copyOf(order, i);
            for (int on : needs.get(order[i])) assertThat(before).contains(on);
        }
    }

    private static NeedGraph graph(int[]... needs) {
        return new NeedGraph(List.of(needs));
    }
}
