package io.taskweaver.agents.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskweaver.agents.Agents;
import io.taskweaver.agents.Assignment;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Lookup;
import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.codegen.CodegenAgent;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedCodegenServerTest {
    private static final Attempt ATTEMPT = new Attempt("plan", "FR-1", 1);
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) each.close();
    }

    private SimulatedCodegenServer server(String... settings) throws IOException {
        var started = SimulatedCodegenServer.start(SimulatorSettings.from(map(settings)));
        open.add(started);
        return started;
    }

    private CodingAgent agent(SimulatedCodegenServer server, String... settings) {
        Map<String, String> all = map(settings);
        all.put("simulated.base-url", server.baseUrl().toString());
        all.putIfAbsent("simulated.token", server.token());
        all.putIfAbsent("simulated.poll-interval", "10ms");
        CodingAgent agent = new Agents(all).agent(Agents.SIMULATED);
        open.add(agent);
        return agent;
    }

    private static Map<String, String> map(String... namesAndValues) {
        var map = new HashMap<String, String>();
        for (int i = 0; i < namesAndValues.length; i += 2) map.put(namesAndValues[i], namesAndValues[i + 1]);
        return map;
    }

    private static SimulatedCodegenServer fast(SimulatedCodegenServerTest test, String... more) throws IOException {
        var settings = new ArrayList<>(List.of("min-duration", "0ms", "max-duration", "0ms"));
        settings.addAll(List.of(more));
        return test.server(settings.toArray(String[]::new));
    }

    private static String run(Creation creation) {
        assertThat(creation).isInstanceOf(Creation.Created.class);
        return ((Creation.Created) creation).runId();
    }

    @Test
    void a_run_whose_creation_was_answered_by_a_dropped_connection_is_found_and_exists_once() throws Exception {
        var server = fast(this, "lost-answer-rate", "1");
        CodingAgent agent = agent(server);

        assertThat(agent.create(ATTEMPT, Assignment.of("prompt"))).isInstanceOf(Creation.Unknown.class);
        Lookup lookup = agent.find(ATTEMPT);

        assertThat(lookup).isInstanceOf(Lookup.Found.class);
        assertThat(agent.await(((Lookup.Found) lookup).runId(), LONG, progress -> {}))
                .isInstanceOf(Outcome.Succeeded.class);
        assertThat(server.creations()).isEqualTo(Map.of("plan/FR-1/1", 1));
    }

    @Test
    void a_run_lasts_as_long_as_the_file_of_durations_says(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("durations.txt"), "plan/FR-1 1ms\nplan/FR-2 1h\n");
        CodingAgent agent = agent(server("durations", file.toString(), "min-duration", "2h", "max-duration", "3h"));
        String known = run(agent.create(ATTEMPT, Assignment.of("prompt")));
        assertThat(agent.await(known, LONG, progress -> {})).isInstanceOf(Outcome.Succeeded.class);

        Files.writeString(file, "plan/FR-1 soon\n");
        assertThatThrownBy(() -> server("durations", file.toString())).hasMessageContaining("plan/FR-1");
    }

    @Test
    void a_run_whose_creation_is_answered_too_late_is_found_and_exists_once() throws Exception {
        var server = fast(this, "late-answer-rate", "1", "lateness", "3s");
        CodingAgent agent = agent(server, "simulated.request-timeout", "200ms");

        assertThat(agent.create(ATTEMPT, Assignment.of("prompt"))).isInstanceOf(Creation.Unknown.class);
        assertThat(agent.find(ATTEMPT)).isInstanceOf(Lookup.Found.class);
        assertThat(server.creations()).isEqualTo(Map.of("plan/FR-1/1", 1));
    }

    @Test
    void an_error_on_creation_leaves_open_whether_the_run_exists_and_a_look_up_tells() throws Exception {
        var server = fast(this, "server-error-rate", "1");
        CodingAgent agent = agent(server, "simulated.settling", "0ms");
        int found = 0;
        for (int i = 1; i <= 20; i++) {
            var attempt = new Attempt("plan", "T" + i, 1);
            assertThat(agent.create(attempt, Assignment.of("prompt"))).isInstanceOf(Creation.Unknown.class);
            if (agent.find(attempt) instanceof Lookup.Found) found++;
            else run(agent.create(attempt, Assignment.of("prompt")));
        }

        assertThat(found).isBetween(1, 19);
        assertThat(server.creations())
                .hasSize(20)
                .allSatisfy((attempt, count) -> assertThat(count).isOne());
    }

    @Test
    void too_many_requests_are_refused_and_the_same_attempt_gets_through_later() throws Exception {
        var server = fast(this, "too-many-requests-rate", "1");
        CodingAgent agent = agent(server);

        assertThat(agent.create(ATTEMPT, Assignment.of("prompt")))
                .isInstanceOfSatisfying(
                        Creation.Refused.class,
                        refused -> assertThat(refused.outcome()).isInstanceOf(Outcome.RateLimited.class));
        assertThat(server.creations()).isEmpty();
        assertThat(agent.create(ATTEMPT, Assignment.of("prompt"))).isInstanceOf(Creation.Created.class);
    }

    @Test
    void a_wrong_token_and_a_wrong_organization_are_refused_with_what_to_set() throws Exception {
        var server = fast(this);

        for (CodingAgent agent :
                List.of(agent(server, "simulated.token", "wrong"), agent(server, "simulated.org-id", "2")))
            assertThat(agent.create(ATTEMPT, Assignment.of("prompt")))
                    .isInstanceOfSatisfying(
                            Creation.Refused.class,
                            refused -> assertThat(refused.outcome())
                                    .isInstanceOfSatisfying(
                                            Outcome.CredentialsRefused.class,
                                            outcome ->
                                                    assertThat(outcome.hint()).contains("simulated.token")));
        assertThat(server.creations()).isEmpty();
    }

    @Test
    void odd_statuses_end_well() throws Exception {
        CodingAgent agent = agent(server("min-duration", "200ms", "max-duration", "300ms", "odd-status-rate", "1"));

        for (int i = 1; i <= 3; i++)
            assertThat(agent.await(
                            run(agent.create(new Attempt("plan", "T" + i, 1), Assignment.of("prompt"))),
                            LONG,
                            progress -> {}))
                    .isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void faults_of_polling_do_not_lose_a_run() throws Exception {
        CodingAgent agent = agent(server("min-duration", "100ms", "max-duration", "200ms", "poll-fault-rate", "0.6"));

        assertThat(agent.await(run(agent.create(ATTEMPT, Assignment.of("prompt"))), LONG, progress -> {}))
                .isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void a_failed_run_fails_its_task_and_another_attempt_has_its_own_chance() throws Exception {
        CodingAgent agent = agent(fast(this, "failure-rate", "0.5"));
        List<String> endings = new ArrayList<>();
        for (int i = 1; i <= 20; i++)
            endings.add(agent.await(
                            run(agent.create(new Attempt("plan", "FR-1", i), Assignment.of("prompt"))),
                            LONG,
                            progress -> {})
                    .getClass()
                    .getSimpleName());

        assertThat(endings).contains("TaskFailed", "Succeeded");
    }

    @Test
    void a_run_that_needs_input_goes_on_when_it_is_resumed() throws Exception {
        var agent = (CodegenAgent) agent(fast(this, "needs-input-rate", "1"));
        String run = run(agent.create(ATTEMPT, Assignment.of("prompt")));
        assertThat(agent.await(run, LONG, progress -> {})).isInstanceOf(Outcome.NeedsInput.class);

        assertThat(agent.resume(run, "Yes.")).isEqualTo(new Creation.Created(run));
        assertThat(agent.await(run, LONG, progress -> {})).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void what_happens_depends_on_the_seed_and_the_attempt_and_not_on_the_order_of_calls() {
        var settings = SimulatorSettings.from(
                map("seed", "7", "failure-rate", "0.3", "lost-answer-rate", "0.3", "odd-status-rate", "0.3"));
        List<String> attempts =
                IntStream.range(0, 100).mapToObj(i -> "plan/T" + i + "/1").toList();

        List<SimulatedBehaviour> fates = attempts.stream()
                .map(attempt -> SimulatedBehaviour.of(settings, attempt))
                .toList();
        List<SimulatedBehaviour> backwards = attempts.reversed().stream()
                .map(attempt -> SimulatedBehaviour.of(settings, attempt))
                .toList();
        var other = SimulatorSettings.from(
                map("seed", "8", "failure-rate", "0.3", "lost-answer-rate", "0.3", "odd-status-rate", "0.3"));

        assertThat(backwards.reversed()).isEqualTo(fates);
        assertThat(attempts.stream()
                        .map(attempt -> SimulatedBehaviour.of(other, attempt))
                        .toList())
                .isNotEqualTo(fates);
        assertThat(fates.stream()
                        .filter(fate -> fate.ending() == SimulatedBehaviour.Ending.FAILED)
                        .count())
                .isBetween(15L, 45L);
        assertThat(fates)
                .allSatisfy(
                        fate -> assertThat(fate.duration()).isBetween(Duration.ofMillis(200), Duration.ofMillis(1500)));
    }

    @Test
    void what_it_was_asked_to_run_outlives_it_and_runs_go_on() throws Exception {
        String[] settings = {"data-dir", folder.toString(), "min-duration", "300ms", "max-duration", "300ms"};
        var before = server(settings);
        String run = run(agent(before).create(ATTEMPT, Assignment.of("prompt")));
        before.close();

        var after = server(settings);
        CodingAgent agent = agent(after);

        assertThat(agent.find(ATTEMPT)).isEqualTo(new Lookup.Found(run));
        assertThat(agent.await(run, LONG, progress -> {})).isInstanceOf(Outcome.Succeeded.class);
        assertThat(run(agent.create(new Attempt("plan", "FR-2", 1), Assignment.of("prompt"))))
                .isNotEqualTo(run);
        assertThat(after.creations()).isEqualTo(Map.of("plan/FR-1/1", 1, "plan/FR-2/1", 1));
    }

    @Test
    void stopped_and_resumed_runs_are_remembered() throws Exception {
        String[] settings = {"data-dir", folder.toString(), "hang-rate", "1"};
        var before = server(settings);
        CodingAgent agent = agent(before);
        String banned = run(agent.create(ATTEMPT, Assignment.of("prompt")));
        agent.cancel(banned);
        before.close();

        assertThat(agent(server(settings)).await(banned, LONG, progress -> {})).isInstanceOf(Outcome.Cancelled.class);
    }

    @Test
    void a_line_that_a_crash_cut_short_is_dropped_and_a_damaged_one_named() throws Exception {
        String[] settings = {"data-dir", folder.toString()};
        var before = server(settings);
        agent(before).create(ATTEMPT, Assignment.of("prompt"));
        before.close();
        Path log = folder.resolve("creations.jsonl");
        Files.writeString(log, "{\"id\":2,\"attempt\":\"plan/FR", StandardOpenOption.APPEND);

        var after = server(settings);
        assertThat(after.creations()).isEqualTo(Map.of("plan/FR-1/1", 1));
        after.close();

        Files.writeString(log, "nonsense\n" + Files.readString(log));
        assertThatThrownBy(() -> server(settings))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("line 1", "creations.jsonl");
    }

    @Test
    void a_port_in_use_is_named() throws Exception {
        var first = server();
        String port = Integer.toString(first.baseUrl().getPort());

        assertThatThrownBy(() -> server("port", port))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(port);
    }

    @Test
    void lists_are_paged_from_the_newest_and_filtered_and_wrong_pages_refused() throws Exception {
        var server = fast(this);
        CodingAgent agent = agent(server);
        for (int i = 1; i <= 5; i++) agent.create(new Attempt("plan", "T" + i, 1), Assignment.of("prompt"));

        JsonNode page = get(server, "/v1/organizations/1/agent/runs?skip=1&limit=2", 200);

        assertThat(page.path("items").findValuesAsText("taskweaver_attempt")).containsExactly("plan/T4/1", "plan/T3/1");
        assertThat(page.path("total").asInt()).isEqualTo(5);
        assertThat(page.path("pages").asInt()).isEqualTo(3);
        assertThat(get(server, "/v1/organizations/1/agent/runs?source_type=SLACK", 200)
                        .path("items"))
                .isEmpty();
        get(server, "/v1/organizations/1/agent/runs?limit=101", 422);
        get(server, "/v1/organizations/1/agent/run/99", 404);
        assertThat(get(server, "/v1/alpha/organizations/1/agent/run/2/logs", 200)
                        .path("logs"))
                .hasSize(2);
        assertThat(get(server, "/simulator/creations", 200)).hasSize(5);
    }

    @Test
    void whoever_has_no_token_gets_nothing_but_health_and_is_not_read_on() throws Exception {
        var server = fast(this);
        for (var login : List.of("", "Authorization: Bearer wrong\r\n", "Authorization: Basic c2ltdWxhdGVk\r\n"))
            for (var request : List.of(
                    "GET /simulator/creations",
                    "GET /v1/organizations/1/agent/runs",
                    "GET /no/such/path",
                    "POST /v1/organizations/1/agent/run"))
                assertThat(raw(
                                server,
                                request + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + login
                                        + "Content-Length: 60000000\r\n\r\n"))
                        .as("%s with '%s'; the announced body never comes", request, login)
                        .startsWith("HTTP/1.1 401");

        assertThat(raw(server, "GET /simulator/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void a_name_that_was_made_to_point_here_is_refused_even_with_the_token() throws Exception {
        var server = fast(this);
        var rest = "Authorization: Bearer " + server.token() + "\r\nConnection: close\r\n\r\n";
        for (var host :
                List.of("evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.evil.example", ""))
            assertThat(raw(server, "GET /simulator/creations HTTP/1.1\r\nHost: " + host + "\r\n" + rest))
                    .as(host)
                    .startsWith("HTTP/1.1 403");
        for (var host : List.of("127.0.0.1:" + server.baseUrl().getPort(), "LOCALHOST", "[::1]:1"))
            assertThat(raw(server, "GET /simulator/creations HTTP/1.1\r\nHost: " + host + "\r\n" + rest))
                    .as(host)
                    .startsWith("HTTP/1.1 200");
    }

    private static String raw(SimulatedCodegenServer server, String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", server.baseUrl().getPort())) {
            socket.setSoTimeout((int) LONG.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void two_thousand_runs_created_by_many_threads_are_each_created_once() throws Exception {
        var server = fast(this, "data-dir", folder.toString());
        CodingAgent agent = agent(server);
        List<Future<Outcome>> outcomes = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 1; i <= 2000; i++) {
                var attempt = new Attempt("plan", "T" + i, 1);
                outcomes.add(threads.submit(
                        () -> agent.await(run(agent.create(attempt, Assignment.of("# Do it"))), LONG, progress -> {})));
            }
        }

        for (Future<Outcome> outcome : outcomes) assertThat(outcome.get()).isInstanceOf(Outcome.Succeeded.class);
        assertThat(server.creations())
                .hasSize(2000)
                .allSatisfy((attempt, count) -> assertThat(count).isOne());
    }

    private static JsonNode get(SimulatedCodegenServer server, String path, int status) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var response = client.send(
                    HttpRequest.newBuilder(URI.create(server.baseUrl() + path))
                            .header("Authorization", "Bearer " + server.token())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(status);
            return new ObjectMapper().readTree(response.body());
        }
    }
}
