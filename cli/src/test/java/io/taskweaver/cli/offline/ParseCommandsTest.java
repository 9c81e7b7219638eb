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
                .containsPattern("2  prose +likely +does not state a requirement")
                .containsPattern("4  task +certain +FR-1  \\(has an id\\)")
                .containsPattern("5  criterion +likely +FR-1")
                .containsPattern("7  boundary +likely +No returns")
                .contains("8 lines: ");
    }

    @Test
    void the_explanation_needs_no_plan() {
        var typed = Typed.piped("# X\n- FR-1: one (depends on FR-9)\n", "parse-requirements", "--explain");

        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
        assertThat(typed.out()).containsPattern("2  task +certain +FR-1");
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
        assertThat(json.path("lines").get(3).path("reason").asText()).isEqualTo("has an id");
        assertThat(json.path("lines").get(3).path("sureness").asText()).isEqualTo("certain");
    }

    @Test
    void what_only_stands_where_nothing_says_otherwise_is_unsure() {
        var typed = Typed.piped("# X\n\n- Sell books\n- Buy books\n", "parse-requirements", "--explain");

        assertThat(typed.out())
                .containsPattern("3  task +unsure +Sell books  \\(is listed where nothing says otherwise\\)");
    }

    @Test
    void every_line_of_a_list_of_tasks_is_explained_as_its_author_wrote_it() {
        var list = """
                # Tasks: Shop

                ## Phase 1: Setup

                - [x] T001 Create the project
                - [ ] T002 Sell books
                  with a receipt

                All of it in English.
                """;

        assertThat(Typed.piped(list, "parse-requirements", "--explain").out())
                .containsPattern("3  heading +certain +is a heading")
                .containsPattern("5  done task +certain +T001")
                .containsPattern("6  task +certain +T002")
                .containsPattern("7  detail +likely +T002")
                .containsPattern("9  prose +likely +states no task of the list")
                .contains("10 lines: ");
    }

    @Test
    void a_structure_is_printed_and_explained() throws JsonProcessingException {
        var structure = "## Components\n- Store: keeps things\n- Api: answers\n## Dependencies\n- Api -> Store\n";

        assertThat(Typed.piped(structure, "parse-structure").out())
                .contains("2 components", "Store: keeps things", "Api -> Store");
        assertThat(Typed.piped(structure, "parse-structure", "--explain").out())
                .containsPattern("2  component +likely +Store")
                .containsPattern("5  dependency +certain +Api uses Store");
        var json = new ObjectMapper()
                .readTree(Typed.piped(structure, "parse-structure", "--json").out());
        assertThat(json.path("components")).hasSize(2);
        assertThat(json.path("dependencies").get(0).path("to").asText()).isEqualTo("Store");
    }
}
