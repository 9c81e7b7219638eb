package io.taskweaver.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.model.Document;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Submission;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.Command;
import io.taskweaver.model.event.Event;
import io.taskweaver.model.event.ExecutorHeartbeat;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.Pause;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanSummary;
import io.taskweaver.runtime.embedded.EmbeddedBroker;
import io.taskweaver.scheduling.dispatch.PlanStage;
import io.taskweaver.scheduling.projection.PlanView;
import io.taskweaver.wire.EventKeys;
import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.EventWriter;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.testing.FreshTopics;
import io.taskweaver.wire.testing.SingleObjectSerializer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client against a real broker; the services' part is played by the tests. */
@Timeout(60)
class RunningSystemTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    static Path folder;

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start(folder);
        FreshTopics.create(
                broker.clientSettings(),
                Topics.all().stream()
                        .map(topic -> new NewTopic(topic.name("t-"), 4, (short) 1)
                                .configs(Map.of("max.message.bytes", "" + topic.maxMessageBytes())))
                        .toList());
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static Connection connection() {
        var settings = new HashMap<>(broker.clientSettings());
        settings.putAll(SingleObjectSerializer.settings());
        return new Connection(broker.bootstrapServers(), "http://127.0.0.1:1", "http://127.0.0.1:1", "t-", settings);
    }

    private static TaskWeaver system() {
        return new TaskWeaver(connection(), InstantSource.fixed(NOW));
    }

    private static Submission submission(String plan) {
        return new Submission(
                new PlanId(plan),
                List.of(new Document("r.md", "- It runs\n")),
                Optional.empty(),
                List.of(),
                PlanOptions.DEFAULT);
    }

    private static Meta meta(String plan) {
        return new Meta("e-" + plan, new PlanId(plan), NOW, Optional.empty());
    }

    private static void publish(Event event) throws Exception {
        var settings = EventSerdes.producerSettings(broker.clientSettings());
        try (var writer = new EventWriter("t-", connection().cluster().serdes());
                var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(writer.record(event, TraceContext.ofPlan("any"))).get();
        }
    }

    private static void publishBytes(Topic<?> topic, String key, byte[] bytes) throws Exception {
        publishBytes(topic, key, bytes, Instant.now());
    }

    private static void publishBytes(Topic<?> topic, String key, byte[] bytes, Instant at) throws Exception {
        var settings = EventSerdes.producerSettings(broker.clientSettings());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic.name("t-"), null, at.toEpochMilli(), key, bytes))
                    .get();
        }
    }

    private static void create(String plan) throws Exception {
        var summary = new PlanSummary(
                "Plan " + plan, 0, 1, 0, 1, 1, List.of(), 30, 30, List.of(), List.of(), List.of(), PlanOptions.DEFAULT);
        publish(new PlanEvent.PlanCreated(meta(plan), summary));
    }

    private static void complete(String plan) throws Exception {
        publish(new PlanEvent.TaskCompleted(
                meta(plan),
                Events.id("T1"),
                1,
                "exec-1",
                "simulated",
                Optional.empty(),
                "did it",
                Optional.empty(),
                List.of(),
                new Usage(1, 2, 3),
                NOW,
                Duration.ofMillis(1500),
                Optional.empty(),
                List.of()));
        publish(completion(plan));
    }

    private static PlanEvent.PlanCompleted completion(String plan) {
        return new PlanEvent.PlanCompleted(meta(plan), 1, 0, NOW, Usage.NONE);
    }

    @Test
    void what_is_handed_in_comes_back_as_the_beginning_of_the_plan() {
        try (var system = system()) {
            system.submit(submission("submitted"));
            system.command(new PlanId("submitted"), new Command.PausePlan("lunch"));
            try (var feed = system.follow(new PlanId("submitted"))) {
                var view = new PlanView(new PlanId("submitted"));
                while (!feed.isCaughtUp()) feed.poll(Duration.ofMillis(100)).forEach(view::on);
                assertThat(view.exists()).isTrue();
                assertThat(view.pause()).map(Pause::reason).contains("lunch");
            }
        }
    }

    @Test
    void a_plan_is_followed_to_its_end_and_other_plans_are_not_heard() throws Exception {
        for (var plan : List.of("followed", "other")) {
            create(plan);
            complete(plan);
        }
        var told = new ArrayList<Event>();
        try (var system = system()) {
            var view = system.follow(new PlanId("followed"), (event, at) -> told.add(event));
            assertThat(view.title()).isEqualTo("Plan followed");
            assertThat(view.end()).contains(completion("followed"));
            assertThat(view.duration(view.task(Events.id("T1")).orElseThrow())).isEqualTo(Duration.ofMillis(1500));
        }
        assertThat(told).hasSize(3);
    }

    @Test
    void all_plans_of_the_topics_are_listed() throws Exception {
        create("listed-1");
        create("listed-2");
        try (var system = system()) {
            assertThat(system.plans()).extracting(view -> view.id().value()).contains("listed-1", "listed-2");
        }
    }

    @Test
    void bytes_that_are_no_event_are_told_and_do_not_end_the_feed() throws Exception {
        create("mangled");
        publishBytes(Topics.TASK_COMPLETED, "mangled", "nonsense".getBytes(StandardCharsets.UTF_8));
        complete("mangled");
        try (var system = system()) {
            var view = system.follow(new PlanId("mangled"), (event, at) -> {});
            assertThat(view.end()).isPresent();
            assertThat(view.deadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.topic()).isEqualTo("task-completed");
                assertThat(letter.reason()).isEqualTo("undecodable");
            });
        }
    }

    @Test
    void what_was_written_before_a_plan_was_made_is_not_read_for_it() throws Exception {
        create("found");
        for (var before : List.of(Duration.ofMinutes(5), Duration.ofSeconds(30)))
            publishBytes(
                    Topics.TASK_STARTED,
                    "found",
                    before.toString().getBytes(StandardCharsets.UTF_8),
                    NOW.minus(before));
        try (var system = system()) {
            var view = system.plan(new PlanId("found")).orElseThrow();
            assertThat(view.stage()).isEqualTo(PlanStage.ACTIVE);
            assertThat(view.deadLetters())
                    .as("clocks may differ by less than a minute")
                    .hasSize(1);
            assertThat(system.plan(new PlanId("never-submitted"))).isEmpty();
        }
    }

    @Test
    void executors_are_those_whose_heart_beat_lately() throws Exception {
        beat("alive", NOW.minusSeconds(2));
        beat("silent", NOW.minusSeconds(60));
        try (var system = system()) {
            assertThat(system.executors())
                    .extracting(ExecutorHeartbeat::executor)
                    .containsExactly("alive");
        }
    }

    private static void beat(String executor, Instant at) throws Exception {
        publish(new ExecutorHeartbeat(
                executor,
                at,
                Duration.ofSeconds(1),
                4,
                List.of(),
                List.of("simulated"),
                ExecutorHeartbeat.State.ACTIVE,
                Optional.empty(),
                List.of()));
    }

    @Test
    void a_feed_of_one_topic_carries_its_raw_records() throws Exception {
        create("raw");
        try (var system = system();
                var feed = system.events(List.of(Topics.PLAN_CREATED), Optional.of(new PlanId("raw")), true)) {
            var received = new ArrayList<EventFeed.Received>();
            while (!feed.isCaughtUp()) received.addAll(feed.poll(Duration.ofMillis(100)));
            assertThat(received).singleElement().satisfies(record -> {
                assertThat(record.key()).isEqualTo(EventKeys.plan("raw"));
                assertThat(record.event()).isPresent();
            });
        }
    }

    @Test
    void topics_that_are_missing_are_named_with_the_command_that_makes_them() {
        var elsewhere = new Connection(
                broker.bootstrapServers(), "http://127.0.0.1:1", "http://127.0.0.1:1", "no-", broker.clientSettings());
        try (var system = new TaskWeaver(elsewhere, InstantSource.fixed(NOW))) {
            assertThatThrownBy(() -> system.follow(new PlanId("p")))
                    .isInstanceOfSatisfying(
                            SystemUnavailable.class,
                            problem -> assertThat(problem.hint()).contains("topics apply"));
        }
    }

    @Test
    void a_context_service_that_does_not_answer_is_named() {
        try (var system = system()) {
            assertThatThrownBy(() -> system.mergedContext(new PlanId("p")))
                    .isInstanceOf(SystemUnavailable.class)
                    .hasMessageContaining("http://127.0.0.1:1");
        }
    }
}
