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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What waits for what, as an engineer would order it. */
class NeedsOfWorkTest {
    private static final Path CASES = Path.of(System.getProperty("taskweaver.cases", "../../shared/cases"), "reading");

    private static final Pattern BOX = Pattern.compile("- \\[ ] (\\S+) (.*)");

    private static String shared(String name) throws IOException {
        assumeTrue(Files.isDirectory(CASES), "no cases at " + CASES);
        return Files.readString(CASES.resolve(name));
    }

    private static Plan plan(String name, String text) {
        return Plans.planned(Plans.planning(List.of(new Document(name, text)), Optional.empty()));
    }

    /** The plan of a list of boxes with numbers under headings, which states an order and no dependencies. */
    private static Plan list(String text) {
        var rows = new StringBuilder("kind,id,title,dependencies,section\nlist,,List,unstated,\n");
        var section = "";
        for (var line : text.lines().map(String::strip).toList()) {
            var box = BOX.matcher(line);
            if (line.startsWith("## ")) section = line.substring(3);
            else if (box.matches())
                rows.append("work,%s,\"%s\",,\"%s\"\n".formatted(box.group(1), box.group(2), section));
        }
        return plan("tasks.csv", rows.toString());
    }

    private static Plan plan(String text) {
        return plan("d.md", text);
    }

    private static Task task(Plan plan, String start) {
        return plan.tasks().stream()
                .filter(task -> task.kind() == Task.Kind.WORK)
                .filter(task ->
                        task.title().startsWith(start) || task.id().value().equals(start))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no task " + start));
    }

    /** What has to be merged before a task, directly or not. */
    private static Set<String> before(Plan plan, String start) {
        var seen = new HashSet<String>();
        var queue = new ArrayDeque<>(List.of(task(plan, start)));
        while (!queue.isEmpty())
            for (var need : queue.remove().needs()) {
                boolean result = need.kind() == Need.Kind.RESULT;
                if (result && seen.add(need.on().value()))
                    queue.add(task(plan, need.on().value()));
            }
        return seen;
    }

    private static boolean waits(Plan plan, String of, String on) {
        return before(plan, of).contains(task(plan, on).id().value());
    }

