package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.EventWriter;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.TraceContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run needs goes wrong while it runs, or before: it gets over it, or says what to do; nothing is lost. */
@Tag("long")
class TroubleTest {
    private static final int RUNTIME = 4;
    private static final int CREDENTIALS = 5;
    private static final String DOCUMENT = """
            # Greenhouse

            ## Requirements

            - **FR-001**: Read the temperature of each bed
            - **FR-002**: Open the windows above 28 degrees
            - **FR-003**: Water the beds at dawn
            """;

    private static final String CLEARS_THE_SCREEN = "\u001b[2J";

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void an_agent_that_refuses_the_credentials_is_not_asked_on_and_what_to_set_is_said(int status) throws Exception {
        var asked = new AtomicInteger();
        var agent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        agent.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        agent.start();
        try (var workspace = new Workspace(dir)) {
            workspace
                    .with("CODEGEN_API_TOKEN", "sk-secret-4711")
                    .with("CODEGEN_ORG_ID", "7")
                    .with(
                            "TASKWEAVER_AGENT_CODEGEN_BASE_URL",
                            "http://127.0.0.1:" + agent.getAddress().getPort());
            var document = workspace.document("REQUIREMENTS.md", DOCUMENT);
            var run = workspace.taskweaver("run", document.toString(), "--agent", "codegen");
            assertThat(run.exitCode()).as(run.output()).isEqualTo(CREDENTIALS);
            assertThat(run.output())
                    .contains("CODEGEN_API_TOKEN")
                    .contains("run the same command again")
                    .doesNotContain("sk-secret-4711");
            assertThat(asked).as("requests").hasPositiveValue().hasValueLessThan(20);
            if (status == 401) workspace.assertNowhere("sk-secret-4711");
        } finally {
            agent.stop(0);
        }
    }

    @Test
    void a_registry_that_dies_in_the_middle_of_a_run_is_started_again_and_the_run_completes() throws Exception {
        try (var workspace = new Workspace(dir)) {
            workspace
                    .with("TASKWEAVER_SIMULATOR_MIN_DURATION", "PT2S")
                    .with("TASKWEAVER_SIMULATOR_MAX_DURATION", "PT2S");
            var document = workspace.document("REQUIREMENTS.md", DOCUMENT);
            var run = workspace.start("run", document.toString());
            await().atMost(Duration.ofMinutes(2)).until(() -> run.output().contains("started"));
            var registry = workspace.registry().orElseThrow();
            registry.destroyForcibly();

            assertThat(run.process().waitFor(2, TimeUnit.MINUTES))
                    .as(run.output())
                    .isTrue();
            assertThat(run.process().exitValue()).as(run.output()).isZero();
            assertThat(run.output()).contains("3 done, 0 failed");
        }
    }

