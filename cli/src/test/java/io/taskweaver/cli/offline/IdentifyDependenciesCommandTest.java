package io.taskweaver.cli.offline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.Typed;
import org.junit.jupiter.api.Test;

class IdentifyDependenciesCommandTest {
    private static final String DOCUMENT = """
            # Shop

            ## Tasks

            - **T-1**: Create the products table schema: define `products_table`
            - **T-2**: Search products by reading `products_table`
            - **T-3**: Print labels (depends on T-2)
            """;

    @Test
    void stated_needs_and_possible_ones_come_with_the_words_that_speak_for_them() {
        var typed = Typed.piped(DOCUMENT, "identify-dependencies");

        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(ExitCode.DONE);
        assertThat(typed.out())
                .contains("needs T-2 (result, explicit, 1.00): depends on T-2")
                .contains("may need T-1 (result, words,")
                .contains("products_table");
    }

    @Test
    void programs_get_the_same_as_json() throws JsonProcessingException {
        var typed = Typed.piped(DOCUMENT, "identify-dependencies", "--json");

        var edges = new ObjectMapper().readTree(typed.out()).get("dependencies");
        assertThat(edges)
                .anyMatch(edge -> edge.get("task").asText().equals("T-3")
                        && edge.get("on").asText().equals("T-2")
                        && edge.get("reason").asText().equals("explicit")
                        && edge.get("planned").asBoolean()
                        && edge.get("confidence").asDouble() == 1)
                .anyMatch(edge -> edge.get("task").asText().equals("T-2")
                        && edge.get("on").asText().equals("T-1")
                        && !edge.get("planned").asBoolean());
    }
}
