package io.taskweaver.reports.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanMarkdownTest {
    private static final Path CORPUS = Path.of(System.getProperty("taskweaver.corpus", "../../shared/corpus"));

    @Test
    void it_shows_figures_graph_phases_and_lines() {
        var text = PlanMarkdown.write(Drawn.plan(
                "# Shop",
                "## Cart",
                "- R-1: Add | remove \"it\"",
                "- R-2: Pay (depends on R-1)",
                "- [x] R-3: Start",
                "## Non-goals",
                "- No gifts"));

        assertThat(text).startsWith("# Shop\n");
        assertThat(text)
                .contains("## Phase 1 (1 task)")
                .contains("## Phase 2 (1 task)")
                .contains("## Done already");
        assertThat(text).contains("Add \\| remove").contains("d.md:3").contains("- No gifts");
        assertThat(text)
                .contains("flowchart LR")
                .contains("#quot;it#quot;")
                .contains(" ==> ")
                .contains("1 need that others imply is not drawn.");
    }

    @Test
    void needs_are_results_and_contracts_of_others_not_the_own_one() {
        var text = PlanMarkdown.write(Drawn.plan("# Shop", "## Cart", "- R-1: Add it", "- R-2: Pay (depends on R-1)"));

        assertThat(text).contains("| Pay | Cart | medium | 20 min | `R-1` |");
    }

    @Test
    void the_critical_path_is_marked_in_the_graph() {
        var text = PlanMarkdown.write(Drawn.plan("# Shop", "- R-1: one", "- R-2: two (depends on R-1)"));

        assertThat(text.lines().filter(line -> line.endsWith(" critical"))).hasSize(3);
    }

    @Test
    void the_graph_of_a_large_plan_is_cut_and_says_so() {
        var text = PlanMarkdown.write(Drawn.plan(Drawn.items(400)));

        assertThat(text).contains("The graph shows 120 of");
        assertThat(text.lines().filter(line -> line.startsWith("| `R-") || line.startsWith("| **`R-")))
                .hasSize(400);
    }

    @Test
    void it_shows_which_component_uses_which() {
        assertThat(PlanMarkdown.write(Drawn.plan(
                        "# Shop",
                        "## Orders",
                        "- FR-1: Place an order.",
                        "- FR-2: Cancel an order through the ledger.",
                        "## Ledger",
                        "- FR-3: Book a payment (depends on FR-1).",
                        "- FR-4: Close the year.")))
                .contains("## Boundaries between components")
                .contains("| Orders | Ledger | `contract-ledger` |  | mentions 'ledger' |");
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "04", "05", "09", "11", "12", "16"})
    void the_plan_of_every_document_of_others_can_be_written(String number) throws IOException {
        assumeTrue(Files.isDirectory(CORPUS), () -> "skipped: no documents in " + CORPUS.toAbsolutePath());
        try (var files = Files.list(CORPUS)) {
            var file = files.filter(path -> path.getFileName().toString().startsWith(number + "-"))
                    .findFirst()
                    .orElseThrow();
            assertThat(PlanMarkdown.write(Drawn.plan(Files.readString(file)))).contains("```mermaid");
        }
    }
}
