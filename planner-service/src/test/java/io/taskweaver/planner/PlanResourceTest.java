package io.taskweaver.planner;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.http.ContentType;
import io.taskweaver.access.testing.SlowClients;
import io.taskweaver.access.testing.TestTokens;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.testing.BrokerSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service on a real broker, with the planner that users get. */
@QuarkusTest
@QuarkusTestResource(BrokerForTest.class)
final class PlanResourceTest {
    private static final String SHOP = """
        # Corner shop

        ## Requirements

        - FR-001: Customers shall be able to see all products.
        - FR-002: Customers shall be able to order a product. Depends on FR-001.
        """;

    @BeforeEach
    void untilReady() {
        RestAssured.requestSpecification = new RequestSpecBuilder()
                .addHeader("Authorization", TestTokens.bearer(TestTokens.OPERATOR))
                .build();
        await().atMost(60, SECONDS)
                .untilAsserted(() -> when().get("/q/health/ready").then().statusCode(200));
    }

    @Test
    void a_submission_is_planned_and_each_task_says_what_it_waits_for() {
        submit("corner-shop", SHOP).statusCode(202).body("planId", equalTo("corner-shop"));
        await().atMost(30, SECONDS)
                .untilAsserted(() -> when().get("/api/plans/corner-shop")
                        .then()
                        .statusCode(200)
                        .body("status", equalTo("active"))
                        .body("tasks.taskId", hasItem("FR-002"))
                        .body("tasks.find { it.taskId == 'FR-002' }.waitingFor", hasItem("FR-001"))
                        .body("tasks.find { it.taskId == 'FR-002' }.why", containsString("FR-001")));
        when().get("/api/plans").then().statusCode(200).body("planId", hasItem("corner-shop"));

        order("corner-shop", "pause", Map.of("taskId", "FR-002", "reason", "not yet"))
                .statusCode(202);
        order("corner-shop", "cancel", Map.of("taskId", "FR-001")).statusCode(202);
        await().atMost(30, SECONDS)
                .untilAsserted(() -> when().get("/api/plans/corner-shop")
                        .then()
                        .body("tasks.find { it.taskId == 'FR-002' }.state", equalTo("paused"))
                        .body("tasks.find { it.taskId == 'FR-001' }.state", equalTo("failed")));
        order("corner-shop", "retry", Map.of("taskId", "FR-001")).statusCode(202);
        await().atMost(30, SECONDS)
                .untilAsserted(() -> when().get("/api/plans/corner-shop")
                        .then()
                        .body("tasks.find { it.taskId == 'FR-001' }.state", not(equalTo("failed"))));

        order("corner-shop", "cancel", Map.of("reason", "enough")).statusCode(202);
        await().atMost(30, SECONDS)
                .untilAsserted(() -> when().get("/api/plans/corner-shop")
                        .then()
                        .body("status", equalTo("cancelled"))
                        .body("reason", equalTo("enough")));
    }

    @Test
    void contracts_are_given_as_the_options_say() {
        given().contentType(ContentType.JSON)
                .body(Map.of(
                        "planId",
                        "bare",
                        "documents",
                        List.of(Map.of("path", "shop.md", "content", SHOP)),
                        "options",
                        Map.of("contracts", "none")))
                .post("/api/plans")
                .then()
                .statusCode(202);
        await().atMost(30, SECONDS)
                .untilAsserted(() -> when().get("/api/plans/bare")
                        .then()
                        .statusCode(200)
                        .body("tasks.taskId", containsInAnyOrder("FR-001", "FR-002")));
        order("bare", "cancel", Map.of("reason", "enough")).statusCode(202);
    }

    @Test
    void a_submission_without_an_id_gets_one_that_follows_from_its_texts() {
        given().contentType(ContentType.JSON)
                .body(Map.of("documents", List.of(Map.of("path", "docs/Corner Shop.md", "content", SHOP))))
                .post("/api/plans")
                .then()
                .statusCode(202)
                .body("planId", startsWith("corner-shop-"));
    }

    @Test
    void a_document_without_requirements_is_rejected_with_a_reason_and_a_hint() {
        submit("empty", "").statusCode(202);
        await().atMost(30, SECONDS)
                .untilAsserted(() -> when().get("/api/plans/empty")
                        .then()
                        .statusCode(200)
                        .body("status", equalTo("rejected"))
                        .body("rejections[0].hint", notNullValue()));
    }

