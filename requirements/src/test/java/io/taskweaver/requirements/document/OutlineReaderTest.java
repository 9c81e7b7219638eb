package io.taskweaver.requirements.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.model.Document;
import io.taskweaver.model.effort.LimitExceeded;
import io.taskweaver.requirements.document.Block.Box;
import io.taskweaver.requirements.document.Block.Item;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutlineReaderTest {
    @Test
    void sections_nest_by_level_and_keep_their_lines() {
        var root = read("# A\n\ntext\n\n## B\n\n- x\n- y\n\n# C\n");

        assertThat(root.sections())
                .extracting(section -> section.heading().text())
                .containsExactly("A", "C");
        var inner = root.sections().getFirst().sections().getFirst();
        assertThat(inner.heading().text()).isEqualTo("B");
        assertThat(inner.headingAt()).hasToString("d.md:5");
        assertThat(inner.ownSpan()).hasToString("d.md:5-8");
        assertThat(items("# A\n\n- x\n- y\n\n  more\n"))
                .extracting(item -> item.at().toString())
                .containsExactly("d.md:3", "d.md:4-6");
    }

    @Test
    void a_box_without_a_blank_is_a_box() {
        assertThat(items("- [] a\n- [ x] b\n- [X]c\n-[ ] d\n- [ ]* e\n* [] f\n"))
                .extracting(Item::box)
                .containsExactly(Box.OPEN, Box.TICKED, Box.TICKED, Box.OPEN, Box.OPEN, Box.OPEN);
    }

    @Test
    void a_link_is_no_box() {
        assertThat(items("- [x](http://a)\n- [ ]\n")).extracting(Item::box).containsOnly(Box.NONE);
    }

    @Test
    void a_bullet_without_a_blank_is_a_bullet_and_an_option_is_not() {
        assertThat(items("-First\n-Second\n• Third\n"))
                .extracting(item -> item.phrase().text())
                .containsExactly("First", "Second", "Third");
        assertThat(read("run it with\n--json\n").blocks()).hasOnlyElementsOfType(Block.Paragraph.class);
    }

    @Test
    void headings_with_too_many_marks_are_headings() {
        var root = read("########## REQUIREMENTS ##########\n\n#Glued\n");

        assertThat(root.sections())
                .extracting(section -> section.heading().text())
                .containsExactly("REQUIREMENTS", "Glued");
    }

    @Test
    void rows_with_doubled_bars_are_rows() {
        var table = (Block.Table) read("|| ID | Text ||\n|| --- | --- ||\n|| A-1 | one ||\n")
                .blocks()
                .getFirst();

        assertThat(table.header()).containsExactly("ID", "Text");
        assertThat(table.rows().getFirst().cells()).extracting(Phrase::text).containsExactly("A-1", "one");
        assertThat(table.rows().getFirst().at()).hasToString("d.md:3");
    }

    @Test
    void front_matter_is_no_content_and_keeps_the_lines() {
        var root = read("---\ntitle: x\ntags:\n  - a\n---\n# Real\n");

        assertThat(root.blocks()).isEmpty();
        assertThat(root.sections().getFirst().headingAt()).hasToString("d.md:6");
    }

    @Test
    void a_rule_at_the_beginning_is_no_front_matter() {
        assertThat(read("---\nSome text\n---\n").blocks()).isNotEmpty();
    }

    @Test
    void tags_of_their_own_do_not_swallow_markdown() {
        var root = read("<context>\n# A\n- x\n</context>\n<PRD>\n# B\n</PRD>\n");

        assertThat(root.sections())
                .extracting(section -> section.heading().text())
                .containsExactly("A", "B");
    }

    @Test
    void guidance_is_dropped_with_all_that_is_in_it() {
        var root = read("# A\n"
                + "<instruction>\n"
                + "# Not a heading\n"
                + "<example type=\"good\">\n"
                + "- no\n"
                + "</example>\n"
                + "</instruction>\n"
                + "- yes\n");

        assertThat(root.sections()).hasSize(1);
        assertThat(items(root.sections().getFirst().blocks()))
                .extracting(item -> item.at().toString())
                .containsExactly("d.md:8");
    }

    @Test
    void guidance_that_is_never_closed_drops_its_own_line_only() {
        assertThat(read("<example>\n# A\n").sections()).hasSize(1);
    }

    @Test
    void what_stands_in_a_fence_is_left_as_it_is() {
        var code = (Block.Code) read("```\n-[] a\n<context>\n```\n").blocks().getFirst();

        assertThat(code.text()).isEqualTo("-[] a\n<context>\n");
    }

    @Test
    void a_phrase_keeps_code_and_knows_its_bold_beginning() {
        var phrase = items("- **FR-1**: use `x_y` and [a link](http://b) ~~not this~~\n")
                .getFirst()
                .phrase();

        assertThat(phrase.text()).isEqualTo("FR-1: use `x_y` and a link");
        assertThat(phrase.lead()).isEqualTo("FR-1");
        assertThat(phrase.label()).isEqualTo("FR-1");
        assertThat(phrase.afterLabel()).isEqualTo("use `x_y` and a link");
    }

    @Test
    void an_item_that_is_struck_through_says_so() {
        assertThat(items("- ~~gone~~\n").getFirst().phrase().struck()).isTrue();
    }

    @Test
    void lines_are_counted_the_same_with_any_line_ending() {
        for (var end : List.of("\n", "\r\n", "\r"))
            assertThat(read("a" + end + end + "# B" + end).sections().getFirst().headingAt())
                    .hasToString("d.md:3");
    }

    @Test
    void deep_nesting_is_no_danger() {
        assertThat(read(">".repeat(9_000) + " x\n").blocks()).isNotEmpty();
        assertThat(read("- ".repeat(4_500) + "x\n").blocks()).isNotEmpty();
        assertThat(read("*a **b ".repeat(1_400)).blocks()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {">", "- ", "*a **b ", "[", "`a ", "a_"})
    void a_line_that_is_longer_than_anybody_reads_is_refused_at_once(String piece) {
        assertThatThrownBy(() -> read("Some words.\n\n" + piece.repeat(20_000) + "x\n"))
                .isInstanceOfSatisfying(LimitExceeded.class, exceeded -> {
                    assertThat(exceeded.limit()).isEqualTo("line");
                    assertThat(exceeded.line()).isEqualTo(3);
                });
    }

    @Test
    void blanks_and_marks_in_a_row_are_shortened() {
        assertThat(items("- a" + " ".repeat(50_000) + "b"))
                .singleElement()
                .extracting(item -> item.phrase().text().length())
                .isEqualTo(42);
        assertThat(items("- a" + "\u0301".repeat(50_000) + "b"))
                .singleElement()
                .extracting(item -> item.phrase().text().length())
                .isEqualTo(42);
    }

    private static Section read(String text) {
        return OutlineReader.read(new Document("d.md", text)).root();
    }

    private static List<Item> items(String text) {
        var root = read(text);
        return items(
                root.sections().isEmpty()
                        ? root.blocks()
                        : root.sections().getFirst().blocks());
    }

    private static List<Item> items(List<Block> blocks) {
        return blocks.stream()
                .filter(Block.Items.class::isInstance)
                .flatMap(block -> ((Block.Items) block).items().stream())
                .toList();
    }
}
