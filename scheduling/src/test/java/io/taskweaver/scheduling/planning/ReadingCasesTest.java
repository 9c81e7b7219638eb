package io.taskweaver.scheduling.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskweaver.model.Document;
import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import io.taskweaver.model.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Small documents that were once read wrongly, by kind: those of others where they lie, skipped where they do not, and three more
 * in other words for each kind.
 */
class ReadingCasesTest {
    private static final Path CASES = Path.of(System.getProperty("taskweaver.cases", "../../shared/cases/reading"));

    private static Plan shared(String... names) throws IOException {
        assumeTrue(Files.isDirectory(CASES), CASES + " is not there");
        var documents = new ArrayList<Document>();
        for (var name : names) documents.add(new Document(name, Files.readString(CASES.resolve(name))));
        return Plans.planned(Plans.planning(documents, Optional.empty()));
    }

    private static Plan plan(String text) {
        return Plans.plan(text.split("\n", -1));
    }

    private static List<String> open(Plan plan) {
        return titles(plan, false);
    }

    private static List<String> done(Plan plan) {
        return titles(plan, true);
    }

    private static List<String> titles(Plan plan, boolean done) {
        return work(plan).stream()
                .filter(task -> task.done() == done)
                .map(Task::title)
                .toList();
    }

    private static List<Task> work(Plan plan) {
        return plan.tasks().stream()
                .filter(task -> task.kind() == Task.Kind.WORK)
                .toList();
    }

    private static List<String> ids(Plan plan) {
        return work(plan).stream().map(task -> task.id().value()).toList();
    }

    private static List<String> needs(Plan plan, String task) {
        return Plans.needs(plan, task, Need.Kind.RESULT);
    }

    private static Task.Priority priority(Plan plan, String task) {
        return Plans.task(plan, task).priority();
    }

    @Nested
    class Changes {
        @Test
        void are_added_changed_removed_and_renamed() throws IOException {
            var plan = shared("a-04-openspec-delta.md");
            assertThat(open(plan))
                    .containsExactly(
                            "Locker map",
                            "Pickup code",
                            "Remove fax notice",
                            "Remove paper receipt",
                            "Sign-in of couriers");
            assertThat(Plans.task(plan, "Pickup code").tags()).contains("modified");
            assertThat(Plans.task(plan, "Sign-in of couriers").description()).contains("it was 'Login'");
            assertThat(plan.components())
                    .noneMatch(component -> component.name().matches("[A-Z]{5,}.*"));
        }

        @Test
        void of_other_shapes_are_read_too() {
            assertThat(
                            open(
                                    plan(
                                            "# X\n## REMOVED Requirements\n### Requirement: SMS codes\n**Reason**: Unsafe.\n### Requirement: Faxes\n**Migration**: Send mails.\n")))
                    .containsExactly("Remove SMS codes", "Remove faxes");
            var reasoned = plan(
                    "# X\n## REMOVED Requirements\n### Requirement: Faxes\n- **Reason**: Unused.\n- **Migration**: Send mails.\n");
            assertThat(open(reasoned)).containsExactly("Remove faxes");
            assertThat(open(plan("# X\n## RENAMED Requirements\n- Baskets are carts now\n")))
                    .as("what says neither from nor to is not lost")
                    .containsExactly("Baskets are carts now");
            assertThat(
                            open(
                                    plan(
                                            "# X\n## RENAMED Requirements\n- FROM: Baskets\n- TO: Carts\n- FROM: `### Requirement: Users`\n- TO: `### Requirement: People`\n")))
                    .containsExactly("Carts", "People");
            assertThat(
                            open(
                                    plan(
                                            "# X\n## ADDED Requirements\n### Requirement: Karte der Schließfächer\nDas System SHALL eine Karte zeigen.\n")))
                    .containsExactly("Karte der Schließfächer");
        }
    }

    @Nested
    class Features {
        @Test
        void that_text_describes_are_one_task_and_their_lists_its_parts() {
            var plan = plan("""
                    # Helper
                    ## Features
                    ### Step cards
                    The helper turns the text into large step cards.

                    A step card supports:

                    - previous step
                    - next step
                    ### Scenes
                    - Choose a scene
                    - Paste a text
                    """);
            assertThat(open(plan)).containsExactly("Step cards", "Choose a scene", "Paste a text");
            assertThat(Plans.task(plan, "Step cards").acceptanceCriteria()).contains("previous step", "next step");
        }

