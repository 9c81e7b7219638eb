package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.examples.RunDocument;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program of the user's own beside a running system. */
@Tag("long")
class LibraryTest {
    @TempDir
    Path dir;

    @Test
    void the_example_program_runs_a_document_and_has_its_files() throws Exception {
        try (var workspace = new Workspace(dir)) {
            var up = workspace.taskweaver("up");
            assertThat(up.exitCode()).as(up.output()).isZero();
            var document = workspace.document("REQUIREMENTS.md", """
                    # Library of things

                    - **FR-001**: The system shall lend things to members
                    - **FR-002**: The system shall remind members of things that are due (depends on FR-001)
                    """);

            RunDocument.main(new String[] {
                workspace.clientProperties().toString(),
                document.toString(),
                dir.resolve("made").toString()
            });

            assertThat(dir.resolve("made/src/main/java")).isDirectoryRecursivelyContaining("glob:**Lend*.java");
            assertThat(workspace.taskweaver("down").exitCode()).isZero();
        }
    }
}
