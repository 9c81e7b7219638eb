package io.taskweaver.requirements.gap;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.CodeEvidence;
import io.taskweaver.model.Document;
import io.taskweaver.model.Finding;
import io.taskweaver.model.Verdict;
import io.taskweaver.requirements.analysis.Analyst;
import io.taskweaver.requirements.analysis.Structure;
import io.taskweaver.requirements.analysis.StructureReader;
import io.taskweaver.requirements.code.CodeMap;
import io.taskweaver.requirements.code.Declaration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GapAnalysisTest {
    private static final CodeMap BOOK = new Sources()
            .type("clinic/AppointmentBook.java", "bookAppointment(Patient patient)", "on(String day)")
            .map();

    private static GapReport report(CodeMap code, String... items) {
        var text = "# Requirements\n\n- " + String.join("\n- ", items) + "\n";
        return GapAnalysis.analyse(Analyst.analyse(new Document("R.md", text)).requirements(), Structure.NONE, code);
    }

    private static Finding finding(CodeMap code, String... items) {
        return report(code, items).requirements().getFirst();
    }

    @Test
    void what_one_operation_has_all_words_of_exists() {
        var finding = finding(BOOK, "FR-1: Book an appointment");
        assertThat(finding.verdict()).isEqualTo(Verdict.EXISTS);
        assertThat(finding.evidence())
                .containsExactly(new CodeEvidence("clinic/AppointmentBook.java", 2, "AppointmentBook.bookAppointment"));
    }

    @Test
    void forms_of_a_word_and_names_of_an_action_are_the_same() {
        var code =
                new Sources().type("shop/Carts.java", "deleteItem(Cart cart)").map();
        assertThat(finding(code, "FR-1: Removing items from carts").verdict()).isEqualTo(Verdict.EXISTS);
    }

    @Test
    void a_type_alone_does_nothing() {
        var code = new Sources().type("shop/CartRemover.java").map();
        assertThat(finding(code, "FR-1: Remove a cart").verdict()).isNotEqualTo(Verdict.EXISTS);
    }

    @Test
    void the_action_has_to_be_in_the_operations_own_name() {
        var code = new Sources().type("clinic/AppointmentBook.java", "clear()").map();
        assertThat(finding(code, "FR-1: Book an appointment").verdict()).isNotEqualTo(Verdict.EXISTS);
    }

    @Test
    void what_no_test_shows_of_its_criteria_is_there_in_part() {
        var requirement = "FR-1: Book an appointment\n  - Acceptance: two bookings of one hour are refused";
        assertThat(finding(BOOK, requirement).verdict()).isEqualTo(Verdict.PARTIAL);
        var tested = new Sources()
                .type("clinic/AppointmentBook.java", "bookAppointment(Patient patient)")
                .type("src/test/java/clinic/AppointmentBookTest.java", "an_appointment_is_booked_once()")
                .map();
        var finding = finding(tested, requirement);
        assertThat(finding.verdict()).isEqualTo(Verdict.EXISTS);
        assertThat(finding.evidence()).hasSize(2);
        assertThat(finding.confidence()).isGreaterThan(0.8);
    }

    @Test
    void a_text_that_asks_for_more_than_its_title_is_there_in_part() {
        var finding = finding(
                BOOK,
                "**FR-1 Book an appointment**: patients choose insurance, language and telephone reminders while"
                        + " paying a deposit by card.");
        assertThat(finding.verdict()).isEqualTo(Verdict.PARTIAL);
    }

    @Test
    void what_shares_no_words_is_missing() {
        var finding = finding(BOOK, "FR-1: Export invoices as PDF");
        assertThat(finding.verdict()).isEqualTo(Verdict.MISSING);
        assertThat(finding.evidence()).isEmpty();
    }

    @Test
    void what_a_requirement_names_in_so_many_words_is_evidence() {
        var routes = new Sources()
                .file(
                        "web/slots.ts",
                        List.of(new Declaration(Declaration.Kind.ROUTE, "", "/slots/:id", "GET", true, 4)),
                        List.of())
                .map();
        assertThat(finding(routes, "FR-1: Answer `GET /slots/{slot}` within limits")
                        .evidence())
                .containsExactly(new CodeEvidence("web/slots.ts", 4, "GET /slots/:id"));
        assertThat(finding(BOOK, "FR-1: Extend `clinic.AppointmentBook` with a waiting room")
                        .verdict())
                .isEqualTo(Verdict.PARTIAL);
        assertThat(finding(BOOK, "FR-1: Describe the export in `docs/usage.md`").evidence())
                .containsExactly(new CodeEvidence("docs/usage.md", 0, ""));
    }

    @Test
    void a_constant_with_another_number_contradicts() {
        var code = new Sources().type("clinic/Appointment.java", "MINUTES = 15").map();
        var finding = finding(code, "FR-1: An appointment takes 30 minutes");
        assertThat(finding.verdict()).isEqualTo(Verdict.CONTRADICTED);
        assertThat(finding.because()).contains("30 minutes").contains("15");
        assertThat(finding(code, "FR-1: An appointment takes 15 minutes").verdict())
                .isNotEqualTo(Verdict.CONTRADICTED);
        assertThat(finding(code, "FR-1: A reminder is sent 30 minutes ahead").verdict())
                .isNotEqualTo(Verdict.CONTRADICTED);
    }

    @Test
    void public_code_that_no_document_names_is_unrequested() {
        var code = new Sources()
                .type("clinic/AppointmentBook.java", "book(Patient patient)")
                .type("clinic/CurrencyConverter.java", "convert(int cents)")
                .map();
        assertThat(report(code, "FR-1: Book an appointment").unrequested())
                .extracting(Finding::title)
                .containsExactly("CurrencyConverter");
    }

    @Test
    void what_is_done_and_code_that_can_not_be_read_give_no_finding() {
        assertThat(report(BOOK, "[x] FR-1: Book an appointment", "[ ] FR-2: Cancel it")
                        .requirements())
                .extracting(Finding::title)
                .containsExactly("Cancel it");
        assertThat(report(CodeMap.EMPTY, "FR-1: Book an appointment")).isEqualTo(GapReport.NONE);
    }

    @Test
    void a_dependency_the_other_way_round_contradicts_the_structure() {
        var code = new Sources()
                .file(
                        "ui/Page.java",
                        List.of(new Declaration(Declaration.Kind.TYPE, "", "Page", "class Page", true, 1)),
                        List.of("data.Rows"))
                .file(
                        "data/Rows.java",
                        List.of(new Declaration(Declaration.Kind.TYPE, "", "Rows", "class Rows", true, 1)),
                        List.of())
                .map();
        var structure = StructureReader.read(new Document("STRUCTURE.md", """
            ## Components

            - Page: what is seen
            - Rows: what is kept
            - Mailer: sends mail

            ## Dependencies

            - Rows -> Page
            - Page -> Rows
            - Page -> Mailer
            """));
        assertThat(GapAnalysis.analyse(List.of(), structure, code).structure())
                .extracting(finding -> finding.title() + " " + finding.verdict().word())
                .containsExactly(
                        "Page exists",
                        "Rows exists",
                        "Mailer missing",
                        "Rows -> Page contradicted",
                        "Page -> Rows exists",
                        "Page -> Mailer missing");
    }
}