    @Test
    void the_case_of_a_small_plan() throws IOException {
        smallPlan(shared("b-27-small-plans-have-needs-too.md"), "Menu", "Ordering", "Billing", "Totals");
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
        # Verein

        ## Funktionen
        - Beiträge: Der Kassier legt Beiträge je Jahr fest.
        - Mahnung: Mitglieder werden an offene Beiträge erinnert.
        """, """
        # Atelier

        ## Fonctions
        - Réservation: Les clients réservent un créneau.
        - Rappel: Un message rappelle la réservation la veille.
        """, """
        # Clinic

        ## Features
        - Appointments: Patients book a slot with a doctor.
        - Reminders: Patients get a message a day before their appointment.
        """})
    void what_speaks_of_a_thing_by_its_name_waits_for_it(String text) {
        var plan = plan(text);
        var work = plan.tasks().stream()
                .filter(task -> task.kind() == Task.Kind.WORK)
                .toList();
        assertThat(work).hasSize(2);
        assertThat(plan.phases()).hasSize(2);
        assertThat(work.getLast().needs())
                .extracting(Need::on)
                .contains(work.getFirst().id());
    }

    private static void smallPlan(String text, String first, String second, String... third) {
        var plan = plan(text);
        assertThat(waits(plan, second, first)).isTrue();
        for (var one : third) assertThat(waits(plan, one, second)).isTrue();
    }

    @Test
    void the_case_of_groups_that_verify_and_document() throws IOException {
        var plan = list(shared("b-13-verification-group-tasks.md"));
        for (var last : List.of("4.1", "4.2", "5.1", "5.2", "5.3")) {
            assertThat(task(plan, last).phase()).isGreaterThan(1);
            assertThat(before(plan, last)).as(last).contains("1.1", "2.1");
        }
        for (var last : List.of("5.1", "5.2")) assertThat(before(plan, last)).contains("1.2", "2.3", "3.4");
        assertThat(before(plan, "3.2")).contains("2.2");
        assertThat(before(plan, "2.3")).contains("2.2");
        assertThat(before(plan, "3.4")).contains("3.2");
        assertThat(before(plan, "2.1")).doesNotContain("1.3");
        assertThat(before(plan, "3.1")).doesNotContain("2.3");
    }

    @Test
    void what_checks_or_describes_the_whole_of_a_list_comes_after_all_that_is_made() {
        var plan = list("""
                ## 1. Warenkorb

                - [ ] 1.1 Artikel in den Warenkorb legen
                - [ ] 1.2 Tests für den Warenkorb ergänzen

                ## 2. Kasse

                - [ ] 2.1 Warenkorb bezahlen
                - [ ] 2.2 Rechnung drucken

                ## 3. Dokumentation

                - [ ] 3.1 Bezahlen beschreiben

                ## 4. Abnahme

                - [ ] 4.1 Einen Kauf von Hand ausführen
                """);
        assertThat(before(plan, "4.1")).contains("1.1", "2.1", "2.2");
        assertThat(before(plan, "3.1")).contains("2.1");
        for (var made : List.of("1.1", "2.1", "2.2"))
            assertThat(before(plan, made)).doesNotContain("1.2", "3.1", "4.1");
    }

    @Test
    void what_checks_the_whole_of_a_document_comes_after_all_that_is_made() {
        var plan = plan("""
                # Reservations

                ## Rooms
                - REQ-1: Add rooms with a number and a floor
                - REQ-2: Show rooms that are free

                ## Guests
                - REQ-3: Register guests with their passport
                - REQ-4: Print invoices for guests

                ## Testing
                - REQ-5: Run a night with twenty guests
                """);
        assertThat(before(plan, "REQ-5")).contains("REQ-1", "REQ-2", "REQ-3", "REQ-4");
    }

    @Test
    void what_releases_the_whole_is_not_what_begins() {
        var plan = plan("""
                # Магазин

                ## Каталог
                - REQ-1: Добавить товары с ценой
                - REQ-2: Показать товары по цене

                ## Развёртывание
                - REQ-3: Поставить приложение на сервер
                """);
        assertThat(before(plan, "REQ-3")).contains("REQ-2");
    }

    @Test
    void a_verification_in_an_earlier_phase_does_not_wait_for_a_later_one() {
        var plan = plan("""
                # Ferry

                ## Phase 1: Tickets
                - REQ-1: Sell tickets at the counter
                - REQ-2: Run all tests of the counter

                ## Phase 2: Cabins
                - REQ-3: Rent cabins by the night
                """);
        assertThat(before(plan, "REQ-2")).containsExactly("REQ-1");
    }

    @Test
    void the_case_of_junk_words_has_no_data_model() throws IOException {
        assertThat(ids(plan(shared("b-15-data-model-of-junk-words.md")))).doesNotContain("foundation-data-model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
        # Tool

        ## Requirements
        - R-1: The tool shall save the selection instead.
        - R-2: The tool shall update the selection after the comparison.
        - R-3: The tool shall delete the comparison of the selection.
        - R-4: The tool shall print the comparison and the selection.
        """, """
        # Runner

        ## Requirements
        - R-1: The runner must add the verification again.
        - R-2: The runner must remove the execution before the verification.
        - R-3: The runner must store the execution of the verification.
        """, """
        # Gate

        ## Requirements
        - R-1: The gate shall create the opening instead of the closing.
        - R-2: The gate shall update the closing after the opening.
        - R-3: The gate shall archive the opening and the closing.
        """})
    void what_there_are_not_several_of_is_no_entity(String text) {
        assertThat(ids(plan(text))).doesNotContain("foundation-data-model");
    }

    private static List<String> ids(Plan plan) {
        return plan.tasks().stream().map(task -> task.id().value()).toList();
    }

    @Test
    void the_case_of_boilerplate_is_no_evidence() throws IOException {
        var plan = plan(shared("b-18-cjk-boilerplate-is-no-evidence.md"));
        assertThat(plan.tasks())
                .flatExtracting(Task::needs)
                .allSatisfy(
                        need -> assertThat(need.because()).doesNotContainPattern("speaks of '[^']*(シス|ステ|テム|ムは|必要)"));
        assertThat(before(plan, "FR-006")).containsExactly("FR-005");
        assertThat(before(plan, "FR-007")).isEmpty();
    }

    private static final List<String> ROOMS = List.of(
            "- REQ-1: Add rooms with a number and a floor",
            "- REQ-2: Show rooms that are free",
            "- REQ-3: Filter rooms by floor");
    private static final List<String> GUESTS = List.of(
            "- REQ-4: Register guests with their passport",
            "- REQ-5: Print invoices for guests",
            "- REQ-6: Give guests a room for a night");
    private static final List<String> UNRELATED = List.of(
            "- REQ-71: Feed goldfish weekly",
            "- REQ-72: Polish brass handles",
            "- REQ-73: Wind clocks on Mondays",
            "- REQ-74: Sharpen kitchen knives",
            "- REQ-75: Fold napkins like swans");

    private static String document(List<List<String>> sections, List<String> titles) {
        var text = new StringBuilder("# Hotel\n");
        for (int i = 0; i < sections.size(); i++)
            text.append("\n## ")
                    .append(titles.get(i))
                    .append('\n')
                    .append(String.join("\n", sections.get(i)))
                    .append('\n');
        return text.toString();
    }

    /** All needs between tasks whose id is not among those left out. */
    private static Set<String> needs(Plan plan, List<String> without) {
        var needs = new TreeSet<String>();
        for (var task : plan.tasks())
            for (var need : task.needs()) {
                var text = task.id() + " " + need.kind() + " " + need.on();
                if (without.stream().noneMatch(text::contains)) needs.add(text);
            }
        return needs;
    }

    @Test
    void the_order_of_sections_the_name_of_the_file_and_line_ends_change_no_need() {
        var text = document(List.of(ROOMS, GUESTS), List.of("Rooms", "Guests"));
        var needs = needs(plan(text), List.of());

        assertThat(needs).anyMatch(need -> need.contains("RESULT"));
        assertThat(needs(plan(document(List.of(GUESTS, ROOMS), List.of("Guests", "Rooms"))), List.of()))
                .isEqualTo(needs);
        assertThat(needs(plan("other/PRD-2.md", text), List.of())).isEqualTo(needs);
        assertThat(needs(plan(text.replace("\n", "\r\n")), List.of())).isEqualTo(needs);
    }

    @Property(tries = 60)
    void requirements_about_other_things_change_no_need_among_the_others(
            @ForAll @Size(max = 5) List<@IntRange(max = 4) Integer> picks,
            @ForAll boolean apart,
            @ForAll boolean first) {
        var needs = needs(plan(document(List.of(ROOMS, GUESTS), List.of("Rooms", "Guests"))), List.of());
        var more = picks.stream().distinct().map(UNRELATED::get).toList();
        var guests = new ArrayList<>(GUESTS);
        if (!apart) guests.addAll(more);
        var sections = new ArrayList<>(List.of(ROOMS, guests));
        var titles = new ArrayList<>(List.of("Rooms", "Guests"));
        if (apart && !more.isEmpty()) {
            sections.add(first ? 0 : 2, more);
            titles.add(first ? 0 : 2, "Chores");
        }

        assertThat(needs(plan(document(sections, titles)), List.of("REQ-7", "chores")))
                .isEqualTo(needs);
    }
}
