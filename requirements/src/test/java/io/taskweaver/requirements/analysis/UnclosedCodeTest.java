package io.taskweaver.requirements.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskweaver.model.Document;
import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.OutlineReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Fences that are never closed, tildes below headings, and remarks with a hash sign between items. */
class UnclosedCodeTest {
    private static final Path CASES = Path.of(System.getProperty("taskweaver.cases", "../../shared/cases/reading"));

    private static Analysis read(String text) {
        return Analyst.analyse(new Document("d.md", text));
    }

    private static List<String> titles(String text) {
        return read(text).requirements().stream().map(Requirement::title).toList();
    }

    private static String fenceAt(String text) {
        return read(text).remarks().stream()
                .filter(remark -> remark.code().equals("unclosed-fence"))
                .map(ReadingNotice::at)
                .flatMap(Optional::stream)
                .map(Object::toString)
                .findFirst()
                .orElse("none");
    }

    private static String shared(String name) throws IOException {
        assumeTrue(Files.isDirectory(CASES), () -> "the folder " + CASES + " is not here");
        return Files.readString(CASES.resolve(name));
    }

    @Test
    void what_follows_a_fence_that_is_never_closed_is_read() throws IOException {
        var text = shared("a-11-unclosed-fence.md");
        assertThat(titles(text)).containsExactly("Send a code", "Send a reminder", "Return parcels", "Charge a fee");
        assertThat(fenceAt(text)).isEqualTo("d.md:9");
    }

    @Test
    void chapters_below_it_are_chapters_again() {
        var text = """
                # Bibliothek

                ## Anforderungen

                - B-1: Das System muss Bücher ausleihen

                ```bash
                npm start
                # Tests
                npm test

                ## Weitere Anforderungen

                - B-2: Das System muss Mahnungen verschicken
                - B-3: Das System muss Bücher zurücknehmen
                """;
        assertThat(read(text).requirements())
                .extracting(Requirement::id)
                .containsExactly(Optional.of("B-1"), Optional.of("B-2"), Optional.of("B-3"));
        assertThat(fenceAt(text)).isEqualTo("d.md:7");
    }

    @Test
    void a_fence_that_another_one_follows_is_ended_too() {
        var text = """
                # Salle

                ## Exigences

                - S-1: Le système doit réserver une salle

                ~~~json
                { "salle": 1 }

                - S-2: Le système doit annuler une réservation

                ~~~yaml
                salle: 2
                ~~~

                - S-3: Le système doit afficher les salles libres
                """;
        assertThat(read(text).requirements())
                .extracting(Requirement::id)
                .containsExactly(Optional.of("S-1"), Optional.of("S-2"), Optional.of("S-3"));
        assertThat(fenceAt(text)).isEqualTo("d.md:7");
    }

    @Test
    void prose_without_blanks_between_words_ends_it_as_well() {
        var text = """
                # 会议室

                ## 需求

                - MR-1：系统必须支持预订会议室

                ```json
                {"room": 1}

                - MR-2：系统必须支持取消预订
                """;
        assertThat(read(text).requirements()).hasSize(2);
    }

    @Test
    void items_may_follow_the_code_without_a_blank_line() {
        var text = """
                # Desk

                ## Requirements

                1. The system shall send a code

                ```
                curl http://x
                2. The system shall send a reminder
                3. The system shall return parcels
                """;
        assertThat(titles(text)).containsExactly("Send a code", "Send a reminder", "Return parcels");
        assertThat(fenceAt(text)).isEqualTo("d.md:7");
        assertThat(titles(text.replace("curl http://x", "curl http://x\ncurl http://y")))
                .hasSize(3);
    }

    @Test
    void code_to_the_end_stays_code_and_is_reported() {
        var text = """
                # Desk

                ## Requirements

                - The system shall send a code

                ```python
                # Send it
                def send(code):

                    # Twice
                    return code

                # The end
                print(send(1))
                """;
        assertThat(titles(text)).containsExactly("Send a code");
        assertThat(fenceAt(text)).isEqualTo("d.md:7");
    }

    @Test
    void a_fence_that_is_closed_is_left_alone() {
        var text = """
                # Desk

                ## Requirements

                - The system shall send a code

                ```markdown
                # Example

                - The system shall print examples

                ```json
                { "code": 1 }
                ```

                - The system shall send a reminder
                """;
        assertThat(fenceAt(text)).isEqualTo("none");
        assertThat(titles(text)).containsExactly("Send a code", "Send a reminder");
    }

    @Test
    void tildes_below_a_line_make_it_a_heading() {
        var text = """
                Parcel Desk
                ===========

                Requirements
                ~~~~~~~~~~~~

                - The system shall send a code

                Requirements of later
                ~~~~~~~~~~~~~~~~~~~~~

                - The system shall send a reminder
                """;
        assertThat(titles(text)).containsExactly("Send a code", "Send a reminder");
        assertThat(read(text).remarks()).extracting(ReadingNotice::code).contains("tilde-underline");
        assertThat(read(text).requirements().getFirst().section()).contains("Requirements");
    }

    @Test
    void tildes_that_are_never_closed_are_one_too() {
        var text = """
                # Schalter

                Anforderungen an den Schalter
                ~~~~

                - A-1: Das System muss Codes versenden
                """;
        assertThat(read(text).requirements()).extracting(Requirement::id).containsExactly(Optional.of("A-1"));
    }

    @Test
    void tildes_around_code_are_a_fence() {
        var text = """
                # Desk

                ## Requirements

                - The system shall send a code

                Example
                ~~~~
                - The system shall print examples
                ~~~~
                """;
        assertThat(titles(text)).containsExactly("Send a code");
        assertThat(read(text).remarks()).extracting(ReadingNotice::code).doesNotContain("tilde-underline");
    }

    @Test
    void remarks_between_items_are_details() throws IOException {
        var text = shared("b-05-hash-comments-inside-a-list.md");
        var notes = OutlineReader.read(new Document("d.md", text))
                .root()
                .sections()
                .getFirst()
                .sections()
                .getFirst()
                .sections()
                .getFirst();
        assertThat(notes.sections()).isEmpty();
        assertThat(notes.blocks()).singleElement().isInstanceOfSatisfying(Block.Items.class, list -> {
            assertThat(list.items())
                    .extracting(item -> item.phrase().text())
                    .containsExactly("Index", "Show", "Create");
            assertThat(list.items())
                    .allSatisfy(item -> assertThat(item.blocks())
                            .singleElement()
                            .isInstanceOfSatisfying(
                                    Block.Paragraph.class,
                                    remark -> assertThat(remark.joined().text()).contains("route: /notes")));
        });
    }

    @Test
    void remarks_on_steps_in_another_language_are_details() {
        var text = """
                # Reservierungen

                ## Anforderungen
                ### Räume
                1. Räume anlegen
                # POST /raeume
                2. Räume auflisten
                # GET /raeume
                3. Räume sperren
                """;
        assertThat(read(text).requirements())
                .extracting(Requirement::title)
                .containsExactly("Räume anlegen", "Räume auflisten", "Räume sperren");
        assertThat(read(text).requirements().getFirst().text()).contains("POST /raeume");
    }

    @Test
    void chapters_without_blank_lines_stay_chapters() {
        var text = """
                # Desk
                ## Requirements
                ### Sending
                - The system shall send a code
                ### Picking up
                - The system shall open lockers
                ## Notes
                - The desk is in Bern
                """;
        var sections = read(text).requirements().stream()
                .map(requirement -> requirement.section().getLast())
                .toList();
        assertThat(sections).contains("Sending", "Picking up");
    }
}
