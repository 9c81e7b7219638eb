package io.taskweaver.requirements.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Statements that say themselves what they are a part of, and what is said of statements in columns of one importance. */
class PartsTest {
    @Nested
    class NumbersThatExtendOthers {
        @Test
        void are_criteria_of_the_requirement_whose_section_describes_it() {
            var found = read("""
                    # Depot
                    ## Functional requirements
                    ### Weighing
                    **ID:** RF-10

                    **Description:** The depot shall weigh every parcel before it leaves.

                    - RF-10.1: The scale shall show the weight.
                    - RF-10.2: The scale shall print a label.

                    **Priority:** High

                    ### Loading
                    **ID:** RF-11

                    **Description:** The depot shall load the vans in the order of their tours.

                    - RF-11.1: A driver shall confirm each parcel.

                    **Priority:** Low

                    **Dependencies:** RF-10.2
                    """);

            assertThat(ids(found)).containsExactly("RF-10", "RF-11");
            assertThat(found.getFirst().criteria())
                    .containsExactly(
                            "RF-10.1: The scale shall show the weight.", "RF-10.2: The scale shall print a label.");
            assertThat(found.getLast().dependences())
                    .flatExtracting(Dependence::references)
                    .contains(new Reference.Id("RF-10"));
        }

        @Test
        void are_criteria_in_german_too() {
            assertThat(ids(read("""
                    # Archiv
                    ## Anforderungen
                    ### ANF-3 Ausleihe
                    Das Archiv muss Akten an Mitarbeiter verleihen und Fristen überwachen.

                    - ANF-3a: Das Archiv muss die Frist anzeigen.
                    - ANF-3b: Das Archiv muss an die Frist erinnern.

                    ### ANF-4 Rückgabe
                    Das Archiv muss zurückgegebene Akten einbuchen.
                    """))).containsExactly("ANF-3", "ANF-4");
        }

        @Test
        void are_tasks_below_a_heading_that_only_names_them() {
            assertThat(ids(read("""
                    # Depot
                    ## Requirements
                    ### RF-10 Weighing
                    - RF-10.1: The scale shall show the weight.
                    - RF-10.2: The scale shall print a label.
                    """))).contains("RF-10.1", "RF-10.2");
        }

        @Test
        void are_tasks_where_they_have_lists_of_their_own() {
            assertThat(ids(read("""
                    # Depot
                    ## Requirements
                    ### RF-10 Weighing
                    The depot shall weigh every parcel before it leaves.

                    - RF-10.1: The scale shall show the weight.
                        - In grams and ounces
                    - RF-10.2: The scale shall print a label.
                        - With the address
                    """))).contains("RF-10.1", "RF-10.2");
        }

        @Test
        void follow_a_row_that_only_introduces_them() {
            assertThat(ids(read("""
                    # Archive
                    ## Requirements

                    | ID | Requirement |
                    |---|---|
                    | UI.1 | The program must have these pages: |
                    | UI.1.1 | A page must show all files. |
                    | UI.1.2 | A page must show all borrowers. |
                    """))).containsExactly("UI.1.1", "UI.1.2");
        }
    }

    @Nested
    class RowsThatReferToRequirements {
        @Test
        void are_criteria_of_what_they_alone_refer_to() {
            var found = read("""
                    # Alquiler
                    ## Requisitos funcionales

                    | ID | Requisito |
                    |---|---|
                    | RF-1 | El sistema debe prestar bicicletas. |
                    | RF-2 | El sistema debe cobrar el alquiler. |
                    | RF-3 | El sistema debe avisar del mantenimiento. |

                    ## Requisitos de las vistas

                    | ID | Requisito | Referencia |
                    |---|---|---|
                    | VIS-1 | Una vista muestra las bicicletas libres. | RF-1 |
                    | VIS-2 | Una vista muestra la factura. | RF 2 |
                    | VIS-3 | Una vista muestra los talleres. | RF-3 |
                    | VIS-4 | Una vista muestra los avisos. | RF-3 |
                    | VIS-5 | Una vista muestra la ayuda. | ISO 9126 |
                    """);

            assertThat(ids(found)).containsExactly("RF-1", "RF-2", "RF-3", "VIS-3", "VIS-4", "VIS-5");
            assertThat(found.getFirst().criteria())
                    .singleElement()
                    .asString()
                    .startsWith("VIS-1: Una vista muestra las bicicletas libres.");
        }

        @Test
        void are_tasks_where_they_are_tasks_or_requirements_themselves() {
            assertThat(ids(read("""
                    # Rental
                    ## Business requirements

                    | ID | Requirement |
                    |---|---|
                    | BR-1 | The shop must rent bicycles. |

                    ## Requirements

                    | ID | Requirement | Reference |
                    |---|---|---|
                    | FR-1 | The desk must hand out bicycles. | BR-1 |

                    ## Tasks

                    | ID | Task | Refers to |
                    |---|---|---|
                    | T-1 | Write the form of the desk | FR-1 |
                    """))).contains("FR-1", "T-1");
        }
    }

    @Nested
    class ColumnsOfImportance {
        @Test
        void say_what_will_not_be_done_and_what_only_shows_that() {
            var analysis = analyse("""
                    # Rental
                    ## Requirements

                    | ID | Requirement |
                    |---|---|
                    | FUN.1 | The desk must hand out bicycles. |
                    | FUN.2 | The desk must take bicycles back. |
                    | FUN.3 | The desk must sell helmets. |

                    ## Views

                    | ID | Requirement | Reference |
                    |---|---|---|
                    | GUI.1 | A view must show the helmets. | FUN.3 |

                    ## Priorities

                    We sorted them by how much they matter.

                    | Must have | Should have | Won't have |
                    |---|---|---|
                    | FUN.1 | | FUN.3 |
                    | | FUN.2 | |
                    """);

            assertThat(ids(analysis.requirements())).containsExactly("FUN.1", "FUN.2");
            assertThat(analysis.requirements())
                    .extracting(Requirement::importance)
                    .doesNotContain(java.util.Optional.empty())
                    .doesNotHaveDuplicates();
            assertThat(analysis.boundaries())
                    .extracting(Statement::text)
                    .anyMatch(text -> text.contains("sell helmets"))
                    .anyMatch(text -> text.contains("show the helmets"));
        }
    }

    private static List<String> ids(List<Requirement> found) {
        return found.stream()
                .map(requirement -> requirement.id().orElse(requirement.title()))
                .toList();
    }

    private static List<Requirement> read(String text) {
        return analyse(text).requirements();
    }

    private static Analysis analyse(String text) {
        return Analyst.analyse(new Document("depot.md", text));
    }
}
