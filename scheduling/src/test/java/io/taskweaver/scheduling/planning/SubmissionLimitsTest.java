package io.taskweaver.scheduling.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.model.CodeFile;
import io.taskweaver.model.Document;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Rejection;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.Submission;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionLimitsTest {
    /** Bytes, documents, lines, tasks, needs, components, characters, bytes of a record, changes. */
    private static final SubmissionLimits SMALL =
            new SubmissionLimits(1_000_000, 3, 2_000, 60, 500, 5, 20_000, 15_000, 10);

    @Test
    void what_is_within_all_limits_is_planned() {
        assertThat(planning(SMALL, numbered(40, ""))).isInstanceOf(Planning.Planned.class);
    }

    @Test
    void what_is_no_text_of_documents_is_limited_wherever_a_submission_comes_from() {
        var standard = PlanOptions.DEFAULT;
        var options = options(standard.basePackage(), Optional.of("x".repeat(10_001)));
        var document = List.of(new Document("d", "- Store it"));
        var path = List.of(new CodeFile("x".repeat(4_097), 0, Optional.empty()));

        assertThatThrownBy(() -> new Submission(new PlanId("p"), document, Optional.empty(), List.of(), options))
                .hasMessageContaining("'options.verify' is 10,000");
        assertThatThrownBy(() -> new Submission(new PlanId("p"), document, Optional.empty(), path, standard))
                .hasMessageContaining("'path' is 4,096");
    }

    private static PlanOptions options(String basePackage, Optional<String> verify) {
        var standard = PlanOptions.DEFAULT;
        return new PlanOptions(
                standard.title(),
                standard.agent(),
                standard.fallbacks(),
                standard.agentsFor(),
                standard.gates(),
                standard.maxConcurrent(),
                standard.maxAttempts(),
                standard.attemptTimeout(),
                standard.limits(),
                basePackage,
                verify,
                standard.base());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b;", "int.class", "git~1", "_", "a..b"})
    void a_base_package_that_no_contract_could_have_is_refused(String basePackage) {
        var document = List.of(new Document("d", "- Store it"));
        var options = options(basePackage, Optional.empty());

        assertThatThrownBy(() -> new Submission(new PlanId("p"), document, Optional.empty(), List.of(), options))
                .hasMessageContaining("options.basePackage");
    }

    @Test
    void more_documents_than_allowed_are_refused() {
        var documents = IntStream.range(0, 4)
                .mapToObj(i -> new Document("d" + i, "- Store it"))
                .toList();

        assertThat(refusal(Planner.plan(Plans.submission(documents, Optional.empty()), SMALL)))
                .contains("'documents' is 3")
                .contains("4 documents");
    }

    @Test
    void more_lines_than_allowed_are_refused_whatever_ends_them() {
        assertThat(refusal(planning(SMALL, "- Store it\n" + "\r\n".repeat(2_001))))
                .contains("'lines' is 2,000");
        assertThat(planning(SMALL, "- Store it\n" + "\r\n".repeat(1_900))).isInstanceOf(Planning.Planned.class);
    }

    @Test
    void more_tasks_than_allowed_are_refused() {
        assertThat(refusal(planning(SMALL, numbered(70, "")))).contains("'tasks' is 60");
    }

    @Test
    void tasks_of_all_documents_together_count() {
        var documents = List.of(
                new Document("a", numbered(40, "")),
                new Document("b", numbered(40, "").replace("FR-", "NR-")));

        assertThat(refusal(Planner.plan(Plans.submission(documents, Optional.empty()), SMALL)))
                .contains("'tasks' is 60");
    }

    @Test
    void more_dependencies_than_allowed_are_refused_before_they_are_made() {
        assertThat(refusal(planning(
                        SMALL,
                        numbered(15, "")
                                + numbered(35, " (after FR-1 to FR-15)").replace("- FR-", "- NR-"))))
                .contains("'needs' is 500");
    }

    @Test
    void more_components_than_allowed_are_refused() {
        var text = IntStream.range(0, 6)
                .mapToObj(i -> "## " + "Xyzabc".charAt(i) + "ilo desk\n\n- Store it\n")
                .collect(Collectors.joining("\n"));

        assertThat(refusal(planning(SMALL, text))).contains("'components' is 5");
    }

    @Test
    void a_text_that_every_part_of_a_whole_would_repeat_is_refused() {
        var parts = IntStream.range(0, 20)
                .mapToObj(i -> "p" + i + ",Store it,,w,\n")
                .collect(Collectors.joining());
        var text = "id,title,dependencies,parent,description\nw,Whole,,," + "a ".repeat(700) + "\n" + parts;

        assertThat(refusal(planning(SMALL, text))).contains("'characters' is 20,000");
    }

    @Test
    void what_would_fit_into_no_message_is_refused() {
        var criteria = "  - it is stored so that it can be found again by everybody\n".repeat(400);

        assertThat(refusal(planning(
                        new SubmissionLimits(1_000_000, 3, 2_000, 60, 500, 5, 1_000_000, 15_000, 10),
                        "- FR-1: Store it\n" + criteria)))
                .contains("'record-bytes' is 15,000")
                .contains("FR-1");
    }

    @Test
    void a_line_that_nobody_reads_is_refused_with_its_place() {
        var planning = planning(SMALL, "- Store it\n\nSome words.\n" + "word ".repeat(3_000));

        assertThat(refusal(planning)).contains("'line' is 10,000");
        assertThat(Plans.rejections(planning).getFirst().source()).contains(new SourceSpan("d.md", 4, 4));
    }

    @Test
    void a_long_line_that_is_no_text_is_no_reason_to_refuse() {
        var text = "- Store it\n\n```\n" + "a".repeat(20_000) + "\n```\n\n![shot](data:image/png;base64,"
                + "A".repeat(20_000) + ")\n";

        assertThat(planning(SMALL, text)).isInstanceOf(Planning.Planned.class);
    }

    @Test
    void a_statement_of_many_lines_that_nobody_reads_is_refused_with_its_place() {
        var planning = planning(SMALL, "# Title\n\n- Store it\n" + "  and some more of the same\n".repeat(500));

        assertThat(refusal(planning)).contains("'statement' is 10,000");
        assertThat(Plans.rejections(planning).getFirst().source())
                .map(SourceSpan::firstLine)
                .contains(3);
    }

    @Test
    void a_table_of_too_many_cells_is_refused() {
        int columns = 1_200;
        var text = "| ID " + "| a ".repeat(columns) + "|\n|---" + "|---".repeat(columns) + "|\n"
                + "| FR-1 |\n".repeat(900);

        assertThat(refusal(planning(SMALL, text))).contains("'cells' is 1,000,000");
    }

    @Test
    void a_table_in_html_that_is_nested_deeply_is_refused() {
        var text = "- Store it\n\n" + "<table><tr><td>".repeat(200) + "\n";

        assertThat(refusal(planning(SMALL, text))).contains("'depth' is 100");
    }

    @Test
    void parts_of_parts_without_end_are_refused() {
        var parts = IntStream.range(1, 300)
                .mapToObj(i -> "t" + i + ",Store it,,t" + (i - 1) + "\n")
                .collect(Collectors.joining());

        assertThat(refusal(planning(SMALL, "id,title,dependencies,parent\nt0,Whole,,\n" + parts)))
                .contains("'depth' is 100");
    }

    @Test
    void a_cycle_of_many_tasks_is_told_in_few_words() {
        int tasks = 2_000;
        var text = IntStream.rangeClosed(1, tasks)
                .mapToObj(i -> "- FR-" + i + ": Store it (after FR-" + (i % tasks + 1) + ")\n")
                .collect(Collectors.joining());

        var rejection =
                Plans.rejections(planning(SubmissionLimits.DEFAULT, text)).getFirst();

        assertThat(rejection.code()).isEqualTo("dependency-cycle");
        assertThat(rejection.message()).hasSizeLessThan(2_000).contains("(1980 more)");
    }

    @Test
    void notices_without_end_are_cut_and_that_is_said() {
        var text = "- Store it\n".repeat(2_500);

        var notices = Plans.planned(planning(SubmissionLimits.DEFAULT, text)).notices();

        assertThat(notices).hasSize(1_001);
        assertThat(notices.getLast().code()).isEqualTo("more-notices");
    }

    private static String numbered(int count, String suffix) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "- FR-" + i + ": Store the thing " + i + suffix + "\n")
                .collect(Collectors.joining());
    }

    private static Planning planning(SubmissionLimits limits, String text) {
        return Planner.plan(Plans.submission(List.of(new Document("d.md", text)), Optional.empty()), limits);
    }

    /** The message of the only reason, which is a limit. */
    private static String refusal(Planning planning) {
        var rejections = Plans.rejections(planning);
        assertThat(rejections).extracting(Rejection::code).containsExactly("limit-exceeded");
        assertThat(rejections.getFirst().hint()).isNotBlank();
        return rejections.getFirst().message();
    }
}
