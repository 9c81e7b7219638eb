package io.taskweaver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskweaver.cli.runtime.DataFolderTrust;
import io.taskweaver.cli.runtime.RuntimeProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository may bring a data folder along, which says where commands are to connect to. */
class DataFolderTrustTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // Set by JUnit.
    private Path folder;

    private Path planted() throws IOException {
        var planted = folder.resolve(".taskweaver");
        Files.createDirectory(planted);
        Files.setPosixFilePermissions(planted, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(
                planted.resolve("runtime.json"),
                "{\"pid\": " + ProcessHandle.current().pid() + ", \"bootstrap\": \"attacker.example:9092\"}");
        Files.writeString(planted.resolve("token"), "known");
        return planted;
    }

    @BeforeEach
    void only_where_there_are_modes() {
        assumeTrue(
                folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "this system has no modes of files: this test was skipped");
    }

    @Test
    void files_that_a_starting_runtime_renames_meanwhile_are_no_problem() throws Exception {
        var own = Files.createDirectory(
                folder.resolve("own"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var over = new AtomicBoolean();
        var runtime = Thread.ofPlatform().start(() -> {
            try {
                while (!over.get()) {
                    var written = Files.createTempFile(own, ".token", ".new");
                    Files.move(written, own.resolve("token"), StandardCopyOption.ATOMIC_MOVE);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        try {
            assertThatCode(() -> {
                        for (int looks = 0; looks < 2_000; looks++) DataFolderTrust.check(own);
                    })
                    .doesNotThrowAnyException();
        } finally {
            over.set(true);
            runtime.join();
        }
    }

    @Test
    void no_command_reads_or_writes_in_a_folder_that_came_with_a_repository() throws IOException {
        var planted = planted();
        for (var command : List.of(
                List.of("status"),
                List.of("down"),
                List.of("up"),
                List.of("events"),
                List.of("token", "show"),
                List.of("token", "rotate"))) {
            var typed = Typed.command(Stream.concat(command.stream(), Stream.of("--data-dir", planted.toString()))
                    .toArray(String[]::new));

            assertThat(typed.exitCode()).as("%s", command).isNotZero();
            assertThat(typed.err()).contains("rwxr-xr-x", "chmod 700 " + planted, "--data-dir");
            assertThat(typed.out()).doesNotContain("known");
        }
        assertThat(Typed.command("doctor", "--data-dir", planted.toString()).out())
                .contains("rwxr-xr-x")
                .doesNotContain("attacker.example");
        try (var files = Files.list(planted)) {
            assertThat(files).containsExactlyInAnyOrder(planted.resolve("runtime.json"), planted.resolve("token"));
        }
    }

    @Test
    void where_others_could_write_the_way_out_names_what_they_could_put_there() throws IOException {
        var planted = planted();
        Files.setPosixFilePermissions(planted, PosixFilePermissions.fromString("rwxrwxr-x"));

        assertThatThrownBy(() -> DataFolderTrust.check(planted))
                .isInstanceOfSatisfying(
                        RuntimeProblem.class,
                        problem -> assertThat(problem.hint())
                                .contains("token, password, registry-password, ticket.key, client.properties"));
    }

    @Test
    void a_folder_that_is_closed_or_new_or_holds_nothing_is_trusted() throws IOException {
        var planted = planted();
        Files.setPosixFilePermissions(planted, PosixFilePermissions.fromString("rwx------"));
        var empty = Files.createDirectory(folder.resolve("empty"));

        for (var trusted : List.of(planted, empty, folder.resolve("new")))
            assertThatCode(() -> DataFolderTrust.check(trusted)).doesNotThrowAnyException();
    }

    @Test
    void a_folder_of_another_user_is_refused() throws IOException {
        var planted = planted();
        giveAway(planted);

        assertThatThrownBy(() -> DataFolderTrust.check(planted))
                .isInstanceOf(RuntimeProblem.class)
                .hasMessageContaining("nobody");
    }

    @Test
    void a_folder_that_was_closed_with_a_file_of_another_user_in_it_is_refused() throws IOException {
        var planted = planted();
        giveAway(planted.resolve("runtime.json"));
        Files.setPosixFilePermissions(planted, PosixFilePermissions.fromString("rwx------"));

        assertThatThrownBy(() -> DataFolderTrust.check(planted))
                .isInstanceOf(RuntimeProblem.class)
                .hasMessageContaining("runtime.json")
                .hasMessageContaining("nobody");
    }

    private static void giveAway(Path path) throws IOException {
        try {
            Files.setOwner(
                    path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        } catch (IOException e) {
            assumeTrue(false, "only root gives files away: this test was skipped");
        }
    }

    @Test
    void what_connects_to_a_data_folder_reads_no_variables_or_files_into_its_settings() throws IOException {
        Files.writeString(
                folder.resolve("client.properties"), "bootstrap.servers=attacker.example:9092\nconfig.providers=env\n");

        assertThatThrownBy(() -> SystemOptions.ofDataFolder(folder))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("config.providers");
    }
}
