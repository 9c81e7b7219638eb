package io.taskweaver.client.replan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.Document;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanChange;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Submission;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.reports.PlanJson;
import io.taskweaver.scheduling.planning.PlanAssembly;
import io.taskweaver.scheduling.projection.PlanView;
import io.taskweaver.scheduling.refine.Refinery;
import io.taskweaver.scheduling.replan.Comparison;
import io.taskweaver.wire.testing.Filled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierPlanTest {
    private static final String DOCUMENT = """
            # Shop
            ## Cart
            - R-1: Customers put articles into the cart
              - an article may be put twice
            - [x] R-2: Customers see what is in the cart
            ## Payment
            - R-3: Customers pay what is in the Cart (depends on R-1)
            ## Non-goals
            - No gifts
            """;

    @Test
    void a_written_plan_is_read_back_as_it_was() {
        var plan = plan(DOCUMENT);
        var read = EarlierPlan.of(PlanJson.write(plan, new PlanView(plan.id()))).orElseThrow();

        assertThat(read.plan().tasks()).isEqualTo(plan.tasks());
        assertThat(read.plan().components()).isEqualTo(plan.components());
        assertThat(read.plan().phases()).isEqualTo(plan.phases());
        assertThat(Comparison.of(read.plan(), plan).isEmpty()).isTrue();
        assertThat(read.merged()).isEmpty();
    }

    @Test
    void the_plan_that_a_file_is_of_is_read_without_its_tasks(@TempDir Path folder) throws IOException {
        var plan = plan(DOCUMENT);
        var file = Files.writeString(folder.resolve("plan.json"), PlanJson.write(plan, new PlanView(plan.id())));
        assertThat(EarlierPlan.idIn(file)).contains(plan.id());

        assertThat(EarlierPlan.idIn(Files.writeString(file, "{\"of\": {\"plan\": \"p\"}, \"plan\": [\"p\"]}")))
                .isEmpty();
        assertThat(EarlierPlan.idIn(Files.writeString(file, "no JSON"))).isEmpty();
        assertThat(EarlierPlan.idIn(Files.writeString(file, ""))).isEmpty();
        assertThat(EarlierPlan.idIn(folder)).isEmpty();
        assertThat(EarlierPlan.idIn(folder.resolve("none"))).isEmpty();
    }

    @Test
    void nothing_of_a_task_a_component_or_the_options_gets_lost() {
        var task = Filled.with(Task.class, Map.of("kind", Task.Kind.WORK));
        var tasks = new ArrayList<>(List.of(task));
        for (var need : task.needs())
            tasks.add(Filled.with(
                    Task.class, Map.of("id", need.on(), "kind", Task.Kind.WORK, "done", false, "needs", List.of())));
        var plan = new PlanAssembly(tasks)
                .plan(
                        new PlanId("p"),
                        "Filled",
                        List.of(Filled.of(ComponentSpec.class)),
                        List.of("fast"),
                        List.of("no gifts"),
                        List.of(),
                        Filled.of(PlanOptions.class));

        var read = EarlierPlan.of(PlanJson.write(plan, new PlanView(plan.id())))
                .orElseThrow()
                .plan();

        assertThat(read).isEqualTo(plan);
    }

    @Test
    void what_a_run_has_merged_is_no_part_of_the_plan_but_told() throws IOException {
        var plan = plan(DOCUMENT);
        var json = (ObjectNode) new ObjectMapper().readTree(PlanJson.write(plan, new PlanView(plan.id())));
        for (var task : json.path("tasks"))
            if (task.path("id").asText().equals("R-1"))
                ((ObjectNode) task).put("status", "done").put("attempts", 1);
        var read = EarlierPlan.of(json.toString()).orElseThrow();

        assertThat(read.plan().tasks()).isEqualTo(plan.tasks());
        assertThat(read.merged()).containsExactly(new TaskId("R-1"));
    }

    @Test
    void what_was_finished_before_is_merged_too() {
        var plan = plan(DOCUMENT);
        var finished = Refinery.refine(plan, List.of(new PlanChange.FinishTask(new TaskId("R-1"), "merged by p0")))
                .plan();
        var read = EarlierPlan.of(PlanJson.write(finished, new PlanView(plan.id())))
                .orElseThrow();

        assertThat(read.finishedBefore()).containsExactly(new TaskId("R-1"));
        assertThat(read.merged()).containsExactly(new TaskId("R-1"));
        assertThat(Comparison.of(read.plan(), plan).isEmpty()).isTrue();
    }

    @Test
    void other_texts_are_no_plan_and_a_plan_that_contradicts_itself_is_refused() {
        assertThat(EarlierPlan.of("# Shop")).isEmpty();
        assertThat(EarlierPlan.of("{\"tasks\": []}")).isEmpty();
        assertThatThrownBy(() -> EarlierPlan.of("""
                {"plan": "p", "title": "x", "components": [], "tasks": [
                  {"id": "A", "kind": "work", "title": "a", "priority": "low",
                   "needs": [{"task": "B", "kind": "result", "reason": "explicit", "because": "", "confidence": 1}]}]}
                """))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("B");
    }

    private static Plan plan(String text) {
        var submission = new Submission(
                new PlanId("p"), List.of(new Document("d.md", text)), Optional.empty(), List.of(), PlanOptions.DEFAULT);
        return TaskWeaver.plan(submission);
    }
}
