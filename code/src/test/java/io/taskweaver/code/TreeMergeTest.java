package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.taskweaver.code.TreeMerge.Outcome;
import io.taskweaver.code.TreeMerge.PathConflict;
import io.taskweaver.model.FileEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeMergeTest {
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
    void what_does_not_conflict_is_taken_and_what_does_stays_as_the_head_has_it() throws Exception {
        var end = conflicted(
                Map.of("a.txt", "a\n", "b.txt", "b\n", "gone.txt", "x\n"),
                Map.of("a.txt", "head\n", "b.txt", "b\n", "gone.txt", "x\n"),
                Map.of("a.txt", "result\n", "b.txt", "changed\n", "new.txt", "new\n"));
        assertThat(paths(end)).containsExactly("a.txt");
        assertThat(BarrelMergeTest.files(code, end.tree()))
                .isEqualTo(Map.of("a.txt", "head\n", "b.txt", "changed\n", "new.txt", "new\n"));
    }

    @Test
    void a_folder_in_place_of_a_file_of_the_head_leaves_no_marker() throws Exception {
        var end = conflicted(
                Map.of("a.txt", "a\n"),
                Map.of("a.txt", "a\n", "p", "file\n"),
                Map.of("a.txt", "result\n", "p/x", "in folder\n"));
        assertThat(paths(end)).containsExactly("p", "p/x");
        assertThat(BarrelMergeTest.files(code, end.tree())).isEqualTo(Map.of("a.txt", "result\n", "p", "file\n"));
    }

    @Test
    void a_file_in_place_of_a_folder_of_the_head_leaves_no_marker() throws Exception {
        var end = conflicted(
                Map.of("a.txt", "a\n"),
                Map.of("a.txt", "a\n", "p/x", "in folder\n"),
                Map.of("a.txt", "a\n", "p", "file\n"));
        assertThat(paths(end)).containsExactly("p");
        assertThat(BarrelMergeTest.files(code, end.tree())).isEqualTo(Map.of("a.txt", "a\n", "p/x", "in folder\n"));
        assertThat(end.conflicts().getFirst().result()).isPresent();
    }

    @Test
    void a_change_of_a_file_that_the_head_moved_goes_with_it() throws Exception {
        var end = conflicted(
                Map.of("old.txt", TEXT, "b.txt", "b\n"),
                Map.of("moved.txt", TEXT, "b.txt", "head\n"),
                Map.of("old.txt", TEXT + "9\n", "b.txt", "result\n"));
        assertThat(paths(end)).containsExactly("b.txt");
        assertThat(BarrelMergeTest.files(code, end.tree()))
                .isEqualTo(Map.of("moved.txt", TEXT + "9\n", "b.txt", "head\n"));
    }

    @Test
    void a_file_that_the_result_moved_and_both_changed_stays_where_the_head_has_it() throws Exception {
        var end = conflicted(
                Map.of("old.txt", TEXT),
                Map.of("old.txt", TEXT.replace("8", "head")),
                Map.of("moved.txt", TEXT.replace("8", "result")));
        assertThat(paths(end)).containsExactly("moved.txt", "old.txt");
        assertThat(BarrelMergeTest.files(code, end.tree())).isEqualTo(Map.of("old.txt", TEXT.replace("8", "head")));
    }

    @Test
    void a_file_added_to_a_folder_that_the_other_side_moved_is_a_conflict() throws Exception {
        var base = Map.of("d/a.txt", TEXT, "d/b.txt", TEXT + "b\n", "k", "k\n");
        var moved = Map.of("e/a.txt", TEXT, "e/b.txt", TEXT + "b\n", "k", "k\n");
        var added = Map.of("d/a.txt", TEXT, "d/b.txt", TEXT + "b\n", "k", "k\n", "d/new.txt", "new\n");

        var byResult = conflicted(base, moved, added);
        assertThat(paths(byResult)).contains("e/new.txt");
        assertThat(BarrelMergeTest.files(code, byResult.tree())).isEqualTo(moved);

        var byHead = conflicted(base, added, moved);
        assertThat(BarrelMergeTest.files(code, byHead.tree()))
                .containsEntry("d/new.txt", "new\n")
                .doesNotContainKey("e/new.txt");
    }

    @Test
    void names_that_differ_in_case_are_a_conflict_beside_others() throws Exception {
        var end = conflicted(
                Map.of("a.txt", "a\n"),
                Map.of("a.txt", "head\n", "Read.md", "head\n"),
                Map.of("a.txt", "result\n", "read.md", "result\n", "c.txt", "c\n"));
        assertThat(paths(end)).containsExactly("Read.md", "a.txt");
        assertThat(BarrelMergeTest.files(code, end.tree()))
                .isEqualTo(Map.of("a.txt", "head\n", "Read.md", "head\n", "c.txt", "c\n"));
        var names = end.conflicts().getFirst();
        assertThat(names.added()).contains("read.md");
        assertThat(text(names.head())).isEqualTo("head\n");
        assertThat(text(names.result())).isEqualTo("result\n");
    }

    @Test
    void of_several_names_that_are_one_file_none_is_forgotten() throws Exception {
        var end = conflicted(
                Map.of("A.txt", "base\n"),
                Map.of("A.txt", "head\n"),
                Map.of("A.txt", "result\n", "a.txt", "1\n", "a.TXT", "2\n", "Src/x", "x\n", "src/y", "y\n"));

        assertThat(end.conflicts())
                .extracting(PathConflict::path, conflict -> conflict.added().orElse("-"))
                .containsExactly(
                        tuple("A.txt", "-"), tuple("A.txt", "a.TXT"), tuple("A.txt", "a.txt"), tuple("Src/y", "src/y"));
        assertThat(BarrelMergeTest.files(code, end.tree())).isEqualTo(Map.of("A.txt", "head\n", "Src/x", "x\n"));
    }

    @Test
    void names_that_the_code_has_side_by_side_stay_so() throws Exception {
        var both = Map.of("A.txt", "1\n", "a.txt", "2\n");
        var end = merged(both, both, Map.of("A.txt", "1\n", "a.txt", "two\n", "b.txt", "b\n"));
        assertThat(end).isEqualTo(Map.of("A.txt", "1\n", "a.txt", "two\n", "b.txt", "b\n"));
    }

    @Test
    void lists_that_both_made_are_united() throws Exception {
        assertThat(merged(Map.of(), Map.of("NOTES.md", "- head\n"), Map.of("NOTES.md", "- result\n")))
                .isEqualTo(Map.of("NOTES.md", "- head\n- result\n"));
    }

    private String text(Optional<FileEntry> entry) throws Exception {
        return new String(code.bytes(entry.orElseThrow().object()), StandardCharsets.UTF_8);
    }

    private Map<String, String> merged(Map<String, String> base, Map<String, String> head, Map<String, String> result)
            throws Exception {
        var end = TreeMerge.of(
                code,
                BarrelMergeTest.tree(code, base),
                BarrelMergeTest.tree(code, head),
                BarrelMergeTest.tree(code, result));
        return BarrelMergeTest.files(code, ((Outcome.Merged) end).tree());
    }

    @Test
    void names_that_differ_in_how_a_letter_is_composed_are_a_conflict() throws Exception {
        var end = conflicted(
                Map.of("a.txt", "a\n"),
                Map.of("a.txt", "a\n", "\u00fcber/x.txt", "head\n"),
                Map.of("a.txt", "a\n", "u\u0308ber/x.txt", "result\n"));
        assertThat(paths(end)).containsExactly("\u00fcber/x.txt");
        assertThat(BarrelMergeTest.files(code, end.tree()))
                .isEqualTo(Map.of("a.txt", "a\n", "\u00fcber/x.txt", "head\n"));
    }

    @Test
    void two_names_of_one_result_that_are_one_file_elsewhere_are_a_conflict() throws Exception {
        var end = conflicted(
                Map.of("a.txt", "a\n"),
                Map.of("a.txt", "a\n"),
                Map.of("a.txt", "a\n", "Read.md", "1\n", "read.md", "2\n"));
        assertThat(paths(end)).hasSize(1).allMatch(path -> path.equalsIgnoreCase("read.md"));
    }

    @Test
    void a_file_that_both_added_is_a_conflict() throws Exception {
        var end = conflicted(
                Map.of("a.txt", "a\n"),
                Map.of("a.txt", "a\n", "n.txt", "head\n"),
                Map.of("a.txt", "a\n", "n.txt", "result\n"));
        assertThat(paths(end)).containsExactly("n.txt");
    }

    private Outcome.Conflicted conflicted(
            Map<String, String> base, Map<String, String> head, Map<String, String> result) throws Exception {
        return (Outcome.Conflicted) TreeMerge.of(
                code,
                BarrelMergeTest.tree(code, base),
                BarrelMergeTest.tree(code, head),
                BarrelMergeTest.tree(code, result));
    }

    private static java.util.List<String> paths(Outcome.Conflicted end) {
        return end.conflicts().stream().map(PathConflict::path).toList();
    }
}
