package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot work is refused before anything starts, with what is wrong, where, and what to do. */
class BadInputTest {
    private static final int USAGE = 2;
    private static final int RUNTIME = 4;
    private static final int CREDENTIALS = 5;

    @TempDir
    Path dir;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    an empty document                  | ''                                                                                          | empty
                    a document without a requirement   | # Notes\\n\\nNothing is asked for here.\\n                                                  | requirement
                    an id that repeats                 | # R\\n\\n- **FR-001**: Sort parcels\\n- **FR-001**: Weigh letters\\n                        | FR-001
                    a cycle                            | # R\\n\\n- **FR-001**: Sort (depends on FR-002)\\n- **FR-002**: Weigh (depends on FR-001)\\n | FR-001 -> FR-002 -> FR-001
                    a dependency on an unknown id      | # R\\n\\n- **FR-001**: Sort parcels (depends on FR-099)\\n                                  | FR-099
                    """)
    void a_document_that_can_not_be_planned_is_refused_with_its_reason(String name, String text, String mentioned)
            throws Exception {
        try (var workspace = new Workspace(dir)) {
            workspace.document("REQUIREMENTS.md", text.replace("\\n", "\n"));
            refused(workspace, mentioned, "run", "REQUIREMENTS.md");
        }
    }

    @Test
    void a_binary_is_refused() throws Exception {
        try (var workspace = new Workspace(dir)) {
            Files.write(dir.resolve("picture.md"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 0, 1, 2, 3, 0});
            refused(workspace, "text", "run", "picture.md");
        }
    }

    @Test
    void six_megabytes_of_text_are_refused_with_the_limit_named() throws Exception {
        try (var workspace = new Workspace(dir)) {
            workspace.document("REQUIREMENTS.md", "- The system shall sort parcels\n".repeat(6 * 1024 * 1024 / 32 + 1));
            refused(workspace, "5 MiB", "run", "REQUIREMENTS.md");
        }
    }

    @Test
    void a_missing_file_is_refused() throws Exception {
        try (var workspace = new Workspace(dir)) {
            refused(workspace, "MISSING.md", "run", "MISSING.md");
        }
    }

    @Test
    void an_output_folder_that_can_not_be_made_is_refused() throws Exception {
        try (var workspace = new Workspace(dir)) {
            workspace.document("REQUIREMENTS.md", "- **FR-001**: Sort parcels\n");
            workspace.document("occupied", "a file, not a folder");
            refused(workspace, "occupied", "run", "REQUIREMENTS.md", "--out", "occupied/out");
        }
    }

    @Test
    void the_real_agent_without_credentials_is_refused_and_says_what_to_set() throws Exception {
        try (var workspace = new Workspace(dir)) {
            workspace.document("REQUIREMENTS.md", "- **FR-001**: Sort parcels\n");
            var run = workspace.taskweaver("run", "REQUIREMENTS.md", "--agent", "codegen");
            assertThat(run.exitCode()).as(run.output()).isEqualTo(CREDENTIALS);
            assertThat(run.output()).contains("CODEGEN_API_TOKEN", "CODEGEN_ORG_ID");
        }
    }

    @Test
    void a_port_in_use_is_named() throws Exception {
        try (var workspace = new Workspace(dir);
                var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var up = workspace.taskweaver("up", "--broker-port", Integer.toString(taken.getLocalPort()));
            assertThat(up.exitCode()).as(up.output()).isEqualTo(RUNTIME);
            assertThat(up.output())
                    .contains(Integer.toString(taken.getLocalPort()))
                    .containsIgnoringCase("in use");
        }
    }

    @Test
    void a_data_folder_of_another_version_is_left_alone_and_named() throws Exception {
        try (var workspace = new Workspace(dir)) {
            var ofItsUserAlone = PosixFilePermissions.fromString("rwx------");
            Files.createDirectory(dir.resolve(".taskweaver"), PosixFilePermissions.asFileAttribute(ofItsUserAlone));
            Files.writeString(dir.resolve(".taskweaver/VERSION"), "999\n");
            var up = workspace.taskweaver("up");
            assertThat(up.exitCode()).as(up.output()).isEqualTo(RUNTIME);
            assertThat(up.output()).contains("999").contains(".taskweaver");
        }
    }

    private void refused(Workspace workspace, String mentioned, String... command) throws Exception {
        var run = workspace.taskweaver(command);
        assertThat(run.exitCode()).as(run.output()).isEqualTo(USAGE);
        assertThat(run.output()).contains(mentioned);
        assertThat(run.output()).as("no stack trace").doesNotContain("\tat ");
        assertThat(dir.resolve(".taskweaver")).as("nothing was started").doesNotExist();
    }
}
