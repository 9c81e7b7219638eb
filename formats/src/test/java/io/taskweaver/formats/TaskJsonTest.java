package io.taskweaver.formats;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.taskweaver.model.Document;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Submission;
import io.taskweaver.model.Task;
import io.taskweaver.reports.PlanJson;
import io.taskweaver.requirements.tasks.TaskList;
import io.taskweaver.requirements.tasks.TaskStatus;
import io.taskweaver.scheduling.planning.Planner;
import io.taskweaver.scheduling.planning.Planning;
import io.taskweaver.scheduling.planning.TaskListPlanner;
import io.taskweaver.scheduling.projection.PlanView;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TaskJsonTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String DOCUMENT = """
            # Shop

            ## Store
            - **FR-001**: Keep things
            - **FR-002**: Find things (depends on FR-001)
            ## Till
            - **FR-003**: Sell things of the Store (depends on FR-002)
            ## Constraints
            - Everything is fast
            """;

    @Provide
    Arbitrary<TaskList> lists() {
        return Lists.of(Lists.Ids.FREE, true, Arrays.asList(TaskStatus.values()));
    }

    @Property(tries = 50)
    void every_list_is_written_as_the_schema_says(@ForAll("lists") TaskList list) throws JsonProcessingException {
        assertThat(problems(TaskJson.write(list))).isEmpty();
    }

    @Test
    void a_plan_is_written_as_the_schema_says() throws JsonProcessingException {
        assertThat(problems(PlanJson.write(plan(), new PlanView(plan().id())))).isEmpty();
    }

    @Test
    void the_schema_refuses_what_is_no_task() throws JsonProcessingException {
        assertThat(problems("{\"tasks\":[{\"id\":\"1\"}]}")).isNotEmpty();
        assertThat(problems(
                        TaskJson.write(list("[{\"id\":1,\"title\":\"A\"}]")).replace("\"pending\"", "\"some day\"")))
                .isNotEmpty();
    }

    private static Set<String> problems(String json) throws JsonProcessingException {
        JsonNode node = MAPPER.readTree(json);
        var messages = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(TaskJson.schema())
                .validate(node);
        return new java.util.TreeSet<>(
                messages.stream().map(message -> message.toString()).toList());
    }

    @Test
    void the_json_of_a_plan_is_the_same_plan_again() {
        var plan = plan();
        var json = PlanJson.write(plan, new PlanView(plan.id()));
        var document = new Document("plan.json", json);
        assertThat(TaskListReader.detect(document)).contains(ExchangeFormat.JSON);
        var read = (TaskListReader.Read) TaskListReader.read(List.of(document), ExchangeFormat.JSON, "");
        assertThat(read.listing().remarks()).isEmpty();
        var again = ((Planning.Planned) TaskListPlanner.plan(plan.id(), read.listing(), PlanOptions.DEFAULT)).plan();
        assertThat(again.title()).isEqualTo(plan.title());
        assertThat(again.phases()).isEqualTo(plan.phases());
        assertThat(again.criticalPath()).isEqualTo(plan.criticalPath());
        assertThat(again.components()).isEqualTo(plan.components());
        assertThat(again.constraints()).isEqualTo(plan.constraints());
        assertThat(again.tasks())
                .extracting(Task::source)
                .endsWith(plan.tasks().getLast().source());
    }

    @Test
    void an_interface_is_told_before_it_is_published() throws JsonProcessingException {
        var json = MAPPER.readTree(PlanJson.write(plan(), new PlanView(plan().id())));
        assertThat(json.at("/tasks/0/interface_definition").asText()).contains("interface Store");
    }

    private static Plan plan() {
        var submission = new Submission(
                new PlanId("shop"),
                List.of(new Document("d.md", DOCUMENT)),
                Optional.empty(),
                List.of(),
                PlanOptions.DEFAULT);
        return ((Planning.Planned) Planner.plan(submission)).plan();
    }

    private static TaskList list(String tasks) {
        var document = new Document("t.json", tasks);
        return ((TaskListReader.Read) TaskListReader.read(List.of(document), ExchangeFormat.JSON, ""))
                .listing()
                .list();
    }

    @Test
    void a_phase_that_is_not_said_is_the_one_that_dependencies_give() throws JsonProcessingException {
        var json = MAPPER.readTree(
                TaskJson.write(list("[{\"id\":1,\"title\":\"A\"},{\"id\":2,\"title\":\"B\",\"dependencies\":[1]}]")));
        assertThat(json.at("/tasks/0/phase").asInt()).isEqualTo(1);
        assertThat(json.at("/tasks/1/phase").asInt()).isEqualTo(2);
    }
}
