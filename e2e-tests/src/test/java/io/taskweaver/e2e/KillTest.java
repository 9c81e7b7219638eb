package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything dies at once, at a random moment, and the same command goes on. Rounds and seed are settings:
 * {@code -Dtaskweaver.kill.rounds=10 -Dtaskweaver.kill.seed=7}.
 */
class KillTest {
    private static final int ROUNDS = Integer.getInteger("taskweaver.kill.rounds", 1);
    private static final long SEED = Long.getLong("taskweaver.kill.seed", 20_260_101L);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path dir;

    @Test
    void after_kill_9_of_everything_run_goes_on_and_no_attempt_is_created_twice() throws Exception {
        var random = new Random(SEED);
        var shortener = Workspace.PROJECT.resolve("examples/url-shortener");
        try (var workspace = new Workspace(dir)) {
            for (int round = 1; round <= ROUNDS; round++) {
                // A title of its own makes each round's plan a new one.
                var document = workspace.document(
                        "round-" + round + ".md",
                        java.nio.file.Files.readString(shortener.resolve("REQUIREMENTS.md"))
                                .replaceFirst("# .*", "# Round " + round));
                String[] command = {"run", document.toString(), "--out", "out-" + round};

                var victim = workspace.start(command);
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> victim.output().contains("started"));
                var moment = System.nanoTime()
                        + Duration.ofMillis(random.nextInt(4000)).toNanos();
                await().pollInterval(Duration.ofMillis(10)).until(() -> System.nanoTime() >= moment);
                workspace.killEverything();

                var up = workspace.taskweaver("up");
                assertThat(up.exitCode()).as(up.output()).isZero();
                var second = workspace.taskweaver(command);
                assertThat(second.exitCode())
                        .as("round " + round + "\n" + second.output())
                        .isZero();
                var plan = Workspace.JSON.readTree(
                        dir.resolve("out-" + round + "/plan.json").toFile());
                assertThat(plan.path("tasks"))
                        .allSatisfy(
                                task -> assertThat(task.path("status").asText()).isEqualTo("done"));
                assertThat(workspace.creations())
                        .as("round " + round)
                        .isNotEmpty()
                        .allSatisfy((attempt, count) ->
                                assertThat(count).as(attempt).isEqualTo(1));
                assertThat(workspace.taskweaver("down").exitCode()).isZero();
            }
        }
    }
}
