package io.taskweaver.requirements.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import io.taskweaver.model.effort.LimitExceeded;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** No document, however mangled, makes the reader throw, hang or lose a line. */
class LineAccountPropertiesTest {
    private static final Set<LineUse> BELONGING = Set.of(
            LineUse.TASK,
            LineUse.DONE_TASK,
            LineUse.DETAIL,
            LineUse.CRITERION,
            LineUse.DEPENDENCY,
            LineUse.CONSTRAINT,
            LineUse.BOUNDARY,
            LineUse.COMPONENT);
    private static final String[] FRAGMENTS = {
        "# Title",
        "## Requirements",
        "## Glossary",
        "## Non-goals",
        "########## REQUIREMENTS ##########",
        "### Requirement 3: Sign in",
        "#### Acceptance Criteria",
        "- FR-1: one",
        "- **FR-2**: users can register, log in and log out (depends on FR-1)",
        "* NFR-1: within 2 seconds",
        "  - nested",
        "\t- tabbed",
        "    - [x] deeper",
        "- [] box",
        "- [x]done",
        "-Item",
        "1. WHEN a THEN the system SHALL b",
        "2) second (depends on 1)",
        "Given x",
        "| ID | Requirement | Depends on |",
        "|---|---|---|",
        "|--",
        "|| A-1 | cell | A-2 ||",
        "| A-2 | cell",
        "<table><tr><th>ID</th><th rowspan=2>Requirement</th></tr>",
        "<tr><td rowspan=\"3\">H-1</td><td>Do it</td></tr>",
        "<tr><td colspan=999999>wide",
        "</table>",
        "```",
        "````json",
        "~~~",
        "> quote",
        "> - FR-8: quoted",
        "<context>",
        "</context>",
        "<instruction>",
        "</instruction>",
        "<!-- comment",
        "-->",
        "---",
        "title: front",
        "***",
        "text with **bold",
        "~~struck~~",
        "As a user, I want x, so that y",
        "**Acceptance Criteria:**",
        "- Given x",
        "- When y",
        "[Name]",
        "\t\tcode",
        "",
        "",
        "   ",
        "####### seven",
        "depends on FR-1 to FR-900",
        "&nbsp;&#0;",
        "\u0000",
        "\uD83D",
        "\uDE80 low surrogate",
        "\u2028 line separator",
        "\u000B vertical",
        "🚀 launch",
        "- 用户可以登录",
        "- **FR\\_7**: escaped",
        "Priority: High",
        "||||",
        "* ",
        "1.",
        "- -",
        "Phase 1: COMPLETE",
        "└── src/",
        "[a]: b \"c",
        "![",
        "=====",
        "-----"
    };

    @Property(tries = 600)
    void every_line_of_a_mix_of_fragments_is_accounted_for(@ForAll("documents") String text) {
        check(text);
    }

    @Property(tries = 300)
    void every_line_of_any_text_is_accounted_for(@ForAll String text) {
        check(text);
    }

    @Property(tries = 30)
    void nesting_however_deep_is_read_or_refused_with_its_limit(@ForAll("nested") String text) {
        try {
            check(text);
        } catch (LimitExceeded e) {
            assertThat(e.limit()).isIn("line", "depth");
        }
    }

    @Property(tries = 200)
    void every_line_of_any_structure_is_accounted_for(@ForAll("documents") String text) {
        var reading = StructureReader.readWithAccount(new Document("STRUCTURE.md", text));

        isComplete(text, reading.account());
    }

    private static void check(String text) {
        var reading = Analyst.read(new Document("d.md", text));
        isComplete(text, reading.account());
        for (var requirement : reading.analysis().requirements())
            assertThat(usesWithin(reading.account(), requirement))
                    .as("lines of '%s'", requirement.title())
                    .containsAnyOf(
                            requirement.done() ? LineUse.DONE_TASK : LineUse.TASK, LineUse.CRITERION, LineUse.DETAIL);
    }

    private static Set<LineUse> usesWithin(LineAccount account, Requirement requirement) {
        return account
                .lines()
                .subList(requirement.at().firstLine() - 1, requirement.at().lastLine())
                .stream()
                .map(LineAccount.Line::use)
                .collect(Collectors.toSet());
    }

    /** As many lines as an editor shows; what is empty is blank, what is not says what it belongs to or why not. */
    static void isComplete(String text, LineAccount account) {
        var lines = List.of((text.startsWith("\uFEFF") ? text.substring(1) : text).split("\r\n|\n|\r", -1));
        assertThat(account.lines()).hasSameSizeAs(lines);
        for (int i = 0; i < lines.size(); i++) {
            var line = account.lines().get(i);
            assertThat(line.number()).isEqualTo(i + 1);
            if (lines.get(i).isBlank()) assertThat(line.use()).isIn(LineUse.BLANK);
            else assertThat(line.use()).isNotEqualTo(LineUse.BLANK);
            if (BELONGING.contains(line.use())) assertThat(line.what()).isNotBlank();
            if (line.use() == LineUse.PROSE) assertThat(line.why()).isNotBlank();
        }
    }

    @Provide
    Arbitrary<String> documents() {
        var fragment = Arbitraries.of(FRAGMENTS);
        var noisy = Combinators.combine(fragment, Arbitraries.strings().ofMaxLength(15))
                .as((piece, noise) -> piece + noise);
        var ends = Arbitraries.of("\n", "\n", "\n", "\r\n", "\r");
        var line = Arbitraries.frequencyOf(Tuple.of(6, fragment), Tuple.of(1, noisy));
        return Combinators.combine(line, ends)
                .as((words, end) -> words + end)
                .list()
                .ofMaxSize(50)
                .map(lines -> String.join("", lines));
    }

    @Provide
    Arbitrary<String> nested() {
        return Combinators.combine(
                        Arbitraries.of(
                                "> ",
                                "- ",
                                "  - ",
                                "1. ",
                                "*",
                                "[",
                                "`",
                                "<div>",
                                "**a ",
                                "| ",
                                "\t",
                                "<table><tr><td>"),
                        Arbitraries.integers().between(1, 4000))
                .as((piece, times) -> "# X\n" + piece.repeat(times) + "text\n- FR-1: after");
    }
}
