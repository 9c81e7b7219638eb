package io.taskweaver.context;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static io.taskweaver.context.PlanEvents.code;
import static io.taskweaver.context.PlanEvents.contractOf;
import static io.taskweaver.context.PlanEvents.file;
import static io.taskweaver.context.PlanEvents.resultOf;
import static io.taskweaver.context.PlanEvents.unlock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.response.Response;
import io.taskweaver.access.testing.TestTokens;
import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.LineBundle;
import io.taskweaver.events.CodeObjects;
import io.taskweaver.events.ContextMerged;
import io.taskweaver.events.DeadLetter;
import io.taskweaver.events.EventMeta;
import io.taskweaver.model.PlanId;
import io.taskweaver.wire.EventKeys;
import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.testing.BrokerSettings;
import io.taskweaver.wire.testing.SingleObjectSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(KafkaForTests.class)
class ContextServiceTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path folder;

    private KafkaProducer<String, byte[]> producer;

    @BeforeEach
    void open() {
        RestAssured.requestSpecification = new RequestSpecBuilder()
                .addHeader("Authorization", TestTokens.bearer(TestTokens.VIEWER))
                .build();
        var settings = EventSerdes.producerSettings(broker());
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void close() {
        producer.close();
    }

    @Test
    void a_task_gets_its_isolated_context_and_its_result_is_merged() throws Exception {
        var plan = new PlanEvents("whole-story");
        send(Topics.REQUIREMENTS_SUBMITTED, "whole-story", plan.submitted(code("src/Links.java", "old\n")));
        send(Topics.PLAN_CREATED, "whole-story", plan.created());
        send(
                Topics.TASK_PLANNED,
                EventKeys.planAnd("whole-story", "FR-001:é"),
                plan.task("FR-001:é", contractOf("c"))
                        .setComponent("Links")
                        .setUnlocks(List.of(unlock("next", "Next")))
                        .build());
        send(Topics.TASK_PLANNED, EventKeys.planAnd("whole-story", "next"), plan.planned("next", resultOf("FR-001:é")));
        send(
                Topics.CONTRACT_PUBLISHED,
                EventKeys.planAnd("whole-story", "Links"),
                plan.contract("c", "Links", 1, Map.of("app/Links.java", "interface Links {}")));

        var isolated = awaitOk("/api/plans/whole-story/tasks/FR-001%3A%C3%A9/context");
        isolated.then()
                .body("planTitle", equalTo("Short links"))
                .body("task.id", equalTo("FR-001:é"))
                .body("task.kind", equalTo("WORK"))
                .body("task.component", equalTo("Links"))
                .body("task.operation", equalTo(null))
                .body("task.needs[0].on", equalTo("c"))
                .body("contracts[0].artifacts[0].content", equalTo("interface Links {}"))
                .body("files.'src/Links.java'", equalTo("old\n"))
                .body("dependents.next", equalTo("Next"))
                .body("conflicts", equalTo(List.of()))
                .body("version", equalTo(1));

        send("whole-story", plan.completed("FR-001:é", 1, file("src/Links.java", "old\n", "new\n")));

        var merged = awaitEvent(Topics.CONTEXT_MERGED, ContextMerged.class, "whole-story");
        assertThat(merged.getContextVersion()).isEqualTo(2);
        get("/api/plans/whole-story/context")
                .then()
                .statusCode(200)
                .body("version", equalTo(2))
                .body("tree", equalTo(merged.getTree()))
                .body("files.'src/Links.java'", equalTo("new\n"))
                .body("files.'app/Links.java'", equalTo("interface Links {}"));
        get("/api/plans/whole-story/context?version=0")
                .then()
                .body("files", equalTo(Map.of("src/Links.java", "old\n")));
        var base = get("/api/plans/whole-story/line")
                .then()
                .statusCode(200)
                .body("version", equalTo(2))
                .body("head", equalTo(merged.getCommit()))
                .extract()
                .path("base.commit");
        var bundle = get("/api/plans/whole-story/line.bundle")
                .then()
                .statusCode(200)
                .contentType(equalTo("application/x-git-bundle"))
                .extract()
                .asByteArray();
        try (var read = CodeRepository.open(folder.resolve("read"))) {
            assertThat(LineBundle.read(bundle, read))
                    .isEqualTo(new LineBundle.Content(String.valueOf(base), merged.getCommit()));
        }
        get("/api/plans/whole-story/line.bundle?have=HEAD")
                .then()
                .statusCode(400)
                .body("detail", containsString("HEAD"));
    }

    @Test
    void contexts_are_shown_exported_removed_and_imported() throws Exception {
        var plan = new PlanEvents("seen");
        send(Topics.REQUIREMENTS_SUBMITTED, "seen", plan.submitted(code("A.java", "a\n")));
        send(Topics.PLAN_CREATED, "seen", plan.created());
        send(Topics.TASK_PLANNED, EventKeys.planAnd("seen", "api"), plan.planned("api"));
        awaitOk("/api/plans/seen/tasks/api/context/facts");
        send("seen", plan.completed("api", 1, file("A.java", "a\n", "b\n")));
        awaitEvent(Topics.CONTEXT_MERGED, ContextMerged.class, "seen");

        get("/api/plans/seen/context/facts")
                .then()
                .statusCode(200)
                .body("metadata.version", equalTo(1))
                .body("files[0].by.tasks", equalTo(List.of("api")))
                .body("requirements.tasks[0].state", equalTo("merged"));
        get("/api/plans/seen/context/diff?from=0&to=1").then().statusCode(200).body("files[0].path", equalTo("A.java"));
        get("/api/plans/seen/context/facts?limit=1")
                .then()
                .statusCode(200)
                .body("files", hasSize(1))
                .body("totals", nullValue());
        get("/api/plans/seen/context/facts?limit=0")
                .then()
                .statusCode(400)
                .body("detail", containsString("'0' is not a limit"));
        get("/api/plans/seen/context/diff?from=0&to=1&limit=few").then().statusCode(400);
        get("/api/plans/seen/context/history?path=A.java")
                .then()
                .statusCode(200)
                .body("changes[0].version", equalTo(1));
        get("/api/plans/seen/tasks/nobody/context/facts").then().statusCode(404);
        get("/api/plans/seen/context/diff?from=0").then().statusCode(400);
        var export =
                get("/api/plans/seen/context/export").then().statusCode(200).extract();

        given().delete("/api/plans/seen/context").then().statusCode(403);
        RestAssured.requestSpecification = null; // A builder begins with it, and would add a second token.
        RestAssured.requestSpecification = new RequestSpecBuilder()
                .addHeader("Authorization", TestTokens.bearer(TestTokens.OPERATOR))
                .setContentType("application/json")
                .build();
        given().body(export.asByteArray()).post("/api/contexts").then().statusCode(409);
        given().body("{}").post("/api/contexts").then().statusCode(400).body("detail", containsString("format"));
        given().delete("/api/plans/seen/context").then().statusCode(409).body("detail", containsString("is running"));
        given().delete("/api/plans/seen/context?force=true").then().statusCode(202);
        await().atMost(TIMEOUT)
                .untilAsserted(() -> get("/api/plans/seen/context/facts").then().statusCode(404));
        given().body(export.asByteArray()).post("/api/contexts").then().statusCode(202);
        awaitOk("/api/plans/seen/context/facts").then().body("metadata.state", equalTo("imported"));
    }

    @Test
    void a_task_whose_needs_are_not_merged_is_too_early() {
        var plan = new PlanEvents("early");
        send(Topics.REQUIREMENTS_SUBMITTED, "early", plan.submitted());
        send(Topics.PLAN_CREATED, "early", plan.created());
        send(Topics.TASK_PLANNED, EventKeys.planAnd("early", "t"), plan.planned("t", resultOf("before")));

        await().atMost(TIMEOUT)
                .untilAsserted(() -> get("/api/plans/early/tasks/t/context")
                        .then()
                        .statusCode(425)
                        .body("detail", containsString("before"))
                        .body("hint", not(equalTo(""))));
    }

    @Test
    void an_unknown_plan_is_not_found() {
        awaitReady();
        for (var path : List.of(
                "/api/plans/nobody/context",
                "/api/plans/nobody/line",
                "/api/plans/nobody/line.bundle",
                "/api/plans/nobody/tasks/t/context",
                "/api/plans/NOT/context")) get(path).then().statusCode(404).body("detail", containsString("plan"));
    }

    @Test
    void a_version_that_is_no_number_is_refused() {
        awaitReady();
        get("/api/plans/any/context?version=-1").then().statusCode(400).body("detail", containsString("-1"));
        given().urlEncodingEnabled(false)
                .get("/api/plans/any/tasks/%20/context")
                .then()
                .statusCode(400);
    }

    @Test
    void a_record_that_can_not_be_decoded_is_set_aside_and_the_service_goes_on() {
        var source =
                new ProducerRecord<>(Topics.TASK_COMPLETED.name(KafkaForTests.PREFIX), "garbled", new byte[] {9, 9});
        sent(source);
        var plan = new PlanEvents("garbled");
        send(Topics.REQUIREMENTS_SUBMITTED, "garbled", plan.submitted());

        var letter = awaitEvent(Topics.DEAD_LETTERS, DeadLetter.class, "garbled");
        assertThat(letter.getReason()).isEqualTo("undecodable");
        awaitOk("/api/plans/garbled/context");
    }

    @Test
    void a_forged_outcome_of_an_executor_that_never_took_the_order_is_set_aside_and_not_merged() throws Exception {
        var plan = new PlanEvents("forged");
        send(Topics.REQUIREMENTS_SUBMITTED, "forged", plan.submitted());
        send(Topics.PLAN_CREATED, "forged", plan.created());
        awaitOk("/api/plans/forged/context");
        var forged = plan.completed("t", 1, file("A.java", null, "a"))
                .with(event ->
                        event.setExecutorId("somebody").setTicket(PlanEvents.TICKETS.of("another-plan", "t", 1)));

        send("forged", forged);

        var letter = awaitEvent(Topics.DEAD_LETTERS, DeadLetter.class, "forged");
        assertThat(letter.getReason()).isEqualTo("unticketed");
        assertThat(letter.getCause()).contains("ticket of another attempt");
        awaitOk("/api/plans/forged/context").then().body("version", equalTo(0)).body("files", equalTo(Map.of()));
        get("/q/metrics").then().body(containsString("outcome=\"unticketed\""));
    }

    @Test
    void a_code_base_of_the_largest_submission_is_taken_in() {
        var plan = new PlanEvents("large");
        var files = new ArrayList<io.taskweaver.events.CodeFile>();
        for (int file = 0; file < 5; file++)
            files.add(code("src/Large" + file + ".txt", ("line of text " + file + "\n").repeat(70_000)));
        send(
                Topics.REQUIREMENTS_SUBMITTED,
                "large",
                plan.submitted(files.toArray(io.taskweaver.events.CodeFile[]::new)));

        assertThat(awaitOk("/api/plans/large/context").jsonPath().getMap("files"))
                .hasSize(5);
    }

    @Test
    void health_and_metrics_tell_about_the_stream() {
        awaitReady();
        get("/q/health/live").then().statusCode(200).body(containsString("context-stream-alive"));
        var plan = new PlanEvents("measured");
        send(Topics.REQUIREMENTS_SUBMITTED, "measured", plan.submitted());
        awaitOk("/api/plans/measured/context");
        get("/q/metrics").then().statusCode(200).body(containsString("taskweaver_context_events_total"));
    }

    /** As an executor does: it takes the line from the topic, and sends its pack before the result. */
    private void send(String plan, Result result) throws IOException {
        var bundle = get("/api/plans/" + plan + "/line.bundle").asByteArray();
        try (var commits = new Commits(folder.resolve("executor"))) {
            LineBundle.read(bundle, commits.of(new PlanId(plan)));
            var made = commits.of(result, Optional.empty());
            for (var part : made.objects())
                send(
                        Topics.CODE_OBJECTS,
                        plan,
                        CodeObjects.newBuilder()
                                .setMeta(EventMeta.newBuilder()
                                        .setEventId(part.eventId())
                                        .setPlanId(plan)
                                        .setOccurredAt(part.at())
                                        .build())
                                .setCommit(part.commit())
                                .setPack(part.pack())
                                .setPart(part.part())
                                .setParts(part.parts())
                                .setContent(ByteBuffer.wrap(part.content().array()))
                                .build());
            send(Topics.TASK_COMPLETED, plan, made.event());
        }
    }

    private void send(Topic<?> topic, String key, SpecificRecord event) {
        var name = topic.name(KafkaForTests.PREFIX);
        var value = EventSerdes.serializer(SingleObjectSerializer.settings()).serialize(name, event);
        sent(new ProducerRecord<>(name, key, value));
    }

    private void sent(ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, Object> broker() {
        return BrokerSettings.ofClient(name -> ConfigProvider.getConfig().getValue(name, String.class));
    }

    private static void awaitReady() {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> get("/q/health/ready").then().statusCode(200));
    }

    private static Response awaitOk(String path) {
        await().atMost(TIMEOUT)
                .untilAsserted(
                        () -> given().urlEncodingEnabled(false).get(path).then().statusCode(200));
        return given().urlEncodingEnabled(false).get(path);
    }

    private <T extends SpecificRecord> T awaitEvent(Topic<T> topic, Class<T> type, String key) {
        var settings = broker();
        settings.put("group.id", "reader-" + key);
        settings.put("auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(
                settings,
                new StringDeserializer(),
                EventSerdes.<SpecificRecord>deserializer(SingleObjectSerializer.settings()))) {
            consumer.subscribe(List.of(topic.name(KafkaForTests.PREFIX)));
            var found = new ArrayList<T>();
            await().atMost(TIMEOUT).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (record.key().equals(key)) found.add(type.cast(record.value()));
                });
                return !found.isEmpty();
            });
            return found.getFirst();
        }
    }
}
