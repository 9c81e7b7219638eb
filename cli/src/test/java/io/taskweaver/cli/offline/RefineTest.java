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

                        - FR-001: Users shall be able to order books
                        - FR-002: Users shall be able to cancel orders (depends on FR-001)
                        """).toString();
    }

    @Test
    void each_change_that_the_agent_proposes_is_told_and_made() throws IOException {
        var typed = Typed.command("plan", document, "--refine", "--json");

        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
        assertThat(typed.err()).contains("accepted: FR-001 gets the criterion: An automated test covers: ");
        var before = new ObjectMapper()
                .readTree(Typed.command("plan", document, "--json").out());
        var after = new ObjectMapper().readTree(typed.out());
        assertThat(after.path("tasks").size()).isEqualTo(before.path("tasks").size());
        assertThat(typed.out()).contains("An automated test covers: ");
        assertThat(Typed.command("plan", document, "--refine", "--json")).isEqualTo(typed);
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

            assertThat(first.err()).contains("accepted: ");
            assertThat(second).isEqualTo(first);
            assertThat(server.creations().values()).containsExactly(1);
        }
    }

    @Test
    void what_is_run_refined_is_another_plan_than_without() throws IOException {
        var out = folder.resolve("out");
        var typed = Typed.command("run", document, "--plan-only", "--refine", "--out", out.toString());

        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
        assertThat(typed.out() + typed.err()).contains("accepted: FR-001");
        var plan = new ObjectMapper().readTree(out.resolve("plan.json").toFile());
        assertThat(plan.path("plan").asText()).endsWith("-refined");
        assertThat(plan.toString()).contains("An automated test covers: ");
    }

    private static Map<String, String> codegenAt(SimulatedCodegenServer server) {
        var environment = new HashMap<String, String>();
        environment.put("CODEGEN_ORG_ID", QUICK.organization());
        environment.put("CODEGEN_API_TOKEN", QUICK.token());
        environment.put("TASKWEAVER_AGENT_CODEGEN_BASE_URL", server.baseUrl().toString());
        return environment;
    }
}
