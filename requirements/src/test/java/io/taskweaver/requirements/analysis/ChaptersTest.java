package io.taskweaver.requirements.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What chapters of documents ask for that say who does what, how it looks, where it is shown and in which order it is used. */
class ChaptersTest {
    @Nested
    class ModulesOfTheFirstVersion {
        @Test
        void are_the_work_and_their_design_is_not() {
            assertThat(titles("""
                    # Depot
                    ## 1. Overview
                    A program for one desk.
                    ## 2. Core modules (MVP)

                    | Module | Description |
                    |---|---|
                    | Scale | Reads the weight from the serial port |
                    | Printer | Prints labels with the address |

                    ## 3. Overall architecture
                    1. The desk sends the weight to the printer
                    2. The printer waits for a label
                    ## 4. Detailed design
                    ### Scale
                    - **Port**: COM1
                    - **Speed**: 9600 baud
                    ## 5. Extensions (V2.0)
                    - [ ] Several desks
                    - [ ] Cloud backup
                    """)).hasSize(2).noneMatch(title -> title.contains("desk") || title.contains("backup"));
        }

        @Test
        void are_the_work_in_german_and_chinese_too() {
            assertThat(titles("""
                    # Archiv
                    ## Kernmodule (MVP)

                    | Modul | Beschreibung |
                    |---|---|
                    | Ausleihe | Akten ausgeben und zurücknehmen |
                    | Suche | Akten nach Zeichen finden |

                    ## Gesamtarchitektur
                    - Ein Dienst, eine Datenbank
                    ## Feinentwurf
                    - Tabelle der Akten
                    - Tabelle der Personen
                    ## Erweiterungen (V2)
                    - Scannen
                    """)).hasSize(2);
            assertThat(titles("""
                    # 仓库
                    ## 一、功能模块（MVP 版本）

                    | 模块 | 功能描述 |
                    |---|---|
                    | 称重模块 | 读取包裹重量 |
                    | 打印模块 | 打印地址标签 |

                    ## 二、总体架构
                    1. 称重后发送到打印机
                    ## 三、详细设计
                    - **端口**：COM1
                    - **速度**：9600
                    ## 四、扩展方向（V2.0）
                    - [ ] 多个柜台
                    """)).hasSize(2);
        }

        @Test
        void leave_interfaces_of_a_later_version_of_something_else_alone() {
            assertThat(titles("""
                    # Depot
                    ## Features (MVP)
                    - Print labels
                    ## Tracking (v2 interface of the post)
                    - Show where a parcel is
                    """)).hasSize(2);
        }
    }

    @Nested
    class DeferredStories {
        @Test
        void are_not_planned() {
            var analysis = Analyst.analyse(new Document("depot.md", """
                    # Depot
                    ## Stories

                    | ID | Story |
                    |---|---|
                    | US-1 | Print labels |

                    ## Deferred Stories (last 2)

                    | ID | Story |
                    |---|---|
                    | US-2 | Rate couriers |
                    | US-3 | Book a van |
                    """));

            assertThat(analysis.requirements())
                    .singleElement()
                    .satisfies(story -> assertThat(story.title()).isEqualTo("Print labels"));
            assertThat(analysis.boundaries()).hasSize(2);
        }

        @Test
        void are_not_planned_in_german() {
            assertThat(titles("""
                    # Depot
                    ## Anforderungen
                    - Etiketten drucken
                    ## Zurückgestellte Anforderungen
                    - Kuriere bewerten
                    """)).containsExactly("Etiketten drucken");
        }

        @Test
        void are_not_archived_tasks_of_a_list_of_tasks() {
            assertThat(titles("""
                    # List of tasks
                    ## Features
                    ### Archived tasks
                    - Show archived tasks
                    - Restore an archived task
                    """)).isNotEmpty();
        }
    }

    @Nested
    class Roles {
        @Test
        void what_roles_can_do_is_asked_for() {
            assertThat(titles("""
                    # Depot
                    ## User roles
                    **Clerk:**
                    - Print labels
                    - Weigh parcels

                    **Courier:**
                    - See the tour of the day
                    - Report damage
                    """)).hasSize(4);
        }

