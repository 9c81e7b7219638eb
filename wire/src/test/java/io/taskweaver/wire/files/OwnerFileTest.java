package io.taskweaver.wire.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerFileTest {
    @TempDir
    Path folder;

    @Test
    void it_is_its_owners_alone_whatever_was_there_before() throws IOException {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews())
                .as("a file system with modes")
                .contains("posix");
        var file = Files.writeString(folder.resolve("secret"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

        OwnerFile.write(file, "new");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file).hasContent("new");
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void what_it_holds_stays() throws IOException {
        var file = folder.resolve("secret");

        assertThat(OwnerFile.readOrWrite(file, () -> "first")).isEqualTo("first");
        assertThat(OwnerFile.readOrWrite(file, () -> "second")).isEqualTo("first");
    }
}
