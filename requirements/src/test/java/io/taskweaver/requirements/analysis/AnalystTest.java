package io.taskweaver.requirements.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnalystTest {
    @Test
    void plain_bullets_are_requirements_of_the_part_that_their_heading_names() {
        var found =
                requirements("# Library\n## Members\n- Register a member\n- Block a member\n## Loans\n- Lend a book\n");

        assertThat(found)
                .extracting(Requirement::title)
                .containsExactly("Register a member", "Block a member", "Lend a book");
        assertThat(found).extracting(AnalystTest::component).containsExactly("Members", "Members", "Loans");
        assertThat(found.getLast().at()).hasToString("d.md:6");
    }

    @Test
    void ids_are_found_in_bold_in_brackets_in_boxes_in_headings_in_tables_and_in_lines() {
        var found = requirements("""
                # Requirements
                - **FR-001**: The system shall sign users in
                - [NFR-2] Keep an audit trail
                - [ ] T012 [P] Draw the chart
                - [x] T013 Print the chart

                **CS-001** All text is in English
                **CS-002** All dates are ISO

                ### US-01: Export
                As a clerk, I want to export a report, so that I can file it.

                | ID | Requirement | Priority |
                |---|---|---|
                | PA-01 | Relay results | Must |

                ### Requirement 7
                **User Story:** As a clerk, I want to search, so that I find things.
                """);

        assertThat(found)
                .extracting(requirement -> requirement.id().orElse(""))
                .containsExactlyInAnyOrder("FR-001", "NFR-2", "T012", "T013", "CS-001", "CS-002", "US-01", "REQ-7");
        assertThat(byId(found, "T012").tags()).containsExactly("P");
        assertThat(byId(found, "T013").done()).isTrue();
        assertThat(byId(found, "FR-001").title()).isEqualTo("Sign users in");
        assertThat(byId(found, "REQ-7").title()).isEqualTo("Search");
        assertThat(byId(found, "NFR-2").quality()).isTrue();
        assertThat(byId(found, "US-01").criteria()).isNotEmpty();
    }

    @Test
    void ids_that_are_only_mentioned_define_nothing() {
        var found = requirements("""
                # Requirements
                - FR-1: Do this as FR-9 says
                - FR-2–FR-5: see above
                - FR-3 → FR-4
                - FR-5, FR-6 belong together
                ```
                - FR-7: in a fence
                ```
                > - FR-8: quoted
                ## References
                - RFC-2119: key words
                ## Glossary
                - UTF-8: an encoding
                """);

        assertThat(found)
                .extracting(requirement -> requirement.id().orElse(""))
                .containsOnlyOnce("FR-1")
                .doesNotContain("FR-2", "FR-3", "FR-5", "FR-7", "FR-8", "FR-9", "RFC-2119", "UTF-8");
    }

    @Test
    void names_of_standards_are_no_ids() {
        var found = requirements("# X\n- ISO-8601 dates everywhere\n- UTF-8 everywhere\n- S3 storage\n");

        assertThat(found).extracting(Requirement::id).containsOnly(Optional.empty());
        assertThat(found).hasSize(3);
    }

    @Test
    void lists_below_a_user_story_are_its_criteria() {
        var found = requirements("""
                ## User Stories
                ### US-001: Sign in
                **Description:** As a user, I want to sign in.
                **Priority:** High
                **Acceptance Criteria:**
                - [ ] a wrong password is refused
                - [ ] FR-99 is met
                """);

        assertThat(found).hasSize(2);
        assertThat(found.getFirst().criteria()).containsExactly("a wrong password is refused");
        assertThat(found.getFirst().importance()).contains(Importance.HIGH);
    }

    @Test
    void ears_criteria_belong_to_their_requirement() {
        var found = requirements("""
                # Requirements Document
                ## Introduction
                The Shop Builder sells.
                ## Requirements
                ### Requirement 1
                **User Story:** As a player, I want the system to save my game, so that I can go on.
                #### Acceptance Criteria
                1. WHEN the player saves THEN the system SHALL store the game
                2. IF storing fails THEN the system SHALL say so
                ### Requirement 2: Load
                #### Acceptance Criteria
                1. WHEN the player loads THEN the system SHALL show the game
                """);

        assertThat(found).extracting(Requirement::title).containsExactly("Save my game", "Load");
        assertThat(found.getFirst().criteria()).hasSize(2);
    }

    @Test
    void given_when_then_makes_the_section_a_requirement() {
        var found = requirements(
                "# App\n## Log in\n- **Given** a user\n- **When** she signs in\n- **Then** she sees home\n");

        assertThat(found).singleElement().satisfies(requirement -> {
            assertThat(requirement.title()).isEqualTo("Log in");
            assertThat(requirement.criteria()).hasSize(3);
        });
    }

    @Test
    void sub_bullets_are_criteria_and_reasons_are_text() {
        var found = requirements("# App\n- Show the URL\n  - *Why:* people copy it\n  - it has a copy button\n");

        assertThat(found).singleElement().satisfies(requirement -> {
            assertThat(requirement.criteria()).containsExactly("it has a copy button");
            assertThat(requirement.text()).contains("Why: people copy it");
        });
    }

    @Test
    void a_label_over_a_list_is_no_requirement() {
        var found = requirements("# App\n- **Backend:**\n  - Store mappings\n  - Redirect\n");

        assertThat(found).extracting(Requirement::title).containsExactly("Store mappings", "Redirect");
        assertThat(found).extracting(AnalystTest::component).containsOnly("Backend");
    }

    @Test
    void boundaries_constraints_and_explanation_are_no_requirements() {
        var analysis = analyse("""
                # Shop
                ## Introduction
                - It is a shop
                ## Requirements
                - Sell things
                ## Non-Goals
                - No returns
                ## Constraints
                - Runs on Java 25
                ## Assumptions
                - Users have a browser
                ## Glossary
                - **Cart**: things to buy
                ## Risks
                - Nobody comes
                """);

        assertThat(analysis.requirements()).extracting(Requirement::title).containsExactly("Sell things");
        assertThat(analysis.boundaries())
                .extracting(Statement::text)
                .containsExactly("No returns", "Users have a browser");
        assertThat(analysis.constraints()).extracting(Statement::text).containsExactly("Runs on Java 25");
    }

    @Test
    void a_table_of_what_was_decided_against_is_a_boundary() {
        var analysis =
                analyse("# X\n- Do it\n\n**Decided against:**\n\n| Tool | Why |\n|---|---|\n| Letta | too big |\n");

        assertThat(analysis.boundaries()).extracting(Statement::text).containsExactly("Letta: too big");
    }

    @Test
    void what_will_not_be_done_is_a_boundary() {
        var analysis = analyse(
                "# X\n## Requirements\n| ID | Requirement | Priority |\n|---|---|---|\n| A-1 | Pay | Must |\n| A-2 | Wrap gifts | Won't |\n");

        assertThat(analysis.requirements()).extracting(Requirement::title).containsExactly("Pay");
        assertThat(analysis.boundaries()).extracting(Statement::text).containsExactly("A-2: Wrap gifts");
    }

    @Test
    void done_boxes_are_done() {
        assertThat(requirements("# X\n- [x] a thing\n- [ ] another thing\n"))
                .extracting(Requirement::done)
                .containsExactly(true, false);
    }

    @Test
    void a_chain_of_steps_orders_those_of_the_roadmap_and_adds_what_that_lacks() {
        var analysis = analyse("""
                # Features
                - Shortening of URLs
                # Roadmap
                1. Set up the React project
                2. Check that the input is a URL
                # Logical Dependency Chain
                1. React project setup
                2. Shorten endpoint (depends on 1)
                3. Redirect endpoint (depends on 1 & 2)
                """);

        assertThat(analysis.requirements())
                .extracting(Requirement::title)
                .containsExactly(
                        "Set up the React project",
                        "Check that the input is a URL",
                        "Shorten endpoint",
                        "Redirect endpoint");
        assertThat(analysis.requirements().get(2).dependences())
                .flatExtracting(Dependence::references)
                .contains(new Reference.Name("Set up the React project"));
        assertThat(analysis.remarks()).extracting(ReadingNotice::code).containsExactly("merged-into-task");
    }

    @Test
    void a_template_is_planned_as_one_task_with_its_sections_to_fill_in() {
        var analysis = analyse(
                "# Template\n## Problem\n[Describe it]\n## Features\n- **[Name]**: [Description]\n## Phases\n- [ ] [Task name]\n");

        assertThat(analysis.requirements())
                .extracting(Requirement::title)
                .containsExactly("Fill in the template 'Template'");
        assertThat(analysis.requirements().getFirst().criteria()).hasSize(3);
        assertThat(analysis.remarks()).extracting(ReadingNotice::code).contains("unfilled-template");
    }

    @Test
    void structure_carries_where_keywords_do_not() {
        assertThat(requirements("# Программа\n## Вход\n- Пользователь входит по паролю\n- Пароль можно сменить\n"))
                .hasSize(2);
        assertThat(requirements("# 图书馆\n## 功能需求\n- 用户可以借书\n- 用户可以还书\n")).hasSize(2);
    }

    @Test
    void the_title_is_what_the_document_is_about() {
        assertThat(analyse("# PRD: Stage & Launch (`gt`)\n- a b c\n").title()).contains("Stage & Launch");
        assertThat(analyse("# Agent Pulsar — Requirements Specification\n- a b c\n")
                        .title())
                .contains("Agent Pulsar");
        assertThat(analyse("# Requirements\n## Introduction\nThis is a simple URL Shortener application.\n")
                        .title())
                .contains("URL Shortener");
        var untitled = new Document("docs/03-web-shop-prd.md", "- a b c\n");
        assertThat(Analyst.analyse(untitled).title()).isEmpty();
        assertThat(Analyst.titleOfFile(untitled)).contains("Web shop");
    }

    private static Analysis analyse(String text) {
        return Analyst.analyse(new Document("d.md", text));
    }

    private static List<Requirement> requirements(String text) {
        return analyse(text).requirements();
    }

    private static Requirement byId(List<Requirement> found, String id) {
        return found.stream()
                .filter(requirement -> requirement.id().filter(id::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static String component(Requirement requirement) {
        return requirement.component().map(Component::name).orElse("");
    }
}
