package io.taskweaver.cli.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.Typed;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateAndPrioritizeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DOCUMENT = """
            # Shop
            - R-1: Customers put articles into the cart
            - R-2: Customers pay (depends on R-1)
            - R-3: Customers get a receipt (depends on R-2)
            - R-4: Customers read about the shop
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    Path folder;

    @Test
    void more_agents_take_less_time_until_the_longest_path_bounds_them() throws Exception {
        var simulations =
                JSON.readTree(Typed.piped(DOCUMENT, "simulate", "--json").out()).path("simulations");

        assertThat(simulations).hasSize(5);
        assertThat(simulations.get(0).path("utilisation").asDouble()).isGreaterThan(0.9);
        assertThat(simulations.get(0).path("makespan").asInt())
                .isGreaterThan(simulations.get(1).path("makespan").asInt());
        assertThat(simulations.get(4).path("bounded_by").asText()).isEqualTo("longest path");
        assertThat(simulations.get(4).path("makespan"))
                .isEqualTo(simulations.get(4).path("bound"));
    }

    @Test
    void one_number_of_agents_says_who_does_what_and_draws_it() {
        var chart = folder.resolve("charts/gantt.svg");

        var typed = Typed.piped(DOCUMENT, "simulate", "--agents", "2", "--gantt", chart.toString());

        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
        assertThat(typed.out()).contains("agent 1: ", "agent 2: ", "R-4");
        assertThat(chart).content().startsWith("<?xml").contains("agent 2", "R-3");
    }

    @Test
    void what_it_costs_to_keep_tasks_apart_is_compared_where_tasks_name_the_same_file() throws Exception {
        assertThat(Typed.piped(DOCUMENT, "simulate").out()).doesNotContain("--overlap");
        var document =
                DOCUMENT + "- R-5: Prices are written to `prices.csv`\n- R-6: Taxes are written to `prices.csv`\n";

        var typed = Typed.piped(document, "simulate", "--agents", "8", "--overlap", "forbid");

        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
        assertThat(typed.out()).containsPattern("agents +allow +avoid +forbid\n +8  1, .*  1, .*  0, ");
        var json = JSON.readTree(
                Typed.piped(document, "simulate", "--agents", "8", "--json").out());
        assertThat(json.path("overlap").findValuesAsText("overlaps")).containsExactly("1", "1", "0");
    }

    @Test
    void numbers_of_agents_that_make_no_sense_are_refused() {
        for (var number : new String[] {"0", "4,-1", "99999"}) {
            var typed = Typed.piped(DOCUMENT, "simulate", "--agents", number);
            assertThat(typed.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(typed.err()).contains("--agents");
        }
        assertThat(Typed.piped(DOCUMENT, "prioritize-tasks", "--agents", "0").exitCode())
                .isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void a_chart_that_can_not_be_written_is_named() {
        var typed = Typed.piped(DOCUMENT, "simulate", "--gantt", folder.toString());
        assertThat(typed.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err()).contains("--gantt");
    }

    @Test
    void tasks_are_listed_in_their_order_with_slack_and_what_waits() throws Exception {
        var typed = Typed.piped(DOCUMENT, "prioritize-tasks");
        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
        assertThat(typed.out())
                .contains(
                        "critical",
                        "tasks that unblock the most work:",
                        "R-1: 1 directly, 2 in total",
                        "critical path: ");

        var tasks = JSON.readTree(
                        Typed.piped(DOCUMENT, "prioritize-tasks", "--json").out())
                .path("tasks");
        assertThat(tasks).filteredOn(task -> task.has("place")).hasSize(4);
        assertThat(tasks.get(0).path("id").asText()).isEqualTo("R-1");
        assertThat(tasks.get(0).path("slack").asInt()).isZero();
        assertThat(tasks.get(0).path("dependents").asInt()).isEqualTo(2);
    }
}