    @Test
    void a_record_that_is_no_event_is_set_aside_on_every_topic_that_is_read_and_the_services_go_on() throws Exception {
        try (var workspace = new Workspace(dir)) {
            var up = workspace.taskweaver("up");
            assertThat(up.exitCode()).as(up.output()).isZero();
            var read = new ArrayList<Topic<?>>(Topics.all());
            read.remove(Topics.DEAD_LETTERS);
            // Only users read these; of task-output, the planner's service looks up what they ask it for.
            read.removeAll(List.of(
                    Topics.REQUIREMENTS_REJECTED,
                    Topics.PLAN_COMPLETED,
                    Topics.PLAN_FAILED,
                    Topics.PLAN_CANCELLED,
                    Topics.PLAN_STANDING,
                    Topics.TASK_OUTPUT,
                    Topics.TASK_PROGRESSED));
            produce(workspace, read);

            var names = read.stream().map(Topic::name).collect(Collectors.toCollection(TreeSet::new));
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(
                            () -> assertThat(setAside(workspace, "undecodable")).containsAll(names));
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() ->
                            assertThat(setAside(workspace, "unknown-plan")).contains("task-started"));

            var document = workspace.document("REQUIREMENTS.md", DOCUMENT);
            var run = workspace.taskweaver("run", document.toString());
            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(run.output()).contains("3 done, 0 failed");
        }
    }

    @Test
    void a_damaged_data_folder_is_named_with_a_way_out_and_left_as_it_is() throws Exception {
        try (var workspace = new Workspace(dir)) {
            var document = workspace.document("REQUIREMENTS.md", DOCUMENT);
            var first = workspace.taskweaver("run", document.toString());
            assertThat(first.exitCode()).as(first.output()).isZero();
            var schemas = dir.resolve(".taskweaver/registry/schemas.mv.db");
            Files.writeString(schemas, "this was a database");

            var run = workspace.taskweaver("run", document.toString(), "--again");
            assertThat(run.exitCode()).as(run.output()).isEqualTo(RUNTIME);
            assertThat(run.output())
                    .contains(".taskweaver/registry is damaged")
                    .contains("move it away")
                    .doesNotContain("\tat ");
            assertThat(schemas).hasContent("this was a database");
        }
    }

    @Test
    void merged_files_that_cannot_be_fetched_are_missed_aloud_and_the_same_command_fetches_them_later()
            throws Exception {
        try (var workspace = new Workspace(dir)) {
            var up = workspace.taskweaver("up");
            assertThat(up.exitCode()).as(up.output()).isZero();
            var document = workspace
                    .document("REQUIREMENTS.md", DOCUMENT.replace("dawn", "dawn " + CLEARS_THE_SCREEN))
                    .toString();
            var run = List.of(
                    "run",
                    document,
                    "--plan",
                    "beds",
                    "--config",
                    workspace.clientProperties().toString());
            var merged = dir.resolve("taskweaver-out/merged");

            var unreachable = "http://127.0.0.1:" + Workspace.freePort();
            var incomplete = workspace.taskweaver(with(run, "--context-url", unreachable));
            assertThat(incomplete.exitCode()).as(incomplete.output()).isEqualTo(RUNTIME);
            assertThat(incomplete.output())
                    .contains("merged files are missing", unreachable, "run the same command again");
            var published = files(merged);

            var again = workspace.taskweaver(with(run, "--context-url", workspace.runtime("http")));
            assertThat(again.exitCode()).as(again.output()).isZero();
            assertThat(again.output()).contains("Nothing ran").doesNotContain(CLEARS_THE_SCREEN);
            assertThat(files(merged)).containsAll(published).hasSizeGreaterThan(published.size());

            var status = workspace.taskweaver("status", "beds");
            assertThat(status.output()).contains("Water the beds").doesNotContain(CLEARS_THE_SCREEN);
        }
    }

    private static String[] with(List<String> command, String... more) {
        return Stream.concat(command.stream(), Stream.of(more)).toArray(String[]::new);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Bytes that are no event, on each topic, and an event of a plan that there is not. */
    private static void produce(Workspace workspace, List<Topic<?>> topics) throws Exception {
        var settings = new HashMap<String, Object>(workspace.broker());
        var event = new PlanEvent.TaskStarted(
                new Meta("e-1", new PlanId("nobody"), Instant.EPOCH, Optional.empty()),
                new TaskId("FR-001"),
                1,
                "nobody",
                "simulated",
                "?",
                0,
                Optional.empty());
        var registry = Map.of(
                EventSerdes.REGISTRY_URL,
                workspace.runtime("registry"),
                "apicurio.registry.auth.username",
                workspace.clientSetting("apicurio.registry.auth.username"),
                "apicurio.registry.auth.password",
                workspace.clientSetting("apicurio.registry.auth.password"));
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
                var writer = new EventWriter("", registry)) {
            var key = "nobody".getBytes(StandardCharsets.UTF_8);
            for (var topic : topics)
                producer.send(new ProducerRecord<>(topic.name(), key, "no event".getBytes(StandardCharsets.UTF_8)))
                        .get();
            producer.send(writer.record(event, TraceContext.ofPlan("nobody"))).get();
        }
    }

    /** Topics from which something was set aside for a reason. */
    private static Set<String> setAside(Workspace workspace, String reason) throws IOException, InterruptedException {
        var letters = workspace.taskweaver("events", "dead-letters", "--from-beginning", "--once");
        assertThat(letters.exitCode()).as(letters.output()).isZero();
        var topics = new TreeSet<String>();
        for (var line :
                letters.output().lines().filter(one -> one.startsWith("{")).toList()) {
            JsonNode letter = Workspace.JSON.readTree(line).path("value");
            if (letter.path("reason").asText().equals(reason))
                topics.add(letter.path("topic").asText());
        }
        return topics;
    }
}
