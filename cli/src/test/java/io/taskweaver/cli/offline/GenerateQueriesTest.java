package io.taskweaver.cli.offline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateQueriesTest {
    private static final String DOCUMENT = """
        # Shop

        ## Orders

        - **FR-001**: Users shall be able to order books.
        - **FR-002**: Users shall be able to cancel orders. Depends on: FR-001.
        """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    Path folder;

    @Test
    void every_task_gets_a_prompt_with_its_contract_and_those_who_build_on_it() {
        var typed = Typed.piped(DOCUMENT, "generate-queries");

        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
        assertThat(typed.out())
                .contains("<!-- FR-001, phase 1, ", "<!-- FR-002, phase 2, ", "public interface Orders")
                .contains("- FR-002: Cancel orders (", "> Users shall be able to order books.");
    }

    @Test
    void a_phase_or_a_task_can_be_chosen_and_what_is_not_there_is_refused() {
        assertThat(Typed.piped(DOCUMENT, "generate-queries", "--phase", "2").out())
                .contains("<!-- FR-002")
                .doesNotContain("<!-- FR-001");
        assertThat(Typed.piped(DOCUMENT, "generate-queries", "--task", "FR-001").out())
                .contains("<!-- FR-001")
                .doesNotContain("<!-- FR-002");

        var noPhase = Typed.piped(DOCUMENT, "generate-queries", "--phase", "3");
        var noTask = Typed.piped(DOCUMENT, "generate-queries", "--task", "FR-9");

        assertThat(noPhase.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(noPhase.err()).contains("The plan has no phase 3.", "1 to 2");
        assertThat(noTask.err()).contains("The plan has no task FR-9.", "FR-001, FR-002");
    }

    @Test
    void for_programs_there_is_one_object_with_queries() throws IOException {
        var typed = Typed.piped(DOCUMENT, "generate-queries", "--json", "--limit", "1200");

        var query = new ObjectMapper().readTree(typed.out()).get("queries").get(1);
        assertThat(query.get("task_id").asText()).isEqualTo("FR-002");
        assertThat(query.get("phase").asInt()).isEqualTo(2);
        assertThat(query.get("tokens").asInt()).isBetween(100, 3000);
        assertThat(query.get("prompt").asText())
                .contains("# Cancel orders", "## How to work")
                .doesNotContain("## Left out");
        assertThat(query.get("bytes").asInt())
                .isEqualTo(query.get("prompt").asText().getBytes(UTF_8).length)
                .isLessThanOrEqualTo(8_192);
        assertThat(query.get("standalone_prompt").asText())
                .contains("# Cancel orders", "## Left out", "## How to answer");
        assertThat(query.get("left_out").get(0).get("characters").asInt()).isPositive();
        assertThat(query.get("depends_on").toString()).contains("FR-001");
        assertThat(typed.err()).contains("FR-002: left out, because the limit is 1200 tokens: ");
    }

    @Test
    void what_has_no_room_in_a_prompt_is_a_file_beside_it_unless_all_is_wanted_in_it() throws IOException {
        var rows = new StringBuilder();
        for (int i = 0; i < 3; i++)
            rows.append("\n### Fields ")
                    .append(i)
                    .append(" of orders\n\n| Field | Meaning |\n|---|---|\n| field")
                    .append(i)
                    .append(" | ")
                    .append("a word ".repeat(600))
                    .append("|\n");

        Typed.piped(DOCUMENT + rows, "generate-queries", "--output-dir", folder.toString());
        var whole = Typed.piped(DOCUMENT + rows, "generate-queries", "--whole", "--task", "FR-001");

        var prompt = Files.readString(folder.resolve("phase-1/FR-001.md"));
        var beside = Files.readString(folder.resolve("phase-1/FR-001.context.md"));
        assertThat(prompt.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(8_192);
        assertThat(prompt)
                .contains("`.taskweaver/task.md`", "what the documents say about it")
                .doesNotContain("field2");
        assertThat(beside).contains("> | field2 |");
        assertThat(whole.out()).contains("> | field2 |", "## How to answer").doesNotContain(".taskweaver/task.md");
    }

    @Test
    void what_the_documents_say_about_a_task_outlives_that_its_plan_is_written_as_json() {
        var document = DOCUMENT
                + "\n## Glossary\n\n- **Book**: what a customer reads\n\n### Books\n\n| A | B |\n|---|---|\n| c | d |\n";
        var plan = Typed.piped(document, "plan", "--json").out();

        for (var input : new String[] {document, plan})
            assertThat(Typed.piped(input, "generate-queries", "--task", "FR-001")
                            .out())
                    .contains("- **Book**: what a customer reads", "- Stands in: Shop > Orders");
    }

    @Test
    void prompts_can_go_to_files_of_their_own() throws IOException {
        Typed.piped(DOCUMENT, "generate-queries", "--output-dir", folder.toString());

        assertThat(Files.readString(folder.resolve("phase-1/FR-001.md"))).startsWith("# Order books\n");
        assertThat(folder.resolve("phase-2/FR-002.md")).exists();
    }

    @Test
    void templates_can_be_printed_changed_and_used() throws IOException {
        var printed = Typed.command("generate-queries", "--print-templates", folder.toString());
        Files.writeString(folder.resolve("task.mustache"), "Only {{id}}.\n");

        var typed = Typed.piped(DOCUMENT, "generate-queries", "--task", "FR-001", "--templates", folder.toString());

        assertThat(printed.out()).contains("written: ", "task.mustache", "answer.mustache");
        assertThat(typed.out()).endsWith("-->\n\nOnly FR-001.\n\n");
        assertThat(Typed.command("generate-queries", "--print-templates", folder.toString())
                        .out())
                .contains("exists already: ");
    }

    @Test
    void a_faulty_template_is_told_with_its_line_before_anything_runs() throws IOException {
        Files.writeString(folder.resolve("task.mustache"), "# {{title}}\n{{titel}}\n");
        var document =
                Files.writeString(folder.resolve("REQUIREMENTS.md"), DOCUMENT).toString();

        for (var command : new String[] {"generate-queries", "run"}) {
            var typed = Typed.command(command, document, "--templates", folder.toString());

            assertThat(typed.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(typed.err())
                    .contains("task.mustache:2: there is no variable 'titel'; there are ", "description");
        }
        assertThat(Typed.command("run", document, "--templates", folder + "/nowhere")
                        .err())
                .contains("nowhere is not a folder", "--print-templates");
    }
}
