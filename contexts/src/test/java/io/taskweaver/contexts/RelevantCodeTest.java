package io.taskweaver.contexts;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.contexts.RelevantCode.Candidate;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RelevantCodeTest {
    private static final RelevantCode ROOMY = new RelevantCode(10, 1000);

    @Test
    void closest_relation_comes_first() {
        var task = task("Fix src/b/Parser.java. See Makefile and the Tokenizer.", "Bill Book", "src/z/Expected.java");
        var code = code(
                "src/a/Tokenizer.java",
                "src/b/Parser.java",
                "src/billbook/Entry.java",
                "src/z/Expected.java",
                "sub/Makefile",
                "src/Other.java");

        assertThat(ROOMY.pick(task, code))
                .containsExactly(
                        "src/z/Expected.java",
                        "src/b/Parser.java",
                        "sub/Makefile",
                        "src/a/Tokenizer.java",
                        "src/billbook/Entry.java");
    }

    @Test
    void code_that_nothing_names_stays_out() {
        assertThat(ROOMY.pick(task("Add a report", "Reports"), code("src/Other.java", "README.md")))
                .isEmpty();
    }

    @Test
    void common_short_names_name_no_file() {
        assertThat(ROOMY.pick(task("Log the app in", "UI"), code("src/app.java", "src/log.java", "gui/x.java")))
                .isEmpty();
    }

    @Test
    void a_file_over_the_limit_leaves_its_room_to_the_next() {
        var code = List.of(new Candidate("A/Wallet.java", 900), new Candidate("B/Wallet.java", 100));

        assertThat(new RelevantCode(10, 500).pick(task("Extend Wallet", "None"), code))
                .containsExactly("B/Wallet.java");
    }

    @Test
    void no_more_files_than_the_limit_are_shown() {
        assertThat(new RelevantCode(1, 1000).pick(task("Wallet", "None"), code("A/Wallet.java", "B/Wallet.java")))
                .containsExactly("A/Wallet.java");
    }

    @Test
    void expected_files_are_shown_whatever_their_size() {
        assertThat(new RelevantCode(0, 0).pick(task("Wallet", "None", "A/Wallet.java"), code("A/Wallet.java")))
                .containsExactly("A/Wallet.java");
    }

    private static List<Candidate> code(String... paths) {
        return Arrays.stream(paths).map(path -> new Candidate(path, 10)).toList();
    }

    private static Task task(String description, String component, String... expectedFiles) {
        return Task.builder(new TaskId("t"), Task.Kind.WORK, "A title")
                .description(description)
                .component(Optional.of(component))
                .estimateMinutes(30)
                .phase(1)
                .expectedFiles(List.of(expectedFiles))
                .build();
    }
}
