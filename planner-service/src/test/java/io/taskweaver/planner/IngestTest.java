package io.taskweaver.planner;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.taskweaver.access.testing.TestTokens;
import io.taskweaver.model.CodeEvidence;
import io.taskweaver.model.Document;
import io.taskweaver.model.Finding;
import io.taskweaver.model.PlanChange;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.Submission;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Verdict;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent.PlanCreated;
import io.taskweaver.model.event.PlanEvent.RequirementsSubmitted;
import io.taskweaver.model.event.PlanEvent.TaskPlanned;
import io.taskweaver.wire.DecodedRecord;
import io.taskweaver.wire.EventReader;
import io.taskweaver.wire.EventWriter;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.json.ModelJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** There are two ways in, and they lead to the same plan. */
@QuarkusTest
@QuarkusTestResource(BrokerForTest.class)
final class IngestTest {
    private static final String SHOP = """
        # Corner shop

        ## Requirements

        - FR-001: Customers shall be able to see all products.
        - FR-002: Customers shall be able to order a product.
        - FR-003: Clerks shall be able to print invoices.
        """;

    private static final List<Finding> FINDINGS = List.of(new Finding(
            Finding.Subject.REQUIREMENT,
            Optional.of("FR-001"),
            "Customers must be able to see all products",
            Optional.of(new SourceSpan("SHOP.md", 5, 5)),
            Verdict.EXISTS,
            0.9,
            "a route lists them",
            List.of(new CodeEvidence("src/Products.java", 12, "Products.all"))));

    private static final List<PlanChange> CHANGES = List.of(
            new PlanChange.AddNeed(new TaskId("FR-003"), new TaskId("FR-002"), "an invoice is of an order"),
            new PlanChange.RetitleTask(new TaskId("FR-003"), "Print invoices"),
            new PlanChange.DropNeed(new TaskId("FR-003"), new TaskId("FR-001"), "there is none"));

    private final ClusterSettings cluster = ClusterSettings.ofService(
            ConfigProvider.getConfig().getPropertyNames(),
            name -> ConfigProvider.getConfig().getOptionalValue(name, String.class));

    /** What was planned, without what tells one plan from another. */
    private record Planned(Optional<PlanCreated> created, Map<TaskId, TaskPlanned> tasks) {
        Planned without(Meta meta) {
            var same = new LinkedHashMap<TaskId, TaskPlanned>();
            tasks.values().stream()
                    .sorted(java.util.Comparator.comparingInt(TaskPlanned::position))
                    .map(task -> new TaskPlanned(meta, task.task(), task.dependents(), task.position()))
                    .forEach(task -> same.put(task.task().id(), task));
            return new Planned(created.map(event -> new PlanCreated(meta, event.summary())), same);
        }
    }

    @Test
    void a_submission_by_rest_and_one_by_kafka_become_the_same_plan() throws JsonProcessingException {
        byRest("by-rest");
        byKafka("by-kafka");

        var rest = planned("by-rest");
        var kafka = planned("by-kafka");
        var meta = Meta.of(PlanCreated.class, new PlanId("any"), Instant.EPOCH, Optional.empty());
        assertThat(rest.without(meta)).isEqualTo(kafka.without(meta));
        assertThat(rest.tasks().values())
                .extracting(TaskPlanned::task)
                .anySatisfy(task ->
                        assertThat(task).matches(done -> done.id().value().equals("FR-001") && done.done()))
                .anySatisfy(task -> assertThat(task.title()).isEqualTo("Print invoices"));
        assertThat(rest.created().orElseThrow().summary().notices())
                .anySatisfy(notice -> assertThat(notice.code()).isEqualTo("change-refused"));
    }

    private static void byRest(String plan) throws JsonProcessingException {
        var body = ModelJson.SERVICES
                .createObjectNode()
                .put("planId", plan)
                .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                        "documents",
                        ModelJson.SERVICES.valueToTree(List.of(Map.of("path", "SHOP.md", "content", SHOP))));
        body.set("findings", ModelJson.SERVICES.valueToTree(FINDINGS));
        body.set(
                "changes",
                ModelJson.SERVICES.readTree(ModelJson.SERVICES
                        .writerFor(ModelJson.SERVICES
                                .getTypeFactory()
                                .constructCollectionType(List.class, PlanChange.class))
                        .writeValueAsString(CHANGES)));
        given().contentType(ContentType.JSON)
                .header("Authorization", TestTokens.bearer(TestTokens.OPERATOR))
                .body(body.toString())
                .post("/api/plans")
                .then()
                .statusCode(202);
    }

    private void byKafka(String plan) {
        var id = new PlanId(plan);
        var submission = new Submission(
                id, List.of(new Document("SHOP.md", SHOP)), Optional.empty(), List.of(), FINDINGS, PlanOptions.DEFAULT);
        var event = new RequirementsSubmitted(
                new Meta(UUID.randomUUID().toString(), id, Instant.now(), Optional.empty()), submission, CHANGES);
        try (var writer = new EventWriter(cluster.topicPrefix(), cluster.serdes());
                var producer = new KafkaProducer<>(
                        cluster.producer("test"), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(writer.record(event, TraceContext.ofPlan(plan)));
        }
    }

    private Planned planned(String plan) {
        var settings = cluster.consumer("test", Map.of(), Map.of());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        var created = new ArrayList<PlanCreated>();
        var tasks = new LinkedHashMap<TaskId, TaskPlanned>();
        try (var reader = new EventReader(cluster.serdes());
                var consumer =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(Topics.PLAN_CREATED, Topics.TASK_PLANNED).stream()
                    .flatMap(topic -> consumer.partitionsFor(topic.name(cluster.topicPrefix())).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
            await().atMost(30, SECONDS).until(() -> {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    var of = record.topic().endsWith("plan-created") ? Topics.PLAN_CREATED : Topics.TASK_PLANNED;
                    if (!(reader.read(of, record.topic(), record.headers(), record.value())
                            instanceof DecodedRecord.Understood<?>(var event))) continue;
                    if (event instanceof PlanCreated plans
                            && plans.plan().value().equals(plan)) created.add(plans);
                    if (event instanceof TaskPlanned task && task.plan().value().equals(plan))
                        tasks.put(task.task().id(), task);
                }
                return !created.isEmpty()
                        && tasks.size()
                                == created.getFirst().summary().workCount()
                                        + created.getFirst().summary().contractCount();
            });
        }
        return new Planned(Optional.of(created.getFirst()), tasks);
    }
}
