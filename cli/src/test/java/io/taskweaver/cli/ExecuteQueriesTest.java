package io.taskweaver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecuteQueriesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    Path folder;

    private String queries = "";

    @BeforeEach
    void write() throws IOException {
        var document = Files.writeString(
                folder.resolve("REQUIREMENTS.md"),
                "# Shop\n\n- FR-1: Users shall be able to order books\n- FR-2: Users shall be able to cancel orders\n");
        queries = folder.resolve("queries.json").toString();
        var made = Typed.command("generate-queries", document.toString(), "--json", "--output-file", queries);
        assertThat(made.exitCode()).as(made.err()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void generated_prompts_are_run_and_their_answers_written() throws IOException {
        var output = folder.resolve("results.json");
        var typed = Typed.command(
                "execute-queries", "--input-file", queries, "--output-file", output.toString(), "--concurrent");
        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
        assertThat(typed.err()).contains("using the simulated agent", "2 of 2 completed");
        var results = new ObjectMapper().readTree(output.toFile()).path("results");
        assertThat(results).hasSize(2).allSatisfy(result -> {
            assertThat(result.path("status").asText()).isEqualTo("completed");
            assertThat(result.path("answer").asText()).isNotBlank();
        });

        var again = Typed.command("execute-queries", "--input-file", queries, "--output-file", output.toString());
        assertThat(again.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(again.err()).as("nothing runs twice").doesNotContain("started");
    }

    @Test
    void without_an_output_file_the_results_are_printed() throws IOException {
        var typed = Typed.command("execute-queries", "--input-file", queries, "--agent", "simulated");
        assertThat(new ObjectMapper().readTree(typed.out()).path("results")).hasSize(2);
    }

    @Test
    void bad_inputs_are_refused_with_what_to_do() throws IOException {
        var none = Files.writeString(folder.resolve("none.json"), "{}").toString();
        for (var wrong : List.of(
                List.of("--input-file", none),
                List.of("--input-file", "missing.json"),
                List.of("--input-file", queries, "--output-file", queries),
                List.of("--input-file", queries, "--concurrent", "0"),
                List.of("--input-file", queries, "--token-file", "missing"),
                List.of("--input-file", queries, "--agent", "nobody"),
                List.<String>of(),
                List.of("-"))) {
            var arguments = new java.util.ArrayList<>(List.of("execute-queries"));
            arguments.addAll(wrong);
            var typed = Typed.command(arguments.toArray(String[]::new));
            assertThat(typed.exitCode()).as(wrong + typed.err()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(typed.err()).startsWith("error: ");
        }
        var lacking = Typed.command("execute-queries", "--input-file", queries, "--agent", "codegen", "--org-id", "7");
        assertThat(lacking.exitCode()).isEqualTo(ExitCode.CREDENTIALS);
        assertThat(lacking.err()).contains("CODEGEN_API_TOKEN is not set");
    }
}
