package io.taskweaver.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents by people who never saw this program, where they are at hand. Also: a run beside a runtime that is up uses it. */
class CorpusTest {
    private static final Path CORPUS =
            Workspace.PROJECT.resolveSibling("shared").resolve("corpus");

    @TempDir
    static Path dir;

    private static Workspace workspace;

    /** One of each kind; more of a kind when there is time: {@code ./verify -Plong}. */
    static Stream<String> documents() {
        var kinds =
                Stream.of("05-mdm-srs-ieee830.md", "09-rpg-prd-template.md", "11-gastown-convoy-prd-user-stories.md");
        return !Boolean.getBoolean("taskweaver.long")
                ? kinds
                : Stream.concat(
                        kinds,
                        Stream.of(
                                "01-bank-cli-checkboxes.md",
                                "04-url-shortener-taskmaster-prd.txt",
                                "12-warband-kiro-ears.md",
                                "16-agent-pulsar-kafka-requirements.md"));
    }

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(Files.isDirectory(CORPUS), "the corpus is not at hand: these tests were skipped");
        workspace = new Workspace(dir);
        var up = workspace.taskweaver("up");
        assertThat(up.exitCode()).as(up.output()).isZero();
    }

    @AfterAll
    static void stop() throws Exception {
        if (workspace != null) workspace.close();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void a_real_document_runs_to_its_end(String name) throws Exception {
        var runtime = workspace.runtime("pid");
        var out = "out-" + name;
        var run = workspace.taskweaver("run", CORPUS.resolve(name).toString(), "--out", out);

        assertThat(run.exitCode()).as(run.output()).isZero();
        var plan = Workspace.JSON.readTree(dir.resolve(out).resolve("plan.json").toFile());
        assertThat(plan.path("tasks"))
                .isNotEmpty()
                .allSatisfy(task -> assertThat(task.path("status").asText()).isEqualTo("done"));
        assertThat(dir.resolve(out).resolve("merged")).isNotEmptyDirectory();
        assertThat(Sources.errors(dir.resolve(out).resolve("merged"), dir.resolve("classes-" + name)))
                .isEmpty();
        assertThat(workspace.runtime("pid"))
                .as("the runtime that was up is used and stays")
                .isEqualTo(runtime);
    }
}
