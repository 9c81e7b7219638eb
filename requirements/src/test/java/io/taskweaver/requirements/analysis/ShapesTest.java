package io.taskweaver.requirements.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.taskweaver.model.Document;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The shapes in which people write requirements. */
class ShapesTest {
    @Nested
    class Sentences {
        @Test
        void ears_statements_of_all_five_kinds_are_requirements() {
            assertThat(titles("""
                    # Lamp
                    ## Requirements
                    - WHEN the button is pressed THE lamp SHALL light up
                    - IF the bulb fails, THEN the lamp SHALL beep
                    - WHILE it is dark, the lamp SHALL glow
                    - WHERE a battery is fitted, the lamp SHALL report its charge
                    - The lamp SHALL weigh less than 1 kg
                    """)).hasSize(5);
        }

        @Test
        void rfc_2119_prose_asks_where_it_says_must_and_not_where_it_explains() {
            var analysis = analyse("""
                    # Protocol

                    The key words MUST and SHOULD are to be read as in RFC 2119.

                    A client MUST send its version first.

                    A server SHOULD answer within a second.

                    Clients exist in many languages.
                    """);

            assertThat(analysis.requirements())
                    .extracting(Requirement::text)
                    .contains("A client MUST send its version first.", "A server SHOULD answer within a second.")
                    .doesNotContain("Clients exist in many languages.")
                    .noneMatch(text -> text.contains("RFC 2119"));
        }

        @Test
        void scenarios_belong_to_their_feature() {
            var found = requirements("""
                    # Shop
                    ## Feature: Cart
                    ### Scenario: Add a book
                    - **Given** an empty cart
                    - **When** a book is added
                    - **Then** the cart holds one book
                    ### Scenario: Remove it
                    Given a cart with a book
                    When it is removed
                    Then the cart is empty
                    """);

            assertThat(found).singleElement().satisfies(feature -> {
                assertThat(feature.title()).isEqualTo("Cart");
                assertThat(feature.criteria()).contains("Scenario: Add a book", "Then the cart holds one book");
                assertThat(feature.text() + feature.criteria()).contains("Then the cart is empty");
            });
        }

        @Test
        void a_specification_of_changes_is_read_by_its_requirements() {
            var found = requirements("""
                    ## ADDED Requirements
                    ### Requirement: Two-factor sign-in
                    The system SHALL ask for a code.
                    #### Scenario: Code asked for
                    - **WHEN** a password is right
                    - **THEN** a code is asked for
                    ### Requirement: Lock
                    The system SHALL lock after five tries.
                    """);

            assertThat(found).extracting(Requirement::title).containsExactly("Two-factor sign-in", "Lock");
            assertThat(found.getFirst().criteria()).hasSize(3);
        }
    }

    @Nested
    class Outlines {
        @Test
        void an_srs_numbers_sections_and_only_demands_are_tasks() {
            var analysis = analyse("""
                    # Software Requirements Specification
                    ## 1. Introduction
                    ### 1.1 Purpose
                    - To describe the library
                    ### 1.2 Definitions
                    - **Loan**: a lent book
                    ## 2. Overall Description
                    ### 2.1 Assumptions
                    - Readers have cards
                    ## 3. Specific Requirements
                    ### 3.1 Loans
                    3.1.1 The system shall lend books.

                    3.1.2 The system shall take books back.
                    ### 3.2 Performance Requirements
                    - Answers shall take at most 2 s
                    ## 4. Appendices
                    - A list of forms
                    """);

            assertThat(analysis.requirements())
                    .extracting(Requirement::title)
                    .containsExactly("Lend books", "Take books back");
            assertThat(analysis.constraints()).extracting(Statement::text).contains("Answers shall take at most 2 s");
            assertThat(analysis.boundaries()).extracting(Statement::text).containsExactly("Readers have cards");
        }

        @Test
        void front_matter_names_the_document() {
            var analysis = analyse("---\ntitle: \"Book club\"\ntags: [a, b]\n---\n# Requirements\n- Lend books\n");

            assertThat(analysis.title()).contains("Book club");
            assertThat(analysis.requirements()).hasSize(1);
        }

        @Test
        void pseudo_xml_blocks_hold_markdown_and_examples_are_no_tasks() {
            assertThat(titles("""
                    <context>
                    # Overview
                    - It is small
                    </context>
                    <PRD>
                    # Features
                    - Shorten links
                    <example>
                    - Brew coffee
                    </example>
                    <instruction>
                    - List features here
                    </instruction>
                    </PRD>
                    """)).containsExactly("Shorten links");
        }

        @Test
        void comment_headings_inside_a_list_do_not_lose_the_items_after_them() {
            assertThat(titles("# App\n## Tasks\n- [ ] Draw\n# the second half\n- [ ] Print\n"))
                    .containsExactly("Draw", "Print");
        }

        @Test
        void review_checklists_are_no_tasks() {
            assertThat(titles("# App\n- FR-1: Do it\n## Review Checklist\n- [ ] No typos\n## 検証チェックリスト\n- [x] 完了\n"))
                    .containsExactly("Do it");
        }

