package io.taskweaver.scheduling.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskweaver.model.Document;
import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A link from a requirement to the heading of another states that it needs it. */
class LinkedNeedsTest {
    private static final Path CASES = Path.of(System.getProperty("taskweaver.cases", "../../shared/cases/reading"));

    private static Plan plan(String text) {
        return Plans.plan(text.split("\n", -1));
    }

    private static List<String> stated(Plan plan, String task) {
        return Plans.task(plan, task).needs().stream()
                .filter(need -> need.kind() == Need.Kind.RESULT && need.reason() == Need.Reason.EXPLICIT)
                .map(need -> need.on().value().replaceFirst("-[0-9a-f]{8}$", ""))
                .toList();
    }

    @Test
    void a_link_to_the_heading_of_a_requirement_is_a_need() throws IOException {
        assumeTrue(Files.isDirectory(CASES), CASES + " is not there");
        var text = Files.readString(CASES.resolve("b-21-links-inside-the-document.md"));
        var plan = Plans.planned(Plans.planning(List.of(new Document("b-21.md", text)), Optional.empty()));
        assertThat(stated(plan, "Two-party review")).containsExactly("readable-changes");
        assertThat(stated(plan, "Release")).containsExactly("two-party-review");
    }

    @Test
    void numbers_umlauts_codes_and_names_in_braces_lead_to_their_headings() {
        var plan = plan("""
                # Lager

                ## Anforderungen

                ### 1. Eingänge buchen
                Das System muss Wareneingänge buchen.

                ### 2. Prüfbericht drucken {#bericht}
                Der Prüfer muss einen Bericht drucken können
                (Grundlage: [gebuchte Ware](#1-eing%C3%A4nge-buchen)).

                ### 3. Versand anstoßen
                Der Versand muss angestoßen werden, siehe [Bericht](#bericht).
                """);
        assertThat(stated(plan, "Versand anstoßen")).hasSize(1);
        assertThat(stated(plan, "Versand anstoßen").getFirst()).startsWith("prüfbericht-drucken");
        var report = plan.tasks().stream()
                .filter(task -> task.title().startsWith("Prüfbericht"))
                .findFirst()
                .orElseThrow();
        assertThat(stated(plan, report.title())).containsExactly("eingänge-buchen");
    }

    @Test
    void ids_and_headings_of_the_same_words_are_told_apart() {
        var plan = plan("""
                # Depot

                ## Requirements

                ### FR-1: Check parcels
                The system shall check parcels.

                ### FR-2: Check parcels
                The system shall check parcels again, as [the first time](#fr-1).

                ### FR-3: Hand over parcels
                The system shall hand over parcels ([twice checked](#fr-2-check-parcels)).
                """);
        assertThat(Plans.task(plan, "FR-2").needs())
                .anyMatch(need -> need.because().equals("links to 'FR-1: Check parcels'"));
        assertThat(Plans.task(plan, "FR-3").needs())
                .anyMatch(need -> need.because().equals("links to 'FR-2: Check parcels'"));
    }

    @Test
    void headings_in_other_scripts_are_linked_as_well() {
        var plan = plan("""
                # 予約システム

                ## 要件

                ### 席の登録
                システムは席を登録しなければならない。

                ### 席の予約
                システムは席を予約できなければならない（[登録](#席の登録)を参照）。
                """);
        assertThat(stated(plan, "席の予約")).containsExactly("席の登録");
    }

    @Test
    void two_that_link_to_each_other_are_in_no_order() {
        var plan = plan("""
                # Comptoir

                ## Exigences

                ### Saisir une commande
                Le système doit saisir une commande (voir [annuler](#annuler-une-commande)).

                ### Annuler une commande
                Le système doit annuler une commande (voir [saisir](#saisir-une-commande)).
                """);
        assertThat(stated(plan, "Saisir une commande")).isEmpty();
        assertThat(stated(plan, "Annuler une commande")).isEmpty();
    }

    @Test
    void what_words_say_outweighs_a_link() {
        var plan = plan("""
                # Desk

                ## Requirements

                ### FR-1 Open a ticket
                The system shall open a ticket; [closing](#fr-2-close-a-ticket) comes later.

                ### FR-2 Close a ticket
                The system shall close a ticket.
                Depends on: FR-1
                """);
        assertThat(Plans.task(plan, "FR-1").needs())
                .noneMatch(need -> need.because().startsWith("links"));
        assertThat(Plans.task(plan, "FR-2").needs())
                .anyMatch(need -> need.because().contains("FR-1"));
    }

    @Test
    void links_to_chapters_to_nothing_and_to_themselves_say_nothing() {
        var plan = plan("""
                # Desk

                ## Requirements

                ### Open a ticket
                The system shall open a ticket ([terms](#terms), [lost](#nowhere), [self](#open-a-ticket), [odd](#%zz)).

                ### Print a ticket
                The system shall print a ticket ([all](#requirements)).

                ## Terms

                - Ticket: what a visitor asks for
                """);
        assertThat(stated(plan, "Open a ticket")).isEmpty();
        assertThat(stated(plan, "Print a ticket")).isEmpty();
    }
}
