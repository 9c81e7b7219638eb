package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** For which places a side counts. */
class SideChoiceTest {
    private static final String TEXT = "1\n2\n3\n4\n5\n6\n7\n8\n";

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private CodeRepository code;

    @BeforeEach
    void open() throws Exception {
        code = CodeRepository.open(folder.resolve("line"));
    }

    @AfterEach
    void close() {
        code.close();
    }

    @Test
    void a_side_counts_for_the_lines_that_conflict_and_everything_else_is_of_both() throws Exception {
        var base = Map.of("a.txt", TEXT);
        var head = Map.of("a.txt", "1\ntwo\n3\n4\n5\n6\n7\n8\nhead\n", "b.txt", "head\n");
        var result = Map.of("a.txt", "1\nTWO\n3\n4\n5\nsix\n7\n8\nresult\n", "c.txt", "result\n");

        assertThat(chosen(base, head, result, true))
                .isEqualTo(Map.of(
                        "a.txt", "1\nTWO\n3\n4\n5\nsix\n7\n8\nhead\nresult\n",
                        "b.txt", "head\n",
                        "c.txt", "result\n"));
        assertThat(chosen(base, head, result, false))
                .isEqualTo(Map.of(
                        "a.txt", "1\ntwo\n3\n4\n5\nsix\n7\n8\nhead\nresult\n",
                        "b.txt", "head\n",
                        "c.txt", "result\n"));
    }

    @Test
    void lines_that_a_side_removed_are_gone_and_of_two_new_files_one_is_taken() throws Exception {
        var base = Map.of("a.txt", TEXT);
        var head = Map.of("a.txt", "one\n2\n3\n5\n6\n7\n8\n", "new.txt", "head\n");
        var result = Map.of("a.txt", "ONE\n2\n3\n4\n5\n6\n8\n", "new.txt", "result\n");

        assertThat(chosen(base, head, result, true))
                .isEqualTo(Map.of("a.txt", "ONE\n2\n3\n5\n6\n8\n", "new.txt", "result\n"));
        assertThat(chosen(base, head, result, false))
                .isEqualTo(Map.of("a.txt", "one\n2\n3\n5\n6\n8\n", "new.txt", "head\n"));
    }

    @Test
    void additions_at_the_same_place_are_united_unless_the_file_would_not_parse() throws Exception {
        var base = Map.of("a.py", "x = 1\n");
        var head = Map.of("a.py", "x = 2\n\n\ndef head():\n    return 1\n");
        var result = Map.of("a.py", "x = 3\n\n\ndef result():\n    return 1\n");
        var twice = Map.of("a.py", "x = 3\n\n\ndef head():\n    return 2\n");

        assertThat(chosen(base, head, result, true).get("a.py")).contains("x = 3", "def result()");
        assertThat(chosen(base, head, twice, true).get("a.py")).isEqualTo(twice.get("a.py"));
        assertThat(chosen(base, head, twice, false).get("a.py")).isEqualTo(head.get("a.py"));
    }

    @Test
    void whole_files_are_taken_where_there_are_no_lines() throws Exception {
        var base = Map.of("bin", "a\0b", "gone.txt", TEXT, "package.lock", TEXT, ".gitattributes", "*.lock -merge\n");
        var head =
                changed(base, "bin", "a\0head", "gone.txt", null, "package.lock", "head\n" + TEXT, "Read.md", "head\n");
        var result = changed(
                base,
                "bin",
                "a\0result",
                "gone.txt",
                TEXT + "9\n",
                "package.lock",
                TEXT + "9\n",
                "READ.md",
                "result\n");

        assertThat(chosen(base, head, result, true))
                .isEqualTo(changed(
                        head,
                        "bin",
                        "a\0result",
                        "gone.txt",
                        TEXT + "9\n",
                        "package.lock",
                        TEXT + "9\n",
                        "Read.md",
                        "result\n"));
        assertThat(chosen(base, head, result, false)).isEqualTo(head);
        assertThat(choice(base, head, result, true).whole())
                .containsExactlyInAnyOrder("bin", "gone.txt", "package.lock", "Read.md");
    }

    @Test
    void a_file_that_a_side_moved_is_moved_with_the_lines_of_both() throws Exception {
        var base = Map.of("old.txt", TEXT);
        var edited = Map.of("old.txt", "one\n2\n3\n4\n5\n6\n7\neight\n");
        var moved = Map.of("new.txt", "ONE\n2\n3\n4\n5\n6\n7\n8\n");

        assertThat(chosen(base, edited, moved, true)).isEqualTo(Map.of("new.txt", "ONE\n2\n3\n4\n5\n6\n7\neight\n"));
        assertThat(chosen(base, edited, moved, false)).isEqualTo(Map.of("new.txt", "one\n2\n3\n4\n5\n6\n7\neight\n"));
        assertThat(chosen(base, moved, edited, true)).isEqualTo(Map.of("new.txt", "one\n2\n3\n4\n5\n6\n7\neight\n"));
    }

    private static Map<String, String> changed(Map<String, String> files, @Nullable String... changes) {
        var changed = new HashMap<>(files);
        for (int i = 0; i < changes.length; i += 2)
            if (changes[i + 1] == null) changed.remove(changes[i]);
            else changed.put(changes[i], changes[i + 1]);
        return changed;
    }

    private SideChoice choice(
            Map<String, String> base, Map<String, String> head, Map<String, String> result, boolean theirs)
            throws Exception {
        return SideChoice.of(
                code,
                BarrelMergeTest.tree(code, base),
                BarrelMergeTest.tree(code, head),
                BarrelMergeTest.tree(code, result),
                theirs);
    }

    private Map<String, String> chosen(
            Map<String, String> base, Map<String, String> head, Map<String, String> result, boolean theirs)
            throws Exception {
        return BarrelMergeTest.files(code, choice(base, head, result, theirs).tree());
    }
}
