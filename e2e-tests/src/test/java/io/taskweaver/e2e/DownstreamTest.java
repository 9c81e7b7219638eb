package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are not ours, in a language that is not ours, on both ends of the system. */
@Tag("long")
class DownstreamTest {
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @TempDir
    Path dir;

    @Test
    void a_document_put_on_the_ingest_topic_is_planned_and_its_completed_tasks_are_read_downstream() throws Exception {
        try (var workspace = new Workspace(dir)) {
            JsClients.install(workspace);
            var up = workspace.taskweaver("up");
            assertThat(up.exitCode()).as(up.output()).isZero();
            var settings = workspace.clientProperties().toString();
            var document = workspace.document("REQUIREMENTS.md", """
                    # Parcel tracking

                    ## Requirements

                    - **FR-001**: The system shall register parcels
                    - **FR-002**: The system shall show the position of a parcel (depends on FR-001)
                    - **FR-003**: The system shall notify recipients by mail
                    """);

            var producer = workspace.start(List.of(
                    "node",
                    JsClients.FOLDER.resolve("produce.mjs").toString(),
                    settings,
                    "requirements-submitted",
                    "from-javascript",
                    document.toString(),
                    TRACE));
            assertThat(producer.process().waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(producer.process().exitValue()).as(producer.output()).isZero();

            var consumer = workspace.start(List.of(
                    "node",
                    JsClients.FOLDER.resolve("consume.mjs").toString(),
                    settings,
                    "task-completed",
                    "from-javascript",
                    "3"));
            assertThat(consumer.process().waitFor(2, TimeUnit.MINUTES))
                    .as(consumer.output())
                    .isTrue();
            assertThat(consumer.process().exitValue()).as(consumer.output()).isZero();
            var tasks = new HashSet<String>();
            for (var line : consumer.output()
                    .lines()
                    .filter(one -> one.startsWith("{\"meta\""))
                    .toList()) {
                var event = Workspace.JSON.readTree(line);
                assertThat(event.path("summary").asText()).isNotBlank();
                assertThat(event.at("/code/changes").size()).isPositive();
                tasks.add(event.path("taskId").asText());
            }
            assertThat(tasks).containsExactlyInAnyOrder("FR-001", "FR-002", "FR-003");
            var events = workspace.taskweaver("events", "--plan", "from-javascript", "--from-beginning", "--once");
            var traces = new TreeMap<String, Set<String>>();
            for (var line :
                    events.output().lines().filter(one -> one.startsWith("{")).toList()) {
                var event = Workspace.JSON.readTree(line);
                traces.computeIfAbsent(event.path("topic").asText(), topic -> new HashSet<>())
                        .add(event.path("traceparent").asText());
            }
            assertThat(traces)
                    .containsKeys("plan-created", "task-planned", "task-ready", "execution-journal", "context-merged");
            assertThat(traces.values()).as("one trace").containsOnly(Set.of(TRACE));
            assertThat(workspace.taskweaver("down").exitCode()).isZero();
        }
    }
}
