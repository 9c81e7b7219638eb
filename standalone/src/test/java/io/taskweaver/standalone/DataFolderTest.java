package io.taskweaver.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path parent;

    @Test
    void a_new_folder_is_made_and_remembers_its_version() throws IOException {
        var path = parent.resolve("a b/data");

        try (var folder = DataFolder.take(path)) {
            assertThat(folder.path()).isEqualTo(path);
            assertThat(path.resolve("VERSION")).hasContent("1");
        }
        DataFolder.take(path).close();
    }

    @Test
    void a_folder_of_another_version_is_left_alone() throws IOException {
        Files.writeString(parent.resolve("VERSION"), "999\n");

        assertThatThrownBy(() -> DataFolder.take(parent))
                .isInstanceOf(StartProblem.class)
                .hasMessageContaining("999")
                .hasMessageContaining(parent.toString());
        try (var files = Files.list(parent)) {
            assertThat(files).containsExactly(parent.resolve("VERSION"));
        }
    }

    @Test
    void a_path_that_is_a_file_is_refused() throws IOException {
        var file = Files.createFile(parent.resolve("file"));

        assertThatThrownBy(() -> DataFolder.take(file))
                .isInstanceOf(StartProblem.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void the_runtime_file_says_who_holds_the_folder_and_goes_when_it_is_removed() throws IOException {
        var file = new RuntimeFile(
                42,
                Instant.EPOCH,
                "127.0.0.1:1",
                "http://r",
                "http://c",
                "http://127.0.0.1:2",
                "",
                "1.0",
                Duration.ofSeconds(10));

        file.write(parent);

        assertThat(RuntimeFile.describe(parent)).contains("42").contains("http://127.0.0.1:2");
        RuntimeFile.remove(parent);
        assertThat(parent.resolve("runtime.json")).doesNotExist();
        assertThat(RuntimeFile.describe(parent)).contains("starting or stopping");
    }
}
