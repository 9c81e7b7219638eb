package io.taskweaver.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.FileChange;
import io.taskweaver.prompts.AnswerReading.Answer;
import io.taskweaver.prompts.AnswerReading.Unreadable;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
    @Test
    void text_around_the_sections_does_not_matter() {
        Answer answer = answer("""
                Sure! I looked at it. For example:
                ```java
                ### File: not/this/one.txt
                ```

                ## File: `src/Main.java` (new)
                Here it is:
                ~~~~java
                class Main {}
                ~~~~
                Run it with:
                ```bash
                java Main
                ```

                ### Summary:
                Added the entry point.
                """);

        assertThat(answer.summary()).isEqualTo("Added the entry point.");
        assertThat(answer.changes()).containsExactly(created("src/Main.java", "class Main {}\n"));
    }

    @Test
    void without_a_summary_the_text_before_the_first_file_is_taken() {
        assertThat(answer("I added a file.\n\n### File: a\n```\nx\n```\n").summary())
                .isEqualTo("I added a file.");
    }

    @Test
    void a_summary_alone_says_that_nothing_had_to_be_done() {
        assertThat(answer("### Summary\nIt is there already.\n").changes()).isEmpty();
    }

    @Test
    void an_answer_without_any_section_is_unreadable() {
        assertThat(unreadable("I could not find out what to do.")).contains("### File: path");
        assertThat(unreadable("")).contains("### File: path");
    }

    @Test
    void a_markdown_file_with_examples_in_fences_of_the_same_length_is_read_in_whole() {
        Answer answer = answer("""
                ### File: README.md
                ```markdown
                # Title
                ```bash
                ./run
                ```
                more
                ```java
                int x;
                ```
                the end
                ```

                ### File: b.txt
                ```
                b
                ```
                """);

        assertThat(answer.changes())
                .containsExactly(
                        created("README.md", "# Title\n```bash\n./run\n```\nmore\n```java\nint x;\n```\nthe end\n"),
                        created("b.txt", "b\n"));
    }

    @Test
    void where_a_file_may_have_been_cut_short_the_answer_is_unreadable() {
        assertThat(unreadable("### File: README.md\n```markdown\n# T\n```\n./run\n```\nthe end\n```\n"))
                .contains("README.md", "longer");
        assertThat(unreadable("### File: a.txt\n```\nbegun but not")).contains("a.txt");
        assertThat(unreadable("### File: a.txt\n\n### File: b.txt\n```\nb\n```\n"))
                .contains("a.txt");
    }

    @Test
    void an_answer_that_is_wrapped_in_one_more_fence_is_read() {
        assertThat(answer("```markdown\n### Summary\nDone.\n\n### File: a.txt\n```\na\n```\n```\n")
                        .changes())
                .containsExactly(created("a.txt", "a\n"));
        assertThat(answer("````markdown\n### File: a.txt\n```\na\n```\n````\n").changes())
                .containsExactly(created("a.txt", "a\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "../outside.txt",
                "src/../../outside.txt",
                "src/./a",
                "C:/Windows/a",
                "src\\main\\a.txt",
                "..\\a",
                "a//b",
                "folder/",
                ".git/hooks/pre-commit",
                "sub/.GIT/config",
                "\"../quoted\"",
                "`../ticked`",
                "",
                "a\u0000b",
                "a\tb"
            })
    void a_path_that_leaves_the_work_is_refused(String path) {
        assertThat(unreadable("### File: " + path + "\n```\nx\n```\n")).contains("refused");
        assertThat(unreadable("### Delete: " + path + "\n")).contains("refused");
    }

    @Test
    void one_file_twice_is_unreadable_unless_the_texts_are_the_same() {
        assertThat(unreadable("### File: a\n```\n1\n```\n### File: a\n```\n2\n```\n"))
                .contains("'a'", "twice");
        assertThat(unreadable("### File: a\n```\n1\n```\n### Delete: a\n")).contains("twice");
        assertThat(answer("### File: a\n```\n1\n```\n### File: ./a\n```\n1\n```\n")
                        .changes())
                .containsExactly(created("a", "1\n"));
    }

    @Test
    void a_file_that_is_left_as_it_was_is_no_change_nor_is_the_deletion_of_none() {
        String text = "### Summary\nx\n### File: a\n```\nsame\n```\n### Delete: gone\n### Delete: b\n";

        AnswerReading reading = AnswerReader.read(text, Map.of("a", "same\n", "b", "old\n"));

        assertThat(reading)
                .asInstanceOf(InstanceOfAssertFactories.type(Answer.class))
                .extracting(Answer::changes, InstanceOfAssertFactories.list(FileChange.class))
                .containsExactly(new FileChange("b", Optional.of("old\n"), Optional.empty()));
    }

    @Test
    void a_file_with_carriage_returns_throughout_keeps_them() {
        AnswerReading reading =
                AnswerReader.read("### File: a.bat\n```\none\nthree\n```\n", Map.of("a.bat", "one\r\ntwo\r\n"));

        assertThat(reading)
                .isEqualTo(new Answer(
                        "",
                        java.util.List.of(new FileChange(
                                "a.bat", Optional.of("one\r\ntwo\r\n"), Optional.of("one\r\nthree\r\n")))));
    }

    @Test
    void an_answer_over_the_limit_is_refused_and_the_limit_named() {
        String file = "### File: a.txt\n```\n" + "ä".repeat(AnswerReader.LIMIT_BYTES / 2) + "\n```\n";

        assertThat(unreadable(file)).contains("5 MiB", "5242880");
        assertThat(AnswerReader.read(file.replace('ä', 'a'), Map.of())).isInstanceOf(Answer.class);
    }

    private static FileChange created(String path, String content) {
        return new FileChange(path, Optional.empty(), Optional.of(content));
    }

    private static Answer answer(String text) {
        AnswerReading reading = AnswerReader.read(text, Map.of());
        assertThat(reading).isInstanceOf(Answer.class);
        return (Answer) reading;
    }

    private static String unreadable(String text) {
        AnswerReading reading = AnswerReader.read(text, Map.of());
        assertThat(reading).isInstanceOf(Unreadable.class);
        return ((Unreadable) reading).reason();
    }
}
