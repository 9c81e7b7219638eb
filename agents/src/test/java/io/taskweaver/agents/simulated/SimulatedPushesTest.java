package io.taskweaver.agents.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.Agents;
import io.taskweaver.agents.Assignment;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.codegen.CodegenAgent;
import io.taskweaver.agents.codegen.CodegenSettings;
import io.taskweaver.agents.codegen.Secret;
import io.taskweaver.code.AgentBranch;
import io.taskweaver.code.Git;
import io.taskweaver.prompts.AnswerReader;
import io.taskweaver.prompts.AnswerReading;
import io.taskweaver.prompts.Delivery;
import io.taskweaver.prompts.QueryReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulated service works on a repository as the real one does. */
class SimulatedPushesTest {
    private static final Attempt ATTEMPT = new Attempt("plan", "FR-1", 1);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String BASE = "taskweaver/plan/FR-1-1";

    @TempDir
    private Path folder;

    private Git bare;

    @BeforeEach
    void repository() throws Exception {
        var made = folder.resolve("bare.git");
        Git.in(folder).text("init", "--quiet", "--bare", "--initial-branch=main", made.toString());
        bare = Git.in(made);
        var tree = bare.text("hash-object", "-t", "tree", "-w", "/dev/null");
        bare.text("update-ref", "refs/heads/main", bare.text("commit-tree", tree, "-m", "first"));
        bare.text("update-ref", "refs/heads/" + BASE, "refs/heads/main");
    }

    private String prompt() {
        return """
                # Sort products

                - Task: FR-1

                ## How to work

                - Repository: `%s`
                - Branch: `%s`
                """.formatted(folder.resolve("bare.git"), BASE);
    }

    private SimulatedCodegenServer server(Map<String, String> settings) throws Exception {
        var all = new HashMap<>(settings);
        all.put("min-duration", "0ms");
        all.put("max-duration", "0ms");
        return SimulatedCodegenServer.start(SimulatorSettings.from(all));
    }

    private Outcome run(SimulatedCodegenServer server, String prompt) throws Exception {
        try (var agent = new Agents(
                        Map.of("simulated.base-url", server.baseUrl().toString(), "simulated.token", server.token()))
                .agent(Agents.SIMULATED)) {
            var run = ((Creation.Created) agent.create(ATTEMPT, Assignment.of(prompt))).runId();
            return agent.await(run, LONG, progress -> {});
        }
    }

    @Test
    void a_run_pushes_a_branch_on_top_of_the_one_that_the_prompt_names_and_reports_a_pull_request() throws Exception {
        assertThat(QueryReader.read(prompt()).remote())
                .contains(new Delivery.OnRemote(folder.resolve("bare.git").toString(), BASE));
        try (var server = server(Map.of())) {
            var outcome = (Outcome.Succeeded) run(server, prompt());

            assertThat(outcome.branches())
                    .containsExactly(new AgentBranch(
                            Optional.of("simulated/plan/FR-1/1-1"),
                            Optional.of(server.baseUrl() + "/simulator/pull/1")));
            assertThat(AnswerReader.read(outcome.answer(), Map.of()))
                    .isInstanceOfSatisfying(
                            AnswerReading.Answer.class,
                            answer -> assertThat(answer.changes()).isEmpty());
            assertThat(bare.text("rev-parse", "simulated/plan/FR-1/1-1~1")).isEqualTo(bare.text("rev-parse", "main"));
            assertThat(bare.text("ls-tree", "-r", "--name-only", "simulated/plan/FR-1/1-1"))
                    .isEqualTo("docs/notes/note-FR-1.md");
        }
    }

    @Test
    void after_a_restart_a_run_that_was_not_pushed_is() throws Exception {
        var data = Files.createDirectories(folder.resolve("data")).toString();
        try (var first = server(Map.of("data-dir", data, "needs-input-rate", "1"))) {
            assertThat(run(first, prompt())).isInstanceOf(Outcome.NeedsInput.class);
            assertThat(bare.text("for-each-ref", "refs/heads/simulated")).isEmpty();
        }
        try (var second = server(Map.of("data-dir", data));
                var agent =
                        new CodegenAgent(CodegenSettings.of(Optional.of("1"), Optional.of(new Secret(second.token())))
                                .at("simulated", second.baseUrl(), ""))) {
            agent.resume("1", "yes");
            assertThat(((Outcome.Succeeded) agent.await("1", LONG, progress -> {})).branches())
                    .hasSize(1);
        }
        try (var third = server(Map.of("data-dir", data));
                var agent =
                        new CodegenAgent(CodegenSettings.of(Optional.of("1"), Optional.of(new Secret(third.token())))
                                .at("simulated", third.baseUrl(), ""))) {
            assertThat(((Outcome.Succeeded) agent.await("1", LONG, progress -> {})).branches())
                    .hasSize(1);
        }
    }

    @Test
    void a_run_may_stray_and_one_without_a_repository_fails() throws Exception {
        try (var server = server(Map.of("stray-base-rate", "1"))) {
            assertThat(((Outcome.Succeeded) run(server, prompt())).branches()).hasSize(1);
            assertThat(bare.run(List.of("merge-base", "main", "simulated/plan/FR-1/1-1"), new byte[0])
                            .code())
                    .isEqualTo(1);
        }
        try (var server = server(Map.of())) {
            assertThat(run(server, prompt().replace("bare.git", "none.git")))
                    .isInstanceOfSatisfying(
                            Outcome.TaskFailed.class,
                            failed -> assertThat(failed.reason()).contains("none.git"));
        }
    }
}
