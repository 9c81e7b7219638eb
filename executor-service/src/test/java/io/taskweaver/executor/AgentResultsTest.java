package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.WithDefault;
import io.taskweaver.agents.Outcome;
import io.taskweaver.contexts.ResultPaths;
import io.taskweaver.model.FileChange;
import io.taskweaver.model.Usage;
import io.taskweaver.wire.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AgentResultsTest {
    private static final Usage USAGE = new Usage(10, 20, 30);

    private static Outcome of(String answer, long limit) {
        return AgentResults.of(
                new Outcome.Succeeded(answer, "short", List.of("https://example.org/pr/1"), USAGE),
                Map.of("notes.txt", "old"),
                limit);
    }

    @Test
    void changes_start_from_the_text_that_the_agent_was_given() {
        assertThat(of(Some.answer("new"), 1000))
                .isEqualTo(new Outcome.Succeeded(
                        "",
                        Optional.of(List.of(new FileChange("notes.txt", Optional.of("old"), Optional.of("new\n")))),
                        "Done.",
                        List.of("https://example.org/pr/1"),
                        USAGE));
    }

    @Test
    void an_answer_that_cannot_be_read_is_a_failed_task_that_says_why() {
        var ending = of("### File: ../outside.txt\n```\nx\n```\n", 1000);
        assertThat(ending)
                .isInstanceOfSatisfying(
                        Outcome.TaskFailed.class,
                        failed -> assertThat(failed.reason()).startsWith("The agent's answer cannot be used: "));
    }

    @Test
    void the_largest_result_fits_into_a_message_also_if_no_codec_makes_it_smaller() throws Exception {
        var limit = ExecutorSettings.class.getMethod("maxResultBytes").getAnnotation(WithDefault.class);

        assertThat(limit).isNotNull();
        assertThat(Long.parseLong(limit.value())).isLessThan(Topics.MAX_MESSAGE_BYTES - 1024 * 1024);
    }

    @Test
    void a_result_with_too_many_files_is_a_failed_task_that_names_the_limit() {
        var changes = IntStream.rangeClosed(0, ResultPaths.MOST_FILES)
                .mapToObj(number -> created("f" + number))
                .toList();
        var succeeded = new Outcome.Succeeded("", Optional.of(changes), "Done.", List.of(), USAGE);

        assertThat(AgentResults.of(succeeded, Map.of(), Long.MAX_VALUE))
                .isInstanceOfSatisfying(
                        Outcome.TaskFailed.class,
                        failed -> assertThat(failed.reason())
                                .isEqualTo("The result has 20001 files; the limit is 20000. Change fewer files."));
    }

    @Test
    void a_result_whose_files_cannot_be_beside_each_other_is_a_failed_task_that_says_which() {
        for (var changes : List.of(
                List.of(created("a"), created("a/b")),
                List.of(created("a/b"), created("A")),
                List.of(created("Notes.txt")),
                List.of(created("x"), created("X")),
                List.of(created("src/aux.java")))) {
            var succeeded = new Outcome.Succeeded("", Optional.of(changes), "Done.", List.of(), USAGE);
            assertThat(AgentResults.of(succeeded, Map.of("notes.txt", "old"), 1000))
                    .as(changes.toString())
                    .isInstanceOfSatisfying(
                            Outcome.TaskFailed.class,
                            failed -> assertThat(failed.reason()).contains("is refused: ", "Rename the file."));
        }
        var moved = List.of(
                new FileChange("notes.txt", Optional.of("old"), Optional.empty()), created("Notes.txt"), created("b"));
        var succeeded = new Outcome.Succeeded("", Optional.of(moved), "Done.", List.of(), USAGE);
        assertThat(AgentResults.of(succeeded, Map.of("notes.txt", "old"), 1000)).isInstanceOf(Outcome.Succeeded.class);
    }

    private static FileChange created(String path) {
        return new FileChange(path, Optional.empty(), Optional.of("x"));
    }

    @Test
    void a_result_over_the_limit_is_a_failed_task_that_names_the_limit() {
        var ending = of(Some.answer("x".repeat(200)), 100);
        assertThat(ending)
                .isInstanceOfSatisfying(
                        Outcome.TaskFailed.class,
                        failed -> assertThat(failed.reason()).contains("the limit is 100 bytes"));
    }

    @Test
    void changes_that_were_made_in_a_folder_are_taken_as_they_are_whatever_the_agent_said() {
        var change = new FileChange("other.txt", Optional.of("before"), Optional.of("after"));
        var succeeded =
                new Outcome.Succeeded("### File: ../x\n", Optional.of(List.of(change)), "Done.", List.of(), USAGE);
        assertThat(AgentResults.of(succeeded, Map.of(), 1000))
                .isEqualTo(new Outcome.Succeeded("", Optional.of(List.of(change)), "Done.", List.of(), USAGE));
        assertThat(AgentResults.of(succeeded, Map.of(), 10)).isInstanceOf(Outcome.TaskFailed.class);
    }

    @Test
    void what_was_not_checked_is_said_in_the_summary() {
        var succeeded = new Outcome.Succeeded("", "Done.", List.of(), USAGE);
        assertThat(AgentResults.unchecked(succeeded, List.of("contracts", "links"))
                        .summary())
                .isEqualTo("Done.\nNot checked: contracts\nNot checked: links");
        assertThat(AgentResults.unchecked(succeeded, List.of())).isEqualTo(succeeded);
    }
}
