package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskweaver.agents.simulated.SimulatedCodegenServer;
import io.taskweaver.agents.simulated.SimulatorSettings;
import io.taskweaver.runtime.embedded.EmbeddedRegistry;
import io.taskweaver.runtime.embedded.RegistryApplication;
import io.taskweaver.runtime.embedded.SecuredBroker;
import io.taskweaver.runtime.embedded.SecuredBroker.Listener;
import io.taskweaver.wire.Tickets;
import io.taskweaver.wire.connection.ClusterSettings;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster as operators secure it: Kafka over TLS with SCRAM, the registry over TLS with a password. The command line uses it
 * always; the services, a process each, when asked for: {@code e2e-tests/secured}.
 */
@Tag("long")
class SecuredClusterTest {
    private static final String TICKET_KEY = "a-key-that-only-planner-and-context-service-hold";
    private static final String DOCUMENT = """
            # Relay

            ## Requirements

            - **FR-1**: Store a short link
            - **FR-2**: Follow a short link (depends on FR-1)
            """;

    @TempDir
    static Path folder;

    private static SecuredBroker broker;
    private static EmbeddedRegistry bare;
    private static GuardedRegistry registry;

    @BeforeAll
    static void start() throws Exception {
        broker = new SecuredBroker(folder.resolve("broker"));
        bare = EmbeddedRegistry.start(
                RegistryApplication.at(Workspace.PROJECT.resolve("runtime/target/registry")),
                folder.resolve("registry"));
        registry = new GuardedRegistry(broker.authority(), bare, "weaver", SecuredBroker.PASSWORD);
    }

    @AfterAll
    static void stop() {
        registry.close();
        bare.close();
        broker.close();
    }

    private static Map<String, String> settings(String prefix) {
        var all = new TreeMap<>(broker.client(Listener.SECURED));
        all.put(ClusterSettings.REGISTRY_URL, registry.url());
        all.put(ClusterSettings.REGISTRY_USERNAME, "weaver");
        all.put(ClusterSettings.REGISTRY_PASSWORD, SecuredBroker.PASSWORD);
        all.put(ClusterSettings.REGISTRY_CA, broker.ca().toString());
        all.put(ClusterSettings.TOPIC_PREFIX, prefix);
        return all;
    }

    private static Path file(Path dir, Map<String, String> settings) throws IOException {
        var file = Files.createTempFile(
                dir,
                "client",
                ".properties",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(
                file,
                settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining("\n", "", "\n")));
    }

    @Test
    void the_command_line_does_its_work_with_a_file_and_says_what_is_wrong_with_one(@TempDir Path dir)
            throws Exception {
        try (var workspace = new Workspace(dir)) {
            var config = file(dir, settings("cli-")).toString();

            var topics = workspace.taskweaver("topics", "apply", "--config", config, "--partitions", "2");
            assertThat(topics.exitCode()).as(topics.output()).isZero();
            var document = workspace.document("REQUIREMENTS.md", DOCUMENT).toString();
            var submit = workspace.taskweaver("submit", document, "--plan", "relay", "--config", config);
            assertThat(submit.exitCode()).as(submit.output()).isZero();
            assertThat(submit.output()).contains("taskweaver watch relay --config " + config);
            var events = workspace.taskweaver("events", "requirements-submitted", "--once", "--config", config);
            assertThat(events.exitCode()).as(events.output()).isZero();
            assertThat(events.output()).contains("Store a short link");
            var doctor = workspace.taskweaver("doctor", "--config", config);
            assertThat(doctor.output())
                    .contains(registry.url(), broker.bootstrap(Listener.SECURED), " exist")
                    .contains("none is running");

            var wrong = new HashMap<>(settings("cli-"));
            wrong.putAll(SecuredBroker.login(SecuredBroker.USER, "wrong-password"));
            wrong.put(ClusterSettings.REGISTRY_PASSWORD, "wrong-password");
            var refused =
                    workspace.taskweaver("doctor", "--config", file(dir, wrong).toString());
            assertThat(refused.exitCode()).isEqualTo(4);
            assertThat(refused.output())
                    .contains("The Kafka broker at " + broker.bootstrap(Listener.SECURED)
                            + " refuses this user and password")
                    .contains("The schema registry at " + registry.url() + " refuses this user and password")
                    .doesNotContain("wrong-password");
            var untrusting = new HashMap<>(settings("cli-"));
            untrusting.remove(ClusterSettings.REGISTRY_CA);
            assertThat(workspace
                            .taskweaver(
                                    "submit",
                                    document,
                                    "--plan",
                                    "other",
                                    "--config",
                                    file(dir, untrusting).toString())
                            .output())
                    .contains("certificate of an authority that is not trusted here", ClusterSettings.REGISTRY_CA);
        }
    }

