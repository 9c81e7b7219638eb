package io.taskweaver.requirements.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a statement is by what stands around it, in the words that people use for it. */
class PlacesTest {
    @Nested
    class ParagraphsWithNamesInBold {
        @Test
        void are_features_below_a_heading_of_features() {
            assertThat(titles("""
                    # Claims
                    ## 3. Key Features

                    These make the first release.

                    **[P0] Claim intake.** Open a claim with the policy number, then upload photos.

                    **[P0] Damage assessment.** Finds the damaged parts and rates each.

                    - scratches
                    - dents

                    **[P1] Audit trail** — every decision is logged with a timestamp.
                    ## 4. Prioritization rationale
                    Assessment is held to P0 because nothing works without it, and it must be right.
                    """)).containsExactly("Claim intake", "Damage assessment", "Audit trail");
        }

        @Test
        void have_the_lists_behind_them_as_criteria() {
            var found = read("""
                    # Infracciones
                    ## Requerimientos funcionales por módulo

                    **Buscador** — filtros combinables en simultáneo.

                    - por estado
                    - por fecha

                    **Importador** — carga un archivo de la planilla anterior.
                    """);
            assertThat(found.requirements()).hasSize(2);
            assertThat(found.requirements().getFirst().criteria()).containsExactly("por estado", "por fecha");
        }

        @Test
        void are_no_features_where_they_name_attributes() {
            assertThat(titles("""
                    # Shop
                    ## Features
                    ### Search
                    **Priority:** High

                    **Description:** Finds articles by their names.

                    **Status:** open
                    ### Cart
                    **Priority:** Low

                    **Description:** Keeps articles until they are paid for.

                    **Status:** open
                    """)).containsExactly("Search", "Cart");
        }
    }

    @Nested
    class GroupsByTheirNumbers {
        private static final String DOCUMENT = """
                # Ofícios
                ## Requisitos Funcionais
                ### RF01 — Autenticação
                - **RF01.1** O sistema deve permitir login com e-mail.
                - **RF01.2** O sistema deve permitir recuperação de senha.
                ### RF02 — Contatos
                - **RF02.1** O sistema deve cadastrar contatos (depende de RF01).
                - **RF02.2** O sistema deve listar contatos.
                """;

        @Test
        void are_no_work_beside_what_they_group() {
            assertThat(read(DOCUMENT).requirements())
                    .extracting(requirement -> requirement.id().orElseThrow())
                    .containsExactly("RF01.1", "RF01.2", "RF02.1", "RF02.2");
        }

        @Test
        void stand_for_all_of_it_where_something_needs_them() {
            assertThat(read(DOCUMENT).requirements().get(2).dependences())
                    .flatExtracting(Dependence::references)
                    .containsExactly(new Reference.Id("RF01.1"), new Reference.Id("RF01.2"));
        }

        @Test
        void are_work_where_something_is_said_of_them() {
            assertThat(read("""
                    # Depot
                    ## Requirements
                    ### R1 — Weighing
                    The depot shall weigh every parcel before it leaves.
                    - R1.1 The scale shall show the weight.
                    - R1.2 The scale shall print a label.
                    """).requirements())
                    .extracting(requirement -> requirement.id().orElseThrow())
                    .contains("R1");
        }
    }

    @Nested
    class StoriesWithLettersInTheirNumbers {
        @Test
        void are_the_work_also_where_lines_in_bold_name_them() {
            var found = read("""
                    # River
                    ## Functional requirements
                    - Users can add feeds.
                    - Users can remove feeds.
                    ## Backlog
                    ### Epic A: Feeds
                    **Story A1: Add a feed**
                    - As a user, I can add a feed so that its items appear.
                    - Acceptance criteria:
                      - A valid address can be submitted.
                      - A feed that is there already is rejected.

                    **Story A2: Remove a feed**
                    - As a user, I can remove a feed (depends on Story A1).
                    - Acceptance criteria:
                      - The feed is no longer polled.
                    """);
            assertThat(found.requirements())
                    .extracting(requirement -> requirement.id().orElse("none") + " " + requirement.title())
                    .startsWith("A1 Add a feed", "A2 Remove a feed");
            assertThat(found.requirements().getFirst().criteria())
                    .contains("A valid address can be submitted.", "A feed that is there already is rejected.");
            assertThat(found.requirements().get(1).dependences())
                    .flatExtracting(Dependence::references)
                    .containsExactly(new Reference.Id("A1"));
        }
    }

