package io.taskweaver.scheduling.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import io.taskweaver.model.Need;
import io.taskweaver.model.Notice;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Submission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InferredNeedsTest {
    private static final String WIDE = """
            # Shop

            ## Tasks

            - Set up the project repository and configuration
            - Set up the database schema of articles: define `article_table`
            - Implement the article search: create the endpoint that reads the database schema of articles, `article_table`
            - Send the weekly newsletter
            - Print shelf labels in colour
            - Record opening hours of branches
            - Convert currencies by daily rates
            - Collect feedback from visitors
            - Count loyalty points
            - Plan deliveries by lorry
            - Archive invoices after ten years
            - Remind staff of shifts
            - Scan passports at the gate
            - Translate menus into Dutch
            """;

    private static Plan plan(String text) {
        var submission = new Submission(
                new PlanId("p-inferred"),
                List.of(new Document("REQUIREMENTS.md", text)),
                Optional.empty(),
                List.of(),
                PlanOptions.DEFAULT);
        return ((Planning.Planned) Planner.plan(submission)).plan();
    }

    private static List<Need> inferred(Plan plan) {
        var needs = new ArrayList<Need>();
        for (var task : plan.tasks())
            for (var need : task.needs())
                if (need.reason().ordinal() >= Need.Reason.DEFINITION.ordinal()) needs.add(need);
        return needs;
    }

    @Test
    void what_is_inferred_has_a_reason_in_words_and_a_confidence_below_1() {
        assertThat(inferred(plan(WIDE))).isNotEmpty().allSatisfy(need -> {
            assertThat(need.because()).isNotBlank();
            assertThat(need.confidence()).isBetween(0.05, 0.999);
        });
    }

    @Test
    void all_that_is_built_waits_for_the_only_task_that_sets_up_the_project() {
        assertThat(plan(WIDE).phases().getFirst())
                .singleElement()
                .asString()
                .startsWith("set-up-the-project-repository");
    }

    @Test
    void what_has_nothing_in_common_waits_for_nothing_of_the_others() {
        var plan = plan(WIDE.replace("- Set up the project repository and configuration\n", ""));
        assertThat(plan.phases().getFirst()).hasSize(12);
    }

    @Test
    void a_small_plan_has_needs_too() {
        var small = WIDE.lines().limit(7).reduce("", (text, line) -> text + line + "\n");
        var plan = plan(small);

        assertThat(plan.phases()).hasSize(3);
        assertThat(plan.notices()).extracting(Notice::code).doesNotContain("inferred-left-out");
    }

    @Test
    void a_requirement_that_states_what_it_waits_for_is_taken_at_its_word() {
        var stated = WIDE.replace(
                "`article_table`\n- Send", "`article_table` (depends on \"Count loyalty points\")\n- Send");
        var search = plan(stated).tasks().stream()
                .filter(task -> task.title().startsWith("Implement the article search"))
                .findFirst()
                .orElseThrow();

        assertThat(search.needs())
                .filteredOn(need -> need.kind() == Need.Kind.RESULT)
                .singleElement()
                .satisfies(need -> {
                    assertThat(need.on().value()).startsWith("count-loyalty-points");
                    assertThat(need.reason()).isEqualTo(Need.Reason.EXPLICIT);
                });
    }

    @Test
    void where_many_of_a_section_state_what_they_wait_for_the_others_wait_for_nothing() {
        var plan = plan("""
                # Shop

                ## Tasks
                - T-1: Create the article table
                - T-2: Show articles of the article table
                - T-3: Delete articles (depends on T-1)
                """);

        assertThat(inferred(plan)).isEmpty();
    }

    @Test
    void edges_follow_from_the_text_and_not_from_ids() {
        var numbered = WIDE.replace("- Set up the project", "- **T-7**: Set up the project")
                .replace("- Send the", "- **T-3**: Send the");

        assertThat(inferred(plan(numbered)))
                .extracting(Need::because)
                .containsExactlyInAnyOrderElementsOf(
                        inferred(plan(WIDE)).stream().map(Need::because).toList());
    }

    @Test
    void of_a_split_statement_the_first_part_is_waited_for() {
        var plan = plan("""
                # Library

                ## Catalogue
                - Librarians can add books, edit titles and remove labels.
                - Readers can search books by title, author or subject.
                - Each book shows whether it is available.

                ## Members
                - Librarians can register new members with name, address and mail.
                - Members can change their password.
                - Librarians can block a member.

                ## Loans
                - Members can borrow a book for four weeks.
                - Members can renew a loan twice.
                - A returned book ends its loan.
                - Librarians can create a loan for a member.
                - Overdue loans cost 0.50 a week.
                """);
        assertThat(inferred(plan))
                .filteredOn(need -> need.kind() == Need.Kind.RESULT)
                .extracting(need -> need.on().value())
                .anyMatch(on -> on.startsWith("add-books"))
                .noneMatch(on -> on.startsWith("edit-titles") || on.startsWith("remove-labels"));
    }
}
