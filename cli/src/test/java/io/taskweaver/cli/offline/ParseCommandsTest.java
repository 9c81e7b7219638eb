package io.taskweaver.cli.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.Typed;
import org.junit.jupiter.api.Test;

class ParseCommandsTest {
    private static final String DOCUMENT = """
            # Shop
            It sells books.
            ## Requirements
            - FR-1: Sell books
              - a receipt is printed
            ## Non-Goals
            - No returns
            """;

    @Test
    void requirements_are_printed_with_criteria_and_boundaries() {
        var typed = Typed.piped(DOCUMENT, "parse-requirements");

        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
        assertThat(typed.out()).contains("1 task", "FR-1  Sell books", "- a receipt is printed", "- No returns");
    }

    @Test
    void every_line_is_explained() {
        var typed = Typed.piped(DOCUMENT, "parse-requirements", "--explain");

        assertThat(typed.out().lines()).hasSize(1 + 8 + 1);
        assertThat(typed.out())
                .containsPattern("2  prose +does not state a requirement")
                .containsPattern("4  task +FR-1")
                .containsPattern("5  criterion +FR-1")
                .containsPattern("7  boundary +No returns")
                .contains("8 lines: ");
    }

    @Test
    void the_explanation_needs_no_plan() {
        var typed = Typed.piped("# X\n- FR-1: one (depends on FR-9)\n", "parse-requirements", "--explain");

        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
        assertThat(typed.out()).containsPattern("2  task +FR-1");
    }

    @Test
    void programs_get_tasks_and_lines() throws JsonProcessingException {
        var typed = Typed.piped(DOCUMENT, "parse-requirements", "--json", "--explain");
        var json = new ObjectMapper().readTree(typed.out());

        assertThat(json.path("tasks"))
                .anySatisfy(task -> assertThat(task.path("id").asText()).isEqualTo("FR-1"));
        assertThat(json.path("lines")).hasSize(8);
        assertThat(json.path("lines").get(4).path("use").asText()).isEqualTo("criterion");
        assertThat(json.path("lines").get(1).path("reason").asText()).startsWith("does not state a requirement");
    }

    @Test
    void a_structure_is_printed_and_explained() throws JsonProcessingException {
        var structure = "## Components\n- Store: keeps things\n- Api: answers\n## Dependencies\n- Api -> Store\n";

        assertThat(Typed.piped(structure, "parse-structure").out())
                .contains("2 components", "Store: keeps things", "Api -> Store");
        assertThat(Typed.piped(structure, "parse-structure", "--explain").out())
                .containsPattern("2  component +Store")
                .containsPattern("5  dependency +Api uses Store");
        var json = new ObjectMapper()
                .readTree(Typed.piped(structure, "parse-structure", "--json").out());
        assertThat(json.path("components")).hasSize(2);
        assertThat(json.path("dependencies").get(0).path("to").asText()).isEqualTo("Store");
    }
}
