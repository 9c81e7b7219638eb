package io.taskweaver.agents.http;

import static io.taskweaver.agents.http.ScriptedServer.dropped;
import static io.taskweaver.agents.http.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.agents.Assignment;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.CodingAgentContract;
import io.taskweaver.agents.Creation;
import io.taskweaver.agents.DescribedAgents;
import io.taskweaver.agents.Lookup;
import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.SpecFiles;
import io.taskweaver.agents.simulated.SimulatedCodegenServer;
import io.taskweaver.agents.simulated.SimulatorSettings;
import io.taskweaver.code.AgentBranch;
import io.taskweaver.model.Usage;
import io.taskweaver.prompts.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract of all adapters, by a file that describes Codegen's API, and what a service can do to its client. */
class HttpAgentTest extends CodingAgentContract {
    private static final String CODEGEN = """
            about: Codegen's API, by a file
            base-url: %s
            headers: { Authorization: "Bearer {TEST_TOKEN}" }
            values: { org: "1" }
            create:
              path: /v1/organizations/{org}/agent/run
              body: { prompt: "{prompt}", metadata: { attempt: "{attempt}" }, repo_id: "{repository}" }
              id: $.id
            find:
              path: /v1/organizations/{org}/agent/runs?skip=0&limit=100
              id: $.items[?(@.metadata.attempt == '{attempt}')].id
            poll:
              path: /v1/organizations/{org}/agent/run/{run}
              status: [$.status]
              reason: $.result
              answer: $.result
              summary: $.summary
              links: ["$.github_pull_requests[*].url", $.web_url]
            cancel:
              path: /v1/organizations/{org}/agent/run/ban
              body: { agent_run_id: "{run}" }
            statuses: { complete: SUCCEEDED, completed: SUCCEEDED, failed: TASK_FAILED, cancelled: CANCELLED }
            interval: 20ms
            """;

    /** A service with a stage before a run, an answer of its own, and costs. */
    private static final String SERVICE = """
            base-url: %s
            headers: { X-Key: "{TEST_TOKEN}" }
            create: { path: /runs, body: { text: "{prompt}", label: "{attempt}" }, id: $.task }
            find: { path: "/runs?label={attempt}", id: "$.runs[0].task" }
            start: { path: "/tasks/{run}", id: $.run, status: $.state }
            poll:
              path: /runs/{started}
              status: [$.state]
              message: $.doing
              reason: $.why
              cost-usd: $.cost.usd
              input-tokens: $.cost.in
              links: [$.pr]
            answer: { path: "/runs/{started}/messages", text: "$.messages[?(@.by == 'agent')].text" }
            cancel: { method: DELETE, path: "/runs/{started}" }
            statuses:
              done: SUCCEEDED
              broken: TASK_FAILED
              asks: NEEDS_INPUT
              poor: BUDGET_EXCEEDED
              dead: INFRA_FAILED
            interval: 10ms
            settling: 100ms
            request-timeout: 500ms
            most-answer: 1000
            """;

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final ScriptedServer service = opened(new ScriptedServer());

    HttpAgentTest() throws IOException {}

    private <T extends AutoCloseable> T opened(T closeable) {
        open.add(closeable);
        return closeable;
    }

    private HttpAgent agent(String text, Map<String, String> environment) {
        return opened(new HttpFiles(new SpecFiles(Map.of("test", text), Optional.empty())).agent("test", environment));
    }

