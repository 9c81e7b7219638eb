package io.taskweaver.client.output;

import static io.taskweaver.client.Events.*;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Task;
import io.taskweaver.model.event.Failure;
import io.taskweaver.reports.Measurement;
import io.taskweaver.scheduling.projection.PlanView;
import io.taskweaver.wire.rest.MergedView;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class RunOutputTest {
    private static final Plan PLAN = new Plan(
            new PlanId("shop"),
            "Shop | small",
            List.of(
                    task("C-store", Task.Kind.CONTRACT, 0, "Contract of Store"),
                    task("T1", Task.Kind.WORK, 1, "Do T1", "C-store"),
                    task("T2", Task.Kind.WORK, 2, "Do T2", "T1")),
            List.of(),
            List.of(List.of(id("T1")), List.of(id("T2"))),
            List.of(id("T1"), id("T2")),
            60,
            90,
            List.of("Fast"),
            List.of("No tax"),
            List.of(),
            PlanOptions.DEFAULT);

    private static SortedMap<String, String> files() {
        var view = new PlanView(new PlanId("shop"));
        List.of(
                        created(2, "T1", "T2"),
                        work("T1", 1, 1, "C-store"),
                        work("T2", 2, 2, "T1"),
                        published("C-store", 1),
                        started("T1", 1, 2),
                        completed("T1", 1, 6, 4),
                        merged("T1", 1, 7),
                        failed("T2", 1, 9, Failure.TASK_FAILED),
                        failure(10, "T2"))
                .forEach(view::on);
        var merged = new MergedView(1, "d", Map.of("src/New.java", "new"), List.of(), List.of());
        return RunOutput.files(PLAN, view, merged, second(20));
    }

    private static String text(String path) {
        return files().getOrDefault(path, "");
    }

    @Test
    void the_folder_holds_plan_queries_contracts_merged_files_and_a_report() {
        assertThat(files().keySet())
                .containsExactlyInAnyOrder(
                        "graph.html",
                        "plan.json",
                        "plan.md",
                        "report.md",
                        "queries/T1.md",
                        "contracts/Store/Store.java",
                        "contracts/Store/openapi.json",
                        "merged/src/main/java/app/store/Store.java",
                        "merged/src/New.java");
    }

    @Test
    void each_task_of_the_plan_json_has_what_other_tools_read() throws IOException {
        var json = new ObjectMapper().readTree(text("plan.json"));
        assertThat(json.path("status").asText()).isEqualTo("failed");
        assertThat(json.path("tasks")).hasSize(3);
        var task = json.at("/tasks/1");
        assertThat(task.propertyStream().map(Map.Entry::getKey))
                .contains(
                        "id",
                        "title",
                        "description",
                        "priority",
                        "dependencies",
                        "phase",
                        "status",
                        "tags",
                        "estimated_time",
                        "assignee",
                        "interface_definition");
        assertThat(task.path("status").asText()).isEqualTo("done");
        assertThat(task.at("/dependencies/0").asText()).isEqualTo("C-store");
        assertThat(task.path("interface_definition").asText()).contains("interface Store");
        assertThat(json.at("/tasks/2/status").asText()).isEqualTo("failed");
    }

    @Test
    void the_report_tells_tasks_and_failures_in_tables_that_no_text_breaks() {
        assertThat(text("report.md"))
                .contains("# Shop \\| small")
                .contains("**Failed**: a task failed")
                .contains("| `T1` | Do T1 | work | 1 | merged | 1 | 4.0 s |")
                .contains("| `T2` | 1 | the agent could not do the task | it broke | mend it |");
    }

    @Test
    void figures_compare_wall_time_with_the_critical_path_and_one_at_a_time() {
        var view = new PlanView(new PlanId("shop"));
        List.of(
                        created(2, "T1"),
                        work("T1", 1, 0),
                        work("T2", 1, 1),
                        failed("T1", 1, 3, Failure.TASK_FAILED),
                        completed("T1", 2, 9, 5),
                        merged("T1", 2, 9),
                        completed("T2", 1, 9, 8),
                        merged("T2", 1, 9),
                        completed(2, 1, 10))
                .forEach(view::on);
        var measured = Measurement.of(view, second(99));
        assertThat(measured.wall()).hasSeconds(10);
        assertThat(measured.criticalPath()).hasSeconds(7);
        assertThat(measured.oneAtATime()).hasSeconds(15);
        assertThat(measured.retried()).isEqualTo(1);
        assertThat(measured.done()).isEqualTo(2);
    }

    @Test
    void names_of_files_stay_apart_even_where_a_character_can_not_be_kept() {
        assertThat(OutputPaths.name("a:b"))
                .isNotEqualTo(OutputPaths.name("a_b"))
                .doesNotContain(":");
        assertThat(OutputPaths.name("..")).isNotEqualTo("..");
        assertThat(OutputPaths.name("x".repeat(300))).hasSizeLessThan(80);
    }
}
