package io.taskweaver.wire.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.Notice;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Task;
import io.taskweaver.wire.testing.Filled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelJsonTest {

    @ParameterizedTest
    @ValueSource(classes = {Task.class, PlanOptions.class, IsolatedContext.class, ComponentSpec.class, Notice.class})
    void nothing_of_a_value_gets_lost_between_services(Class<?> type) throws JsonProcessingException {
        var value = Filled.of(type);
        var json = ModelJson.SERVICES.writeValueAsString(value);

        assertThat(ModelJson.SERVICES.<Object>readValue(json, ModelJson.SERVICES.constructType(type)))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(classes = {PlanOptions.class, ComponentSpec.class, Notice.class})
    void nothing_of_a_value_gets_lost_in_a_document(Class<?> type) throws JsonProcessingException {
        var value = Filled.of(type);
        var json = ModelJson.DOCUMENTS.writeValueAsString(value);

        assertThat(ModelJson.DOCUMENTS.<Object>readValue(json, ModelJson.DOCUMENTS.constructType(type)))
                .isEqualTo(value);
    }

    @Test
    void of_a_task_a_document_leaves_out_whether_it_is_done_alone() {
        var task = Filled.of(Task.class);
        var json = ModelJson.DOCUMENTS.<ObjectNode>valueToTree(task);

        assertThat(ModelJson.read(ModelJson.DOCUMENTS, json.put("done", true), Task.class))
                .isEqualTo(task);
    }

    @Test
    void a_task_has_the_names_that_other_tools_read() {
        var json = ModelJson.DOCUMENTS.valueToTree(Filled.of(Task.class));

        assertThat(json.path("kind").asText()).isEqualTo("verify");
        assertThat(json.path("estimated_time").isInt()).isTrue();
        assertThat(json.path("verify").isTextual()).isTrue();
        assertThat(json.at("/needs/0/task").isTextual()).isTrue();
        assertThat(json.at("/source/first_line").isInt()).isTrue();
    }

    @Test
    void missing_lists_are_empty_and_other_missing_fields_are_refused() {
        var json = ModelJson.SERVICES.<ObjectNode>valueToTree(Filled.of(Task.class));
        json.remove(List.of("tags", "component"));

        assertThat(ModelJson.read(ModelJson.SERVICES, json, Task.class))
                .satisfies(task -> assertThat(task.tags()).isEmpty())
                .satisfies(task -> assertThat(task.component()).isEmpty());
        json.remove("title");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelJson.read(ModelJson.SERVICES, json, Task.class))
                .withMessageContaining("title");
    }

    @Test
    void what_contradicts_the_model_is_refused_in_its_words() {
        var json = ModelJson.SERVICES.<ObjectNode>valueToTree(Filled.of(Task.class));
        json.put("id", "no id");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelJson.read(ModelJson.SERVICES, json, Task.class))
                .withMessage("not a task id: 'no id'");
    }
}
