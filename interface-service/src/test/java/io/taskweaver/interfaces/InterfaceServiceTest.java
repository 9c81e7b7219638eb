package io.taskweaver.interfaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.taskweaver.access.testing.EveryRoute;
import io.taskweaver.access.testing.TestTokens;
import io.taskweaver.contracts.ContractWriter;
import io.taskweaver.events.ComponentSpecified;
import io.taskweaver.events.ContractPublished;
import io.taskweaver.events.DeadLetter;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.wire.DecodedRecord;
import io.taskweaver.wire.EventKeys;
import io.taskweaver.wire.EventReader;
import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.PlanPartitioner;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.testing.BrokerSettings;
import io.taskweaver.wire.testing.SingleObjectSerializer;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(BrokerResource.class)
class InterfaceServiceTest {
    private static final EventReader READER = new EventReader(SingleObjectSerializer.settings());
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TestHTTPResource
    @SuppressWarnings("NullAway.Init") // Quarkus sets it.
    URI home;

    @Inject
    @SuppressWarnings("NullAway.Init") // Quarkus sets it.
    Router router;

    @Inject
    @SuppressWarnings("NullAway.Init") // Quarkus sets it.
    KafkaClientService clients;

    @Inject
    @SuppressWarnings("NullAway.Init") // Quarkus sets it.
    ClusterSettings cluster;

    private final Map<String, Object> broker =
            BrokerSettings.ofClient(name -> ConfigProvider.getConfig().getValue(name, String.class));
    private KafkaProducer<byte[], byte[]> producer;
    private KafkaConsumer<byte[], byte[]> consumer;
    private final List<ConsumerRecord<byte[], byte[]>> seen = new ArrayList<>();

    @BeforeEach
    void connect() {
        var settings = new HashMap<>(EventSerdes.producerSettings(broker));
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        var reading = new HashMap<>(broker);
        reading.put("auto.offset.reset", "earliest");
        consumer = new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.assign(List.of(Topics.CONTRACT_PUBLISHED, Topics.DEAD_LETTERS).stream()
                .flatMap(topic -> IntStream.range(0, 3)
                        .mapToObj(partition -> new TopicPartition(topic.name(BrokerResource.PREFIX), partition)))
                .toList());
    }

    @AfterEach
    void disconnect() {
        producer.close();
        consumer.close();
    }

    @Test
    void a_specification_is_answered_with_its_contract() {
        var asked = send(Events.specified("plan-a", "Short Code Generator", "generate"));
        var record = awaitContracts("plan-a", 1).getFirst();
        var published = contract(record);
        assertThat(published.getMeta().getCausationId())
                .isEqualTo(asked.getMeta().getEventId());
        assertThat(published.getTaskId()).isEqualTo("contract-1");
        assertThat(published.getVersion()).isEqualTo(1);
        var expected = ContractWriter.write(Samples.component("Short Code Generator", "generate"), 1);
        assertThat(published.getArtifacts())
                .extracting(artifact -> artifact.getContent())
                .containsExactlyElementsOf(expected.artifacts().stream()
                        .map(artifact -> artifact.content())
                        .toList());
        assertThat(record.partition()).isEqualTo(PlanPartitioner.partition("plan-a", 3));
    }

    @Test
    void the_same_specification_gives_the_same_event_and_a_changed_one_the_next_version() {
        send(Events.specified("plan-b", "Ledger", "add"));
        send(Events.specified("plan-b", "Ledger", "add"));
        send(Events.specified("plan-b", "Ledger", "remove"));
        var published = awaitContracts("plan-b", 3).stream().map(this::contract).toList();
        assertThat(published).extracting(ContractPublished::getVersion).containsExactly(1, 1, 2);
        assertThat(published.get(1).getMeta().getEventId())
                .isEqualTo(published.get(0).getMeta().getEventId());
        assertThat(published.get(2).getMeta().getEventId())
                .isNotEqualTo(published.get(0).getMeta().getEventId());
    }

    @Test
    void what_cannot_be_read_or_breaks_a_rule_is_set_aside_and_the_next_is_answered() {
        var undecodable = new byte[] {9, 9, 9};
        send("plan-c/Broken", undecodable);
        send("plan-c/Broken", null);
        send(Events.specified("NOT A PLAN", "Ledger", "add"), "plan-c");
        send(Events.specifiedIn("not a package", "plan-c", "Ledger", "add"));
        send(Events.specified("plan-c", "Ledger", "add"));

        awaitContracts("plan-c", 1);
        var letters = awaitSeen(Topics.DEAD_LETTERS, letter -> key(letter).startsWith("plan-c/"), 4).stream()
                .map(this::letter)
                .toList();
        assertThat(letters)
                .extracting(DeadLetter::getReason)
                .containsExactly("undecodable", "undecodable", "invalid", "invalid");
        assertThat(letters).extracting(DeadLetter::getService).containsOnly("interface");
        assertThat(letters).extracting(DeadLetter::getTopic).containsOnly("test-component-specified");
        assertThat(letters.getFirst().getValue().array()).isEqualTo(undecodable);
        assertThat(letters.getLast().getCause()).contains("'not a package' is not a Java package name");
    }

