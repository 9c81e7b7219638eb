package io.taskweaver.contexts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileMergeTest {
    static Stream<Arguments> merges() {
        return Stream.of(
                row("nothing proposed keeps current", "a\n", "b\n", "a\n", "b\n"),
                row("nothing merged since takes the proposal", "a\n", "a\n", "b\n", "b\n"),
                row("both changed alike", "a\n", "b\n", "b\n", "b\n"),
                row("changes of different lines", "a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n"),
                row("lines added at different places", "a\nb\n", "0\na\nb\n", "a\nb\nc\n", "0\na\nb\nc\n"),
                row("a new file", null, null, "x", "x"),
                row("the same new file twice", null, "x", "x", "x"),
                row("a deletion of an unchanged file", "a", "a", null, null),
                row("a deletion by both", "a", null, null, null),
                row("a file emptied", "a\n", "a\n", "", ""),
                row("a file deleted that the task left alone", "a", null, "a", null),
                row("CRLF on both sides", "a\r\nb\r\nc\r\n", "A\r\nb\r\nc\r\n", "a\r\nb\r\nC\r\n", "A\r\nb\r\nC\r\n"),
                row(
                        "LF proposed for a CRLF file",
                        "a\r\nb\r\nc\r\n",
                        "A\r\nb\r\nc\r\n",
                        "a\nb\nC\n",
                        "A\r\nb\r\nC\r\n"),
                row("LF proposed for an unchanged CRLF file", "a\r\nb\r\n", "a\r\nb\r\n", "a\nc\n", "a\r\nc\r\n"),
                row("CRLF proposed for an LF file", "a\nb\nc\n", "A\nb\nc\n", "a\r\nb\r\nC\r\n", "A\nb\nC\n"),
                row("line endings alone changed", "a\r\nb\r\n", "a\r\nb\r\n", "a\nb\n", "a\nb\n"),
                row("no final newline anywhere", "a\nb\nc", "A\nb\nc", "a\nb\nC", "A\nb\nC"),
                row("a final newline added", "a\nb\nc", "A\nb\nc", "a\nb\nc\n", "A\nb\nc\n"),
                row("a final newline taken away", "a\nb\nc\n", "A\nb\nc\n", "a\nb\nc", "A\nb\nc"),
                row("a line after an unterminated one", "a\nb\nc", "a\nb\nc\nd", "A\nb\nc", "A\nb\nc\nd"),
                row("an unterminated CRLF file", "a\r\nb\r\nc", "a\r\nb\r\nc\r\nd", "A\r\nb\r\nc", "A\r\nb\r\nc\r\nd"));
    }

    static Stream<Arguments> clashes() {
        return Stream.of(
                row("the same line changed differently", "a\n", "b\n", "c\n", null),
                row("neighbouring lines changed", "a\nb\n", "A\nb\n", "a\nB\n", null),
                row("deleted here, changed there", "a", null, "b", null),
                row("changed here, deleted there", "a", "b", null, null),
                row("two different new files", null, "a", "b", null),
                row("a file unknown to the task", null, "a", "b\n", null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("merges")
    void changes_that_do_not_touch_are_combined(
            String name,
            @Nullable String base,
            @Nullable String current,
            @Nullable String proposed,
            @Nullable String merged) {
        assertThat(merge(base, current, proposed)).isEqualTo(new FileMerge.Clean(Optional.ofNullable(merged)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clashes")
    void contradicting_changes_clash(
            String name,
            @Nullable String base,
            @Nullable String current,
            @Nullable String proposed,
            @Nullable String none) {
        assertThat(merge(base, current, proposed)).isEqualTo(new FileMerge.Clash());
    }

    @Test
    void a_file_of_very_many_lines_is_not_compared_line_by_line() {
        var base = "line\n".repeat(150_000);
        assertThat(merge(base, "first\n" + base, base + "last\n")).isEqualTo(new FileMerge.Clash());
    }

    private static FileMerge merge(@Nullable String base, @Nullable String current, @Nullable String proposed) {
        return FileMerge.of(Optional.ofNullable(base), Optional.ofNullable(current), Optional.ofNullable(proposed));
    }

    private static Arguments row(
            String name,
            @Nullable String base,
            @Nullable String current,
            @Nullable String proposed,
            @Nullable String merged) {
        return Arguments.of(name, base, current, proposed, merged);
    }
}