    private HttpAgent of(SimulatorSettings settings) {
        try {
            var server = opened(SimulatedCodegenServer.start(settings));
            return agent(CODEGEN.formatted(server.baseUrl()), Map.of("TEST_TOKEN", server.token()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable HttpAgent usual;
    private @Nullable HttpAgent hanging;

    @Override
    protected CodingAgent agent() {
        if (usual == null)
            usual = of(SimulatorSettings.DEFAULT.lasting(Duration.ofMillis(100), Duration.ofMillis(200)));
        return usual;
    }

    @Override
    protected CodingAgent hangingAgent() {
        if (hanging == null) hanging = of(SimulatorSettings.from(Map.of("hang-rate", "1")));
        return hanging;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) each.close();
    }

    private HttpAgent served(String... more) {
        return agent(SERVICE.formatted(service.url()) + String.join("\n", more), Map.of("TEST_TOKEN", "secret-token"));
    }

    private ScriptedServer begun() {
        return service.on("POST /runs", json(201, "{\"task\":\"t 1\"}"))
                .on("GET /tasks/t 1", json(200, "{\"state\":\"WAITING\"}"), json(200, "{\"run\":\"r1\"}"));
    }

    private Outcome run(HttpAgent agent) throws InterruptedException {
        assertThat(agent.create(ATTEMPT, Assignment.of("do it"))).isEqualTo(new Creation.Created("t 1"));
        return agent.await("t 1", LONG, progress -> {});
    }

    @Test
    void a_run_goes_through_its_stages_and_its_answer_and_cost_are_read() throws Exception {
        begun().on(
                        "GET /runs/r1",
                        json(200, "{\"state\":\"working\",\"doing\":\"reads\"}"),
                        json(200, "{\"state\":\"DONE\",\"pr\":\"https://pr/1\",\"cost\":{\"usd\":0.25,\"in\":12}}"))
                .on(
                        "GET /runs/r1/messages",
                        json(
                                200,
                                "{\"messages\":[{\"by\":\"user\",\"text\":\"do it\"},"
                                        + "{\"by\":\"agent\",\"text\":\"one secret-token\"},{\"by\":\"agent\",\"text\":\"two\"}]}"));
        var told = new ArrayList<String>();
        var agent = served();
        assertThat(agent.create(ATTEMPT, Assignment.of("do it"))).isEqualTo(new Creation.Created("t 1"));

        assertThat(agent.await("t 1", LONG, told::add))
                .isEqualTo(new Outcome.Succeeded(
                        "one ***\ntwo", "one ***\ntwo", List.of("https://pr/1"), new Usage(12, 0, 250_000)));
        assertThat(told).containsExactly("WAITING", "reads");
        assertThat(service.requests.getFirst()).isEqualTo("POST /runs {\"text\":\"do it\",\"label\":\"plan/FR-1/1\"}");
    }

    @Test
    void a_service_that_works_on_a_repository_is_told_which_and_says_where_its_work_is() throws Exception {
        var agent = agent("""
                base-url: %s
                create: { path: /runs, body: { text: "{prompt}", at: "{repository}", ref: "{ref}" }, id: $.id }
                idempotent: true
                values: { ref: main }
                poll: { path: "/runs/{run}", status: [$.state], answer: $.text }
                remote:
                  branch: [$.branch]
                  pull-request: ["$.requests[*].url"]
                  values: { repository: "{remote-url}", ref: "{base-branch}" }
                statuses: { done: SUCCEEDED }
                interval: 10ms
                """.formatted(service.url()), Map.of());
        service.on("POST /runs", json(201, "{\"id\":\"r1\"}")).on("GET /runs/r1", json(200, """
                        {"state":"done","text":"t","branch":"b1","requests":[{"url":"https://pr/1"}]}"""));
        var place = new Delivery.OnRemote("https://host/shop.git", "taskweaver/p/T1-1");

        assertThat(agent.worksOnRemote()).isTrue();
        agent.create(ATTEMPT, new Assignment("do it", Optional.empty(), Optional.of(place)));
        assertThat(((Outcome.Succeeded) agent.await("r1", LONG, progress -> {})).branches())
                .containsExactly(new AgentBranch(Optional.of("b1"), Optional.of("https://pr/1")));
        agent.create(ATTEMPT, Assignment.of("do it"));
        assertThat(service.requests.getFirst())
                .isEqualTo(
                        "POST /runs {\"text\":\"do it\",\"at\":\"https://host/shop.git\",\"ref\":\"taskweaver/p/T1-1\"}");
        assertThat(service.requests.getLast()).isEqualTo("POST /runs {\"text\":\"do it\",\"ref\":\"main\"}");
    }

    @Test
    void each_status_means_what_its_file_says() throws Exception {
        var reason = "\"why\":\"because\"";
        for (var state : List.of("broken", "asks", "poor", "dead")) {
            begun().on("GET /runs/r1", json(200, "{\"state\":\"" + state + "\"," + reason + "}"));
            var outcome = run(served());
            assertThat(outcome)
                    .isInstanceOf(
                            switch (state) {
                                case "broken" -> Outcome.TaskFailed.class;
                                case "asks" -> Outcome.NeedsInput.class;
                                case "poor" -> Outcome.BudgetExceeded.class;
                                default -> Outcome.InfraFailed.class;
                            });
            assertThat(((Outcome.Unsuccessful) outcome).reason()).isEqualTo("Agent test: because");
        }
    }

    @Test
    void answers_that_get_lost_and_faults_are_waited_out() throws Exception {
        begun().on(
                        "GET /runs/r1",
                        dropped(),
                        json(503, "busy"),
                        json(429, "{}", "Retry-After", "0"),
                        json(200, "{\"state\":\"done\"}"))
                .on("GET /runs/r1/messages", json(200, "{\"messages\":[]}"));
        assertThat(run(served())).isInstanceOf(Outcome.Succeeded.class);
    }

    @Test
    void a_creation_that_nobody_answers_may_have_begun_a_run_and_is_found_when_it_shows() throws Exception {
        service.on("POST /runs", dropped())
                .on("GET /runs", json(200, "{\"runs\":[]}"), json(200, "{\"runs\":[{\"task\":\"t 1\"}]}"));
        var agent = served();
        assertThat(agent.create(ATTEMPT, Assignment.of("do it"))).isInstanceOf(Creation.Unknown.class);
        assertThat(agent.find(ATTEMPT)).isEqualTo(new Lookup.Found("t 1"));
    }

    @Test
    void a_creation_that_never_shows_is_absent_after_a_while() throws Exception {
        service.on("POST /runs", dropped()).on("GET /runs", json(200, "{\"runs\":[]}"));
        var agent = served();
        assertThat(agent.create(ATTEMPT, Assignment.of("do it"))).isInstanceOf(Creation.Unknown.class);
        assertThat(agent.find(ATTEMPT)).isEqualTo(new Lookup.Absent());
        assertThat(service.requests).hasSizeGreaterThan(3);
    }

    @Test
    void credentials_that_are_revoked_do_not_end_a_run() throws Exception {
        begun().on("GET /runs/r1", json(200, "{\"state\":\"working\"}"), json(401, "{}"));
        assertThat(run(served()))
                .isInstanceOfSatisfying(
                        Outcome.CredentialsRefused.class,
                        refused -> assertThat(refused.runGoesOn()).isTrue());
    }

    @Test
    void refusals_are_told_apart() throws Exception {
        var until = Instant.now().plusSeconds(50);
        for (int status : List.of(401, 402, 422, 429)) {
            // Missing credit that comes back at a time is a limit like any other: here it does not say when.
            var answer = "{\"message\":\"no, secret-token\"}";
            service.on("POST /runs", status == 402 ? json(status, answer) : json(status, answer, "Retry-After", "60"));
            var creation = served().create(ATTEMPT, Assignment.of("do it"));
            assertThat(creation).isInstanceOf(Creation.Refused.class);
            var outcome = ((Creation.Refused) creation).outcome();
            assertThat(outcome.reason()).contains("HTTP " + status, "no, ***").doesNotContain("secret-token");
            assertThat(outcome)
                    .isInstanceOf(
                            switch (status) {
                                case 401 -> Outcome.CredentialsRefused.class;
                                case 402 -> Outcome.BudgetExceeded.class;
                                case 422 -> Outcome.TaskFailed.class;
                                default -> Outcome.RateLimited.class;
                            });
            if (outcome instanceof Outcome.RateLimited limited)
                assertThat(limited.until())
                        .hasValueSatisfying(time -> assertThat(time).isAfter(until));
            if (outcome instanceof Outcome.CredentialsRefused refused)
                assertThat(refused.hint()).contains("TEST_TOKEN");
        }
    }

    @Test
    void an_answer_that_is_too_long_is_refused_with_the_limit_named() throws Exception {
        begun().on("GET /runs/r1", json(200, "{\"state\":\"done\"}"))
                .on("GET /runs/r1/messages", json(200, "{\"messages\":[\"" + "x".repeat(2000) + "\"]}"));
        assertThat(run(served()))
                .isInstanceOfSatisfying(
                        Outcome.TaskFailed.class,
                        failed -> assertThat(failed.reason()).contains("limit of 1000 bytes", "most-answer"));
    }

    @Test
    void a_run_that_is_not_there_any_more_has_failed() throws Exception {
        begun();
        assertThat(run(served()))
                .isInstanceOfSatisfying(
                        Outcome.InfraFailed.class,
                        failed -> assertThat(failed.reason()).contains("no longer has the run"));
    }

    @Test
    void without_its_variables_it_asks_for_nothing_and_says_what_to_set() throws Exception {
        var agent = agent(SERVICE.formatted(service.url()), Map.of("TEST_TOKEN", " "));
        assertThat(agent.missing()).containsExactly("TEST_TOKEN");
        assertThat(agent.create(ATTEMPT, Assignment.of("do it")))
                .isInstanceOfSatisfying(
                        Creation.Refused.class,
                        refused -> assertThat(refused.outcome())
                                .isInstanceOfSatisfying(
                                        Outcome.CredentialsRefused.class,
                                        outcome -> assertThat(outcome.hint()).contains("Set TEST_TOKEN")));
        assertThat(service.requests).isEmpty();
    }

    @Test
    void what_has_no_value_is_left_out_of_a_body_and_encoded_in_an_address() throws Exception {
        begun().on("POST /runs", json(201, "{\"task\":\"a/b\"}"));
        var agent = served();
        assertThat(agent.create(new Attempt("p", "x", 2), Assignment.of("\"quoted\"\n")))
                .isEqualTo(new Creation.Created("a/b"));
        agent.cancel("a/b");
        assertThat(service.requests)
                .containsExactly(
                        "POST /runs {\"text\":\"\\\"quoted\\\"\\n\",\"label\":\"p/x/2\"}", "DELETE /runs/a%2Fb ");
    }

    @Test
    void a_file_that_is_wrong_is_refused_with_what_to_do() {
        var wrongs = Map.of(
                "id: $.task }", "id: '$[' }",
                "base-url: %s", "base-url: nowhere",
                "/runs?label={attempt}", "/runs?label={nobody}",
                "done: SUCCEEDED", "done: WELL",
                "find: {", "idempotent: false\nstop: {",
                "statuses:", "states:");
        wrongs.forEach((right, wrong) -> {
            assertThat(SERVICE).contains(right);
            var text = SERVICE.replace(right, wrong).replace("%s", service.url().toString());
            assertThatThrownBy(() -> agent(text, Map.of()))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("test.yaml of the program");
        });
    }

    @Test
    void the_programs_own_services_are_readable_and_say_what_to_set_and_a_user_may_extend_one() throws Exception {
        Files.writeString(folder.resolve("mine.yaml"), "extend: devin\nabout: mine\nvalues: { max-acu-limit: '5' }\n");
        var known = new DescribedAgents(Optional.of(folder)).known(Map.of("DEVIN_API_KEY", "x"));
        assertThat(known)
                .filteredOn(agent ->
                        List.of("cursor-cloud", "jules", "openhands-cloud").contains(agent.name()))
                .hasSize(3)
                .allSatisfy(agent -> {
                    assertThat(agent.about()).isNotBlank();
                    assertThat(agent.ready()).isEmpty();
                    assertThat(agent.lack()).startsWith("set ").contains("_API_KEY");
                });
        assertThat(known)
                .filteredOn(agent -> List.of("devin", "mine").contains(agent.name()))
                .hasSize(2)
                .allSatisfy(agent -> assertThat(agent.ready()).isPresent());
        assertThat(new DescribedAgents(Optional.of(folder)).isCommand("mine")).isFalse();
        assertThat(new DescribedAgents(Optional.of(folder)).isCommand("claude")).isTrue();
    }

    @Override
    protected int many() {
        return 60;
    }
}
