package io.taskweaver.runtime.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedRegistryTest {
    private static final RegistryApplication APPLICATION = RegistryApplication.at(Path.of("target/registry"));
    private static final String V1 = schema("{\\\"name\\\":\\\"id\\\",\\\"type\\\":\\\"string\\\"}");
    private static final String WITH_MANDATORY_FIELD = schema(
            "{\\\"name\\\":\\\"id\\\",\\\"type\\\":\\\"string\\\"},{\\\"name\\\":\\\"more\\\",\\\"type\\\":\\\"string\\\"}");

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void schemas_are_found_by_confluents_api_kept_over_a_kill_and_only_changed_compatibly() {
        try (var registry = EmbeddedRegistry.start(APPLICATION, folder)) {
            var registered = post(registry, "/subjects/facts-value/versions", V1);
            assertThat(registered.statusCode()).as(registered.body()).isEqualTo(200);

            var incompatible = post(registry, "/subjects/facts-value/versions", WITH_MANDATORY_FIELD);
            assertThat(incompatible.statusCode()).as(incompatible.body()).isEqualTo(409);

            long killed = registry.pid();
            ProcessHandle.of(killed).orElseThrow().destroyForcibly();
            await("restarted").atMost(Duration.ofMinutes(1)).until(() -> registry.pid() != killed);
            assertThat(get(registry, "/subjects/facts-value/versions/latest").body())
                    .contains("Fact");
        }
    }

    @Test
    void nothing_is_answered_without_the_login_and_no_secret_is_in_its_command_or_its_environment() throws IOException {
        try (var registry = EmbeddedRegistry.start(APPLICATION, folder)) {
            var base = "http://127.0.0.1:" + registry.port();
            for (var path : List.of(
                    "/",
                    "/apis",
                    "/apis/ccompat/v7/subjects",
                    "/apis/registry/v3/system/info",
                    "/apis/registry/v2/search/artifacts",
                    "/apis/registry/v3/admin/export",
                    "/ui/",
                    "/health/ready",
                    "/metrics",
                    "/q/health",
                    "/no/such/path",
                    "//apis/ccompat/v7/subjects",
                    "/apis/../apis/ccompat/v7/subjects"))
                for (var method : List.of("GET", "PUT", "POST", "DELETE", "HEAD"))
                    for (var login : List.of("", Credential.random().basicAuthorization(), "Bearer nothing"))
                        assertThat(send(stranger(base + path, method, login)).statusCode())
                                .as("%s %s with '%s'", method, path, login)
                                .isEqualTo(401);
            assertThat(get(registry, "/subjects").statusCode()).isEqualTo(200);

            var process = Path.of("/proc/" + registry.pid());
            Assumptions.assumeTrue(Files.exists(process), "this system has no /proc: the process was not looked at");
            var password = registry.credential().password();
            assertThat(Files.readString(process.resolve("cmdline"))).doesNotContain(password);
            assertThat(Files.readString(process.resolve("environ")).split("\0"))
                    .extracting(variable -> variable.split("=", 2)[0])
                    .as("variables of this process, in which there may be secrets, stay here")
                    .isSubsetOf(
                            "PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "MALLOC_ARENA_MAX");
            assertThat(Files.readString(folder.resolve("registry.log"))).doesNotContain(password);
        }
    }

    @Test
    void a_registry_that_is_killed_again_while_it_starts_again_comes_back() {
        try (var registry = EmbeddedRegistry.start(APPLICATION, folder)) {
            var killed = new ArrayList<Long>();
            killed.add(registry.pid());
            for (int i = 0; i < 2; i++) {
                ProcessHandle.of(killed.getLast()).orElseThrow().destroyForcibly();
                await("starts again")
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> ProcessHandle.current()
                                .children()
                                .filter(ProcessHandle::isAlive)
                                .map(ProcessHandle::pid)
                                .filter(pid -> !killed.contains(pid))
                                .findFirst()
                                .map(killed::add)
                                .orElse(false));
            }
            assertThat(registry.pid()).isEqualTo(killed.getLast());
            assertThat(get(registry, "/subjects").statusCode()).isEqualTo(200);
            assertThat(registry.died()).isNotDone();
        }
    }

    @Test
    void a_registry_that_outlived_its_parent_is_ended_by_the_next() throws IOException {
        var orphan = EmbeddedRegistry.start(APPLICATION, folder);
        var process = ProcessHandle.of(orphan.pid()).orElseThrow();
        var pidFile = Files.readString(folder.resolve("registry.pid"));

        PidFile.in(folder).endOrphan();

        assertThat(process.isAlive()).isFalse();
        assertThat(pidFile).startsWith(process.pid() + " ");
        orphan.close();
    }

    @Test
    void a_process_that_only_has_the_same_id_is_left_alone() throws IOException {
        Files.writeString(
                folder.resolve("registry.pid"), ProcessHandle.current().pid() + " 2001-01-01T00:00:00Z");

        PidFile.in(folder).endOrphan();

        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    @Test
    void a_port_in_use_is_named() {
        var taken = Loopback.bind("test", 0);
        try {
            assertThatThrownBy(() ->
                            EmbeddedRegistry.start(APPLICATION, folder, Loopback.port(taken), Credential.random()))
                    .isInstanceOf(StartException.PortInUse.class)
                    .hasMessageContaining("registry");
        } finally {
            Loopback.close(taken);
        }
    }

    /** Another user sees the port on the command line, and has seconds to take it before the new process does. */
    @Test
    void who_takes_the_port_while_the_registry_starts_is_asked_nothing_and_sent_no_password() throws Exception {
        int port = Loopback.freePort("test", 0);
        var asked = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var squatter = new ServerSocket()) {
            var starting = threads.submit(() -> EmbeddedRegistry.start(APPLICATION, folder, port, Credential.random()));
            await("its process").until(() -> Files.exists(folder.resolve("registry.pid")));
            squatter.bind(new InetSocketAddress("127.0.0.1", port));
            var _ = threads.submit(() -> {
                while (!squatter.isClosed()) answer(squatter.accept(), asked);
                return true;
            });

            assertThatThrownBy(starting::get).hasCauseInstanceOf(StartException.PortInUse.class);
        }
        assertThat(asked).hasValue(0);
    }

    private static void answer(Socket client, AtomicInteger asked) throws IOException {
        try (client) {
            asked.incrementAndGet();
            client.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(US_ASCII));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000})
    void a_damaged_database_is_named_as_such_whether_cut_off_or_overwritten(int repetitions) throws IOException {
        Files.writeString(
                folder.resolve("schemas.mv.db"), "this is no database, whatever its name says".repeat(repetitions));

        assertThatThrownBy(() -> EmbeddedRegistry.start(APPLICATION, folder))
                .isInstanceOf(StartException.DataFolderDamaged.class);
    }

    @Test
    void an_application_that_is_not_there_is_named() {
        assertThatThrownBy(() -> RegistryApplication.at(folder))
                .isInstanceOf(StartException.DidNotStart.class)
                .hasMessageContaining(folder.toString());
    }

    private static HttpRequest stranger(String url, String method, String login) {
        var request = HttpRequest.newBuilder(URI.create(url)).method(method, HttpRequest.BodyPublishers.ofString("{}"));
        if (!login.isEmpty()) request.header("Authorization", login);
        return request.build();
    }

    private static String schema(String fields) {
        return "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Fact\\\",\\\"fields\\\":[" + fields
                + "]}\"}";
    }

    private HttpResponse<String> post(EmbeddedRegistry registry, String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(registry.confluentUrl() + path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .header("Authorization", registry.credential().basicAuthorization())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpResponse<String> get(EmbeddedRegistry registry, String path) {
        return send(HttpRequest.newBuilder(URI.create(registry.confluentUrl() + path))
                .header("Authorization", registry.credential().basicAuthorization())
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
