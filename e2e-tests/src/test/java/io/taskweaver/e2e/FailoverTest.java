package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every service as a process of its own on a cluster of three brokers, of which one after the other is killed in the middle
 * of a plan. Twelve processes take minutes on a small machine, so that it runs with the long tests only: {@code e2e-tests/failover}.
 */
@Tag("long")
class FailoverTest {
    private static final int TASKS = 600;
    private static final int WIDTH = 40;
    private static final int AT_WORK = 10;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path dir;

    @Test
    void a_plan_loses_nothing_with_any_one_of_three_brokers() throws Exception {
        try (var workspace = new Workspace(dir);
                var kafka = KafkaCluster.start(dir.resolve("kafka"))) {
            // Of this runtime only the registry and the simulated agent are used.
            workspace
                    .with("TASKWEAVER_EXECUTOR_ENABLED", "false")
                    .with("TASKWEAVER_SIMULATOR_MIN_DURATION", "PT1S")
                    .with("TASKWEAVER_SIMULATOR_MAX_DURATION", "PT2S");
            var up = workspace.taskweaver("up");
            assertThat(up.exitCode()).as(up.output()).isZero();
            var registry = workspace.runtime("registry");
            workspace
                    .with("TASKWEAVER_REGISTRY_USERNAME", workspace.clientSetting("apicurio.registry.auth.username"))
                    .with("TASKWEAVER_REGISTRY_PASSWORD", workspace.clientSetting("apicurio.registry.auth.password"));
            var topics = workspace.taskweaver(
                    "topics", "apply", "--bootstrap", kafka.bootstrap(), "--registry", registry, "--replication", "3");
            assertThat(topics.exitCode()).as(topics.output()).isZero();
            var broker = Map.of("bootstrap.servers", kafka.bootstrap());
            var ports = Workspace.freePorts(2);
            int planner = ports.getFirst();
            int context = ports.getLast();
            workspace.service("planner-service", planner, broker);
            workspace.service("interface-service", 0, broker);
            workspace.service("context-service", context, broker);
            var contextUrl = "http://127.0.0.1:" + context;
            for (var name : List.of("one", "two")) workspace.executor(name, 4, broker, contextUrl);

            String[] cluster = {"--bootstrap", kafka.bootstrap(), "--registry", registry, "--context-url", contextUrl};
            var document = workspace.document("REQUIREMENTS.md", document());
            var submit = workspace.taskweaver(line(List.of("submit", document.toString(), "--plan", "relay"), cluster));
            assertThat(submit.exitCode()).as(submit.output()).isZero();

            var url = "http://127.0.0.1:" + planner + "/api/plans/relay";
            awaitDone(url, 20);
            int queue = kafka.leaderOf("task-ready", 0);
            for (int victim : List.of(queue, queue % 3 + 1, (queue + 1) % 3 + 1)) {
                int before = done(url);
                var killed = Instant.now();
                kafka.kill(victim);
                awaitDone(url, before + AT_WORK);
                System.out.println("without node " + victim + ": " + AT_WORK + " more tasks done after "
                        + Duration.between(killed, Instant.now()).toMillis() + " ms");
                kafka.restart(victim);
            }
            var run = workspace.taskweaver(line(List.of("run", document.toString(), "--plan", "relay"), cluster));
            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(workspace.creations())
                    .hasSizeGreaterThanOrEqualTo(TASKS)
                    .allSatisfy(
                            (attempt, count) -> assertThat(count).as(attempt).isEqualTo(1));
            var plan = Workspace.JSON.readTree(
                    dir.resolve("taskweaver-out/plan.json").toFile());
            assertThat(plan.path("tasks"))
                    .hasSizeGreaterThanOrEqualTo(TASKS)
                    .allSatisfy(task -> assertThat(task.path("status").asText()).isEqualTo("done"));
            try (var files = Files.walk(dir.resolve("taskweaver-out/merged"))) {
                assertThat(files.filter(Files::isRegularFile)).hasSizeGreaterThanOrEqualTo(TASKS);
            }
        }
    }

    private static void awaitDone(String url, int number) {
        await(number + " tasks are done")
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> done(url) >= number);
    }

    private static int done(String url) throws Exception {
        try {
            return Workspace.get(url).path("counts").path("merged").asInt();
        } catch (AssertionError | ConnectException e) {
            return -1; // the planner starts, or restores its state
        }
    }

    private static String[] line(List<String> command, String... more) {
        return Stream.concat(command.stream(), Stream.of(more)).toArray(String[]::new);
    }

    private static String document() {
        var text = new StringBuilder("# Relay\n\n## Requirements\n\n");
        for (int task = 0; task < TASKS; task++) {
            text.append("- **FR-%03d**: Run leg %d".formatted(task, task));
            if (task >= WIDTH) text.append(" (depends on FR-%03d)".formatted(task - WIDTH));
            text.append("\n");
        }
        return text.toString();
    }
}
