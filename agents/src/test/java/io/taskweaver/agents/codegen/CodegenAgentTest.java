package io.taskweaver.agents.codegen;

import static io.taskweaver.agents.http.ScriptedServer.dropped;
import static io.taskweaver.agents.http.ScriptedServer.json;
import static io.taskweaver.agents.http.ScriptedServer.silent;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.Assignment;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Lookup;
import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.http.ScriptedServer;
import io.taskweaver.code.AgentBranch;
import io.taskweaver.model.Usage;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodegenAgentTest {
    private static final String TOKEN = "sk-very-secret";
    private static final Attempt ATTEMPT = new Attempt("plan", "FR-1", 1);
    private static final String RUNS = "/v1/organizations/7/agent/runs";
    private static final String RUN = "/v1/organizations/7/agent/run";
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private ScriptedServer server;
    private CodegenAgent agent;

    @BeforeEach
    void start() throws Exception {
        server = new ScriptedServer();
        agent = agentAt(server.url());
    }

    @AfterEach
    void stop() {
        agent.close();
        server.close();
    }

    private static CodegenSettings settings(URI url) {
        return CodegenSettings.of(Optional.of("7"), Optional.of(new Secret(TOKEN)))
                .at("codegen", url, CodegenSettings.CREDENTIALS_HINT)
                .running(OptionalLong.of(42), Optional.of("big-model"), Optional.of("claude_code"))
                .paced(
                        new CodegenSettings.Polling(Duration.ofMillis(10), Duration.ofMillis(50), 2, 2, 5),
                        new CodegenSettings.Limits(
                                Duration.ofMillis(400), Duration.ofSeconds(2), Duration.ofMillis(300), 5, 0, 100_000));
    }

    private static CodegenAgent agentAt(URI url) {
        return new CodegenAgent(settings(url), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void a_run_is_created_as_the_api_documents_and_labelled_with_its_attempt() throws Exception {
        server.on("POST " + RUN, json(200, run(5, "ACTIVE", null)));

        assertThat(agent.create(ATTEMPT, Assignment.of("Do \"it\"\n"))).isEqualTo(new Creation.Created("5"));
        assertThat(server.requests)
                .containsExactly(
                        "POST " + RUN + " {\"prompt\":\"Do \\\"it\\\"\\n\",\"metadata\":{\"taskweaver_attempt\":"
                                + "\"plan/FR-1/1\"},\"repo_id\":42,\"model\":\"big-model\",\"agent_type\":\"claude_code\"}");
        assertThat(server.authorizations).containsExactly("Bearer " + TOKEN);
    }

    @Test
    void a_run_that_is_over_when_it_is_created_is_not_asked_for_again() throws Exception {
        server.on("POST " + RUN, json(200, run(5, "COMPLETE", "the answer")));
        agent.create(ATTEMPT, Assignment.of("prompt"));

        assertThat(agent.await("5", LONG, progress -> {}))
                .isEqualTo(new Outcome.Succeeded(
                                "the answer", "the answer", List.of("https://pr/1", "https://web/5"), Usage.NONE)
                        .in(List.of(new AgentBranch(Optional.of("codegen/1"), Optional.of("https://pr/1")))));
        assertThat(server.requests).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "401, CredentialsRefused, CODEGEN_API_TOKEN",
        "403, CredentialsRefused, CODEGEN_ORG_ID",
        "402, BudgetExceeded, ''",
        "404, CredentialsRefused, base URL",
        "422, TaskFailed, ''",
        "429, RateLimited, ''",
        "302, InfraFailed, base URL"
    })
    void a_refusal_says_what_the_server_said_and_never_the_token(int status, String outcome, String hint)
            throws Exception {
        server.on("POST " + RUN, json(status, "{\"message\":\"no: token " + TOKEN + "\",\"status_code\":1}"));

        Creation creation = agent.create(ATTEMPT, Assignment.of("prompt"));

        assertThat(creation).isInstanceOf(Creation.Refused.class);
        assertThat(((Creation.Refused) creation).outcome().getClass().getSimpleName())
                .isEqualTo(outcome);
        assertThat(creation.toString()).contains("no: token ***", hint).doesNotContain(TOKEN);
    }

    @Test
    void a_limit_or_missing_credit_says_until_when_if_the_server_does() throws Exception {
        server.on(
                "POST " + RUN,
                json(429, "{}", "Retry-After", "17"),
                json(429, "{}", "Retry-After", "Thu, 01 Jan 2026 00:01:00 GMT"),
                json(402, "{}", "Retry-After", "3600"),
                json(429, "{}", "Retry-After", "soon"),
                json(429, "{}"));

        assertThat(List.of(until(), until(), until(), until(), until()))
                .containsExactly(
                        Optional.of(NOW.plusSeconds(17)),
                        Optional.of(NOW.plusSeconds(60)),
                        Optional.of(NOW.plusSeconds(3600)),
                        Optional.empty(),
                        Optional.empty());
    }

    private Optional<Instant> until() throws InterruptedException {
        var refused = (Creation.Refused) agent.create(ATTEMPT, Assignment.of("prompt"));
        return ((Outcome.RateLimited) refused.outcome()).until();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void credentials_that_are_revoked_do_not_end_a_run(int status) throws Exception {
        server.on("GET " + RUNS, json(status, "{}"));

        assertThat(agent.await("5", LONG, progress -> {}))
                .isInstanceOfSatisfying(
                        Outcome.CredentialsRefused.class,
                        refused -> assertThat(refused.runGoesOn()).isTrue());
    }

    @Test
    void what_may_have_been_created_is_unknown() throws Exception {
        server.on(
                "POST " + RUN,
                json(500, "{}"),
                json(503, "<html>"),
                dropped(),
                json(200, "{\"status\":"),
                json(200, "{}"),
                silent());

        for (int i = 0; i < 6; i++)
            assertThat(agent.create(ATTEMPT, Assignment.of("prompt")))
                    .as("step %d", i)
                    .isInstanceOf(Creation.Unknown.class);
        assertThat(server.requests).hasSize(6);
    }

    @Test
    void what_was_certainly_not_sent_is_refused() throws Exception {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (var unreachable = agentAt(URI.create("http://127.0.0.1:" + port))) {
            assertThat(unreachable.create(ATTEMPT, Assignment.of("prompt")))
                    .isInstanceOfSatisfying(
                            Creation.Refused.class,
                            refused -> assertThat(refused.outcome()).isInstanceOf(Outcome.InfraFailed.class));
            assertThat(unreachable.find(ATTEMPT)).isInstanceOf(Lookup.Unavailable.class);
        }
    }

    @Test
    void a_run_that_comes_into_being_after_its_creation_was_lost_is_found() throws Exception {
        server.on("POST " + RUN, silent())
                .on("GET " + RUNS, json(200, page()), json(200, page()), json(200, page(run(9, "ACTIVE", null))));
        assertThat(agent.create(ATTEMPT, Assignment.of("prompt"))).isInstanceOf(Creation.Unknown.class);

        assertThat(agent.find(ATTEMPT)).isEqualTo(new Lookup.Found("9"));
    }

    @Test
    void after_a_lost_creation_absence_is_certain_only_once_it_had_time_to_settle() throws Exception {
        server.on("POST " + RUN, dropped()).on("GET " + RUNS, json(200, page()));
        agent.create(ATTEMPT, Assignment.of("prompt"));

        assertThat(agent.find(ATTEMPT)).isEqualTo(new Lookup.Absent());
        assertThat(server.requests).hasSizeGreaterThan(2);
        int asked = server.requests.size();
        assertThat(agent.find(ATTEMPT)).isEqualTo(new Lookup.Absent());
        assertThat(server.requests).hasSize(asked + 1);
    }

    @Test
    void a_run_is_looked_for_on_all_pages() throws Exception {
        String other = run(8, "ACTIVE", null).replace("FR-1/1", "FR-1/11");
        server.on("GET " + RUNS, json(200, page(other, other)), json(200, page(run(3, null, null))));

        assertThat(agent.find(ATTEMPT)).isEqualTo(new Lookup.Found("3"));
        assertThat(server.requests)
                .containsExactly("GET " + RUNS + "?skip=0&limit=2 ", "GET " + RUNS + "?skip=2&limit=2 ");
    }

    @Test
    void a_look_up_that_is_not_answered_is_no_absence() throws Exception {
        server.on("GET " + RUNS, json(500, "{}"), json(401, "{}"), json(200, "nonsense"));

        for (int i = 0; i < 3; i++) assertThat(agent.find(ATTEMPT)).isInstanceOf(Lookup.Unavailable.class);
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLETE, Succeeded",
        "completed, Succeeded",
        "Failed, TaskFailed",
        "ERROR, TaskFailed",
        "cancelled, Cancelled",
        "STOPPED, Cancelled",
        "needs_input, NeedsInput"
    })
    void statuses_are_compared_whatever_their_case(String status, String outcome) throws Exception {
        server.on("GET " + RUNS, json(200, page(run(5, status, "said"))));

        Outcome ended = agent.await("5", LONG, progress -> {});

        assertThat(ended.getClass().getSimpleName()).isEqualTo(outcome);
        assertThat(ended.toString()).contains("said");
    }

    @Test
    void no_status_and_an_unknown_one_mean_that_the_run_goes_on() throws Exception {
        server.on(
                "GET " + RUNS,
                json(200, page(run(5, null, null))),
                json(200, page(run(5, "weird", null))),
                json(200, page(run(5, "weird", null))),
                json(200, page(run(5, "ACTIVE", null))),
                json(200, page(run(5, "COMPLETE", "done"))));
        var progress = new ArrayList<String>();

        assertThat(agent.await("5", LONG, progress::add)).isInstanceOf(Outcome.Succeeded.class);
        assertThat(progress).containsExactly("weird", "ACTIVE");
    }

    @Test
    void a_run_that_is_on_no_list_is_asked_for_by_itself() throws Exception {
        String other = run(8, "ACTIVE", null);
        server.on("GET " + RUNS, json(200, page(other, other)))
                .on(
                        "GET " + RUN + "/5",
                        json(404, "{}"),
                        json(200, run(5, "RUNNING", null)),
                        json(200, run(5, "COMPLETE", "x")));

        assertThat(agent.await("5", LONG, progress -> {})).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void a_run_that_the_service_does_not_know_fails_after_a_few_looks() throws Exception {
        server.on("GET " + RUNS, json(200, page())).on("GET " + RUN + "/5", json(404, "{\"detail\":\"gone\"}"));

        assertThat(agent.await("5", LONG, progress -> {}))
                .isInstanceOfSatisfying(
                        Outcome.InfraFailed.class,
                        outcome -> assertThat(outcome.reason()).contains("gone"));
    }

    @Test
    void failures_of_polling_are_waited_out() throws Exception {
        server.on(
                "GET " + RUNS,
                json(500, "{}"),
                dropped(),
                json(200, "not json"),
                json(429, "{}", "Retry-After", "0"),
                json(404, "{}"),
                json(200, page(run(5, "COMPLETE", "x"))));

        assertThat(agent.await("5", LONG, progress -> {})).isInstanceOf(Outcome.Succeeded.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void credentials_revoked_while_a_run_goes_on_end_the_waiting(int status) throws Exception {
        server.on("GET " + RUNS, json(200, page(run(5, "ACTIVE", null))), json(status, "{\"message\":\"revoked\"}"));

        assertThat(agent.await("5", LONG, progress -> {})).isInstanceOf(Outcome.CredentialsRefused.class);
    }

    @Test
    void an_answer_over_the_limit_ends_the_run_with_the_limit_named_and_hurts_no_other() throws Exception {
        server.on("GET " + RUNS, json(200, page(run(5, "COMPLETE", "x".repeat(200_000)), run(6, "COMPLETE", "y"))))
                .on("GET " + RUN + "/5", json(200, run(5, "COMPLETE", "x".repeat(200_000))))
                .on("GET " + RUN + "/6", json(200, run(6, "COMPLETE", "y")));

        assertThat(agent.await("5", LONG, progress -> {}))
                .isInstanceOfSatisfying(
                        Outcome.TaskFailed.class,
                        outcome -> assertThat(outcome.reason()).contains("100000 bytes"));
        assertThat(agent.await("6", LONG, progress -> {})).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void a_resumed_run_is_given_the_prompt_and_a_cancelled_one_is_banned() throws Exception {
        server.on("POST " + RUN + "/resume", json(200, run(5, "ACTIVE", null)))
                .on("POST " + RUN + "/ban", json(200, "{}"));

        assertThat(agent.resume("5", "Yes, go on.")).isEqualTo(new Creation.Created("5"));
        agent.cancel("5");

        assertThat(server.requests)
                .containsExactly(
                        "POST " + RUN + "/resume {\"agent_run_id\":5,\"prompt\":\"Yes, go on.\"}",
                        "POST " + RUN + "/ban {\"agent_run_id\":5}");
    }

    @Test
    void the_token_is_in_no_text_of_the_settings() {
        assertThat(settings(server.url()).toString()).doesNotContain(TOKEN).contains("***");
    }

    private static String page(String... runs) {
        return "{\"items\":[" + String.join(",", runs) + "],\"total\":9,\"page\":1,\"size\":2,\"pages\":5}";
    }

    private static String run(
            int id,
            @org.jspecify.annotations.Nullable String status,
            @org.jspecify.annotations.Nullable String result) {
        return """
                {"id":%d,"organization_id":7,"status":%s,"created_at":null,"web_url":"https://web/%d","result":%s,
                 "summary":null,"github_pull_requests":[{"id":1,"url":"https://pr/1","head_branch_name":"codegen/1"},{"id":2,"url":null}],
                 "metadata":{"taskweaver_attempt":"plan/FR-1/1"},"new_field":[1]}""".formatted(id, quoted(status), id, quoted(result)).replace("\n", "");
    }

    private static String quoted(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "null" : "\"" + text + "\"";
    }
}
