package io.taskweaver.scheduling.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Submission;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentCheckTest {
    private static Planning plan(String path, String text) {
        return Planner.plan(new Submission(
                new PlanId("p"), List.of(new Document(path, text)), Optional.empty(), List.of(), PlanOptions.DEFAULT));
    }

    @ParameterizedTest
    @CsvSource({
        "a.adoc, '== A\n\n* The system shall send codes', not-markdown, asciidoctor",
        "a.rst, '- The system shall send codes', not-markdown, pandoc -f rst",
        "a.org, '* The system shall send codes', not-markdown, pandoc -f org",
        "a.csv, 'Key,Summary\nA-1,Send codes', not-a-list, id",
        "a.yaml, 'openapi: 3.0.0\npaths: [', unreadable-specification, Correct the line",
        "a.feature, 'Feature: a\n Scenario: b\n  Given c\n  d', unreadable-specification, Correct the line"
    })
    void what_is_no_markdown_is_refused_with_a_way_out(String path, String text, String code, String hint) {
        assertThat(plan(path, text))
                .isInstanceOfSatisfying(
                        Planning.Rejected.class,
                        rejected -> assertThat(rejected.rejections())
                                .singleElement()
                                .satisfies(reason -> {
                                    assertThat(reason.code()).isEqualTo(code);
                                    assertThat(reason.hint()).contains(hint);
                                    assertThat(reason.source()).isPresent();
                                }));
    }

    @Test
    void features_and_descriptions_of_interfaces_are_planned_beside_documents() {
        var planning = Planner.plan(new Submission(
                new PlanId("p"),
                List.of(
                        new Document("r.md", "# Desk\n\n- R-1: The system shall print labels\n"),
                        new Document("a.feature", "Feature: Pickup\n\n  Scenario: Open a locker\n    Given a code\n"),
                        new Document(
                                "a.yaml", "openapi: 3.0.0\npaths:\n  /codes:\n    post: {operationId: sendCode}\n")),
                Optional.empty(),
                List.of(),
                PlanOptions.DEFAULT));
        assertThat(planning)
                .isInstanceOfSatisfying(
                        Planning.Planned.class,
                        planned -> assertThat(planned.plan().tasks())
                                .extracting(task -> task.title())
                                .contains("Print labels", "Open a locker", "Send code"));
    }
}
