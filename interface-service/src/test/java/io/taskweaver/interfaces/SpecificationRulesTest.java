package io.taskweaver.interfaces;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.ComponentSpec;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SpecificationRulesTest {
    private static final SpecificationRules RULES = new SpecificationRules(3, 300);

    @Test
    void a_usual_specification_has_no_problem() {
        assertThat(RULES.problems(in("com.acme", "add", "remove", "balance"))).isEmpty();
    }

    static Stream<Arguments> problems() {
        return Stream.of(
                Arguments.of(named("  "), "The component has no name."),
                Arguments.of(named("x".repeat(201)), "has 201 characters"),
                Arguments.of(in("no package", "add"), "'no package' is not a Java package name"),
                Arguments.of(in("com.acme", "a", "b", "c", "d"), "has 4 operations"),
                Arguments.of(in("com.acme", "class"), "'class' is not a valid operation name"),
                Arguments.of(in("com.acme", "a.b"), "'a.b' is not a valid operation name"),
                Arguments.of(in("com.acme", ""), "'' is not a valid operation name"),
                Arguments.of(in("com.acme", "a".repeat(200)), "bytes of text"));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void a_broken_rule_is_named(ComponentSpec spec, String problem) {
        assertThat(RULES.problems(spec)).singleElement().asString().contains(problem);
    }

    private static ComponentSpec named(String name) {
        return Samples.component(name, "add");
    }

    private static ComponentSpec in(String basePackage, String... operations) {
        var spec = Samples.component("Ledger", operations);
        return new ComponentSpec(
                spec.node(), spec.name(), spec.description(), basePackage, spec.operations(), spec.consumers());
    }
}