    @Nested
    class WhatIsNoWork {
        @Test
        void is_a_paragraph_that_says_what_the_boxes_below_it_are_about() {
            assertThat(titles("""
                    # Editor
                    ## Adding
                    Adding means being able to create an object. It must then be displayed at the correct place.

                    - [x] add areas
                    - [ ] add locations
                    """)).containsExactly("Add areas", "Add locations");
        }

        @Test
        void is_said_where_it_begins_with_a_demand() {
            assertThat(read("""
                    # Editor
                    ## Saving
                    The editor must save a map every minute.

                    - [ ] save on demand
                    """).remarks()).extracting(ReadingNotice::code).contains("taken-as-context");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Secondary users",
                    "What Loom is not",
                    "Lo que Telar no es",
                    "Was Webstuhl nicht ist",
                    "Ce que Tisserand n'est pas",
                    "Architecture principles",
                    "Technologie-Stack",
                    "主要用户"
                })
        void stands_below_some_headings(String heading) {
            assertThat(titles("""
                    # Loom
                    ## %s
                    - agents that supervise others
                    - a language for all purposes
                    - a visual language
                    ## Requirements
                    - The compiler must read a file
                    - The compiler must write a page
                    """.formatted(heading))).hasSize(2);
        }

        @Test
        void is_a_flow_with_a_number_or_a_way_through_what_is_asked_for_elsewhere() {
            assertThat(titles("""
                    # Halls
                    ## Features
                    - Browse halls
                    - Book a hall
                    - Approve bookings
                    - Send mails
                    - Cancel bookings
                    ## Flows
                    ### Flow 1: Guest books a hall
                    1. Guest opens the page
                    2. Guest chooses a date
                    ### Flow 2: Admin approves
                    1. Admin logs in
                    2. Admin presses the button
                    """)).hasSize(5);
            assertThat(titles("""
                    # 勤怠
                    ## アプリ機能
                    - ログイン
                    - 打刻
                    - シフト一覧
                    - 通知設定
                    - 写真添付
                    ## スタッフ登録フロー
                    1. 新規登録
                    2. 書類アップロード
                    """)).hasSize(5);
        }
    }

    @Test
    void a_section_about_a_screen_is_one_task_unless_its_items_have_names() {
        assertThat(titles("""
                # Golf
                ## Screens to build
                ### Home screen (tab 1)
                - logo at the top
                - averages of four players
                ### Records screen
                - rounds, the newest first
                - a crown for the best
                """)).containsExactly("Home screen (tab 1)", "Records screen");
        assertThat(titles("""
                # Golf
                ## Features
                ### Home screen
                - **Averages**: of all four players
                - **Crown**: for the best of them
                """)).containsExactly("Averages", "Crown");
    }

    @Test
    void the_kind_of_a_requirement_is_no_part_of_its_title() {
        assertThat(titles("""
                # Charity
                ## Requirements
                1. Allow donors to save cases (Functional)
                2. Send receipts by mail (Non-Functional)
                """)).containsExactly("Allow donors to save cases", "Send receipts by mail");
    }

    private static Analysis read(String text) {
        return Analyst.analyse(new Document("REQUIREMENTS.md", text));
    }

    private static List<String> titles(String text) {
        return read(text).requirements().stream().map(Requirement::title).toList();
    }
}