        @Test
        void two_specifications_in_one_document_are_both_read() {
            var found = requirements("""
                    # Project
                    ## Functionality
                    - [ ] Create records
                    ## Example: The Banking App
                    - [ ] Open an account
                    """);

            assertThat(found).extracting(Requirement::title).containsExactly("Create records", "Open an account");
            assertThat(found.getLast().component().orElseThrow().name()).isEqualTo("Banking App");
        }
    }

    @Nested
    class Marks {
        @Test
        void malformed_boxes_and_bullets_are_read_as_meant() {
            var found = requirements("# App\n## Tasks\n- [] Open\n- [x]Done\n- [ ]* Optional\n-Item\n* []  Starred\n");

            assertThat(found)
                    .extracting(Requirement::title)
                    .containsExactly("Open", "Done", "Optional", "Item", "Starred");
            assertThat(found).extracting(Requirement::done).containsExactly(false, true, false, false, false);
        }

        @Test
        void escaped_underscores_are_part_of_an_id() {
            assertThat(requirements("# App\n- **FR\\_1**: Pay\n- **FR\\_2**: Refund (depends on FR\\_1)\n"))
                    .extracting(requirement -> requirement.id().orElse(""))
                    .containsExactly("FR_1", "FR_2");
        }

        @Test
        void ranges_of_ids_define_nothing() {
            assertThat(requirements(
                            "# App\n- FR-1: Pay\n- FR-2: Refund\n\nFR-3-FR-9 are reserved.\n- FR-3 to FR-5 later\n"))
                    .extracting(requirement -> requirement.id().orElse(""))
                    .doesNotContain("FR-3", "FR-9");
        }

        @Test
        void rows_with_doubled_bars_are_requirements() {
            assertThat(requirements(
                            "# App\n\n|| ID | Requirement ||\n|---|---|\n|| A-1 | Pay ||\n|| A-2 | Refund ||\n"))
                    .extracting(Requirement::title)
                    .containsExactly("Pay", "Refund");
        }

        @Test
        void raw_html_tables_are_tables_and_cells_that_span_rows_count_in_each() {
            var found = requirements("""
                    # App
                    <table>
                      <tr><th>ID</th><th>Component</th><th>Requirement</th><th>Priority</th></tr>
                      <tr><td>H-1</td><td rowspan="2">Orders</td><td>Take <code>orders</code></td><td>Must</td></tr>

                      <tr><td>H-2</td><td>Cancel orders</td><td>Could</td></tr>
                      <tr><td>H-3</td><td colspan="2">Print labels</td><td>Must</td></tr>
                    </table>
                    - FR-1: After the table
                    """);

            assertThat(found)
                    .extracting(requirement -> requirement.id().orElse(""))
                    .contains("H-1", "H-2", "H-3");
            assertThat(found.get(1).title()).isEqualTo("Cancel orders");
            assertThat(found.get(1).component().orElseThrow().name()).isEqualTo("Orders");
            assertThat(found.get(1).importance()).contains(Importance.LOW);
            assertThat(found.get(1).at()).hasToString("d.md:6");
        }
    }

    @Nested
    class Languages {
        @Test
        void japanese_tasks_keep_ids_marks_and_dependencies() {
            var found = requirements("""
                    # タスク: 計測
                    ## Phase 1: 準備
                    ### T001 設定を作成する
                    **依存関係**: なし
                    ### T002 [P] 画面を作成する
                    **タスク**:
                    - ボタンを置く

                    **依存関係**: T001
                    """);

            assertThat(found).extracting(Requirement::title).containsExactly("設定を作成する", "画面を作成する");
            assertThat(found.get(1).tags()).containsExactly("P");
            assertThat(found.get(0).dependences()).isEmpty();
            assertThat(found.get(1).dependences())
                    .flatExtracting(Dependence::references)
                    .containsExactly(new Reference.Id("T001"));
        }

        @Test
        void structure_carries_languages_without_keywords() {
            assertThat(titles("# Программа\n## Вход\n- [ ] Войти по паролю\n- [x] Сменить пароль\n"))
                    .hasSize(2);
            assertThat(titles("# مكتبة\n## الأعضاء\n- تسجيل عضو\n- حظر عضو\n")).hasSize(2);
            assertThat(titles("# 图书馆\n## 术语表\n- **书**: 一本书\n## 功能需求\n- 用户可以借书\n"))
                    .hasSize(1);
        }
    }

    @Nested
    class Binding {
        @Test
        void technologies_that_can_be_ticked_off_bind_and_what_is_done_stays_done() {
            var analysis =
                    analyse("# App\n## Architecture\n- [ ] Singleton\n- [x] Layers\n## Features\n- [ ] Sell books\n");

            assertThat(analysis.requirements()).extracting(Requirement::title).containsExactly("Layers", "Sell books");
            assertThat(analysis.requirements().getFirst().done()).isTrue();
            assertThat(analysis.constraints()).extracting(Statement::text).containsExactly("Singleton", "Layers");
        }

