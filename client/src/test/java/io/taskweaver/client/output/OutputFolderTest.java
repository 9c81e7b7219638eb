package io.taskweaver.client.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.taskweaver.model.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
    @TempDir
    Path place;

    private Path root() {
        return place.resolve("out");
    }

    private OutputFolder.Written write(Map<String, String> files) throws Exception {
        return OutputFolder.open(root()).write(new TreeMap<>(files), true);
    }

    private List<String> found() throws IOException {
        try (var files = Files.walk(root())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root().relativize(file).toString())
                    .filter(name -> !name.equals(".taskweaver-files.json") && !name.equals(".gitignore"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void results_inside_a_repository_keep_themselves_out_of_it() throws Exception {
        write(Map.of("plan.md", "one"));
        assertThat(root().resolve(".gitignore")).hasContent("*");
    }

    @Test
    void a_folder_that_somebody_else_made_gets_no_rules_for_git() throws Exception {
        Files.createDirectories(root());
        Files.writeString(root().resolve("notes.txt"), "mine");
        write(Map.of("plan.md", "one"));
        assertThat(root().resolve(".gitignore")).doesNotExist();
    }

    @Test
    void what_an_earlier_run_wrote_and_this_one_does_not_is_removed_with_its_folder() throws Exception {
        write(Map.of("plan.md", "one", "merged/old/A.java", "a"));
        write(Map.of("plan.md", "two", "merged/B.java", "b"));
        assertThat(found()).containsExactly("merged/B.java", "plan.md");
        assertThat(root().resolve("plan.md")).hasContent("two");
        assertThat(root().resolve("merged/old")).doesNotExist();
    }

    @Test
    void an_incomplete_result_removes_nothing_and_a_later_complete_one_does() throws Exception {
        write(Map.of("plan.md", "one", "merged/A.java", "a"));
        OutputFolder.open(root()).write(new TreeMap<>(Map.of("plan.md", "two")), false);
        assertThat(found()).containsExactly("merged/A.java", "plan.md");
        write(Map.of("plan.md", "three"));
        assertThat(found()).containsExactly("plan.md");
    }

    @Test
    void files_of_somebody_else_are_left_alone() throws Exception {
        Files.createDirectories(root());
        Files.writeString(root().resolve("notes.txt"), "mine");
        write(Map.of("plan.md", "one"));
        write(Map.of("report.md", "two"));
        assertThat(found()).containsExactly("notes.txt", "report.md");
    }

    @Test
    void a_file_that_a_person_changed_is_kept_beside_the_new_one() throws Exception {
        write(Map.of("merged/A.java", "ours"));
        Files.writeString(root().resolve("merged/A.java"), "edited");
        var written = write(Map.of("merged/A.java", "ours again"));
        assertThat(written.kept()).containsExactly("merged/A.java");
        assertThat(root().resolve("merged/A.java")).hasContent("ours again");
        assertThat(root().resolve("merged/A.java.bak")).hasContent("edited");
    }

    @Test
    void a_stale_file_that_a_person_changed_stays() throws Exception {
        write(Map.of("merged/A.java", "ours", "plan.md", "p"));
        Files.writeString(root().resolve("merged/A.java"), "edited");
        write(Map.of("plan.md", "p"));
        assertThat(root().resolve("merged/A.java")).hasContent("edited");
    }

    @Test
    void paths_that_leave_the_folder_are_refused() throws Exception {
        Files.createDirectories(root());
        var outside = Files.createDirectories(place.resolve("outside"));
        Files.createSymbolicLink(root().resolve("link"), outside);
        var written = write(
                Map.of("../evil", "x", "/somewhere/evil", "x", "a/../../evil", "x", "link/evil", "x", "fine", "x"));
        assertThat(written.refused()).hasSize(4);
        assertThat(write(Map.of("sub/.git/hooks/post-checkout", "x", "inno\u202ecod.exe", "x", "fine", "x"))
                        .refused())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("inno\\u{202e}cod.exe: "));
        assertThat(found()).containsExactly("fine");
        assertThat(outside).isEmptyDirectory();
        assertThat(place.resolve("evil")).doesNotExist();
    }

    @Test
    void a_folder_that_is_a_file_is_refused() throws Exception {
        Files.writeString(root(), "file");
        assertThatThrownBy(() -> OutputFolder.open(root()))
                .isInstanceOf(OutputFolder.Refused.class)
                .hasMessageContaining("is a file");
    }

    @Test
    void a_file_that_stands_where_a_folder_is_needed_costs_only_what_goes_there() throws Exception {
        var written = write(Map.of("a", "file", "a/b", "below a file"));
        assertThat(written.refused()).hasSize(1);
        assertThat(found()).containsExactly("a");
    }

    /** Were it said of each file, a run whose results are lost would count as done. */
    @Test
    void a_full_disk_fails_the_whole_and_is_not_said_of_single_files() throws Exception {
        Files.createDirectories(root());
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", root().toString()))
                .as("a file system can be mounted, which takes root on Linux")
                .isZero();
        try {
            assertThatThrownBy(() -> write(Map.of("plan.md", "one", "merged/A.java", "a".repeat(100_000))))
                    .isInstanceOfSatisfying(
                            IOException.class,
                            e -> assertThat(StorageFailure.behind(e)).contains(StorageFailure.FULL));
        } finally {
            assertThat(run("umount", root().toString())).isZero();
        }
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        }
    }
}
