package io.taskweaver.requirements.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which statements of a document are work, and which only group, repeat or describe it. */
class WorkAndContextTest {
    @Nested
    class GroupsOfBoxes {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1. [ ] Improve the tests:\n   - [ ] Cover the parser\n   - [ ] Measure the cover\n",
                    "- [ ] Ausbau der Suche:\n  - [ ] Treffer sortieren\n  - [ ] Treffer merken\n",
                    "- [ ] 完善搜索：\n  - [ ] 支持排序\n  - [ ] 支持收藏\n"
                })
        void boxes_below_a_box_that_only_names_them_are_tasks(String list) {
            assertThat(open("# App\n\n## Tasks\n\n" + list)).hasSize(2);
        }

        @Test
        void a_box_that_demands_something_keeps_those_below_as_criteria() {
            var found = open("""
                    # Bank
                    - [ ] Clerks should be able to see a customer. This includes:
                      - [ ] The name
                      - [ ] The balance
                    """);

            assertThat(found)
                    .singleElement()
                    .satisfies(task -> assertThat(task.criteria()).hasSize(2));
        }

        @Test
        void options_of_a_command_are_parts_of_it() {
            assertThat(
                            open(
                                    "# Tool\n- [ ] Add flags:\n  - [ ] `--port` - where to listen\n  - [ ] `--tls` - with TLS\n"))
                    .hasSize(1);
        }

        @Test
        void what_has_a_box_and_begins_with_a_verb_is_work_also_below_performance() {
            assertThat(titles("# App\n## Performance\n- [ ] Improve scalability:\n"
                            + "  - [ ] Implement a graceful shutdown\n  - [ ] Optimize the start\n"))
                    .containsExactly("Implement a graceful shutdown", "Optimize the start");
        }

        @Test
        void numbers_that_extend_the_number_above_are_steps_of_their_own() {
            assertThat(open("""
                            # Plan
                            ## Roadmap
                            1. Set up the project
                            2. Zugriff auf Daten in zwei Teilen:
                               - **2a** – Schema anlegen
                               - **2b** – Klassen schreiben
                            3. Build the client
                            """)).hasSize(4);
        }
    }

    @Nested
    class Retold {
        @ParameterizedTest
        @ValueSource(strings = {"US", "UC", "HU"})
        void stories_beside_numbered_requirements_are_criteria_of_them(String kind) {
            var found = open("""
                    # Parcels
                    ## Requirements
                    - FR-1: The depot shall print a label for each parcel
                    - FR-2: The depot shall weigh parcels on arrival
                    - FR-3: The depot shall send a message on delivery (depends on KIND-1)
                    ## Told
                    - KIND-1: A clerk prints the label of a parcel
                    - KIND-2: A clerk weighs a parcel on arrival
                    """.replace("KIND", kind));

            assertThat(found).extracting(task -> task.id().orElse("")).containsExactly("FR-1", "FR-2", "FR-3");
            assertThat(found.getFirst().criteria()).anyMatch(criterion -> criterion.startsWith(kind + "-1: "));
            assertThat(found.getLast().dependences())
                    .flatExtracting(Dependence::references)
                    .containsExactly(new Reference.Id("FR-1"));
        }

        @Test
        void requirements_beside_stories_that_are_worked_out_are_criteria_of_those() {
            var story = """
                    ### US-%d: %s

                    As a clerk, I want to %s.

                    **Acceptance Criteria:**
                    - It takes a second
                    - It is logged

                    """;
            var found = open("# Parcels\n## User Stories\n" + story.formatted(1, "Print labels", "print labels")
                    + story.formatted(2, "Weigh parcels", "weigh parcels") + """
                    ## Functional Requirements
                    - FR-1: Labels must be printed in black
                    - FR-2: Parcels must be weighed twice
                    - FR-3: Labels must print within a second
                    """);

            assertThat(found).extracting(task -> task.id().orElse("")).containsExactly("US-1", "US-2");
            assertThat(found)
                    .flatExtracting(Requirement::criteria)
                    .anyMatch(criterion -> criterion.startsWith("FR-2: "));
        }

        @Test
        void what_tells_of_nothing_else_stays_a_task() {
            assertThat(open("""
                            # Parcels
                            - FR-1: The depot shall print labels
                            - FR-2: The depot shall weigh parcels
                            - FR-3: The depot shall send messages
                            - UC-1: A clerk prints labels
                            - UC-2: Auditors export yearly invoices
                            """))
                    .extracting(task -> task.id().orElse(""))
                    .contains("UC-2")
                    .doesNotContain("UC-1");
        }
    }

    @Nested
    class NotWork {
        @ParameterizedTest
        @ValueSource(strings = {"## Implemented requirements", "## Umgesetzte Anforderungen", "## 已实现功能", "## 実装済み機能"})
        void what_a_heading_calls_done_is_done(String heading) {
            var found = requirements(
                    "# App\n" + heading + "\n- Export reports\n- Import files\n\n## Tasks\n- Add a search\n");

            assertThat(found)
                    .filteredOn(task -> !task.done())
                    .extracting(Requirement::title)
                    .containsExactly("Add a search");
        }

        @ParameterizedTest
        @ValueSource(strings = {"Complete requirements", "Complete feature list"})
        void a_complete_list_is_not_done(String heading) {
            assertThat(open("# App\n## " + heading + "\n- Export reports\n- Import files\n"))
                    .hasSize(2);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Explicitly not implemented", "将来拡張（Phase 2以降）", "향후 확장", "Optional future work"})
        void what_is_left_for_later_is_a_boundary(String heading) {
            var analysis = analyse("# App\n## Features\n- Export reports\n\n## " + heading + "\n- Import files\n");

            assertThat(analysis.requirements()).extracting(Requirement::title).containsExactly("Export reports");
            assertThat(analysis.boundaries()).extracting(Statement::text).containsExactly("Import files");
        }

        @Test
        void later_versions_of_a_document_about_the_first_are_boundaries() {
            var later = "\n## Roadmap\n### V2 — Accounts\n- Sign in with a password\n";

            assertThat(titles("# App\n## Features of V1\n- Export reports\n" + later))
                    .containsExactly("Export reports");
            assertThat(titles("# App\n## Features\n- Export reports\n" + later)).hasSize(2);
        }

        @Test
        void what_is_excluded_by_name_is_not_planned() {
            assertThat(titles("# App\n## Phase 2\n- [ ] Chat rooms\n- [ ] Search\n\n## Out of scope\n- Chat rooms\n"))
                    .containsExactly("Search");
        }

        @Test
        void a_matrix_of_who_may_do_what_asks_for_nothing() {
            assertThat(titles("""
                            # App
                            ## 権限
                            | 機能 | スタッフ | 管理者 |
                            |---|---|---|
                            | 案件閲覧 | ○ | ○ |
                            | 案件作成 | - | ○ |

                            ## 機能
                            - カレンダー表示
                            """)).containsExactly("カレンダー表示");
        }

        @Test
        void names_of_columns_and_flows_ask_for_nothing() {
            assertThat(titles("""
                            # App
                            ## Dataset
                            - `Document`
                            - `Topic_group`
                            ## Flows
                            - Order → payment → delivery
                            ## Parts
                            - Show the orders
                            """)).containsExactly("Show the orders");
        }

        @Test
        void the_introduction_of_a_document_is_about_what_its_chapters_ask_for() {
            assertThat(
                            titles(
                                    "# Shop\n\nUsers need to be able to browse and buy products.\n\n## Pages\n- Cart\n- Basket\n"))
                    .containsExactly("Cart", "Basket");
            assertThat(titles("# Shop\n\nUsers need to be able to buy products.\n"))
                    .hasSize(1);
        }
    }

    @Nested
    class Work {
        @Test
        void operations_of_an_interface_are_work_where_nothing_surer_is_asked_for() {
            var list = "## APIs\n- `POST /login` → a token\n- `POST /logout`\n";

            assertThat(open("# Service\n" + list)).hasSize(2);
            assertThat(open("# Service\n## Requirements\n- Sign in\n- Sign out\n\n" + list))
                    .hasSize(2);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "- Index\n# Index route: /notes [GET]\n- Show\n# Show route: /notes/:id [GET]\n",
                    "- Alle ([get] /notes)\n- Eine ([get] /notes/:id)\n",
                    "- `GET /notes` — 列表\n- `GET /notes/:id` — 詳情\n"
                })
        void operations_are_work_also_below_a_heading_that_means_remarks(String list) {
            assertThat(open("# Notes API requirements\n\n## Endpoints\n#### Notes\n" + list))
                    .hasSize(2);
        }

        @Test
        void operations_that_a_note_says_again_are_no_second_task() {
            assertThat(open("""
                            # Shop
                            ## Endpoints
                            ### Products
                            - Index
                            - Top product
                            ## Implementation notes
                            ### Products
                            - Index ([get] /products)
                            - Top products ([get] /top)
                            """)).hasSize(2);
        }

        @Test
        void tasks_with_priorities_in_a_table_are_a_plan() {
            assertThat(titles("""
                            # App
                            ## Backlog items of the team
                            | Priority | Task | Outcome |
                            |---|---|---|
                            | P0 | Initialize the project | A page |
                            | P1 | Deploy the page | A link |
                            """)).containsExactly("Initialize the project", "Deploy the page");
        }

        @Test
        void boxes_of_a_roadmap_name_sections_that_work_them_out() {
            var section = "### %s\n\n%s shows all items to each visitor.\n\n- It is sorted\n- It is filtered\n\n";
            var document = "# Shop\n## Features\n" + section.formatted("Product list", "The product list")
                    + section.formatted("Order history", "The order history")
                    + section.formatted("Group catalogue", "The group catalogue")
                    + "## Roadmap\n### Phase 1\n- [ ] Product list\n- [ ] Database schema\n";

            assertThat(titles(document))
                    .contains("Database schema")
                    .filteredOn("Product list"::equals)
                    .hasSize(1);
        }

        @Test
        void headings_in_traditional_characters_are_understood() {
            var analysis = analyse("# 食譜\n## 功能需求\n- 儲存食譜\n\n## 非功能需求\n- 使用 Flask 框架\n\n## 專案範圍外\n");

            assertThat(analysis.requirements()).extracting(Requirement::title).containsExactly("儲存食譜");
            assertThat(analysis.constraints()).hasSize(1);
        }
    }

    @Nested
    class Headings {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Later — adapters for clouds",
                    "Not planned right now",
                    "Out of scope: hosting",
                    "Derzeit nicht geplant",
                    "Nicht im Umfang – Hosting",
                    "Pas prévu pour le moment"
                })
        void what_stands_below_a_heading_that_excludes_is_no_work_whatever_is_said_behind_it(String heading) {
            var analysis = analyse("# Prints\n## Features\n- Import models\n## " + heading + "\n- Slice models\n");

            assertThat(analysis.requirements()).extracting(Requirement::title).containsExactly("Import models");
            assertThat(analysis.boundaries()).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "# チップ\n## 機能要件\n### セッション作成\n- **入力項目**\n  - 名前\n- **実装方法**\n  - UUIDを生成\n",
                    "# Chips\n## Features\n### Create a session\n- **Input fields**\n  - Name\n- **Implementation**\n  - Make a UUID\n",
                    "# Chips\n## Funktionen\n### Sitzung anlegen\n- **Eingabefelder**\n  - Name\n- **Umsetzung**\n  - UUID erzeugen\n"
                })
        void a_feature_whose_labels_say_what_of_it_they_are_about_is_one_task(String document) {
            assertThat(open(document)).hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "- As a user, I want to create boards so that I can plan.\n- As a user, I want to archive boards.\n",
                    "- Als Nutzer möchte ich Tafeln anlegen, damit ich planen kann.\n- Als Nutzer möchte ich Tafeln archivieren.\n",
                    "- 사용자로서 보드를 만들고 싶다.\n- 사용자로서 보드를 보관하고 싶다.\n",
                    "- Como usuario, quiero crear tableros para planificar.\n- Como usuario, quiero archivar tableros.\n"
                })
        void the_user_stories_of_an_epic_are_the_work_and_its_criteria_are_kept(String stories) {
            var analysis = analyse("# App\n## Functional Requirements\n### Epic 1: Boards\n\n**User Stories**:\n"
                    + stories + "\n**Acceptance Criteria**:\n- A board has a name.\n- An archived board is hidden.\n");

            assertThat(analysis.requirements()).hasSize(2);
            assertThat(analysis.constraints()).hasSize(2);
        }
    }

    @Nested
    class SectionsThatOnlyDescribe {
        private static final String STORIES = """
                ### Kebab case
                As a developer, I want names in kebab case so that I can put them into addresses.

                ### Title case
                As an editor, I want titles in title case.

                """;

        @Test
        void what_stands_among_user_stories_asks_for_what_it_describes() {
            var analysis = analyse("# Texts\n## Text\n" + STORIES
                    + "### Masking\n`mask(text)` replaces all but the last characters.\n");

            assertThat(analysis.requirements())
                    .extracting(Requirement::title)
                    .containsExactly("Kebab case", "Title case", "Masking");
            assertThat(analysis.remarks()).extracting(ReadingNotice::code).doesNotContain("only-described");
        }

        @Test
        void a_single_story_says_nothing_of_the_sections_beside_it() {
            var text = "# Texts\n## Text\n### Kebab case\nAs a developer, I want names in kebab case.\n"
                    + "### Speed\nAll of it works on whole files at once.\n";

            assertThat(titles(text)).containsExactly("Kebab case");
        }

        @Test
        void a_notice_names_those_elsewhere() {
            var analysis = analyse("# Texts\n## Text\n" + STORIES
                    + "## Operations\n### Registry\n`registry.py` holds a list of all modules.\n"
                    + "## Background\nThe texts come from the editors of a newspaper.\n");

            assertThat(analysis.requirements()).hasSize(2);
            assertThat(analysis.remarks())
                    .filteredOn(remark -> remark.code().equals("only-described"))
                    .singleElement()
                    .satisfies(remark -> assertThat(remark.message())
                            .contains("'Registry' (line 10)")
                            .doesNotContain("Background", "Title case"));
        }
    }

    private static List<String> titles(String text) {
        return open(text).stream().map(Requirement::title).toList();
    }

    private static List<Requirement> open(String text) {
        return requirements(text).stream().filter(task -> !task.done()).toList();
    }

    private static List<Requirement> requirements(String text) {
        return analyse(text).requirements();
    }

    private static Analysis analyse(String text) {
        return Analyst.analyse(new Document("d.md", text));
    }
}
