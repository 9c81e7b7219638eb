package io.taskweaver.requirements.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompoundsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Users can register, log in and log out | Register; Log in; Log out",
                "The system shall allow users to register, log in, and log out. | Register; Log in; Log out",
                "Register with a name and password, and apply to open an account"
                        + " | Register with a name and password; Apply to open an account",
                "Add books, lend them and print labels | Add books; Lend them; Print labels",
                "Users can sign up and sign out | Sign up; Sign out"
            })
    void what_asks_for_several_things_is_taken_apart(String text, String parts) {
        assertThat(titles("- " + text)).containsExactly(parts.split("; "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Customers should be able to withdraw, deposit, and transfer funds between accounts",
                "The system shall support assignment creation, update, and deletion",
                "The system shall support user registration, login, logout, password reset, and session management",
                "Create, edit and delete notes",
                "Read and write speed must be at least 100 MB/s",
                "The system shall support read and write speed of 100 MB/s",
                "Create and share custom views",
                "Users shall be able to switch between Kanban and list views",
                "WHEN a user saves THEN the app SHALL store, index and show the note",
                "Search and filter products",
                "Pages load fast, look good and work offline",
                "Authentication, authorization and audit",
                "The report shall include title, date and status",
                "Import files (parse, check and store them)",
                "Show the list so that users can edit, copy and delete entries"
            })
    void what_is_one_thing_stays_one(String text) {
        assertThat(titles("- " + text)).hasSize(1);
    }

    @Test
    void the_first_part_keeps_the_id_and_the_others_extend_it() {
        var parts = requirements("- FR-001: Users can register, log in and log out (Priority: P1)");

        assertThat(parts)
                .extracting(Requirement::id)
                .containsExactly(Optional.of("FR-001"), Optional.of("FR-001.2"), Optional.of("FR-001.3"));
        assertThat(parts).extracting(part -> part.part().orElseThrow().whole()).containsOnly("FR-001");
        assertThat(parts).allSatisfy(part -> assertThat(part.text()).contains("of FR-001: Users can register"));
    }

    @Test
    void an_id_of_a_part_that_the_document_uses_is_left_to_it() {
        var parts = requirements("- FR-1: Users can register, log in and log out\n- FR-1.2: Show the name");

        assertThat(parts)
                .extracting(part -> part.id().orElse(""))
                .containsExactly("FR-1", "FR-1.b", "FR-1.3", "FR-1.2");
    }

    @Test
    void a_part_that_is_read_again_is_the_same_part() {
        var first = requirements("- Users can register, log in and log out").getLast();

        assertThat(requirements("- FR-1: " + first.text().replace('\n', ' ')))
                .singleElement()
                .satisfies(again -> assertThat(again.title()).isEqualTo(first.title()));
    }

    @Test
    void a_statement_with_criteria_stays_whole() {
        assertThat(requirements("- Users can register, log in and log out\n  - within two clicks"))
                .hasSize(1);
    }

    @Test
    void two_verbs_under_an_id_are_left_as_their_author_cut_them() {
        assertThat(requirements("- FR-1: Monitor the bus for tasks and route them to workers"))
                .hasSize(1);
    }

    private static List<String> titles(String item) {
        return requirements(item).stream().map(Requirement::title).toList();
    }

    private static List<Requirement> requirements(String items) {
        return Analyst.analyse(new Document("d.md", "# App\n" + items + "\n")).requirements();
    }
}
