package io.taskweaver.runtime.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.taskweaver.events.EventMeta;
import io.taskweaver.events.PlanCancelled;
import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.RegistryOutage;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.admin.AdminChange;
import io.taskweaver.wire.admin.AdminException;
import io.taskweaver.wire.admin.TopicAdmin;
import io.taskweaver.wire.connection.ClusterSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The admin step against a real broker and a real registry. */
class PreparedTopicsTest {
    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static EmbeddedRegistry registry;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(folder.resolve("kafka"));
        registry =
                EmbeddedRegistry.start(RegistryApplication.at(Path.of("target/registry")), folder.resolve("registry"));
    }

    @AfterAll
    static void stop() {
        registry.close();
        broker.close();
    }

    @Test
    void a_first_time_creates_everything_and_a_second_time_nothing() {
        assertThat(apply("first-")).hasSize(2 * Topics.all().size() + 1).allMatch(AdminChange::wrote);

        assertThat(apply("first-")).hasSize(2 * Topics.all().size() + 1).noneMatch(AdminChange::wrote);
    }

    @Test
    void a_changed_setting_is_put_right_and_other_partitions_are_only_reported() throws Exception {
        apply("changed-");
        setRetention("changed-task-ready", "1000");

        var again = TopicAdmin.apply(cluster("changed-"), 5, 1, false);

        assertThat(again)
                .contains(new AdminChange(
                        AdminChange.Kind.TOPIC_ADJUSTED, "changed-task-ready", "retention.ms=604800000"));
        assertThat(again)
                .contains(new AdminChange(
                        AdminChange.Kind.TOPIC_DIFFERS, "changed-plan-created", "3 partitions instead of 5"));
    }

    @Test
    void a_topic_that_is_new_in_a_later_version_gets_as_many_partitions_as_those_that_are_there() throws Exception {
        apply("later-");
        delete("later-plan-created");

        var again = TopicAdmin.apply(cluster("later-"), 1, 1, false);

        assertThat(again)
                .contains(
                        new AdminChange(AdminChange.Kind.TOPIC_CREATED, "later-plan-created", ""),
                        new AdminChange(
                                AdminChange.Kind.TOPIC_DIFFERS, "later-plan-completed", "3 partitions instead of 1"));
        assertThat(TopicAdmin.apply(cluster("later-"), 3, 1, false)).noneMatch(AdminChange::wrote);
    }

    @Test
    void what_a_service_writes_uses_the_registered_schema() throws Exception {
        apply("written-");
        var topic = Topics.PLAN_CANCELLED.name("written-");
        var settings = cluster("").serdes();
        var event = PlanCancelled.newBuilder()
                .setMeta(EventMeta.newBuilder()
                        .setEventId("e1")
                        .setPlanId("p1")
                        .setOccurredAt(Instant.EPOCH)
                        .setSchemaVersion(1)
                        .build())
                .setReason("no need")
                .setDone(0)
                .build();

        var bytes = EventSerdes.<PlanCancelled>serializer(settings).serialize(topic, event);

        assertThat(EventSerdes.<PlanCancelled>deserializer(settings).deserialize(topic, bytes))
                .isEqualTo(event);
        assertThat(get("/subjects/" + topic + "-value/versions")).isEqualTo("[1]");
        assertThat(get("/config/" + topic + "-value")).contains("BACKWARD");
    }

    @Test
    void an_incompatible_schema_in_the_registry_is_named() throws Exception {
        post(
                "/subjects/other-plan-created-value/versions",
                "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":"
                        + "\\\"Other\\\",\\\"fields\\\":[{\\\"name\\\":\\\"x\\\",\\\"type\\\":\\\"int\\\"}]}\"}");

        assertThatThrownBy(() -> apply("other-"))
                .isInstanceOf(AdminException.SchemaIncompatible.class)
                .hasMessageContaining("other-plan-created-value");
    }

    @Test
    void a_login_that_the_registry_refuses_is_said_and_says_nothing_about_the_bytes() {
        var wrong = Map.of(
                ClusterSettings.REGISTRY_USERNAME,
                Credential.USERNAME,
                ClusterSettings.REGISTRY_PASSWORD,
                Credential.random().password());
        var settings = new ClusterSettings(wrong).over(cluster("refused-"));

        assertThatThrownBy(() -> TopicAdmin.apply(settings, 1, 1, false))
                .isInstanceOf(AdminException.RegistryUnreachable.class)
                .hasMessageContaining("refuses this user and password (401)");
        var reading = EventSerdes.<PlanCancelled>deserializer(settings.serdes());
        assertThatThrownBy(() -> reading.deserialize("plan-cancelled", new byte[] {0, 0, 0, 0, 1, 2}))
                .satisfies(
                        refused -> assertThat(RegistryOutage.isBehind(refused)).isTrue());
    }

    @Test
    void a_broker_or_registry_that_does_not_answer_is_named() {
        assertThatThrownBy(() -> TopicAdmin.apply(
                        new ClusterSettings(Map.of(
                                "bootstrap.servers",
                                "127.0.0.1:1",
                                "default.api.timeout.ms",
                                "1500",
                                "request.timeout.ms",
                                "1000",
                                ClusterSettings.REGISTRY_URL,
                                registry.url())),
                        3,
                        1,
                        false))
                .isInstanceOf(AdminException.BrokerUnreachable.class)
                .hasMessageContaining("127.0.0.1:1");
        assertThatThrownBy(() -> TopicAdmin.apply(
                        new ClusterSettings(Map.of(ClusterSettings.REGISTRY_URL, "http://127.0.0.1:1"))
                                .over(cluster("nowhere-")),
                        3,
                        1,
                        false))
                .isInstanceOf(AdminException.RegistryUnreachable.class)
                .hasMessageContaining("127.0.0.1:1");
    }

    private static ClusterSettings cluster(String prefix) {
        var settings = new HashMap<>(broker.clientSettings());
        settings.put(ClusterSettings.TOPIC_PREFIX, prefix);
        settings.put(ClusterSettings.REGISTRY_URL, registry.url());
        settings.put(ClusterSettings.REGISTRY_USERNAME, registry.credential().username());
        settings.put(ClusterSettings.REGISTRY_PASSWORD, registry.credential().password());
        return new ClusterSettings(settings);
    }

    private static List<AdminChange> apply(String prefix) {
        return TopicAdmin.apply(cluster(prefix), 3, 1, false);
    }

    /** Returns when the broker goes by it, for it hears of changes a little later than it confirms them. */
    private static void setRetention(String topic, String millis) throws InterruptedException, ExecutionException {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (var admin = Admin.create(new HashMap<String, Object>(broker.clientSettings()))) {
            var change = new AlterConfigOp(new ConfigEntry("retention.ms", millis), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(resource, List.of(change)))
                    .all()
                    .get();
            await().until(() -> admin.describeConfigs(List.of(resource)).all().get().values().stream()
                    .allMatch(config -> millis.equals(config.get("retention.ms").value())));
        }
    }

    private static void delete(String topic) throws InterruptedException, ExecutionException {
        try (var admin = Admin.create(new HashMap<String, Object>(broker.clientSettings()))) {
            admin.deleteTopics(List.of(topic)).all().get();
            await().until(() -> !admin.listTopics().names().get().contains(topic));
        }
    }

    private static String get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(registry.confluentUrl() + path))
                .header("Authorization", registry.credential().basicAuthorization())
                .build());
    }

    private static void post(String path, String body) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(URI.create(registry.confluentUrl() + path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .header("Authorization", registry.credential().basicAuthorization())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static String send(HttpRequest request) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer.body();
        }
    }
}
