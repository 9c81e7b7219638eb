package io.taskweaver.agents.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.agents.Agents;
import io.taskweaver.agents.Assignment;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Lookup;
import io.taskweaver.agents.Outcome;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorProcessTest {
    private static final String TOKEN = "of-this-test";

    @TempDir
    Path folder;

    /** A simulator in a process of its own. */
    private record Running(Process process, String url) implements AutoCloseable {
        CodingAgent agent() {
            return new Agents(Map.of("simulated.base-url", url, "simulated.token", TOKEN)).agent(Agents.SIMULATED);
        }

        @Override
        public void close() throws InterruptedException {
            process.destroyForcibly().waitFor(); // as kill -9 does
        }
    }

    private static Running start(String... flags) throws Exception {
        return start(List.of(), flags);
    }

    private static Running start(List<String> java, String... flags) throws Exception {
        return start(TOKEN, java, flags);
    }

    private static Running start(String token, List<String> java, String... flags) throws Exception {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(java);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), SimulatorMain.class.getName()));
        command.addAll(List.of(flags));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TASKWEAVER_SIMULATOR_TOKEN", token);
        var process = builder.start();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        var seen = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("simulated agent: ")) return new Running(process, line.substring(17));
            seen.append(line).append('\n');
        }
        throw new AssertionError("it ended with " + process.waitFor() + ": " + seen);
    }

    @Test
    void a_simulator_that_is_killed_forgets_nothing_and_its_runs_go_on() throws Exception {
        var attempt = new Attempt("plan", "FR-1", 1);
        String[] flags = {"--data-dir", folder.toString(), "--min-duration=500ms", "--max-duration=500ms"};
        Creation creation;
        try (var before = start(flags);
                var agent = before.agent()) {
            creation = agent.create(attempt, Assignment.of("prompt"));
        }

        try (var after = start(flags);
                var agent = after.agent()) {
            assertThat(creation).isInstanceOf(Creation.Created.class);
            String run = ((Creation.Created) creation).runId();
            assertThat(agent.find(attempt)).isEqualTo(new Lookup.Found(run));
            assertThat(agent.await(run, Duration.ofSeconds(30), progress -> {})).isInstanceOf(Outcome.Succeeded.class);
        }
    }

    /** Without this module a JDK is what a JRE is. */
    @Test
    void a_java_without_a_compiler_is_refused_at_the_start() {
        assertThatThrownBy(() -> start(List.of("--limit-modules=java.se")))
                .hasMessageContainingAll("ended with 1", "has no compiler", "Use a JDK");
    }

    @Test
    void a_wrong_flag_ends_it_with_what_is_known() {
        assertThatThrownBy(() -> start("--failure-rte", "1"))
                .hasMessageContainingAll("ended with 2", "failure-rte", "failure-rate");
        assertThatThrownBy(() -> start("--failure-rate", "often"))
                .hasMessageContainingAll("ended with 2", "failure-rate", "often");
    }

    @Test
    void it_does_not_start_without_a_token_and_takes_none_from_its_command_line() {
        assertThatThrownBy(() -> start("", List.of()))
                .hasMessageContainingAll("ended with 2", "TASKWEAVER_SIMULATOR_TOKEN");
        assertThatThrownBy(() -> start("--token", "x"))
                .hasMessageContainingAll("ended with 2", "TASKWEAVER_SIMULATOR_TOKEN");
        assertThatThrownBy(() -> start("--token=x"))
                .hasMessageContainingAll("ended with 2", "TASKWEAVER_SIMULATOR_TOKEN");
    }

    @Test
    void flags_win_over_the_environment() {
        Map<String, String> values = SimulatorMain.values(
                new String[] {"--seed", "5", "--flush", "--port=0"},
                Map.of("TASKWEAVER_SIMULATOR_SEED", "4", "TASKWEAVER_SIMULATOR_DATA_DIR", "there", "PATH", "/bin"));

        assertThat(values).isEqualTo(Map.of("seed", "5", "data-dir", "there", "flush", "true", "port", "0"));
    }

    @Test
    void it_listens_on_this_machine_only_unless_it_is_told_otherwise() {
        assertThat(SimulatorSettings.DEFAULT.host().isLoopbackAddress()).isTrue();
        assertThat(SimulatorSettings.from(Map.of("host", "0.0.0.0")).host().isAnyLocalAddress())
                .isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatorSettings.from(Map.of("host", "elsewhere")))
                .withMessageContaining("'elsewhere'");
    }
}
