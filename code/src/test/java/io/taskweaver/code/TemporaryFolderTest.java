package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
    @TempDir
    private Path parent;

    /** Makes a folder with a file, says where, and waits to be killed. */
    static final class Killed {
        private Killed() {}

        static void main(String[] arguments) throws Exception {
            var folder = TemporaryFolder.create("killed");
            Files.writeString(folder.path().resolve("file"), "left");
            System.out.println(folder.path());
            Thread.currentThread().join();
        }
    }

    @Test
    void is_gone_with_its_lock_when_it_is_closed() throws IOException {
        try (var folder = TemporaryFolder.create(parent, "some")) {
            Files.writeString(folder.path().resolve("file"), "some");
        }

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void what_a_killed_process_left_is_removed_and_what_lives_stays() throws Exception {
        var left = killed();
        assertThat(left.resolve("file")).exists();

        try (var living = TemporaryFolder.create(parent, "living")) {
            TemporaryFolder.sweep(parent);

            assertThat(left).doesNotExist();
            assertThat(living.path()).isDirectory();
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void what_looks_like_one_and_has_no_lock_stays() throws IOException {
        var other = Files.createDirectory(parent.resolve("taskweaver-other"));

        TemporaryFolder.sweep(parent);

        assertThat(other).isDirectory();
    }

    private Path killed() throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + parent,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Killed.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            return Path.of(output.readLine());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
