package io.taskweaver.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which names are suggested for a mistyped one. */
class SimilarNamesTest {
    private static final List<String> KNOWN =
            List.of("run", "up", "plan", "watch", "status", "resume", "retry", "create-structure", "export", "import");

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "rnu, run",
        "wacth, watch",
        "statsu, status",
        "pln, plan",
        "exmport, export import",
        "creat-strucure, create-structure",
        "uninstall, ''",
        "ls, ''",
        "list, ''",
        "graph, ''",
        "resumption, ''"
    })
    void only_close_names_are_suggested_the_closest_first(String typed, String expected) {
        assertThat(String.join(" ", SimilarNames.to(typed, KNOWN))).isEqualTo(expected);
    }
}