    @Test
    void an_older_specification_that_comes_again_after_a_restart_is_known_to_be_older() {
        send(Events.specified("plan-d", "Ledger", "add"));
        send(Events.specified("plan-d", "Ledger", "remove"));
        var records = awaitContracts("plan-d", 2);

        var ledger = new ContractLedger();
        try (var published = InterfaceService.contracts(cluster)) {
            published.open();
            published.readUpToEnd(record -> {
                if (READER.read(PlanEvent.ContractPublished.class, record)
                        instanceof DecodedRecord.Understood<PlanEvent.ContractPublished>(var contract))
                    ledger.published(key(record), contract.contract(), Origin.in(record.headers()));
            });
        }

        var first = Origin.parse(header(records.getFirst())).orElseThrow();
        var specification = Samples.askingIn("plan-d", Samples.component("Ledger", "add"));
        assertThat(ledger.answer(specification, first)).isEqualTo(new ContractLedger.Answer.Superseded(2));
    }

    @Test
    void events_are_produced_like_all_events() {
        for (var channel : List.of("interface-contracts", "interface-dead-letters")) {
            var used = clients.getProducer(channel).configuration();
            assertThat(EventSerdes.producerSettings(Map.of()))
                    .hasSizeGreaterThan(4)
                    .allSatisfy((name, value) -> assertThat(used)
                            .as(channel)
                            .hasEntrySatisfying(name, found -> assertThat(found).hasToString(value.toString())));
        }
        assertThat(clients.getConsumer("interface-specifications").configuration())
                .hasEntrySatisfying(
                        "session.timeout.ms", found -> assertThat(found).hasToString("6000"))
                .hasEntrySatisfying(
                        "auto.offset.reset", found -> assertThat(found).hasToString("earliest"));
    }

    @Test
    void health_and_metrics_are_served() {
        send(Events.specified("plan-e", "Ledger", "add"));
        awaitContracts("plan-e", 1);
        RestAssured.get("/q/health/live").then().statusCode(200);
        RestAssured.get("/q/health/ready").then().statusCode(200);
        assertThat(RestAssured.given()
                        .header("Authorization", TestTokens.bearer(TestTokens.VIEWER))
                        .get("/q/metrics")
                        .asString())
                .contains("taskweaver_interfaces_specifications_total{outcome=\"published\"}");
    }

    private ComponentSpecified send(ComponentSpecified event) {
        return send(event, event.getMeta().getPlanId());
    }

    private ComponentSpecified send(ComponentSpecified event, String plan) {
        send(
                EventKeys.planAnd(plan, event.getComponent()),
                EventSerdes.<ComponentSpecified>serializer(SingleObjectSerializer.settings())
                        .serialize("component-specified", event));
        return event;
    }

    private void send(String key, byte @Nullable [] value) {
        try {
            producer.send(new ProducerRecord<>(
                            Topics.COMPONENT_SPECIFIED.name(BrokerResource.PREFIX),
                            key.getBytes(StandardCharsets.UTF_8),
                            value))
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> awaitContracts(String plan, int count) {
        return awaitSeen(Topics.CONTRACT_PUBLISHED, record -> key(record).startsWith(plan + "/"), count);
    }

    private List<ConsumerRecord<byte[], byte[]>> awaitSeen(
            Topic<?> topic, Predicate<ConsumerRecord<byte[], byte[]>> wanted, int count) {
        return await().atMost(LIMIT)
                .pollInSameThread()
                .until(
                        () -> {
                            consumer.poll(Duration.ofMillis(50)).forEach(seen::add);
                            return seen.stream()
                                    .filter(record -> record.topic().equals(topic.name(BrokerResource.PREFIX)))
                                    .filter(wanted)
                                    .toList();
                        },
                        records -> records.size() >= count);
    }

    private ContractPublished contract(ConsumerRecord<byte[], byte[]> record) {
        return (ContractPublished) event(record);
    }

    private DeadLetter letter(ConsumerRecord<byte[], byte[]> record) {
        return (DeadLetter) event(record);
    }

    private static SpecificRecord event(ConsumerRecord<byte[], byte[]> record) {
        return EventSerdes.deserializer(SingleObjectSerializer.settings()).deserialize(record.topic(), record.value());
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private static String header(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.headers().lastHeader(Origin.HEADER).value(), StandardCharsets.UTF_8);
    }

    @Test
    void whatever_is_asked_but_health_needs_a_token() throws IOException {
        for (var call : EveryRoute.closed(router)) {
            var answer = call.request(home).send(home);
            assertThat(answer.status()).as("%s %s", call, answer.text()).isEqualTo(401);
        }
    }
}