        @Test
        void of_aspects_are_one_task_in_other_languages() {
            assertThat(open(plan("# 店\n## 功能\n### 商品列表\n**流程**：\n1. 显示商品卡片\n2. 点击进入详情\n\n**异常处理**：\n- 没有结果时显示提示\n")))
                    .containsExactly("商品列表");
            assertThat(
                            open(
                                    plan(
                                            "# Laden\n## Funktionen\n### Warenkorb\n**Ablauf:**\n1. Artikel einlegen\n2. Menge ändern\n\n**Fehlerbehandlung:**\n- Ausverkaufte Artikel markieren\n")))
                    .containsExactly("Warenkorb");
            assertThat(
                            open(
                                    plan(
                                            "# Tienda\n## Funcionalidades\n### Pedido\n**Objetivo:** Pedir sin cuenta.\n\n**Flujo:** Elegir, pagar, confirmar.\n")))
                    .containsExactly("Pedido");
        }

        @Test
        void keep_their_numbered_criteria() {
            var plan = plan(
                    "# Turnos\n## Historias\n### 1. Registro\n**Como** barbero,\n**Quiero** registrarme,\n**Para** usar la app.\n\n**Criterios de aceptación:**\n- CA1. El correo es único.\n- CA2. Falta un campo: mensaje.\n### 2. Entrar\n**Como** barbero,\n**Quiero** entrar,\n**Para** ver mis turnos.\n\n**Criterios de aceptación:**\n- CA1. Solo registrados.\n");
            assertThat(open(plan)).containsExactly("Registro", "Entrar");
            assertThat(Plans.task(plan, "Registro").acceptanceCriteria()).hasSize(2);
        }

        @Test
        void that_are_open_questions_are_no_work() {
            var plan = plan("# X\n## Features\n- Search\n- Do we need a login?\n- **Question:** which languages\n");
            assertThat(open(plan)).containsExactly("Search");
            assertThat(plan.notices())
                    .filteredOn(notice -> notice.code().equals("open-questions"))
                    .singleElement()
                    .satisfies(notice ->
                            assertThat(notice.message()).contains("'Do we need a login?' (line 4)", "which languages"));
        }
    }

