package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job, once, from nothing to files that a user can use. */
class RunTest {
    private static final Path EXAMPLES = Workspace.PROJECT.resolve("examples");

    @TempDir
    Path dir;

    @Test
    void an_example_becomes_plan_contracts_queries_and_merged_sources_that_compile() throws Exception {
        try (var workspace = new Workspace(dir)) {
            plantSettings();
            var run = workspace.taskweaver(
                    "run",
                    EXAMPLES.resolve("url-shortener/REQUIREMENTS.md").toString(),
                    "--structure",
                    EXAMPLES.resolve("url-shortener/STRUCTURE.md").toString());

            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(run.output()).contains("simulated");
            var out = dir.resolve("taskweaver-out");
            var plan = Workspace.JSON.readTree(out.resolve("plan.json").toFile());
            assertThat(plan.path("tasks").size()).isGreaterThan(15);
            assertThat(plan.path("tasks"))
                    .allSatisfy(task -> assertThat(task.path("status").asText()).isEqualTo("done"));
            assertThat(Files.readString(out.resolve("plan.md"))).contains("```mermaid");
            assertThat(Files.readString(out.resolve("report.md"))).isNotBlank();
            try (var queries = Files.list(out.resolve("queries"))) {
                assertThat(queries).hasSizeGreaterThan(15);
            }
            try (var contracts = Files.list(out.resolve("contracts"))) {
                assertThat(contracts).isNotEmpty();
            }
            try (var merged = Files.walk(out.resolve("merged"))) {
                assertThat(merged.filter(path -> path.toString().endsWith(".java")))
                        .hasSizeGreaterThan(15);
            }
            assertThat(Sources.errors(out.resolve("merged"), dir.resolve("classes")))
                    .isEmpty();
            assertThat(workspace.runtime()).as("what run started, run stopped").isEmpty();
            assertThat(dir.resolve("planted.log"))
                    .as("a sign of settings that came with the folder")
                    .doesNotExist();
        }
    }

    /**
     * Settings as a folder may bring them that came from elsewhere, in the files that the runtime's framework reads. The one
     * file leaves a sign, and the runtime does not start on the other.
     */
    private void plantSettings() throws IOException {
        Files.writeString(
                dir.resolve(".env"),
                "QUARKUS_LOG_FILE_ENABLE=true\nQUARKUS_LOG_FILE_PATH=" + dir.resolve("planted.log") + "\n");
        Files.writeString(
                Files.createDirectory(dir.resolve("config")).resolve("application.properties"),
                "taskweaver.planner.tick=never\n");
    }

    @Test
    @Tag("long")
    void a_code_base_is_extended_and_what_is_complete_is_not_run_again() throws Exception {
        try (var workspace = new Workspace(dir)) {
            String[] command = {
                "run",
                EXAMPLES.resolve("clinic-booking/REQUIREMENTS.md").toString(),
                "--structure",
                EXAMPLES.resolve("clinic-booking/STRUCTURE.md").toString(),
                "--code",
                EXAMPLES.resolve("clinic-booking/code").toString(),
                "--out",
                "results"
            };
            var first = workspace.taskweaver(command);
            assertThat(first.exitCode()).as(first.output()).isZero();

            var again = workspace.taskweaver(command);
            assertThat(again.exitCode()).as(again.output()).isZero();
            assertThat(again.output()).containsIgnoringCase("already complete");
        }
    }
}
