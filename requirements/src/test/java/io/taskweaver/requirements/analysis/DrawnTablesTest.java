package io.taskweaver.requirements.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskweaver.model.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tables that converters draw with characters, and cells that several rows share. */
class DrawnTablesTest {
    private static final Path CASES = Path.of(System.getProperty("taskweaver.cases", "../../shared/cases/reading"));

    private static List<String> read(String text) {
        return Analyst.analyse(new Document("d.md", text)).requirements().stream()
                .map(requirement -> requirement.id().orElse("?") + " " + requirement.text() + " "
                        + requirement.importance().map(Enum::name).orElse("-") + " "
                        + requirement.at().firstLine())
                .toList();
    }

    private static Optional<Requirement> requirement(String text, String id) {
        return Analyst.analyse(new Document("d.md", text)).requirements().stream()
                .filter(requirement -> requirement.id().filter(id::equals).isPresent())
                .findFirst();
    }

    private static String shared(String name) throws IOException {
        assumeTrue(Files.isDirectory(CASES), () -> "the folder " + CASES + " is not here");
        return Files.readString(CASES.resolve(name));
    }

    @Test
    void grids_are_tables() throws IOException {
        var found = Analyst.analyse(new Document("d.md", shared("a-25-pandoc-tables.md")))
                .requirements();
        assertThat(found).extracting(Requirement::id).containsExactly(Optional.of("FR-01"), Optional.of("FR-02"));
        assertThat(found)
                .extracting(
                        requirement -> requirement.importance().map(Enum::name).orElse(""))
                .containsExactly("HIGH", "LOW");
        assertThat(found.getFirst().text()).contains("Assign a parcel to the smallest free locker");
    }

    @Test
    void grids_may_have_wide_characters_and_bars_in_cells() {
        assertThat(read("""
                # 会议室

                ## 需求

                +-------+----------------------+--------+
                | ID    | 需求                 | 优先级 |
                +=======+======================+========+
                | MR-1  | 系统必须预订会议室   | high   |
                +-------+----------------------+--------+
                | MR-2  | 系统必须取消         | low    |
                |       | 预订                 |        |
                +-------+----------------------+--------+
                """)).hasSize(2).first().asString().startsWith("MR-1 系统必须预订会议室");
    }

    @Test
    void a_grid_without_a_double_line_has_its_header_in_the_first_row() {
        assertThat(read("""
                ## Anforderungen

                +-----+----------------------------+
                | ID  | Anforderung                |
                +-----+----------------------------+
                | B-1 | Das System muss ausleihen  |
                +-----+----------------------------+
                | B-2 | Das System muss mahnen     |
                +-----+----------------------------+
                """)).containsExactly("B-1 Das System muss ausleihen - 6", "B-2 Das System muss mahnen - 8");
    }

    @Test
    void columns_above_and_below_dashes_are_tables() {
        assertThat(read("""
                ## Requirements

                ---------------------------------------------
                 ID    Requirement               Priority
                ------ ------------------------- ------------
                 C-1   The system shall print    High
                       labels

                 C-2   The system shall count    Low
                       parcels
                ---------------------------------------------

                ID      Requirement                      Priority
                ------- -------------------------------- --------
                D-1     The system shall print cards     High
                D-2     The system shall count readers   Low

                Text.
                """))
                .containsExactly(
                        "C-1 The system shall print labels HIGH 6",
                        "C-2 The system shall count parcels LOW 9",
                        "D-1 The system shall print cards HIGH 15",
                        "D-2 The system shall count readers LOW 16");
    }

    @Test
    void rows_that_share_an_id_are_one_requirement() throws IOException {
        var text = shared("a-21-merged-cells.md");
        assertThat(read(text)).hasSize(2);
        assertThat(requirement(text, "PU-1").orElseThrow().text())
                .contains("The system shall send codes", "The system shall hide codes after use");
    }

    @Test
    void rows_of_a_grid_that_share_an_id_are_one_requirement() {
        var text = """
                ## Exigences

                +------+--------------------------------+
                | ID   | Exigence                       |
                +======+================================+
                | S-1  | Le système doit réserver       |
                |      +--------------------------------+
                |      | Le système doit annuler        |
                +------+--------------------------------+
                | S-2  | Le système doit afficher       |
                +------+--------------------------------+
                """;
        assertThat(read(text)).hasSize(2);
        assertThat(requirement(text, "S-1").orElseThrow().text()).contains("réserver", "annuler");
    }

    @Test
    void a_shared_name_of_a_group_does_not_make_one_of_its_requirements() {
        assertThat(read("""
                ## Requirements

                <table>
                <tr><th>Area</th><th>ID</th><th>Requirement</th></tr>
                <tr><td rowspan="2">E-1</td><td>L-1</td><td>The system shall lend books</td></tr>
                <tr><td>L-2</td><td>The system shall take books back</td></tr>
                </table>
                """)).hasSize(2);
    }

    @Test
    void lines_of_dashes_elsewhere_are_left_alone() {
        assertThat(read("""
                Requirements
                ------------

                - R-1: The system shall lend books

                ---

                - R-2: The system shall take books back

                - - -
                """)).hasSize(2);
    }

    @Test
    void tables_pasted_with_tabs_are_tables() {
        assertThat(read("""
                Demands
                ID\tFeature\tDescription\tPriority
                F-1\tOpen a drawing\tOpens the file <a & b>.
                Loads the notes beside it.\tMust
                F-2\tSave\tStores the notes.\tCould
                Altogether two features.
                """))
                .containsExactly(
                        "F-1 Open a drawing\nOpens the file <a & b>. Loads the notes beside it. HIGH 3",
                        "F-2 Save\nStores the notes. LOW 5");
    }

    @Test
    void text_with_tabs_that_is_no_table_stays_text() {
        assertThat(read("""
                # Shop
                - FR-1: The shop must\tkeep\tparcels.
                - FR-2: The shop must print labels.

                name\tvalue\tunit
                only one row\tof\tthree

                - FR-3: The shop must send mails.
                """)).extracting(found -> found.substring(0, 4)).containsExactly("FR-1", "FR-2", "FR-3");
    }

    @Test
    void what_stands_right_below_an_HTML_table_is_read() {
        var found = read("""
                # Shop
                <table>
                <tr><th>ID</th><th>Requirement</th></tr>
                <tr><td>FR-1</td><td>Keep parcels</td></tr>
                </table>
                - FR-2: The shop must print labels.
                """);
        assertThat(found).hasSize(2);
        assertThat(found.getLast()).startsWith("FR-2").endsWith(" 6");
    }

    @Test
    void rows_with_running_numbers_are_listed_as_items_are() {
        var found = Analyst.analyse(new Document("d.md", """
                # Wall display
                ## Slides
                | # | Slide | Source |
                |---|---|---|
                | 1 | Weather of the day | weather service |
                | 2 | Next five dates | calendar |
                """)).requirements();
        assertThat(found).extracting(Requirement::title).containsExactly("Weather of the day", "Next five dates");
        assertThat(found.getFirst().text()).contains("Source: weather service");
    }
}
