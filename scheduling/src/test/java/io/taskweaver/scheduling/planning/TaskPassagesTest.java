package io.taskweaver.scheduling.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskweaver.model.Document;
import io.taskweaver.model.Passage;
import io.taskweaver.model.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TaskPassagesTest {
    private static final Path CASES = Path.of(System.getProperty("taskweaver.cases", "../../shared/cases/reading"));

    private static Plan shared(String name) throws IOException {
        assumeTrue(Files.isDirectory(CASES), CASES + " is not there");
        var document = new Document(name, Files.readString(CASES.resolve(name)));
        return Plans.planned(Plans.planning(List.of(document), Optional.empty()));
    }

    private static List<String> texts(Plan plan, String task, Passage.Kind kind) {
        return Plans.task(plan, task).passages().stream()
                .filter(passage -> passage.kind() == kind)
                .map(Passage::text)
                .toList();
    }

    private static String all(Plan plan, String task) {
        return Plans.task(plan, task).passages().stream()
                .map(Passage::text)
                .reduce("", (some, more) -> some + "\n\n" + more);
    }

    @Test
    void a_task_has_the_words_it_uses_and_the_tables_it_speaks_of() throws IOException {
        var plan = shared("b-17-context-reaches-the-prompt.md");

        assertThat(all(plan, "US-1"))
                .contains("a bundled prompt file", "Zero lint errors", "Score below the threshold", "--sleep", "--tag");
        assertThat(Plans.task(plan, "US-1").headings()).containsExactly("Loop", "User Stories");
    }

    @Test
    void so_it_is_in_other_words() {
        var plan = Plans.plan("""
                # Courier

                Terms
                -----
                | Term | Meaning |
                |---|---|
                | Locker | A box with a door of its own |
                | Depot | Where parcels are sorted |

                ## Requirements

                - **R-1**: Couriers shall open a locker with a pickup code.
                - **R-2**: Managers shall print a weekly report.

                ## Data model

                ### Pickup code

                ```json
                {"digits": "six", "expires_at": "time"}
                ```

                ### Weekly report

                | Column | Unit |
                |---|---|
                | parcels | number |
                """);

        assertThat(all(plan, "R-1"))
                .contains("Locker: A box with a door of its own", "expires_at")
                .doesNotContain("Depot", "| parcels |");
        assertThat(all(plan, "R-2")).contains("| parcels |").doesNotContain("Locker", "expires_at");
    }

    @Test
    void so_it_is_in_german() {
        var plan = Plans.plan("""
                # Schließfach

                ## Begriffe

                Abholcode
                : sechs Ziffern, die einen Tag lang gelten

                ## Anforderungen

                - **A-1**: Das System muss einen Abholcode per SMS senden.
                - **A-2**: Das System muss Rechnungen drucken.

                ## Schnittstellen

                | Methode | Pfad | Zweck |
                |---|---|---|
                | POST | /rechnungen | Rechnungen drucken |
                """);

        assertThat(all(plan, "A-1"))
                .contains("sechs Ziffern, die einen Tag lang gelten")
                .doesNotContain("/rechnungen");
        assertThat(all(plan, "A-2")).contains("/rechnungen").doesNotContain("Ziffern");
    }

    @Test
    void so_it_is_in_scripts_without_blanks() {
        var plan = Plans.plan("""
                # 快递柜

                ## 术语表

                - **取件码**：六位数字，一天内有效。
                - **网点**：分拣包裹的地方。

                ## 功能需求

                - **R-1**：系统应发送取件码。
                - **R-2**：系统应打印报表。

                ## 数据

                ### 报表

                | 字段 | 类型 |
                |---|---|
                | 日期 | 文本 |
                """);

        assertThat(all(plan, "R-1")).contains("六位数字").doesNotContain("分拣包裹的地方", "日期");
        assertThat(all(plan, "R-2")).contains("日期").doesNotContain("六位数字");
    }

    @Test
    void text_and_data_of_its_chapter_come_with_it_and_those_of_other_chapters_do_not() {
        var plan = Plans.plan("""
                # Shop

                ## Orders

                Amounts are in cents.

                - **FR-1**: Users shall pay.

                ### Errors

                | Code | Reason |
                |---|---|
                | 402 | No money |

                ## Users

                Names are unique.

                - **FR-2**: Users shall sign in.
                """);

        assertThat(texts(plan, "FR-1", Passage.Kind.TEXT)).containsExactly("Amounts are in cents.");
        assertThat(all(plan, "FR-1")).contains("No money").doesNotContain("unique");
        assertThat(texts(plan, "FR-2", Passage.Kind.TEXT)).containsExactly("Names are unique.");
        assertThat(all(plan, "FR-2")).doesNotContain("No money", "cents");
    }

    @Test
    void of_a_long_table_there_are_the_rows_that_it_speaks_of() {
        var table = new StringBuilder("# X\n## Requirements\n- **R-1**: Admins shall set `max_retries`.\n");
        table.append("- **R-2**: Admins shall see logs.\n## Settings\n| Name | Default |\n|---|---|\n");
        for (int i = 0; i < 30; i++)
            table.append("| setting_").append(i).append(" | ").append(i).append(" |\n");
        table.append("| max_retries | 3 |\n");

        var plan = Plans.plan(table.toString());

        assertThat(texts(plan, "R-1", Passage.Kind.DATA))
                .containsExactly("| Name | Default |\n|---|---|\n| max_retries | 3 |");
        assertThat(texts(plan, "R-2", Passage.Kind.DATA)).isEmpty();
    }

    @Test
    void commands_to_build_and_test_are_for_all() {
        var plan = Plans.plan("""
                # Tool
                - **R-1**: Print help.
                - **R-2**: Print the version.

                ## Development

                Use `cargo test` before a commit, never `cargo publish`.

                ```sh
                $ cargo build --release  # takes a minute
                cd target
                ```
                """);

        for (var task : List.of("R-1", "R-2"))
            assertThat(texts(plan, task, Passage.Kind.COMMAND)).containsExactly("cargo test", "cargo build --release");
    }

    @Test
    void what_asks_for_something_or_binds_is_not_said_twice() {
        var plan = Plans.plan("""
                # Shop
                ## Orders
                | ID | Requirement |
                |---|---|
                | FR-1 | Users shall pay |
                | FR-2 | Users shall cancel orders |
                ## Out of scope
                - Refunds of orders
                """);

        assertThat(Plans.task(plan, "FR-1").passages()).isEmpty();
        assertThat(Plans.task(plan, "FR-2").passages()).isEmpty();
    }

    @Test
    void what_is_taken_for_granted_is_not_ruled_out() {
        for (var headings :
                List.of("Non-goals/Assumptions", "Nichtziele/Annahmen", "非目标/假设", "Fuera de alcance/Supuestos")) {
            var each = headings.split("/", -1);
            var plan = Plans.plan("# X\n## Features\n- Search\n## " + each[0] + "\n- Chat\n## " + each[1]
                    + "\n- Users have a phone\n");
            assertThat(plan.boundaries()).as(headings).containsExactly("Chat", "Assumed: Users have a phone");
        }
    }

    @Test
    void a_word_that_most_tasks_use_is_no_reason_for_a_table() {
        var text = new StringBuilder("# X\n## Requirements\n");
        for (int i = 1; i <= 12; i++)
            text.append("- **R-")
                    .append(i)
                    .append("**: Users shall do thing ")
                    .append(i)
                    .append(".\n");
        text.append("## Users\n| Field | Type |\n|---|---|\n| login | text |\n");

        assertThat(Plans.task(Plans.plan(text.toString()), "R-3").passages()).isEmpty();
    }

    @Test
    void the_language_of_the_project_decides_how_contracts_are_given() throws IOException {
        assertThat(shared("b-16-language-of-the-contract.md").tasks())
                .allSatisfy(task -> assertThat(task.expectedFiles()).noneMatch(path -> path.endsWith(".java")));
        for (var document : List.of(
                "# Parser\n- **P-1**: Provide a Rust crate.\n- **P-2**: Parse dates.\n\nDone when `cargo test` passes.\n",
                "# Zähler\n- **Z-1**: Als Elixir-Bibliothek bereitstellen.\n- **Z-2**: Werte zählen.\n\n`mix test` läuft durch.\n",
                "# 解析器\n- **P-1**：使用Kotlin开发，提供接口。\n- **P-2**：解析日期。\n",
                "# Panel\n- **P-1**: Se escribe en TypeScript con Angular.\n- **P-2**: Mostrar datos.\n"))
            assertThat(Plans.plan(document).tasks())
                    .as(document)
                    .allSatisfy(task -> assertThat(task.expectedFiles()).isEmpty());
        assertThat(Plans.plan("# Shop\n- **P-1**: Build a Java library.\n- **P-2**: Sell books.\n")
                        .tasks())
                .anySatisfy(task -> assertThat(task.expectedFiles()).anyMatch(path -> path.endsWith(".java")));
    }

    @Property(tries = 40)
    void passages_stay_within_their_room(
            @ForAll @IntRange(min = 1, max = 40) int tables, @ForAll @IntRange(max = 900) int words) {
        var text = new StringBuilder("# X\n## Orders\n- **R-1**: Users shall order.\n- **R-2**: Users shall pay.\n");
        for (int i = 0; i < tables; i++)
            text.append("### Part ")
                    .append(i)
                    .append("\n| A | B |\n|---|---|\n| x | ")
                    .append("word ".repeat(words))
                    .append("|\n");

        for (var task : Plans.plan(text.toString()).tasks())
            assertThat(task.passages().stream()
                            .mapToInt(passage -> passage.text().length())
                            .sum())
                    .isLessThanOrEqualTo(16_000);
    }
}
