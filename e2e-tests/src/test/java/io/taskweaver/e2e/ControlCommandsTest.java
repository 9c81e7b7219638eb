package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskweaver.client.ConnectionFile;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.wire.EventWriter;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.connection.ClusterSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders to a plan under way, as a person types them. */
@Tag("long")
class ControlCommandsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path dir;

    private List<String> dataDir() {
        return List.of("--data-dir", dir.resolve(".taskweaver").toString());
    }

    private Workspace.Finished typed(Workspace workspace, String... arguments) throws Exception {
        var line = new ArrayList<>(List.of(arguments));
        line.addAll(dataDir());
        return workspace.taskweaver(line.toArray(String[]::new));
    }

    private void accepted(Workspace workspace, String... arguments) throws Exception {
        var done = typed(workspace, arguments);
        assertThat(done.exitCode()).as(done.output()).isZero();
    }

    private void refused(Workspace workspace, String what, String wayOut, String... arguments) throws Exception {
        var refused = typed(workspace, arguments);
        assertThat(refused.exitCode()).as(refused.output()).isEqualTo(2);
        assertThat(refused.output()).contains(what, wayOut + " " + String.join(" ", dataDir()));
    }

    private static String plan(Workspace workspace, String field) throws Exception {
        return workspace.rest("/api/plans/tool").path(field).asText();
    }

    private static void awaitPlan(Workspace workspace, String field, String value) {
        await().atMost(LIMIT).until(() -> plan(workspace, field), value::equals);
    }

    private static String task(Workspace workspace, String id) throws Exception {
        for (var task : workspace.rest("/api/plans/tool").path("tasks"))
            if (task.path("taskId").asText().equals(id))
                return task.path("state").asText();
        return "";
    }

    private static void awaitTask(Workspace workspace, String id, String state) {
        await().atMost(LIMIT).until(() -> task(workspace, id), state::equals);
    }

    /** Somebody who can write to the topic, but was given no order, says that a task is done. */
    private void forgeOutcome(Workspace workspace, String task) throws Exception {
        var system = system(workspace);
        var event = new PlanEvent.TaskCompleted(
                new Meta("forged", new PlanId("tool"), Instant.now(), Optional.empty()),
                new TaskId(task),
                1,
                "somebody",
                "simulated",
                Optional.empty(),
                "done",
                Optional.empty(),
                List.of(),
                Usage.NONE,
                Instant.now(),
                Duration.ofMillis(1),
                Optional.empty(),
                List.of());
        try (var writer = new EventWriter("", system.serdes());
                var producer = new KafkaProducer<>(
                        system.producer("test"), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(writer.record(event, TraceContext.ofPlan("tool"))).get();
        }
    }

    /** How a program reaches the runtime. */
    private static ClusterSettings system(Workspace workspace) {
        return ConnectionFile.read(workspace.clientProperties()).settings();
    }

    @Test
    void each_command_does_what_it_says_or_is_refused_with_a_way_out() throws Exception {
        try (var workspace = new Workspace(dir)
                .with("TASKWEAVER_SIMULATOR_MIN_DURATION", "PT0.2S")
                .with("TASKWEAVER_SIMULATOR_MAX_DURATION", "PT0.5S")) {
            var document = workspace.document("REQUIREMENTS.md", """
                    # Tool
                    ## Requirements
                    - FR-1: The tool shall greet.
                    - FR-2: The tool shall part (depends on FR-1).
                    - FR-3: The tool shall count.
                    """);
            accepted(workspace, "up");
            accepted(workspace, "submit", document.toString(), "--plan", "tool", "--approve-before", "work");
            awaitTask(workspace, "FR-1", "needs-input");
            awaitTask(workspace, "FR-3", "needs-input");

            refused(workspace, "There is no plan toll.", "taskweaver status", "approve", "toll", "FR-1");
            refused(workspace, "has no task FR-9.", "taskweaver status tool", "approve", "tool", "FR-9");

            assertThat(typed(workspace, "retry", "tool", "FR-1").output())
                    .contains("has no effect on FR-1: it is needs-input", "It waits for approval");

            forgeOutcome(workspace, "FR-3");
            await().atMost(LIMIT)
                    .until(
                            () -> typed(workspace, "events", "dead-letters", "--once")
                                    .output(),
                            letters -> letters.contains("unticketed"));
            assertThat(task(workspace, "FR-3")).isEqualTo("needs-input");
            assertThat(typed(workspace, "events", "context-merged", "--once").output())
                    .doesNotContain("FR-3");

            accepted(workspace, "approve", "tool", "FR-1", "--answer", "in Latin");
            awaitTask(workspace, "FR-1", "merged");
            assertThat(typed(workspace, "events", "task-started", "--once").output())
                    .as("the agent was told what the person said")
                    .contains("in Latin");

            assertThat(typed(workspace, "approve", "tool", "FR-1").output())
                    .contains("has no effect on FR-1: it is merged", "can be approved");

            accepted(workspace, "cancel", "tool", "FR-3");
            awaitTask(workspace, "FR-3", "failed");

            awaitTask(workspace, "FR-2", "needs-input");
            accepted(workspace, "pause", "tool");
            awaitPlan(workspace, "status", "paused");
            assertThat(typed(workspace, "pause", "tool").output())
                    .contains("Plan tool is already paused: paused by the user.");
            accepted(workspace, "approve", "tool", "FR-2");
            awaitTask(workspace, "FR-2", "ready");
            accepted(workspace, "resume", "tool");
            awaitTask(workspace, "FR-2", "merged");
            awaitPlan(workspace, "status", "failed");

            refused(workspace, "is failed: it accepts only retry", "taskweaver retry tool", "pause", "tool");
            accepted(workspace, "retry", "tool", "FR-3");
            awaitPlan(workspace, "status", "active");
            accepted(workspace, "priority", "tool", "high");
            awaitPlan(workspace, "priority", "high");
            accepted(workspace, "cancel", "tool", "--reason", "no money");
            awaitPlan(workspace, "status", "cancelled");
            assertThat(typed(workspace, "status", "tool").output()).contains("cancelled: no money.");

            var followed = workspace.start("events", "--from-beginning");
            await().atMost(LIMIT).until(() -> followed.output().contains("no money"));
            accepted(workspace, "down");
            await().atMost(LIMIT).until(() -> !followed.process().isAlive());
            assertThat(followed.output()).contains("The runtime ended.", "taskweaver up");
        }
    }
}