        @Test
        void each_chapter_is_read_by_itself() {
            var analysis = analyse("""
                    # Depot
                    ## Ordering
                    - FR-1: The clerk can place an order
                    - FR-2: The clerk can cancel an order
                    ## Reporting
                    - The system shall list all orders of a day.
                    - The system shall export the list as CSV.
                    ## Notifications
                    The system shall e-mail the customer when an order is late.
                    ## Integrations
                    - Import price lists from SAP
                    ## Technical requirements
                    - Use PostgreSQL
                    ## Colours
                    - Blue
                    """);

            assertThat(analysis.requirements())
                    .extracting(Requirement::title)
                    .containsExactly(
                            "The clerk can place an order",
                            "The clerk can cancel an order",
                            "List all orders of a day",
                            "Export the list as CSV",
                            "E-mail the customer when an order is late",
                            "Import price lists from SAP");
            assertThat(analysis.constraints()).extracting(Statement::text).containsExactly("Use PostgreSQL");
            assertThat(analysis.remarks())
                    .extracting(ReadingNotice::message)
                    .singleElement(STRING)
                    .contains("1 other statement is context", "'Colours'");
        }

        @Test
        void features_are_planned_by_their_headings_where_text_describes_them() {
            var analysis = analyse("""
                    # Calendar
                    ## Features
                    ### Booking
                    - Book a room for a time
                    ### Reminders
                    Users get a notification ten minutes before the meeting starts.
                    ## Deliverables
                    - User manual
                    """);

            assertThat(analysis.requirements())
                    .extracting(Requirement::title)
                    .containsExactly("Book a room for a time", "Reminders", "User manual");
        }

        @Test
        void what_complete_phases_built_is_done_and_what_only_shares_a_word_with_it_is_not() {
            var analysis = analyse("""
                    # Shop
                    > Phase 1: COMPLETE
                    ## Event bus
                    - EB-1: Deliver messages in order
                    - EB-2: Retry failed messages
                    ## User reports
                    - UR-1: Print the turnover of a day
                    ## Plan
                    ### Phase 1
                    - Event bus with ordered delivery
                    - User login
                    ### Phase 2
                    - Retry of failed work with a limit
                    """);

            assertThat(analysis.requirements())
                    .filteredOn(requirement -> requirement.id().isPresent() && requirement.done())
                    .extracting(requirement -> requirement.id().orElseThrow())
                    .containsExactly("EB-1");
            assertThat(analysis.remarks()).extracting(ReadingNotice::code).contains("done-by-phase");
        }

        @Test
        void a_limit_that_others_depend_on_stays_a_task_also_in_a_range() {
            var analysis = analyse(
                    "# X\n- FR-1: Sell\n- NFR-1: Pages load within 2 s\n- NFR-2: Uptime of 99 %\n- FR-2: Report (depends on NFR-1..NFR-2)\n");
            assertThat(analysis.requirements())
                    .extracting(requirement -> requirement.id().orElseThrow())
                    .contains("NFR-1", "NFR-2");
        }

        @Test
        void a_limit_binds_what_it_speaks_of_and_what_is_built_binds_nothing() {
            var analysis = analyse("""
                    # App
                    - FR-1: Upload pictures
                    - FR-2: Show the gallery
                    - FR-3: Sign in
                    - NFR-1: Uploads shall take at most 10 MB
                    - NFR-2: All pages shall load within 2 s
                    - NFR-3: Provide an audit trail
                    """);

            assertThat(analysis.requirements().getFirst().criteria())
                    .containsExactly("NFR-1: Uploads shall take at most 10 MB");
            assertThat(analysis.constraints())
                    .extracting(Statement::text)
                    .containsExactly("NFR-2: All pages shall load within 2 s");
            assertThat(analysis.requirements().get(3).tags()).containsExactly("cross-cutting");
        }

        @Test
        void phases_that_the_document_calls_complete_are_done() {
            var found = requirements(
                    "# App\n> Phase 1: COMPLETE\n\n## Phase 1 - Core\n- Lend books\n## Phase 2 - More\n- Take books back\n");

            assertThat(found).extracting(Requirement::done).containsExactly(true, false);
        }

        @Test
        void a_step_that_nothing_numbered_says_is_planned_and_one_that_is_said_is_not_planned_twice() {
            var analysis = analyse("""
                    # App
                    ## Requirements
                    - FR-1: Retry failed payments with exponential backoff
                    - FR-2: Show the account
                    ## Roadmap
                    - Retry of failed payments with backoff
                    - Kubernetes deployment
                    """);

            assertThat(analysis.requirements())
                    .extracting(Requirement::title)
                    .containsExactly(
                            "Retry failed payments with exponential backoff",
                            "Show the account",
                            "Kubernetes deployment");
        }
    }

    private static List<String> titles(String text) {
        return requirements(text).stream().map(Requirement::title).toList();
    }

    private static List<Requirement> requirements(String text) {
        return analyse(text).requirements();
    }

    private static Analysis analyse(String text) {
        return Analyst.analyse(new Document("d.md", text));
    }
}
