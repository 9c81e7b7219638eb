package io.taskweaver.agents.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailingLinesTest {
    @TempDir
    Path folder;

    private FailingLines lines(String output) throws IOException {
        var file = folder.resolve("output");
        Files.write(file, output.getBytes(StandardCharsets.ISO_8859_1));
        return FailingLines.of(List.of(file), Path.of("/work/123"), UnaryOperator.identity());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not ok 3 - adds numbers | not ok 7 - adds numbers",
                "--- FAIL: TestAdd (0.02s) | --- FAIL: TestAdd (1.7s)",
                "FAILED tests/test_a.py::test_add - assert 1 == 2 | FAILED tests/test_a.py::test_add - assert 1 == 2",
                "  1) adds: AssertionError | 2) adds: AssertionError",
                "[ERROR] ATest.adds:12 expected | [ERROR] ATest.adds:19 expected",
                "/work/123/src/a.c:3:5: error: x undeclared | /work/123/src/a.c:9:1: error: x undeclared",
                "Tests run: 9, Failures: 1 | Tests run: 10, Failures: 2",
                "2026-11-30T10:00:01 ERROR no host | 2026-12-01T11:12:13 ERROR no host",
            })
    void a_failure_is_the_same_whenever_it_is_printed(String once, String again) throws IOException {
        assertThat(lines(once).failures()).hasSize(1).isEqualTo(lines(again).failures());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not ok 3 - adds numbers | not ok 3 - adds words",
                "FAILED tests/test_a.py::test_add | FAILED tests/test_a.py::test_sub",
                "not ok 3 - case 1 | not ok 3 - case 2",
                "Tests run: 3, Failures: 0, Errors: 2 | Tests run: 3, Failures: 2, Errors: 0",
            })
    void other_failures_are_others(String one, String other) throws IOException {
        assertThat(lines(one).failures()).hasSize(1).isNotEqualTo(lines(other).failures());
    }

    @ParameterizedTest
    @CsvSource({
        "ok 1 - adds",
        "# fail 0",
        "0 failed",
        "'Tests run: 3, Failures: 0, Errors: 0'",
        "12 passing",
        "no errors",
    })
    void what_succeeds_is_no_failure(String line) throws IOException {
        assertThat(lines(line).failures()).isEmpty();
    }

    @Test
    void what_failed_early_is_shown_before_the_end_of_the_output() throws IOException {
        var failing = lines("not ok 1 - caf\u00e9\n" + "ok\n".repeat(100));

        assertThat(failing.with("ok\nok")).isEqualTo("not ok 1 - caf\uFFFD\n...\nok\nok");
        assertThat(failing.with("not ok 1 - caf\uFFFD")).isEqualTo("not ok 1 - caf\uFFFD");
    }
}