    @Test
    void services_run_a_plan_and_their_logs_stay_short(@TempDir Path dir) throws Exception {
        try (var simulator = SimulatedCodegenServer.start(SimulatorSettings.DEFAULT);
                var workspace = new Workspace(dir)) {
            variables(settings("services-")).forEach(workspace::with);
            int context = Workspace.freePort();
            var contextUrl = "http://127.0.0.1:" + context;
            var services = new ArrayList<Service>();
            services.add(new Service("planner-service", Workspace.freePort(), workspace));
            services.add(new Service("interface-service", Workspace.freePort(), workspace));
            services.add(new Service("context-service", context, workspace));
            services.add(new Service(
                    "executor-service",
                    Workspace.freePort(),
                    workspace,
                    "-Dtaskweaver.context.url=" + contextUrl,
                    "-Dtaskweaver.agent.simulated.url=" + simulator.baseUrl(),
                    "-Dtaskweaver.agent.simulated.token=" + simulator.token()));
            for (var service : services)
                await(service.name + " says what is missing")
                        .atMost(Duration.ofMinutes(2))
                        .untilAsserted(() -> assertThat(service.health()).contains("DOWN", "topics apply"));
            var config = file(dir, settings("services-")).toString();
            var topics = workspace.taskweaver("topics", "apply", "--config", config, "--partitions", "2");
            assertThat(topics.exitCode()).as(topics.output()).isZero();
            for (var service : services)
                await(service.name + " is ready")
                        .atMost(Duration.ofMinutes(2))
                        .untilAsserted(() -> assertThat(service.health()).doesNotContain("DOWN"));

            var document = workspace.document("REQUIREMENTS.md", DOCUMENT).toString();
            var run = workspace.taskweaver("run", document, "--config", config, "--context-url", contextUrl);
            assertThat(run.exitCode()).as(run.output()).isZero();

            for (var service : services) {
                var log = service.running.output();
                assertThat(log)
                        .as(service.name)
                        .doesNotContain("Config values:")
                        .doesNotContain(SecuredBroker.PASSWORD)
                        .containsOnlyOnce("topics are missing");
                System.out.println(service.name + " logged " + log.lines().count() + " lines");
            }
        }
    }

    @Test
    void services_with_a_wrong_password_say_it_once_and_in_their_health(@TempDir Path dir) throws Exception {
        var wrong = new HashMap<>(settings("services-"));
        wrong.putAll(SecuredBroker.login(SecuredBroker.USER, "wrong-password"));
        try (var workspace = new Workspace(dir)) {
            variables(wrong).forEach(workspace::with);
            var services = new ArrayList<Service>();
            for (var name : List.of("planner-service", "interface-service", "context-service", "executor-service"))
                services.add(new Service(
                        name, Workspace.freePort(), workspace, "-Dtaskweaver.agent.simulated.url=http://127.0.0.1:9"));
            for (var service : services)
                await(service.name)
                        .atMost(Duration.ofMinutes(2))
                        .untilAsserted(
                                () -> assertThat(service.health()).contains("DOWN", "refuses this user and password"));
            // Long enough for what is repeated each second to show.
            var until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            await().atMost(Duration.ofMinutes(1)).until(() -> System.nanoTime() > until);
            for (var service : services) {
                var log = service.running.output();
                System.out.println(service.name + " logged " + log.lines().count() + " lines");
                assertThat(log)
                        .as(service.name)
                        .containsOnlyOnce("refuses this user and password")
                        .doesNotContain("wrong-password");
                assertThat(log.lines().count()).as(log).isLessThan(60);
            }
        }
    }

    /** As the services take settings from their environment. */
    private static Map<String, String> variables(Map<String, String> settings) {
        var variables = settings.entrySet().stream()
                .collect(
                        Collectors.toMap(setting -> ClusterSettings.variableOf(setting.getKey()), Map.Entry::getValue));
        variables.put(ClusterSettings.variable(Tickets.KEY), TICKET_KEY);
        return variables;
    }

    /** A service as a process of its own. */
    private static final class Service {
        private final String name;
        private final int port;
        private final Workspace.Running running;

        Service(String name, int port, Workspace workspace, String... properties) throws IOException {
            this.name = name;
            this.port = port;
            var line = new ArrayList<>(List.of(
                    Workspace.java(),
                    "-Xmx200m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Dtaskweaver.planner.state-dir=" + workspace.dir().resolve(name),
                    "-Dtaskweaver.context-service.state-dir=" + workspace.dir().resolve(name),
                    "-Dquarkus.http.port=" + port));
            line.addAll(List.of(properties));
            line.addAll(List.of(
                    "-jar",
                    Workspace.PROJECT
                            .resolve(name + "/target/quarkus-app/quarkus-run.jar")
                            .toString()));
            this.running = workspace.start(line);
        }

        String health() throws IOException, InterruptedException {
            try (var http = HttpClient.newHttpClient()) {
                return http.send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                                        .build(),
                                BodyHandlers.ofString())
                        .body();
            } catch (ConnectException e) {
                return "not up yet";
            }
        }
    }
}
