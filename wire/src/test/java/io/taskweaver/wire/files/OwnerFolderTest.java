package io.taskweaver.wire.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerFolderTest {
    @TempDir
    Path parent;

    @BeforeEach
    void only_where_there_are_modes() {
        Assumptions.assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
                "this system has no modes of files: this test was skipped");
    }

    @Test
    void a_new_folder_and_those_above_it_are_the_owners_alone() throws IOException {
        OwnerFolder.create(parent.resolve("a/b"));

        assertThat(mode(parent.resolve("a"))).isEqualTo("rwx------");
        assertThat(mode(parent.resolve("a/b"))).isEqualTo("rwx------");
        assertThat(OwnerFolder.tighten(parent.resolve("a/b"))).isEmpty();
    }

    @Test
    void a_folder_that_is_wider_is_tightened_and_its_mode_said() throws IOException {
        var folder = Files.createDirectory(parent.resolve("wide"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x--x"));

        assertThat(OwnerFolder.tighten(folder)).contains("rwxr-x--x");

        assertThat(mode(folder)).isEqualTo("rwx------");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
