package io.taskweaver.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskweaver.runtime.embedded.StartException;
import io.taskweaver.wire.files.OwnerFile;
import io.taskweaver.wire.files.RuntimeFile;
import io.taskweaver.wire.files.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
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
            assertThat(path.resolve("VERSION")).hasContent("2");
        }
        DataFolder.take(path).close();
    }

    @Test
    void other_users_have_no_rights_on_it_and_what_they_had_is_said() throws IOException {
        assumeTrue(
                parent.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "this system has no modes of files: this test was skipped");
        try (var made = DataFolder.take(parent.resolve("new"))) {
            assertThat(mode(made.path())).isEqualTo("rwx------");
            assertThat(made.notes()).isEmpty();
        }
        var wide = Files.createDirectory(parent.resolve("wide"));
        Files.setPosixFilePermissions(wide, PosixFilePermissions.fromString("rwxr-xr-x"));

        try (var tightened = DataFolder.take(wide)) {
            assertThat(mode(wide)).isEqualTo("rwx------");
            assertThat(tightened.notes()).singleElement().asString().contains("rwxr-xr-x", wide.toString());
        }
    }

    @Test
    void secrets_that_others_could_put_there_or_read_are_made_anew_and_that_is_said() throws IOException {
        assumeTrue(
                parent.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "this system has no modes of files: this test was skipped");
        var shared = Files.createDirectory(parent.resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
        for (var secret : SecretFile.values()) OwnerFile.write(secret.in(shared), "known");
        try (var taken = DataFolder.take(shared)) {
            for (var secret : SecretFile.values()) assertThat(secret.in(shared)).doesNotExist();
            assertThat(taken.notes()).last().asString().contains("token, password, registry-password, ticket.key");
        }

        for (var secret : SecretFile.values()) OwnerFile.write(secret.in(shared), "own");
        Files.setPosixFilePermissions(SecretFile.TOKEN.in(shared), PosixFilePermissions.fromString("rw-r--r--"));
        try (var taken = DataFolder.take(shared)) {
            assertThat(SecretFile.TOKEN.in(shared)).doesNotExist();
            assertThat(SecretFile.PASSWORD.in(shared)).hasContent("own");
            assertThat(taken.notes()).singleElement().asString().contains("token", "regenerated");
        }
    }

    @Test
    void a_folder_of_another_user_who_could_read_its_secrets_is_refused() throws IOException {
        var folder = Files.createDirectory(parent.resolve("of-another"));
        try {
            Files.setOwner(
                    folder,
                    folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        } catch (IOException | UnsupportedOperationException e) {
            assumeTrue(false, "only root gives folders away: this test was skipped");
        }

        assertThatThrownBy(() -> DataFolder.take(folder))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("nobody")
                .hasMessageContaining(folder.toString());
    }

    @Test
    void each_password_is_kept_until_it_is_removed_and_the_registrys_is_not_the_brokers() throws IOException {
        var first = Logins.of(parent);

        assertThat(Logins.of(parent)).isEqualTo(first);
        assertThat(first.registry()).isNotEqualTo(first.broker());
        Files.delete(parent.resolve("password"));
        assertThat(Logins.of(parent).broker()).isNotEqualTo(first.broker());
        assertThat(Logins.of(parent).registry()).isEqualTo(first.registry());

        Files.writeString(parent.resolve("password"), "no \"password\"");
        assertThatThrownBy(() -> Logins.of(parent))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("password");
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void a_folder_of_another_version_is_left_alone() throws IOException {
        Files.writeString(parent.resolve("VERSION"), "999\n");

        assertThatThrownBy(() -> DataFolder.take(parent))
                .isInstanceOf(StartException.class)
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
                .isInstanceOf(StartException.class)
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
                List.of(),
                10);

        file.write(parent);

        assertThat(DataFolder.holder(parent)).contains("42").contains("http://127.0.0.1:2");
        RuntimeFile.remove(parent);
        assertThat(parent.resolve("runtime.json")).doesNotExist();
        assertThat(DataFolder.holder(parent)).contains("starting or stopping");
    }
}
