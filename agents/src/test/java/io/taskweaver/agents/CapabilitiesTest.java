package io.taskweaver.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapabilitiesTest {
    @TempDir
    Path temporary;

    private final String before = System.getProperty("java.io.tmpdir");

    @BeforeEach
    void have_temporary_files_elsewhere() {
        System.setProperty("java.io.tmpdir", temporary.toString());
    }

    @AfterEach
    void have_them_where_they_were() {
        System.setProperty("java.io.tmpdir", before);
    }

    @Test
    void the_folder_that_nobody_named_is_this_users_alone() throws IOException {
        var folder = Capabilities.usualWorkFolder();
        assumeTrue(
                folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "this system has no modes of files: this test was skipped");

        Capabilities.of(folder, Map.of());

        assertThat(folder.getFileName().toString()).endsWith(System.getProperty("user.name"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void a_folder_that_another_user_made_in_its_place_is_not_worked_in() throws IOException {
        var folder = Files.createDirectory(Capabilities.usualWorkFolder());
        try {
            Files.setOwner(
                    folder,
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        } catch (IOException | UnsupportedOperationException e) {
            assumeTrue(false, "only root gives folders away: this test was skipped");
        }

        assertThat(Capabilities.of(folder, Map.of()).withoutCommands())
                .anySatisfy(lack ->
                        assertThat(lack.toString()).contains(folder.toString(), "nobody", "taskweaver.executor.work"));
    }
}