    @Test
    void a_submission_belongs_to_the_trace_of_its_request() {
        var trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        given().contentType(ContentType.JSON)
                .header("traceparent", trace)
                .body(Map.of("planId", "traced", "documents", List.of(Map.of("path", "shop.md", "content", SHOP))))
                .post("/api/plans")
                .then()
                .statusCode(202);
        submit("untraced", SHOP).statusCode(202);
        await().atMost(30, SECONDS).untilAsserted(() -> {
            assertThat(traces(Topics.PLAN_CREATED, "traced")).containsExactly(trace);
            assertThat(traces(Topics.PLAN_CREATED, "untraced"))
                    .containsExactly(TraceContext.ofPlan("untraced").traceparent());
        });
    }

    @Test
    void an_unknown_plan_is_not_found() {
        when().get("/api/plans/ghost").then().statusCode(404).body("detail", containsString("ghost"));
        order("ghost", "cancel", Map.of()).statusCode(404);
    }

    @Test
    void what_is_too_large_is_refused_with_the_limit() {
        submit("large", "x".repeat(6 * 1024 * 1024)).statusCode(413).body("detail", containsString("5242880"));
        submit("long", "\n".repeat(300_001)).statusCode(413).body("detail", containsString("'lines' is 300,000"));
        given().contentType(ContentType.JSON)
                .body(Map.of(
                        "documents",
                        List.of(Map.of("path", "shop.md", "content", SHOP)),
                        "options",
                        Map.of("verify", "x".repeat(10_001))))
                .post("/api/plans")
                .then()
                .statusCode(413)
                .body("detail", containsString("'options.verify' is 10,000"));
        order("large", "pause", Map.of("reason", "x".repeat(10_001)))
                .statusCode(413)
                .body("detail", containsString("'reason' is 10,000"));
    }

    @Test
    void what_can_not_be_used_is_refused_with_the_field_named() {
        given().contentType(ContentType.JSON)
                .body(Map.of())
                .post("/api/plans")
                .then()
                .statusCode(400)
                .body("detail", containsString("documents"));
        given().contentType(ContentType.JSON)
                .body("{\"documents\":[null]}")
                .post("/api/plans")
                .then()
                .statusCode(400)
                .body("detail", containsString("documents[0]: null is not allowed"));
        submit("Not An Id", SHOP).statusCode(400).body("detail", containsString("Not An Id"));
        submit("retried", SHOP).statusCode(202);
        await().atMost(30, SECONDS)
                .untilAsserted(() -> when().get("/api/plans/retried").then().statusCode(200));
        order("retried", "retry", Map.of()).statusCode(400).body("detail", containsString("taskId"));
        order("retried", "retry", Map.of("taskId", "ghost")).statusCode(404);
        order("retried", "priority", Map.of("priority", "urgent"))
                .statusCode(400)
                .body("detail", containsString("'urgent' is not a priority"))
                .body("detail", not(containsString("io.taskweaver")));
        order("retried", "dance", Map.of()).statusCode(400).body("detail", containsString("resume"));
    }

    @Test
    void a_thousand_slow_clients_keep_nobody_from_an_answer() throws Exception {
        var credential = "Authorization: " + TestTokens.bearer(TestTokens.OPERATOR) + "\r\n";
        try (var slow = new SlowClients(RestAssured.port)
                        .inTheHead(400)
                        .inTheBody(400, "/api/plans", credential)
                        .beforeTheAnswer(200, "/api/plans", credential);
                var client = HttpClient.newHttpClient()) {
            for (var path : List.of("/q/health", "/q/health/live", "/api/plans")) {
                var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + path))
                        .timeout(Duration.ofSeconds(1))
                        .header("Authorization", TestTokens.bearer(TestTokens.OPERATOR))
                        .build();
                // Again where the machine is busy with something else for so long.
                await().atMost(5, SECONDS)
                        .ignoreExceptions()
                        .until(() ->
                                client.send(request, BodyHandlers.discarding()).statusCode() == 200);
            }
            assertThat(slow.closed()).isZero();
        }
    }

    @Test
    void health_and_metrics_are_told() {
        when().get("/q/health/live").then().statusCode(200);
        when().get("/q/metrics").then().statusCode(200).body(containsString("kafka_stream"));
    }

    private static List<String> traces(Topic<?> topic, String plan) {
        var settings =
                BrokerSettings.ofClient(name -> ConfigProvider.getConfig().getValue(name, String.class));
        var found = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = IntStream.range(0, TestTopics.PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue()))
                for (var record : consumer.poll(Duration.ofMillis(100)))
                    if (plan.equals(record.key()))
                        TraceContext.of(record.headers()).ifPresent(trace -> found.add(trace.traceparent()));
        }
        return found;
    }

    private static io.restassured.response.ValidatableResponse submit(String plan, String text) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("planId", plan, "documents", List.of(Map.of("path", "shop.md", "content", text))))
                .post("/api/plans")
                .then();
    }

    private static io.restassured.response.ValidatableResponse order(
            String plan, String command, Map<String, String> body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/plans/" + plan + "/commands/" + command)
                .then();
    }
}