        @Test
        void in_other_languages_too() {
            assertThat(titles("""
                    # Depot
                    ## Anforderungen
                    - Tarife verwalten
                    ## Rollen
                    Sachbearbeiter:
                    - Etiketten drucken
                    - Pakete wiegen

                    Fahrer:
                    - Tour des Tages ansehen
                    - Schäden melden
                    """)).hasSize(5);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "User roles",
                    "Rollen",
                    "Роли",
                    "角色",
                    "Target users and priorities",
                    "Public cible et priorités"
                })
        void lists_of_roles_are_not(String heading) {
            assertThat(titles("# Depot\n\n## " + heading + "\n\n- **Clerk** - works at the counter\n"
                            + "- **Courier** - brings parcels\n\n## Tasks\n\n- Print labels\n"))
                    .containsExactly("Print labels");
        }
    }

    @Nested
    class Looks {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Visual identity & design",
                    "Design system",
                    "Identité visuelle & design",
                    "Дизайн-система",
                    "デザイン原則",
                    "Paleta de colores"
                })
        void how_it_looks_binds(String heading) {
            var found = Analyst.analyse(new Document(
                    "depot.md",
                    "# Depot\n\n## Features\n\n- Print labels\n\n## " + heading
                            + "\n\n- Black and white, with one accent\n- Round corners of 16 px\n"));

            assertThat(found.requirements()).extracting(Requirement::title).containsExactly("Print labels");
            assertThat(found.constraints()).hasSize(2);
        }
    }

    @Nested
    class Flows {
        @ParameterizedTest
        @ValueSource(strings = {"Basic flow", "Grundablauf", "基本フロー", "Parcours utilisateur"})
        void steps_of_use_tell_of_what_is_asked_for_elsewhere(String heading) {
            assertThat(titles("# Depot\n\n## User stories\n\n### " + heading + """


                    1. A clerk scans the parcel
                    2. The courier takes it

                    ## Functional requirements
                    - Scan parcels at the counter
                    - Print labels
                    - Weigh parcels on arrival
                    - Send a message on delivery
                    """))
                    .hasSize(4);
        }

        @Test
        void they_are_the_work_where_there_is_nothing_else() {
            assertThat(titles("""
                    # Depot
                    ## User stories
                    ### Basic flow
                    1. A clerk scans the parcel
                    2. The courier takes it
                    """)).hasSize(2);
        }
    }

    @Nested
    class Pages {
        @Test
        void pages_below_a_page_are_tasks_of_their_own() {
            var found = read("""
                    # Site
                    ## Sitemap
                    - `/` - start page with news
                    - `/help` - help, with:
                      - `/help/start` - first steps
                      - `/help/faq` - questions and answers
                    """);

            assertThat(found).hasSize(4);
            assertThat(found.get(1).at().lastLine()).isEqualTo(4);
        }

        @Test
        void what_is_no_path_stays_with_its_page() {
            assertThat(titles("""
                    # Site
                    ## Seiten
                    - `/hilfe` - Hilfe zu allem
                      - mit einer Suche
                      - mit Bildern
                    - `/preise` - Preise je Land
                    """)).hasSize(2);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Key screens", "Основные экраны", "主要画面"})
        void screens_show_what_others_ask_for(String heading) {
            assertThat(titles("""
                    # Depot
                    ## Functional requirements
                    - Scan parcels at the counter
                    - Print labels
                    - Weigh parcels on arrival
                    - Send a message on delivery
                    - Show the tour of the day
                    ## HEADING
                    1. **Counter** - a scanner and a scale
                    2. **Tour** - a map and a list
                    """.replace("HEADING", heading))).hasSize(5);
        }
    }

    @Nested
    class Parts {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "- **Sign in**\n  - Input: name and password\n  - Implementation: by the directory\n  - Remember me\n",
                    "- **Anmeldung**\n  - Eingabe: Name und Passwort\n  - Umsetzung: über das Verzeichnis\n  - Angemeldet bleiben\n"
                })
        void an_item_with_aspects_is_one_task(String item) {
            assertThat(titles(
                            "# Depot\n\n## Requirements\n\n### Users\n\n" + item + "\n### Parcels\n\n- Print labels\n"))
                    .hasSize(2);
        }

        @Test
        void so_is_a_section_with_one_aspect_only() {
            assertThat(read("""
                    # Depot
                    ## Requirements
                    ### Live view
                    - **Implementation**
                      - Subscribe to the queue
                      - Refresh the list on change
                    ### Labels
                    - Print labels
                    - Print again
                    """))
                    .extracting(Requirement::title)
                    .containsExactly("Live view", "Print labels", "Print again");
        }
    }

    @Nested
    class Limits {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "No search over several depots in v1 (there is but one): a list is enough",
                    "Keine Suche über mehrere Depots in V1, denn es gibt nur eines",
                    "Pas de recherche entre plusieurs dépôts en V1 (il n'y en a qu'un) : une liste suffit"
                })
        void what_is_not_wanted_for_now_is_no_task(String item) {
            assertThat(titles("# Depot\n\n## Features\n\n- Print labels\n- " + item + "\n"))
                    .containsExactly("Print labels");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Full-text search: not needed in v1 with so few parcels to look for",
                    "Volltextsuche: nicht nötig"
                })
        void so_is_what_is_not_needed(String item) {
            assertThat(titles("# Depot\n\n## Features\n\n- Print labels\n- " + item + "\n"))
                    .containsExactly("Print labels");
        }
    }

    @Nested
    class Excluded {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Was wir nicht bauen",
                    "Ce que nous ne construisons pas",
                    "Lo que no haremos",
                    "Не планируется",
                    "O que não faremos"
                })
        void what_is_not_built_is_a_boundary(String heading) {
            var found = Analyst.analyse(new Document(
                    "depot.md", "# Depot\n\n## Features\n\n- Print labels\n\n## " + heading + "\n\n- Book keeping\n"));

            assertThat(found.requirements()).extracting(Requirement::title).containsExactly("Print labels");
            assertThat(found.boundaries()).extracting(Statement::text).containsExactly("Book keeping");
        }
    }

    @Nested
    class Indented {
        private static final String TEXT = """
                # Pflichtenheft

                    Projekt     Depot
                    Version     1.0

                # 1 Allgemeines

                    Dieses Dokument beschreibt, was das Depot braucht.

                # 2 Funktionale Anforderungen

                    2.1 Etiketten
                        Das System muss für jedes Paket ein Etikett drucken.
                    2.2 Waage
                        Das System muss jedes Paket bei der Ankunft wiegen.
                        Die Waage muss das Gewicht anzeigen.
                    2.3 Meldungen
                        Das System muss bei der Zustellung eine Meldung senden.
                """;

        @Test
        void a_document_that_is_indented_as_a_whole_is_read() {
            var found = Analyst.analyse(new Document("depot.md", TEXT));

            assertThat(found.requirements())
                    .extracting(task -> task.at().firstLine())
                    .hasSize(3)
                    .allMatch(line -> line > 11);
            assertThat(found.remarks()).extracting(ReadingNotice::code).contains("indented-document");
        }

        @Test
        void code_below_text_stays_code() {
            var found = Analyst.analyse(new Document("depot.md", """
                    # Depot

                    ## Requirements

                    - The system must print labels.

                    Start it so:

                        The shell prints this long line of text.
                        The shell prints another long line of text.
                    """));

            assertThat(found.requirements()).hasSize(1);
            assertThat(found.remarks()).extracting(ReadingNotice::code).doesNotContain("indented-document");
        }
    }

    private static List<Requirement> read(String text) {
        return Analyst.analyse(new Document("depot.md", text)).requirements();
    }

    private static List<String> titles(String text) {
        return read(text).stream().map(Requirement::title).toList();
    }
}
