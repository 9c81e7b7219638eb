package io.taskweaver.cli.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What all commands that run nothing have in common: where they read and where they write. */
class OfflineCommandsTest {
    private static final String DOCUMENT = """
            # Shop

            - Users shall be able to order books
            - Users shall be able to cancel orders
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    Path folder;

    @Test
    void a_document_may_be_named_as_parameter_or_option_or_piped_in() throws IOException {
        var file =
                Files.writeString(folder.resolve("REQUIREMENTS.md"), DOCUMENT).toString();

        var parameter = Typed.command("plan", file);
        var option = Typed.command("plan", "--input-file", file);
        var piped = Typed.piped(DOCUMENT, "plan");
        var dash = Typed.piped(DOCUMENT, "plan", "-");

        assertThat(parameter.exitCode()).as(parameter.err()).isEqualTo(ExitCode.DONE);
        assertThat(parameter.out()).contains("Order books", "Cancel orders");
        assertThat(option).isEqualTo(parameter);
        assertThat(piped.out()).contains("Order books", "standard input");
        assertThat(dash).isEqualTo(piped);
    }

    @Test
    void what_comes_out_goes_to_a_file_if_one_is_named() throws IOException {
        var file = folder.resolve("new/folder/plan.json");

        var typed = Typed.piped(DOCUMENT, "plan", "--json", "--output-file", file.toString());

        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
        assertThat(typed.out()).isEmpty();
        assertThat(new ObjectMapper().readTree(file.toFile()).get("title").asText())
                .isEqualTo("Shop");
    }

    @Test
    void a_file_that_can_not_be_written_is_named_with_a_way_out() throws IOException {
        var inTheWay = Files.writeString(folder.resolve("file"), "");

        var typed = Typed.piped(
                DOCUMENT, "plan", "--output-file", inTheWay.resolve("plan.md").toString());

        assertThat(typed.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err()).startsWith("error: ").contains("is a file, not a folder", "--output-file");
    }

    @Test
    void a_piped_document_without_requirements_is_refused_with_its_place() {
        var typed = Typed.piped("", "plan");

        assertThat(typed.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(typed.err()).contains("standard input:1", "is empty");
    }

    @Test
    void notes_become_a_document_with_ids_that_can_be_planned() {
        var written = Typed.piped(DOCUMENT, "create-requirements");

        assertThat(written.exitCode()).as(written.err()).isEqualTo(ExitCode.DONE);
        assertThat(written.out()).startsWith("# Shop\n").contains("**FR-001**", "**FR-002**");
        assertThat(Typed.piped(written.out(), "plan").out()).contains("`FR-001`", "`FR-002`");
    }

    @Test
    void an_empty_page_to_fill_in_needs_no_input() {
        assertThat(Typed.command("create-requirements", "--skeleton", "Shop").out())
                .startsWith("# Shop\n")
                .contains("## Non-goals");
    }

    @Test
    void shells_complete_every_command() {
        var script = Typed.command("generate-completion");

        assertThat(script.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(script.out()).contains("complete -F", "create-requirements", "--output-file");
    }
}
