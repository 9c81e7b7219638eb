package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors as processes of their own beside the standalone's broker. */
@Tag("long")
class ExecutorsTest {
    private static final int TASKS = 24;

    @TempDir
    Path dir;

    @Test
    void three_executors_share_a_plan_and_what_a_killed_one_held_goes_on_elsewhere() throws Exception {
        try (var workspace = new Workspace(dir)) {
            workspace
                    .with("TASKWEAVER_EXECUTOR_ENABLED", "false")
                    .with("TASKWEAVER_SIMULATOR_MIN_DURATION", "PT4S")
                    .with("TASKWEAVER_SIMULATOR_MAX_DURATION", "PT4S");
            var up = workspace.taskweaver("up");
            assertThat(up.exitCode()).as(up.output()).isZero();
            var one = workspace.executor("one", 2);
            workspace.executor("two", 2);
            workspace.executor("three", 2);

            var text = new StringBuilder("# Sorting centre\n\n## Requirements\n\n");
            for (int task = 1; task <= TASKS; task++)
                text.append("- **FR-%03d**: Sort lane %d%n".formatted(task, task));
            var document = workspace.document("REQUIREMENTS.md", text.toString());
            var submit = workspace.taskweaver("submit", document.toString(), "--plan", "lanes");
            assertThat(submit.exitCode()).as(submit.output()).isZero();
            var started = events(workspace, "task-started");
            var completed = events(workspace, "task-completed");

            await().atMost(Duration.ofMinutes(2))
                    .until(() -> started.executorOf().size() >= 6 && started.ran("one"));
            one.destroyForcibly().waitFor();
            var killed = Instant.now();
            var held = new HashMap<>(started.executorOf());
            held.keySet().removeAll(completed.executorOf().keySet());
            held.values().removeIf(name -> !name.equals("one"));
            assertThat(held).as("tasks that died with their executor").isNotEmpty();

            await("tasks of the dead executor are taken up by others")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> {
                        var elsewhere = started.executorOf();
                        elsewhere.values().removeIf(name -> name.equals("one"));
                        elsewhere.putAll(completed.executorOf());
                        return elsewhere.keySet().containsAll(held.keySet());
                    });
            System.out.println("taken up again after "
                    + Duration.between(killed, Instant.now()).toMillis() + " ms: " + held.keySet());

            await().atMost(Duration.ofMinutes(3))
                    .until(() -> completed.executorOf().size() == TASKS);
            assertThat(completed.executorOf().values()).contains("two", "three");
            var failures =
                    workspace.taskweaver("events", "task-failed", "--plan", "lanes", "--from-beginning", "--once");
            assertThat(workspace.creations())
                    .as(failures.output())
                    .hasSize(TASKS)
                    .allSatisfy(
                            (attempt, count) -> assertThat(count).as(attempt).isEqualTo(1));
        }
    }

    private static Followed events(Workspace workspace, String topic) throws IOException {
        return new Followed(workspace.start("events", topic, "--plan", "lanes", "--from-beginning"));
    }

    /** What a command that follows a topic has printed so far. */
    private record Followed(Workspace.Running command) {

        /** The executor that each task was last seen on. */
        Map<String, String> executorOf() throws IOException {
            var found = new HashMap<String, String>();
            for (var line : command.output()
                    .lines()
                    .filter(one -> one.startsWith("{") && one.endsWith("}"))
                    .toList()) {
                JsonNode event = Workspace.JSON.readTree(line);
                var body = event.path("value");
                found.put(body.path("taskId").asText(), body.path("executorId").asText());
            }
            return found;
        }

        boolean ran(String executor) throws IOException {
            return executorOf().containsValue(executor);
        }
    }
}