    @Nested
    class WordsInHeadings {
        @Test
        void what_carries_an_id_is_a_requirement_whatever_its_words() throws IOException {
            var plan = shared("a-01-role-words-in-headings.md");
            assertThat(ids(plan))
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 15)
                            .mapToObj("FR-%02d"::formatted)
                            .toList());
            assertThat(plan.boundaries()).isEmpty();
            assertThat(Plans.task(plan, "FR-01").title()).isEqualTo("Deferred payment");
        }

        @Test
        void so_is_what_has_a_number_of_its_kind() throws IOException {
            assertThat(open(shared("a-01b-role-words-kiro.md")))
                    .containsExactly("Deferred payment", "Risk scoring of senders", "Send a parcel");
        }

        @Test
        void words_decide_only_where_they_are_the_heading() {
            assertThat(open(plan(
                            "# X\n## Requirements\n### US-1 Future bookings\nText.\n### US-2 Assumption log\nText.\n")))
                    .containsExactly("Future bookings", "Assumption log");
            assertThat(
                            open(
                                    plan(
                                            "# X\n## Anforderungen\n### A-1 Offene Fragen stellen\nText.\n### A-2 Glossar zeigen\nText.\n")))
                    .containsExactly("Offene Fragen stellen", "Glossar zeigen");
            var excluded = plan("# X\n## Features\n- Search\n## The main non-goals\n- Chat\n");
            assertThat(open(excluded)).containsExactly("Search");
            assertThat(excluded.boundaries()).containsExactly("Chat");
        }

        @Test
        void goals_beside_non_goals_are_no_boundaries() throws IOException {
            var plan = shared("b-01-goals-under-goals-and-non-goals.md");
            assertThat(plan.boundaries()).containsExactly("Remote access.");
            assertThat(ids(plan)).containsExactly("R-1");
        }

        @Test
        void what_is_out_of_scope_is_a_boundary_in_other_languages() throws IOException {
            var plan = shared("b-06-german-out-of-scope.md");
            assertThat(open(plan)).hasSize(2);
            assertThat(plan.boundaries()).hasSize(3);
            for (var heading :
                    List.of("Hors périmètre", "Fuera de alcance", "Fuori ambito", "Вне рамок", "范围外", "対象外", "범위 외"))
                assertThat(plan("# X\n## A\n- do it\n## " + heading + "\n- drones\n")
                                .boundaries())
                        .as(heading)
                        .containsExactly("drones");
        }

        @Test
        void what_comes_after_the_product_is_a_boundary() throws IOException {
            var plan = shared("a-10d-post-mvp.md");
            assertThat(open(plan)).containsExactly("Members can sign up");
            assertThat(plan.boundaries()).hasSize(3);
        }
    }

    @Nested
    class Prohibitions {
        @Test
        void are_constraints_and_never_tasks() throws IOException {
            var plan = shared("a-02-prohibitions.md");
            assertThat(open(plan)).containsExactly("Open lockers of their route", "See the names of recipients");
            assertThat(plan.constraints()).hasSize(7).contains("The system shall not store card numbers");
        }

        @Test
        void keep_their_negation_in_other_words_and_languages() {
            assertThat(plan("# X\n- Show the list\n- The app must never log passwords\n")
                            .constraints())
                    .containsExactly("The app must never log passwords");
            var german = plan("# X\n## Funktionen\n- Liste anzeigen\n- Das System darf nicht ohne Anmeldung starten\n");
            assertThat(open(german)).containsExactly("Liste anzeigen");
            var french = plan(
                    "# X\n## Fonctionnalités\n- Afficher la liste\n- Le système ne doit pas envoyer de publicité\n");
            assertThat(french.constraints()).containsExactly("Le système ne doit pas envoyer de publicité");
        }

        @Test
        void of_an_id_bind_all_tasks_by_their_id() {
            var plan = plan("# X\n- FR-1: The system shall not store card numbers\n- FR-2: Print labels\n");
            assertThat(open(plan)).containsExactly("Print labels");
            assertThat(plan.constraints()).containsExactly("FR-1: The system shall not store card numbers");
        }

        @Test
        void of_an_id_beside_what_is_asked_for_say_so_in_the_title() {
            assertThat(open(plan("# X\n- FR-1: The system shall not store card numbers. It shall store a token.\n")))
                    .containsExactly("Do not store card numbers");
        }

        @Test
        void conditions_are_none() {
            assertThat(open(plan("# X\n- If a code cannot be read, the system shall send another\n")))
                    .hasSize(1);
        }
    }

    @Nested
    class Sections {
        @Test
        void what_the_product_runs_on_binds() throws IOException {
            var plan = shared("a-05-system-requirements.md");
            assertThat(open(plan)).hasSize(4);
            assertThat(plan.constraints())
                    .containsExactly("Windows 10 or newer", "4 GB of RAM", "Pages load in under a second");
            assertThat(plan("# X\n## Fonctionnalités\n- Chercher\n## Configuration requise\n- Windows 10\n")
                            .constraints())
                    .containsExactly("Windows 10");
        }

        @Test
        void a_label_with_requirements_makes_others_no_less_of_the_product() throws IOException {
            assertThat(open(shared("b-03-one-label-with-requirements-eats-the-rest.md")))
                    .hasSize(7);
            assertThat(open(plan("# X\n## Import\n### Requirements\n- Read files\n## Export\n- Write files\n")))
                    .hasSize(2);
        }

        @Test
        void headings_beside_one_with_an_id_are_requirements_too() throws IOException {
            assertThat(work(shared("a-12-one-numbered-heading.md"))).hasSize(4);
        }

        @Test
        void attributes_are_those_of_their_heading() throws IOException {
            var plan = shared("a-08-attributes.md");
            assertThat(open(plan)).containsExactly("Pickup code", "Lockers");
            assertThat(priority(plan, "PD-2")).isEqualTo(Task.Priority.HIGH);
            assertThat(priority(plan, "PD-1")).isEqualTo(Task.Priority.LOW);
            var german = plan(
                    "# X\n### Abholcode\n- **Nr:** P-7\n- **Priorität:** Hoch\n- **Verantwortlich:** Ada\n\nDer Code wird gesendet.\n");
            assertThat(ids(german)).containsExactly("P-7");
            assertThat(priority(german, "P-7")).isEqualTo(Task.Priority.HIGH);
        }

        @Test
        void remarks_in_brackets_are_conditions() throws IOException {
            var plan = shared("b-04-square-bracket-remark-is-no-placeholder.md");
            assertThat(open(plan)).hasSize(4);
            assertThat(priority(plan, "Top five products")).isEqualTo(Task.Priority.LOW);
        }
    }

    @Nested
    class ProgressAndDecisions {
        @Test
        void marks_say_what_is_done_and_what_will_not_be() throws IOException {
            var plan = shared("a-09-done-marks.md");
            assertThat(done(plan))
                    .containsExactly(
                            "Members can sign up",
                            "Members can send a parcel",
                            "Members can track a parcel",
                            "Members can call",
                            "Members can pay");
            assertThat(open(plan))
                    .containsExactly("Members can rate a courier", "Members can tip a courier", "Members can chat");
            assertThat(plan.boundaries()).containsExactly("Members can fax");
        }

        @Test
        void a_task_is_done_when_all_its_steps_are() throws IOException {
            var plan = shared("a-09c-done-steps.md");
            assertThat(done(plan)).containsExactly("Add the table");
            assertThat(open(plan)).containsExactly("Publish the map", "Verify acceptance criteria", "Write the manual");
        }

        @Test
        void a_column_says_it_in_words() throws IOException {
            var plan = shared("a-10-status-column.md");
            assertThat(work(plan).stream()
                            .filter(Task::done)
                            .map(task -> task.id().value()))
                    .containsExactly("R-1", "R-2", "R-13", "R-14", "R-15");
            assertThat(work(plan).stream()
                            .filter(task -> !task.done())
                            .map(task -> task.id().value()))
                    .containsExactly("R-6", "R-9", "R-10", "R-12");
            assertThat(plan.boundaries()).hasSize(9);
        }

        @Test
        void remarks_and_headings_say_it() throws IOException {
            var plan = shared("a-10c-wont-do-items.md");
            assertThat(open(plan)).containsExactly("Planning", "Controlling", "Import");
            assertThat(done(plan))
                    .containsExactly("Sign-in", "Members sign out", "Export", "Monthly report", "Approve");
        }

        @Test
        void other_words_and_languages_say_it_too() {
            var plan = plan(
                    "# X\n## Funktionen\n- Anmelden (erledigt)\n- Suchen\n- Faxen (verworfen)\n## Fini (terminé)\n- Lire\n");
            assertThat(done(plan)).containsExactly("Anmelden", "Lire");
            assertThat(open(plan)).containsExactly("Suchen");
            assertThat(open(plan("# X\n- Print a label (done by the courier)\n")))
                    .containsExactly("Print a label (done by the courier)");
        }

        @Test
        void a_list_that_repeats_ids_is_their_status() throws IOException {
            var plan = shared("b-08-status-list-repeats-ids.md");
            assertThat(done(plan)).containsExactly("Find symbols");
            assertThat(open(plan)).containsExactly("Rename");
        }

        @Test
        void titles_end_with_no_mark() throws IOException {
            var plan = shared("b-09-done-marks.md");
            assertThat(work(plan).stream()
                            .filter(Task::done)
                            .map(task -> task.id().value()))
                    .containsExactly("FR-01", "FR-02", "E1", "FR-10");
            assertThat(priority(plan, "FR-01")).isEqualTo(Task.Priority.CRITICAL);
            assertThat(priority(plan, "FR-02")).isEqualTo(Task.Priority.HIGH);
        }
    }

    @Nested
    class StatedNeeds {
        @Test
        void stand_in_lists_below_a_label_or_a_heading() throws IOException {
            var plan = shared("a-06-dependencies-as-list.md");
            assertThat(needs(plan, "FR-2")).containsExactly("FR-1");
            assertThat(needs(plan, "FR-3")).containsExactly("FR-2");
            assertThat(needs(plan, "FR-4")).containsExactly("FR-3");
        }

        @Test
        void stand_in_sections_of_their_own() throws IOException {
            var plan = shared("a-07-id-mentioned-again.md");
            assertThat(work(plan)).hasSize(3);
            assertThat(needs(plan, "FR-002")).containsExactly("FR-001");
            assertThat(needs(plan, "FR-003")).containsExactly("FR-002");
        }

        @Test
        void stand_in_columns_of_any_language() throws IOException {
            var plan = shared("a-14-table-german.md");
            assertThat(needs(plan, "FR-3")).containsExactly("FR-1", "FR-2");
            assertThat(priority(plan, "FR-1")).isEqualTo(Task.Priority.HIGH);
            assertThat(priority(plan, "FR-3")).isEqualTo(Task.Priority.LOW);
            var english = shared("a-14c-english-analog.md");
            assertThat(priority(english, "FR-01")).isEqualTo(Task.Priority.CRITICAL);
            for (var header : List.of(
                    "| ID | Exigence | Priorité | Dépend de |",
                    "| 编号 | 需求 | 优先级 | 依赖 |",
                    "| ID | Требование | Приоритет | Зависит от |",
                    "| ID | 요구사항 | 우선순위 | 선행 작업 |",
                    "| ID | Gereksinim | Öncelik | Bağımlılık |"))
                assertThat(needs(
                                plan("# X\n" + header
                                        + "\n|---|---|---|---|\n| A-1 | eins | - | - |\n| A-2 | zwei | - | A-1 |\n"),
                                "A-2"))
                        .as(header)
                        .containsExactly("A-1");
        }

        @Test
        void cross_documents() throws IOException {
            assertThat(needs(shared("a-15-taskplane-a.md", "a-15-taskplane-b.md"), "TP-170"))
                    .containsExactly("TP-166");
        }

        @Test
        void name_stories_with_letters() throws IOException {
            var plan = shared("a-16-story-letter.md");
            assertThat(ids(plan)).containsExactly("US-1.4", "US-1.4b", "US-1.5");
            assertThat(needs(plan, "US-1.5")).containsExactly("US-1.4b");
        }

        @Test
        void are_those_of_a_chain_that_is_no_work_itself() throws IOException {
            var plan = shared("b-10-dependency-chain-is-no-work.txt");
            assertThat(open(plan))
                    .containsExactly(
                            "Design the file format", "Implement reading and writing", "Parse commands", "Print help");
            var store = List.of(
                    Plans.task(plan, "Design the file format").id().value(),
                    Plans.task(plan, "Implement reading and writing").id().value());
            assertThat(needs(plan, "Parse commands")).containsExactlyElementsOf(store);
            assertThat(needs(plan, "Print help")).containsExactlyElementsOf(store);
            assertThat(plan.constraints()).containsExactly("Node.js 20");
        }

        @Test
        void bind_all_below_their_heading() throws IOException {
            var plan = shared("b-11-criteria-below-a-task-table.md");
            assertThat(ids(plan)).containsExactly("E1-T1", "E2-T1", "E2-T2");
            assertThat(needs(plan, "E2-T1")).contains("E1-T1");
            assertThat(needs(plan, "E2-T2")).contains("E1-T1");
        }
    }

    @Nested
    class Ids {
        @Test
        void of_a_heading_and_the_box_below_it_are_one() throws IOException {
            var plan = shared("a-17-heading-and-box.md");
            assertThat(ids(plan)).containsExactly("T07", "T08", "T09");
            assertThat(Plans.task(plan, "T07").done()).isTrue();
        }

        @Test
        void may_stand_behind_a_heading() throws IOException {
            var plan = shared("a-20-id-behind-heading.md");
            assertThat(ids(plan)).containsExactly("PD-LOCK-001", "PD-CODE-001");
            assertThat(needs(plan, "PD-CODE-001")).containsExactly("PD-LOCK-001");
            for (var form : List.of("[PD-7]", "(PD-7)", "— PD-7"))
                assertThat(ids(plan("# X\n## Requirements\n### Map " + form + "\nThe system shall show a map.\n")))
                        .as(form)
                        .containsExactly("PD-7");
        }
    }

    @Nested
    class Titles {
        @Test
        void are_whole_and_without_marks() throws IOException {
            var plan = shared("a-22-titles.md");
            assertThat(open(plan))
                    .containsExactlyInAnyOrder(
                            "Support the U.S. Postal Service",
                            "Follow Art. 17 GDPR for deletions",
                            "Ship",
                            "Spell",
                            "Members can chat",
                            "Members can pay",
                            "Print labels");
            assertThat(priority(plan, "Members can chat")).isEqualTo(Task.Priority.CRITICAL);
        }
    }
}
