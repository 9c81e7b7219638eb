package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A plan of 200 tasks on three executors while everything breaks by turns: kill -9 of executors, of the registry, and of
 * broker, planner, interface and context service together, with an agent that answers late, twice or never, with 429, with
 * 500, or drops the connection. It takes minutes a round, so that it runs with the long tests only: {@code e2e-tests/chaos ROUNDS [SEED]}.
 */
@Tag("long")
class ChaosTest {
    private static final int ROUNDS = Integer.getInteger("taskweaver.chaos.rounds", 1);
    private static final long SEED = Long.getLong("taskweaver.chaos.seed", 20_260_101L);
    private static final int TASKS = 200;
    private static final int LAYER = 25;
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final List<String> NAMES = List.of("one", "two", "three");
    private static final Map<String, String> FAULTS = Map.of(
            "TASKWEAVER_SIMULATOR_TOO_MANY_REQUESTS_RATE", "0.03",
            "TASKWEAVER_SIMULATOR_SERVER_ERROR_RATE", "0.05",
            "TASKWEAVER_SIMULATOR_LOST_ANSWER_RATE", "0.05",
            "TASKWEAVER_SIMULATOR_LATE_ANSWER_RATE", "0.03",
            "TASKWEAVER_SIMULATOR_ODD_STATUS_RATE", "0.1",
            "TASKWEAVER_SIMULATOR_POLL_FAULT_RATE", "0.05",
            "TASKWEAVER_SIMULATOR_LATENESS", "PT2S");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path dir;

    @Test
    void a_plan_completes_once_and_with_the_same_result_whatever_dies_under_it() throws Exception {
        var text = document();
        var undisturbed = new TreeMap<String, String>();
        for (int round = 0; round <= ROUNDS; round++) {
            var folder = Files.createDirectory(dir.resolve("round-" + round));
            try (var workspace = new Workspace(folder)) {
                boolean calm = round == 0;
                if (!calm) FAULTS.forEach(workspace::with);
                int simulator = Workspace.freePort();
                workspace
                        .with("TASKWEAVER_EXECUTOR_ENABLED", "false")
                        .with("TASKWEAVER_SIMULATOR_PORT", String.valueOf(simulator))
                        .with("TASKWEAVER_SIMULATOR_SEED", String.valueOf(SEED + round))
                        .with("TASKWEAVER_SIMULATOR_MIN_DURATION", calm ? "PT0S" : "PT0.2S")
                        .with("TASKWEAVER_SIMULATOR_MAX_DURATION", calm ? "PT0S" : "PT2S");
                var merged = round(workspace, folder, text, calm ? null : new Random(SEED + round));
                if (calm) undisturbed.putAll(merged);
                else assertThat(merged).as("round " + round).isEqualTo(undisturbed);
            }
        }
    }

    private static Map<String, String> round(
            Workspace workspace, Path folder, String text, @org.jspecify.annotations.Nullable Random chaos)
            throws Exception {
        var ports = Workspace.freePorts(3);
        int http = ports.get(0);
        int broker = ports.get(1);
        int registry = ports.get(2);
        String[] start = {"up", "--http-port", "" + http, "--broker-port", "" + broker, "--registry-port", "" + registry
        };
        var up = workspace.taskweaver(start);
        assertThat(up.exitCode()).as(up.output()).isZero();
        var executors = new ArrayList<Process>();
        for (var name : NAMES) executors.add(workspace.executor(name, 4));
        var document = workspace.document("REQUIREMENTS.md", text);
        var submit = workspace.taskweaver("submit", document.toString(), "--plan", "chaos");
        assertThat(submit.exitCode()).as(submit.output()).isZero();

        long begun = System.nanoTime();
        long end = begun + LIMIT.toNanos();
        var blows = new ArrayList<String>();
        while (!status(workspace).equals("completed")) {
            assertThat(System.nanoTime())
                    .as("still " + status(workspace) + " after " + blows)
                    .isLessThan(end);
            if (chaos == null) {
                pause(Duration.ofMillis(500));
                continue;
            }
            pause(Duration.ofMillis(3000 + chaos.nextInt(5000)));
            switch (chaos.nextInt(6)) {
                case 0 -> {
                    blows.add("runtime");
                    workspace.killRuntime();
                    pause(Duration.ofMillis(chaos.nextInt(3000)));
                    var again = workspace.taskweaver(start);
                    assertThat(again.exitCode()).as(again.output()).isZero();
                }
                case 1 -> {
                    blows.add("registry");
                    workspace.registry().ifPresent(ProcessHandle::destroyForcibly);
                }
                default -> {
                    int victim = chaos.nextInt(executors.size());
                    blows.add("executor " + NAMES.get(victim));
                    executors.get(victim).destroyForcibly().waitFor();
                    pause(Duration.ofMillis(chaos.nextInt(1000)));
                    executors.set(victim, workspace.executor(NAMES.get(victim) + "-" + blows.size(), 4));
                }
            }
        }
        if (chaos != null)
            System.out.println("completed after "
                    + Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s under " + blows);
        assertThat(workspace.creations())
                .hasSizeGreaterThanOrEqualTo(TASKS)
                .allSatisfy((attempt, count) -> assertThat(count).as(attempt).isEqualTo(1));
        // The last blow may have been the registry's.
        var schemas = workspace.runtime("registry") + "/system/info";
        var login = "Basic "
                + Base64.getEncoder()
                        .encodeToString(
                                workspace.clientSetting("basic.auth.user.info").getBytes(StandardCharsets.UTF_8));
        await().atMost(Duration.ofMinutes(2)).ignoreExceptions().untilAsserted(() -> Workspace.get(schemas, login));
        var out = workspace.taskweaver("run", document.toString(), "--plan", "chaos");
        assertThat(out.exitCode()).as(out.output()).isZero();
        var plan = Workspace.JSON.readTree(
                folder.resolve("taskweaver-out/plan.json").toFile());
        assertThat(plan.path("tasks"))
                .hasSizeGreaterThan(TASKS)
                .allSatisfy(task -> assertThat(task.path("status").asText()).isEqualTo("done"));
        return contents(folder.resolve("taskweaver-out/merged"));
    }

    private static String status(Workspace workspace) {
        try {
            return workspace.rest("/api/plans/chaos").path("status").asText();
        } catch (IOException | AssertionError e) {
            return "unknown";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> contents(Path merged) throws IOException {
        var contents = new TreeMap<String, String>();
        try (var files = Files.walk(merged)) {
            for (var file : files.filter(Files::isRegularFile).toList())
                contents.put(merged.relativize(file).toString(), Files.readString(file));
        }
        assertThat(contents).isNotEmpty();
        return contents;
    }

    private static void pause(Duration time) {
        var until = System.nanoTime() + time.toNanos();
        await().pollInterval(Duration.ofMillis(10))
                .atMost(time.plusSeconds(10))
                .until(() -> System.nanoTime() >= until);
    }

    private static String document() {
        var text = new StringBuilder("# Sorting centre\n\n## Requirements\n\n");
        for (int task = 0; task < TASKS; task++) {
            text.append("- **FR-%03d**: Sort lane %d".formatted(task, task));
            if (task >= LAYER)
                text.append(" (depends on FR-%03d, FR-%03d)"
                        .formatted(task - LAYER, (task / LAYER - 1) * LAYER + (task * 7 + 1) % LAYER));
            text.append("\n");
        }
        return text.toString();
    }
}
