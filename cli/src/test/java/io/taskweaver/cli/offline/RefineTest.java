package io.taskweaver.cli.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskweaver.agents.simulated.SimulatedCodegenServer;
import io.taskweaver.agents.simulated.SimulatorSettings;
import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefineTest {
    private static final SimulatorSettings QUICK = SimulatorSettings.DEFAULT.lasting(Duration.ZERO, Duration.ZERO);

    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    Path folder;

    private String document = "";

    @BeforeEach
    void write() throws IOException {
        document = Files.writeString(folder.resolve("REQUIREMENTS.md"), """
                        # Shop

                        ## Requirements
                        - FR-001: The system shall store customers with name and address
                        - FR-002: The system shall list customers (depends on FR-001)
                        - FR-003: The system shall send invoices to customers by mail
                        - FR-004: The system shall print address labels of customers

                        ## From the workshop

                        - Colours that fit the brand
                        """).toString();
    }

    @Test
    void each_answer_that_changes_the_plan_is_told_and_made() throws IOException {
        var typed = Typed.command("plan", document, "--refine", "--json");

        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
        assertThat(typed.err())
                .contains("changed: FR-003 does not need FR-001 (simulated).", "@@ needs @@", "-FR-003 needs FR-001");
        var before = new ObjectMapper()
                .readTree(Typed.command("plan", document, "--json").out());
        var after = new ObjectMapper().readTree(typed.out());
        assertThat(after.path("tasks").size()).isEqualTo(before.path("tasks").size());
        var refinement = after.path("refinement");
        assertThat(refinement.path("by").asText()).isEqualTo("simulated");
        assertThat(refinement.path("asked").path("needs").asInt()).isPositive();
        assertThat(refinement.path("changed").size()).isEqualTo(1);
        assertThat(refinement.path("diff").path("removed_needs").size()).isEqualTo(1);
        assertThat(before.has("refinement")).isFalse();
        assertThat(Typed.command("plan", document, "--refine", "--json")).isEqualTo(typed);
    }

    @Test
    void nothing_is_asked_where_nothing_is_unsure() throws IOException {
        var sure = Files.writeString(
                        folder.resolve("sure.md"), "- FR-001: Store customers\n- FR-002: Print (depends on FR-001)\n")
                .toString();
        var typed = Typed.command(agent("exit 1"), "plan", sure, "--refine", "--agent", "recorded");

        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
        assertThat(typed.err()).contains("Nothing in the plan is unsure: no agent was asked.");
        assertThat(typed.out()).isEqualTo(Typed.command("plan", sure).out());
    }

    @Test
    void a_command_that_prints_a_recorded_answer_is_agent_enough() throws IOException {
        var recorded = Files.writeString(folder.resolve("recorded.txt"), """
                I looked at it.

                ```json
                {"statements": [{"source": "%1$s:11", "is": "work", "title": "Apply the colours of the brand", "because": "asks for \\u001b[31mcode"}],
                 "needs": [{"task": "FR-003", "on": "FR-001", "verdict": "not-needed", "source": ["%1$s:6"], "because": "a word"},
                           {"task": "FR-002", "on": "FR-001", "verdict": "not-needed", "source": ["%1$s:5"], "because": "no"},
                           {"task": "FR-003", "on": "FR-001", "verdict": "maybe", "source": ["%1$s:6"], "because": "no"}]}
                ```
                """.formatted(document));
        var environment = described("[cat, " + recorded + "]");
        var typed = Typed.command(environment, "plan", document, "--refine", "--agent", "recorded");

        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
        assertThat(typed.err())
                .contains("+++ plan refined by recorded", "-FR-003 needs FR-001", "Apply the colours of the brand")
                .contains("refused: FR-002 does not need FR-001 (no). Whether FR-002 needs FR-001 was not asked.")
                .contains("Left out: $.needs[2].verdict")
                .doesNotContain("\u001b");
        assertThat(typed.out()).contains("The plan was refined by recorded, whose rulings on 1 statement hold.");
        assertThat(Typed.command(environment, "plan", document, "--refine", "--agent", "recorded"))
                .isEqualTo(typed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "echo I cannot do that.",
                "echo '{\"needs\": ['",
                "echo '{\"changes\": []}'",
                "head -c 10000000 /dev/zero | tr '\\0' '['",
                "yes '{\"needs\": [' | head -c 900000",
                "head -c 100000 /dev/urandom",
                "echo '{\"needs\": []}'; exit 3",
                "kill -9 $$"
            })
    void an_agent_that_behaves_badly_leaves_the_plan_of_the_rules(String command) throws IOException {
        var typed = Typed.command(agent(command), "plan", document, "--refine", "--agent", "recorded");

        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
        assertThat(typed.err()).contains("The plan was not refined and is unchanged: ");
        assertThat(typed.out()).isEqualTo(Typed.command("plan", document).out());
    }

    /** An agent 'recorded' that runs a shell command. */
    private Map<String, String> agent(String command) throws IOException {
        return described(
                "[sh, -c, '" + command.replace("'", "''").replace("{", "{{").replace("}", "}}") + "']");
    }

    private Map<String, String> described(String command) throws IOException {
        var agents = Files.createDirectories(folder.resolve("agents"));
        Files.writeString(agents.resolve("recorded.yaml"), "command: " + command + "\n");
        return Map.of("TASKWEAVER_EXECUTOR_AGENTS", agents.toString(), "PATH", System.getenv("PATH"));
    }

    @Test
    void an_agent_that_does_not_exist_is_refused() {
        var refined = Typed.command("plan", document, "--refine", "--agent", "nobody");

        assertThat(refined.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(refined.err()).contains("There is no agent 'nobody'", "taskweaver agents");
    }

    @Test
    void an_agent_that_fails_leaves_the_plan_as_it_was() throws IOException {
        var failing = QUICK.with(new SimulatorSettings.Rates(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        try (var server = SimulatedCodegenServer.start(failing)) {
            var refined = Typed.command(codegenAt(server), "plan", document, "--refine");

            assertThat(refined.out()).isEqualTo(Typed.command("plan", document).out());
            assertThat(refined.err()).contains("is unchanged");
        }
    }

    @Test
    void the_agent_is_asked_once_for_the_same_plan() throws IOException {
        try (var server = SimulatedCodegenServer.start(QUICK)) {
            var first = Typed.command(codegenAt(server), "plan", document, "--refine");
            var second = Typed.command(codegenAt(server), "plan", document, "--refine");

            assertThat(first.err()).contains("changed: ");
            assertThat(second).isEqualTo(first);
            assertThat(server.creations().values()).containsExactly(1);
        }
    }

    @Test
    void what_is_run_refined_is_another_plan_than_without() throws IOException {
        var out = folder.resolve("out");
        var typed = Typed.command("run", document, "--plan-only", "--refine", "--out", out.toString());

        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
        assertThat(typed.out() + typed.err()).contains("changed: FR-003 does not need FR-001");
        var plan = new ObjectMapper().readTree(out.resolve("plan.json").toFile());
        assertThat(plan.path("plan").asText()).endsWith("-refined");
        assertThat(plan.toString()).contains("FR-003 does not wait for FR-001", "refined by simulated");
    }

    private static Map<String, String> codegenAt(SimulatedCodegenServer server) {
        var environment = new HashMap<String, String>();
        environment.put("CODEGEN_ORG_ID", QUICK.organization());
        environment.put("CODEGEN_API_TOKEN", QUICK.token());
        environment.put("TASKWEAVER_AGENT_CODEGEN_BASE_URL", server.baseUrl().toString());
        return environment;
    }
}
