package io.taskweaver.client.refine;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import io.taskweaver.model.PlanChange;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Submission;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.planning.Planner;
import io.taskweaver.scheduling.planning.Planning;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefinementAnswerTest {
    private static final TaskId A = new TaskId("FR-001");
    private static final TaskId B = new TaskId("FR-002");

    @Test
    void each_kind_of_change_is_read() {
        var answer = RefinementAnswer.read("""
                Here is what I would change.

                ```json
                {"changes": [
                  {"change": "add-need", "task": "FR-002", "on": "FR-001", "because": "its table"},
                  {"change": "drop-need", "task": "FR-002", "on": "FR-001", "because": "a word only"},
                  {"change": "split", "task": "FR-001", "parts": [
                    {"title": "One", "criteria": ["c"], "minutes": 10},
                    {"title": "Two", "description": "More.", "criteria": [], "minutes": 20}]},
                  {"change": "merge", "task": "FR-001", "others": ["FR-002"]},
                  {"change": "retitle", "task": "FR-001", "title": "Better"},
                  {"change": "re-estimate", "task": "FR-001", "minutes": 45},
                  {"change": "reprioritise", "task": "FR-001", "priority": "high"},
                  {"change": "add-criterion", "task": "FR-001", "criterion": "it is fast"}
                ]}
                ```
                """);
        assertThat(answer.problems()).isEmpty();
        assertThat(answer.changes())
                .containsExactly(
                        new PlanChange.AddNeed(B, A, "its table"),
                        new PlanChange.DropNeed(B, A, "a word only"),
                        new PlanChange.SplitTask(
                                A,
                                List.of(
                                        new PlanChange.Part("One", "", List.of("c"), 10),
                                        new PlanChange.Part("Two", "More.", List.of(), 20))),
                        new PlanChange.MergeTasks(A, List.of(B)),
                        new PlanChange.RetitleTask(A, "Better"),
                        new PlanChange.ReestimateTask(A, 45),
                        new PlanChange.ReprioritiseTask(A, Task.Priority.HIGH),
                        new PlanChange.AddCriterion(A, "it is fast"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"change\": \"retitle\", \"task\": \"FR-001\"}",
                "{\"change\": \"retitle\", \"task\": \"FR-001\", \"title\": \"\"}",
                "{\"change\": \"retitle\", \"task\": \"FR-001\", \"title\": \" \"}",
                "{\"change\": \"retitle\", \"task\": \"no id!\", \"title\": \"x\"}",
                "{\"change\": \"re-estimate\", \"task\": \"FR-001\", \"minutes\": \"ten\"}",
                "{\"change\": \"re-estimate\", \"task\": \"FR-001\", \"minutes\": 0}",
                "{\"change\": \"re-estimate\", \"task\": \"FR-001\", \"minutes\": 10, \"more\": 1}",
                "{\"change\": \"reprioritise\", \"task\": \"FR-001\", \"priority\": \"urgent\"}",
                "{\"change\": \"split\", \"task\": \"FR-001\", \"parts\": []}",
                "{\"change\": \"delete\", \"task\": \"FR-001\"}",
                "{\"task\": \"FR-001\"}",
                "7"
            })
    void what_the_schema_does_not_allow_is_named_and_the_rest_counts(String wrong) {
        var answer = RefinementAnswer.read(
                "{\"changes\": [" + wrong + ", {\"change\": \"re-estimate\", \"task\": \"FR-001\", \"minutes\": 45}]}");
        assertThat(answer.changes()).containsExactly(new PlanChange.ReestimateTask(A, 45));
        assertThat(answer.problems()).singleElement().asString().startsWith("Change 1 was not understood, ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "I can not do that.", "{\"changes\": 7}", "```json\n{\"changes\": [\n```", "[]", "null"})
    void an_answer_without_changes_in_json_says_so(String text) {
        var answer = RefinementAnswer.read(text);
        assertThat(answer.changes()).isEmpty();
        assertThat(answer.problems()).hasSize(1);
    }

    @Test
    void the_prompt_holds_the_plan_the_schema_and_the_rules() {
        var planning = Planner.plan(new Submission(
                new PlanId("shop"),
                List.of(new Document(
                        "shop.md",
                        "# Shop\n\n- FR-001: Store customers\n- FR-002: List customers (depends on FR-001)\n")),
                Optional.empty(),
                List.of(),
                PlanOptions.DEFAULT));
        var prompt = RefinementPrompt.write(((Planning.Planned) planning).plan());
        assertThat(prompt)
                .contains("\"id\" : \"FR-002\"", "\"reason\" : \"explicit\"", "cannot be dropped", "\"re-estimate\"");
    }
}
