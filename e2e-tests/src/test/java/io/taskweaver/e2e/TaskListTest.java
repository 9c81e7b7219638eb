package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list of tasks that name what their results are checked by, run by the names that scripts use. */
class TaskListTest {
    @TempDir
    Path dir;

    @Test
    void a_result_counts_when_its_outputs_exist_and_its_command_succeeds() throws Exception {
        try (var workspace = new Workspace(dir)) {
            workspace.document("tasks.json", """
                    {"tasks": [
                      {"id": "A", "title": "Write the guide", "outputs": ["docs/guide.md"],
                       "verify": "grep -q 'Write the guide' docs/guide.md"},
                      {"id": "B", "title": "Count",
                       "verify": "[ -e '%1$s' ] || { touch '%1$s'; echo nothing counts here >&2; exit 3; }"},
                      {"id": "C", "title": "Fail", "verify": "exit 4"},
                      {"id": "D", "title": "Wait", "dependencies": ["C"]}
                    ]}
                    """.formatted(dir.resolve("mark")));

            var run = workspace.taskweaver(
                    "execute-tasks",
                    "--input-file",
                    "tasks.json",
                    "--agent",
                    "simulated",
                    "--concurrent",
                    "--output-file",
                    "results.json");

            assertThat(run.exitCode()).as(run.output()).isEqualTo(1);
            assertThat(run.output()).contains("1 task failed: C", "'exit 4' failed with exit code 4.");
            assertThat(states(dir.resolve("results.json")))
                    .isEqualTo(Map.of("A", "done 1", "B", "done 2", "C", "failed 3", "D", "blocked 0"));
            var out = dir.resolve("taskweaver-out");
            assertThat(out.resolve("merged/docs/guide.md")).isRegularFile();
            assertThat(out.resolve("queries/A.md")).content().contains("Has to exist in the end: docs/guide.md");
            assertThat(out.resolve("queries/B.md")).content().contains("> nothing counts here");
        }
    }

    @Test
    void conflicted_tasks_whose_ids_are_long_end_and_the_plan_says_so() throws Exception {
        // The first is shortened, the second the longest that is not.
        var ids = List.of("A".repeat(120), "B".repeat(100));
        try (var workspace = new Workspace(dir).with("TASKWEAVER_SIMULATOR_CONFLICT_RATE", "1")) {
            workspace.document("tasks.json", """
                    {"tasks": [{"id": "%s", "title": "Sell"}, {"id": "%s", "title": "Count"}]}
                    """.formatted(ids.getFirst(), ids.getLast()));

            var run = workspace.taskweaver("run", "tasks.json", "--agent", "simulated");

            assertThat(run.exitCode()).as(run.output()).isZero();
            var out = dir.resolve("taskweaver-out");
            var tasks = new ObjectMapper()
                    .readTree(out.resolve("plan.json").toFile())
                    .path("tasks");
            assertThat(tasks)
                    .hasSize(3)
                    .allSatisfy(task -> assertThat(task.path("state").asText()).isEqualTo("merged"))
                    .anySatisfy(task -> assertThat(task.path("kind").asText()).isEqualTo("reconcile"))
                    .anySatisfy(task -> assertThat(task.path("id").asText()).isEqualTo(ids.getLast()));
            assertThat(out.resolve("report.md")).content().contains("reconciled");
        }
    }

    /** State and number of attempts of each task. */
    private static Map<String, String> states(Path results) throws Exception {
        var states = new HashMap<String, String>();
        for (var task : new ObjectMapper().readTree(results.toFile()).path("tasks"))
            states.put(
                    task.path("id").asText(),
                    task.path("status").asText() + " " + task.path("attempts").asInt());
        return states;
    }
}
