package io.taskweaver.agents.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.agents.DescribedAgents;
import io.taskweaver.agents.SpecFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandFilesTest {
    @TempDir
    Path folder;

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private DescribedAgents commands() {
        return new DescribedAgents(Optional.of(folder));
    }

    private static java.util.List<String> arguments(CommandSpec spec) {
        var values = new java.util.HashMap<>(spec.values());
        values.putAll(
                Map.of("prompt", "P", "prompt-file", "/p", "folder", "/w", "plan", "p", "task", "t", "attempt", "1"));
        return new CommandPlaceholders(values).arguments(spec);
    }

    @Test
    void the_programs_own_agents_are_all_readable_and_say_what_they_are() {
        var commands = new DescribedAgents(Optional.empty());
        assertThat(commands.names())
                .contains("aider", "claude", "codex", "copilot", "cursor", "gemini", "opencode", "openhands");
        assertThat(commands.known(Map.of("PATH", "/nowhere"))).allSatisfy(agent -> {
            assertThat(agent.about()).isNotBlank();
            assertThat(agent.ready()).isEmpty();
        });
    }

    @Test
    void arguments_whose_values_are_not_set_are_left_out() {
        var spec = new CommandFiles(new SpecFiles(CommandFiles.presets(), Optional.empty())).spec("codex");
        assertThat(arguments(spec))
                .containsExactly("codex", "exec", "--json", "--sandbox", "workspace-write", "--cd", "/w", "-");
    }

    @Test
    void a_file_of_the_same_name_extends_what_the_program_has() throws Exception {
        write("codex.yaml", "extend: codex\nvalues: { model: o9 }\nstall: 1m\n");
        var spec = new CommandFiles(new SpecFiles(CommandFiles.presets(), Optional.of(folder))).spec("codex");
        assertThat(arguments(spec)).contains("--model", "o9");
        assertThat(spec.stall()).hasMinutes(1);
        assertThat(spec.output().format()).isEqualTo(CommandSpec.Format.JSONL);
    }

    @Test
    void an_agent_can_be_there_twice_with_other_values() throws Exception {
        write("codex-small.yaml", "extend: codex\nvalues: { model: mini }\n");
        assertThat(commands().names()).contains("codex", "codex-small");
    }

    @Test
    void what_is_wrong_is_said_with_the_file_the_line_and_what_is_known() throws Exception {
        write("mine.yaml", "command: [x]\nstdinn: '{prompt}'\n");
        assertThatThrownBy(this::commands).hasMessageContainingAll("mine.yaml", "line 2", "stdinn", "stdin");
        write("mine.yaml", "command: [x, '{promt}']\n");
        assertThatThrownBy(this::commands).hasMessageContainingAll("mine.yaml", "{promt}", "prompt-file", "values");
        write("mine.yaml", "extend: cladue\n");
        assertThatThrownBy(this::commands).hasMessageContainingAll("mine.yaml", "cladue", "claude");
        write("mine.yaml", "about: nothing to run\n");
        assertThatThrownBy(this::commands).hasMessageContainingAll("mine.yaml", "'command'");
        write("mine.yaml", "command: [x]\noutput: { format: xml }\n");
        assertThatThrownBy(this::commands).hasMessageContainingAll("mine.yaml", "line 2", "xml", "JSONL");
        write("mine.yaml", "command: [x]\noutput: { answer: result }\n");
        assertThatThrownBy(this::commands).hasMessageContainingAll("mine.yaml", "'result' is not a JSON Pointer");
        write("mine.yaml", "command: [x]\nstall: soon\n");
        assertThatThrownBy(this::commands).hasMessageContainingAll("mine.yaml", "stall", "soon");
        write("mine.yaml", "command: [x\n");
        assertThatThrownBy(this::commands).hasMessageContainingAll("mine.yaml", "line");
        write("mine.yaml", "");
        assertThatThrownBy(this::commands).hasMessageContainingAll("mine.yaml");
    }

    @Test
    void a_name_that_no_agent_can_have_and_a_folder_that_is_not_there_are_refused() throws Exception {
        write("My Agent.yaml", "command: [x]\n");
        assertThatThrownBy(this::commands).hasMessageContainingAll("My Agent.yaml", "lower-case letters");
        assertThatThrownBy(() -> new DescribedAgents(Optional.of(folder.resolve("none"))))
                .hasMessageContaining("none");
    }

    @Test
    void two_braces_stand_for_one() {
        assertThat(new CommandPlaceholders(Map.of("x", "1")).fill("{{\"a\": {x}}}"))
                .hasValue("{\"a\": 1}");
    }
}
