package io.taskweaver.scheduling.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskweaver.model.Document;
import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Submission;
import io.taskweaver.model.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequirementsMarkdownTest {
    private static final Path CORPUS = Path.of(System.getProperty("taskweaver.corpus", "../../shared/corpus"));

    private static Plan plan(String text) {
        var submission = new Submission(
                new PlanId("p"),
                List.of(new Document("REQUIREMENTS.md", text)),
                Optional.empty(),
                List.of(),
                PlanOptions.DEFAULT);
        return switch (Planner.plan(submission)) {
            case Planning.Planned planned -> planned.plan();
            case Planning.Rejected rejected -> throw new AssertionError(rejected.rejections() + "\n" + text);
        };
    }

    private static List<Task> work(Plan plan) {
        return plan.tasks().stream()
                .filter(task -> task.kind() == Task.Kind.WORK)
                .toList();
    }

    @Test
    void what_has_no_id_gets_a_number_that_nobody_else_has() {
        var written = RequirementsMarkdown.write(plan("""
                # Shop

                ## Requirements

                - FR-001: The Cart shall hold books
                - Users shall be able to order books
                - Users shall be able to cancel orders
                """));

        assertThat(written).contains("**FR-001**", "**FR-002**", "**FR-003**").doesNotContain("FR-004");
    }

    @Test
    void everything_that_was_asked_for_is_asked_for_again() {
        var plan = plan("""
                # Shop

                ## Cart

                - [x] CS-001: The Cart shall hold books
                - [ ] CS-002: The Cart shall add up prices (depends on CS-001). Priority: High
                  - Acceptance: Prices have two decimals.

                ## Orders

                - [ ] CS-003: The Orders shall take what is in the Cart. Depends on CS-002
                  - Acceptance: An empty cart is refused.
                  - Acceptance: The stock goes down.

                ## Non-goals

                - Paying by cheque
                """);

        var again = plan(RequirementsMarkdown.write(plan));

        assertThat(asked(again)).isEqualTo(asked(plan));
        assertThat(again.boundaries()).isEqualTo(plan.boundaries());
        assertThat(again.title()).isEqualTo(plan.title());
    }

    @Test
    void a_skeleton_asks_to_be_filled_in() {
        var skeleton = RequirementsMarkdown.skeleton("Shop");

        assertThat(skeleton).startsWith("# Shop\n").contains("FR-001", "## Non-goals");
        assertThat(work(plan(skeleton.replace("[Name of a part]", "Cart")
                        .replace("[The part]", "The Cart")
                        .replaceAll("\\[([^\\]]*)\\]", "$1"))))
                .extracting(task -> task.id().value())
                .contains("FR-001", "FR-002");
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "04", "05", "11", "12", "16"})
    void documents_of_others_ask_for_the_same_once_rewritten(String number) throws IOException {
        assumeTrue(Files.isDirectory(CORPUS), "no corpus at " + CORPUS);
        Path file;
        try (var files = Files.list(CORPUS)) {
            file = files.filter(path -> path.getFileName().toString().startsWith(number + "-"))
                    .findFirst()
                    .orElseThrow();
        }
        var plan = plan(Files.readString(file));

        var again = plan(RequirementsMarkdown.write(plan));

        assertThat(work(again)).hasSameSizeAs(work(plan));
        assertThat(criteria(again)).isEqualTo(criteria(plan));
        assertThat(explicit(again)).isEqualTo(explicit(plan));
    }

    /** Id, state, weight, criteria and stated needs of each task. */
    private static Map<String, List<Object>> asked(Plan plan) {
        var asked = new HashMap<String, List<Object>>();
        for (var task : work(plan))
            asked.put(
                    task.id().value(),
                    List.of(
                            task.done(),
                            task.priority(),
                            task.acceptanceCriteria(),
                            task.component(),
                            new TreeSet<>(task.needs().stream()
                                    .filter(need -> need.reason() == Need.Reason.EXPLICIT)
                                    .map(need -> need.on().value())
                                    .toList())));
        return asked;
    }

    private static List<String> criteria(Plan plan) {
        return work(plan).stream()
                .flatMap(task -> task.acceptanceCriteria().stream())
                .sorted()
                .toList();
    }

    private static long explicit(Plan plan) {
        return work(plan).stream()
                .flatMap(task -> task.needs().stream())
                .filter(need -> need.reason() == Need.Reason.EXPLICIT && need.kind() == Need.Kind.RESULT)
                .count();
    }
}
