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
    class BoxesBelowHeadingsOfAGroup {
        @Test
        void are_the_work_though_the_group_says_when_it_is_done() {
            assertThat(titles("""
                    # jq
                    ## Checkpoint 1: Parser
                    ### Build
                    - [ ] Support field access
                    - [x] Create the syntax tree
                    ### Done when
                    - [ ] `.name` prints a name
                    ## Checkpoint 2: Comparisons
                    ### Build
                    - [ ] Add equality
                    ### Done when
                    - [ ] Arrays can be filtered
                    """))
                    .contains("Support field access", "Create the syntax tree", "Add equality")
                    .noneMatch(title -> title.startsWith("Checkpoint"));
        }

        @Test
        void are_steps_of_what_the_section_describes() {
            assertThat(titles("""
                    # Shop
                    ## Log in
                    As a customer, I want to log in so that I see my orders.
                    ### Acceptance criteria
                    - A wrong password is refused.
                    ### Tasks
                    - [ ] Create the table
                    - [ ] Add the form
                    """)).containsExactly("Log in");
        }
    }

    @Nested
    class RequirementsWithoutIdsBesideStoriesThatAreWorkedOut {
        private static final String STORIES = """
                ## Backlog
                ### Epic A: Feed sources
                **Story A1: Add a feed**
                - As a reader, I can add a feed so that its items appear.
                - Acceptance criteria:
                  - A valid address can be submitted.
                  - A feed that is there already is rejected.

                **Story A2: Remove a feed**
                - As a reader, I no longer see a feed that I remove.
                - Acceptance criteria:
                  - The feed is no longer polled.
                  - Its items stay until they are cleaned up.
                """;

        private static final String REQUIREMENTS = """
                # River
                ## Functional requirements
                - Users can add feeds by their address.
                - Users can remove existing feeds.
                - The system must print a yearly invoice for accountants.
                """;

        @Test
        void are_criteria_of_those_that_tell_the_same() {
            var found = read(REQUIREMENTS + STORIES);
            assertThat(found.requirements())
                    .extracting(Requirement::title)
                    .containsExactly("Print a yearly invoice for accountants", "Add a feed", "Remove a feed");
            assertThat(found.requirements().get(1).criteria()).contains("Users can add feeds by their address.");
            assertThat(found.remarks())
                    .filteredOn(remark -> remark.code().equals("retold-elsewhere"))
                    .singleElement()
                    .satisfies(remark -> assertThat(remark.message()).contains("'Add feeds by their address'"));
        }

        @Test
        void leave_the_epic_its_name() {
            assertThat(read(REQUIREMENTS + STORIES).requirements().get(1).component())
                    .hasValueSatisfying(
                            component -> assertThat(component.name()).isEqualTo("Feed sources"));
        }
    }

    @Nested
    class ChaptersNumberedAsCriteria {
        @Test
        void are_the_work_and_what_has_to_hold_in_fences_is_theirs() {
            var found = read("""
                    # Acceptance criteria

                    ## AC-01 — Log in

                    ```
                    AC-01-1: GIVEN a guest WHEN they visit /home THEN they are sent to /login
                    AC-01-2: GIVEN a wrong password WHEN submitted THEN it is refused
                    ```

                    ## AC-02 — Suppliers

                    ```
                    AC-02-1: GIVEN a member WHEN they save a form THEN a record is stored
                    ```
                    """);
            assertThat(found.requirements())
                    .extracting(requirement -> requirement.id().orElse("none") + " " + requirement.title())
                    .containsExactly("AC-01 Log in", "AC-02 Suppliers");
            assertThat(found.requirements().getFirst().criteria()).hasSize(2);
        }

        @Test
        void stay_criteria_below_what_they_judge() {
            assertThat(titles("""
                    # Shop
                    ## US-1: Log in
                    As a customer, I want to log in so that I see my orders.
                    ### AC-01 — Wrong password
                    It is refused.
                    ### AC-02 — Right password
                    The orders are shown.
                    """)).containsExactly("Log in");
        }
    }

    @Nested
    class PagesWithWhatIsOnThem {
        @Test
        void are_work_without_a_heading_that_says_so() {
            assertThat(titles("""
                    # Bobine
                    ## Arborescence
                    - `/` — accueil, pitch et démo
                    - `/soutenir` — dons
                    - `/a-propos` — histoire du projet
                    ## Exigences
                    - Le site doit être bilingue.
                    """)).hasSize(4);
        }
    }

    @Nested
    class WhatIsUnsure {
        @Test
        void is_asked_about_where_it_is_more_than_what_is_planned() {
            var found = read("""
                    # Refactoring
                    ## Requirements
                    - The store must keep backups.
                    - The store must be encrypted.
                    ## types.go
                    - Log()
                    - Configuration of a server
                    - Status of the database
                    - Paths of files
                    """);
            assertThat(found.requirements()).hasSize(2);
            assertThat(found.remarks())
                    .filteredOn(remark -> remark.code().equals("is-this-work"))
                    .singleElement()
                    .satisfies(remark -> assertThat(remark.message()).contains("3 statements", "'types.go'"));
        }

        @Test
        void is_planned_to_be_checked_where_a_document_says_little_else() {
            var found = read("""
                    # Screen
                    ## Requirements
                    - The screen must be readable.
                    ## Slides
                    - Weather of the day
                    - Dates of the family
                    - Picture of the month
                    - Clock with seconds
                    """);
            assertThat(found.requirements()).hasSizeGreaterThan(3);
            assertThat(found.requirements().getLast().tags()).contains("check-this");
        }
    }

    @Nested
    class WhatIsNotRequired {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "No login or account system is required.",
                    "A user interface is not required.",
                    "Eine Anmeldung ist nicht erforderlich.",
                    "L'authentification n'est pas nécessaire.",
                    "El inicio de sesión no es necesario.",
                    "Группы не являются обязательными, вход не требуется.",
                    "ログインは不要です。"
                })
        void is_no_work(String statement) {
            assertThat(titles("# Reader\n## Requirements\n- The reader must show feeds.\n- " + statement + "\n"))
                    .containsExactly("Show feeds");
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
                    "Evaluation criteria",
                    "Bewertungskriterien",
                    "What we look for",
                    "评分标准",
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
