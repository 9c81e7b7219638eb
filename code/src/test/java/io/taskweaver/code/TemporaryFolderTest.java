package io.taskweaver.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
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

    /** Says that it begins, and removes what killed processes left, again and again. */
    static final class Sweeping {
        private Sweeping() {}

        static void main(String[] arguments) throws Exception {
            var parent = Path.of(arguments[0]);
            System.out.println("begins");
            while (true) TemporaryFolder.sweep(parent, Files.getOwner(parent));
        }
    }

    private UserPrincipal owner() throws IOException {
        return Files.getOwner(parent);
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
            TemporaryFolder.sweep(parent, owner());

            assertThat(left).doesNotExist();
            assertThat(living.path()).isDirectory();
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void what_looks_like_one_and_has_no_lock_stays() throws IOException {
        var other = Files.createDirectory(parent.resolve("taskweaver-other"));

        TemporaryFolder.sweep(parent, owner());

        assertThat(other).isDirectory();
    }

    @Test
    void what_is_of_another_user_stays() throws Exception {
        var left = killed();

        TemporaryFolder.sweep(parent, () -> "another");

        assertThat(left.resolve("file")).exists();
    }

    @Test
    void what_a_link_leads_to_is_no_lock() throws IOException {
        var folder = Files.createDirectory(parent.resolve("taskweaver-linked"));
        var file = Files.createFile(parent.resolve("file"));
        var lock = Files.createSymbolicLink(parent.resolve("taskweaver-linked.lock"), file);

        TemporaryFolder.sweep(parent, owner());

        assertThat(folder).isDirectory();
        assertThat(lock).isSymbolicLink();
        assertThat(file).exists();
    }

    @Test
    void is_made_while_another_process_removes_what_killed_ones_left() throws Exception {
        var sweeping = java(Sweeping.class, parent.toString());
        try {
            firstLine(sweeping);
            for (int i = 0; i < 500; i++)
                try (var folder = TemporaryFolder.create(parent, "swept")) {
                    Files.writeString(folder.path().resolve("file"), "here");
                }
        } finally {
            sweeping.destroyForcibly().waitFor();
        }
    }

    private Path killed() throws IOException, InterruptedException {
        var process = java(Killed.class);
        try {
            return Path.of(firstLine(process));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Process java(Class<?> program, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + parent,
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String firstLine(Process process) throws IOException {
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            return output.readLine();
        }
    }
}
