package io.taskweaver.requirements.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.SourceSpan;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DependencesTest {
    private static final SourceSpan HERE = new SourceSpan("d.md", 1, 1);

    static Stream<Arguments> statements() {
        return Stream.of(
                Arguments.of("Build it (depends on 3 & 4)", List.of(number(3), number(4))),
                Arguments.of("Build it, depends on FR-1, FR-2 and FR-3.", List.of(id("FR-1"), id("FR-2"), id("FR-3"))),
                Arguments.of("T014 Service (depends on T010-T012)", List.of(new Reference.Range("T010", "T012"))),
                Arguments.of("Needs FR-001 to FR-005", List.of(new Reference.Range("FR-001", "FR-005"))),
                Arguments.of("Runs after OR-2", List.of(id("OR-2"))),
                Arguments.of("Blocked by: task 7", List.of(new Reference.Ordinal("TASK", 7))),
                Arguments.of("requires Requirement 3", List.of(new Reference.Ordinal("REQ", 3))),
                Arguments.of("depends on 2-4", List.of(number(2), number(3), number(4))),
                Arguments.of("depends on the payment service", List.of(new Reference.Name("the payment service"))),
                Arguments.of("after \"Show products\"", List.of(new Reference.Name("Show products"))));
    }

    @ParameterizedTest
    @MethodSource("statements")
    void statements_are_understood(String text, List<Reference> references) {
        assertThat(Dependences.in(text, HERE))
                .singleElement()
                .satisfies(found -> assertThat(found.references()).isEqualTo(references));
    }

    @Test
    void words_that_name_nothing_are_no_dependencies() {
        assertThat(Dependences.in("It requires a password after 30 days and needs 3 replicas", HERE))
                .isEmpty();
        assertThat(Dependences.in("It does not depend on FR-3", HERE)).isEmpty();
        assertThat(Dependences.in("do not dispatch until its dependencies are complete", HERE))
                .isEmpty();
        assertThat(Dependences.in("requires UTF-8", HERE)).isEmpty();
    }

    @Test
    void a_cell_lists_what_it_depends_on() {
        assertThat(Dependences.listed("None", HERE)).isEmpty();
        assertThat(Dependences.listed("—", HERE)).isEmpty();
        assertThat(Dependences.listed("FR-1; FR-2", HERE).orElseThrow().references())
                .containsExactly(id("FR-1"), id("FR-2"));
        assertThat(Dependences.listed("base-types, error handling", HERE)
                        .orElseThrow()
                        .references())
                .containsExactly(new Reference.Name("base-types"), new Reference.Name("error handling"));
    }

    private static Reference id(String id) {
        return new Reference.Id(id);
    }

    private static Reference number(int number) {
        return new Reference.Ordinal("", number);
    }
}
