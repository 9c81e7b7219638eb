package io.taskweaver.scheduling.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskweaver.model.Document;
import io.taskweaver.model.Need;
import io.taskweaver.model.Notice;
import io.taskweaver.model.Plan;
import io.taskweaver.model.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real documents of others, read where they lie; skipped where they do not. */
class CorpusTest {
    private static final Path CORPUS = Path.of(System.getProperty("taskweaver.corpus", "../../shared/corpus"));

    @ParameterizedTest
    @ValueSource(strings = {"01", "04", "05", "09", "11", "12", "16"})
    void every_document_is_planned_soundly(String number) throws IOException {
        PlannerPropertiesTest.isSound(plan(number));
    }

    @Test
    void boxes_are_tasks_and_nested_ones_are_criteria() throws IOException {
        var plan = plan("01");

        assertThat(work(plan)).hasSize(22);
        assertThat(work(plan))
                .filteredOn(Task::done)
                .extracting(Task::title)
                .containsExactly("Java SE 8", "Maven 3", "Build the application using Java 8");
        assertThat(plan.constraints()).contains("Singleton", "JUnit 4", "Java SE 8");
        assertThat(work(plan))
                .extracting(Task::title)
                .contains("Register with a username and password", "Apply to open an account")
                .doesNotContain("Singleton", "JUnit 4");
        assertThat(Plans.task(plan, "Bank admins should be able to view and edit all accounts")
                        .acceptanceCriteria())
                .hasSize(3);
    }

    @Test
    void the_roadmap_of_a_prd_is_the_plan_and_its_chain_orders_it() throws IOException {
        var plan = plan("04");

        assertThat(work(plan)).hasSize(10);
        assertThat(Plans.needs(plan, "Implement backend `POST /api/shorten` endpoint logic", Need.Kind.RESULT))
                .hasSize(2);
        assertThat(plan.phases()).extracting(List::size).containsExactly(6, 2, 1, 1);
        assertThat(work(plan))
                .flatExtracting(Task::acceptanceCriteria)
                .as("what only the features say is not lost")
                .anyMatch(criterion -> criterion.contains("copy to clipboard"))
                .anyMatch(criterion -> criterion.contains("HTTP redirect (301 or 302)"));
        assertThat(plan.boundaries()).singleElement().asString().contains("custom short codes");
    }

    @Test
    void every_id_of_an_srs_is_found_under_its_part() throws IOException {
        var plan = plan("05");

        assertThat(ids(plan))
                .filteredOn(id -> id.indexOf('.') < 0)
                .filteredOn(id -> Character.isUpperCase(id.charAt(0)))
                .containsExactlyInAnyOrderElementsOf(
                        both(numbered("FR-%03d", 38), List.of("NFR-005", "NFR-012", "NFR-014", "NFR-016", "NFR-019")));
        assertThat(ids(plan)).as("none is taken apart").noneMatch(id -> id.indexOf('.') > 0);
        assertThat(plan.constraints())
                .as("what is built is a task, what speaks of uploads binds uploads")
                .anyMatch(constraint -> constraint.startsWith("NFR-001"))
                .noneMatch(constraint -> constraint.startsWith("NFR-005") || constraint.startsWith("NFR-004"));
        assertThat(Plans.task(plan, "FR-032").acceptanceCriteria())
                .containsExactly("NFR-004: File uploads shall support files up to 10MB");
        assertThat(plan.components()).hasSize(7);
        assertThat(plan.title()).isEqualTo("Unified Data Platform");
    }

    @Test
    void a_template_is_planned_as_what_it_is() throws IOException {
        var plan = plan("09");

        assertThat(plan.notices()).extracting(Notice::code).contains("unfilled-template");
        assertThat(work(plan))
                .singleElement()
                .satisfies(task -> assertThat(task.acceptanceCriteria()).hasSize(19));
    }

    @Test
    void stories_and_requirements_are_found_and_non_goals_are_not_tasks() throws IOException {
        var plan = plan("11");

        assertThat(ids(plan)).containsExactlyInAnyOrderElementsOf(numbered("US-%03d", 11));
        assertThat(Plans.task(plan, "US-007").acceptanceCriteria())
                .as("what details a story is a criterion of it")
                .hasSize(10)
                .anyMatch(criterion -> criterion.startsWith("FR-6: "))
                .anyMatch(criterion -> criterion.startsWith("FR-8: "));
        assertThat(plan.boundaries()).hasSize(7);
        assertThat(plan.constraints()).singleElement().asString().contains("go vet");
    }

    @Test
    void numbered_requirements_with_ears_criteria_are_found() throws IOException {
        var plan = plan("12");

        assertThat(ids(plan)).containsExactlyElementsOf(both(numbered("REQ-%d", 18), List.of("foundation-data-model")));
        assertThat(Plans.task(plan, "REQ-3").acceptanceCriteria()).hasSize(17);
        assertThat(plan.boundaries()).hasSize(12);
        assertThat(plan.components())
                .as("the glossary names parts where headings do not")
                .extracting(component -> component.name())
                .containsExactly("Warband", "Leader", "Point Cost", "Data model");
    }

    @Test
    void tables_of_ids_are_found_with_their_priorities() throws IOException {
        var plan = plan("16");

        assertThat(ids(plan))
                .filteredOn(id -> id.matches("[A-Z]{2}-[0-9]{2}"))
                .hasSize(6 + 7 + 10 + 9 + 6 + 10 + 8)
                .doesNotHaveDuplicates();
        assertThat(Plans.task(plan, "Kubernetes deployment").done()).isFalse();
        assertThat(Plans.task(plan, "Deploy OpenClaw with Telegram channel").done())
                .as("the document says that phase 1 is complete")
                .isTrue();
        assertThat(Plans.task(plan, "SC-07").priority()).isEqualTo(Task.Priority.MEDIUM);
        assertThat(Plans.task(plan, "WK-02").done())
                .as("a part that complete phases built")
                .isTrue();
        assertThat(Plans.task(plan, "SV-05").done())
                .as("a later phase speaks of retries")
                .isFalse();
    }

    private static Plan plan(String number) throws IOException {
        assumeTrue(Files.isDirectory(CORPUS), () -> "skipped: no documents in " + CORPUS.toAbsolutePath());
        try (var files = Files.list(CORPUS)) {
            var file = files.filter(path -> path.getFileName().toString().startsWith(number + "-"))
                    .findFirst()
                    .orElseThrow();
            var document = new Document(file.getFileName().toString(), Files.readString(file));
            return Plans.planned(Plans.planning(List.of(document), Optional.empty()));
        }
    }

    private static List<Task> work(Plan plan) {
        return plan.tasks().stream()
                .filter(task -> task.kind() == Task.Kind.WORK)
                .toList();
    }

    private static List<String> ids(Plan plan) {
        return work(plan).stream().map(task -> task.id().value()).toList();
    }

    private static List<String> numbered(String form, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> String.format(form, number))
                .toList();
    }

    private static List<String> both(List<String> first, List<String> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
