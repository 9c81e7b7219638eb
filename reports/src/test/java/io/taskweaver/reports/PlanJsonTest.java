package io.taskweaver.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskweaver.model.Document;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Submission;
import io.taskweaver.scheduling.planning.Planner;
import io.taskweaver.scheduling.planning.Planning;
import io.taskweaver.scheduling.projection.PlanView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanJsonTest {
    @Test
    void each_task_has_the_interface_of_its_component() throws Exception {
        assertThat(json(40).path("tasks"))
                .allSatisfy(task ->
                        assertThat(task.path("interface_definition").asText()).contains("interface "));
    }

    @Test
    void in_a_very_large_plan_only_contracts_have_it() throws Exception {
        assertThat(json(4_000).path("tasks")).allSatisfy(task -> {
            boolean isContract = task.path("kind").asText().equals("contract");
            assertThat(task.path("interface_definition").isTextual()).isEqualTo(isContract);
            assertThat(isContract || task.path("dependencies").get(0).asText().startsWith("contract-"))
                    .isTrue();
        });
    }

    @Test
    void before_a_run_a_task_is_ready_if_it_lacks_nothing() throws Exception {
        var tasks = json(2).path("tasks");
        assertThat(tasks)
                .isNotEmpty()
                .allSatisfy(task -> assertThat(task.path("state").asText())
                        .isEqualTo(task.path("dependencies").isEmpty() ? "ready" : "waiting"));
        assertThat(tasks).anyMatch(task -> task.path("state").asText().equals("ready"));
        assertThat(tasks).anyMatch(task -> task.path("state").asText().equals("waiting"));
    }

    private static JsonNode json(int requirements) throws Exception {
        var text = IntStream.range(0, requirements)
                .mapToObj(i -> (i % 20 == 0 ? "\n## Part " + i / 20 + "\n\n" : "") + "- FR-" + (i + 1)
                        + ": keep the records of number " + i)
                .collect(Collectors.joining("\n", "# Large\n", "\n"));
        var planning = Planner.plan(new Submission(
                new PlanId("p"),
                List.of(new Document("d.md", text)),
                Optional.empty(),
                List.of(),
                PlanOptions.DEFAULT));
        var plan = ((Planning.Planned) planning).plan();
        return new ObjectMapper().readTree(PlanJson.write(plan, new PlanView(plan.id())));
    }
}
