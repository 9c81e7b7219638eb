package io.taskweaver.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskweaver.model.Document;
import io.taskweaver.requirements.analysis.ReadingNotice;
import io.taskweaver.requirements.tasks.TaskEntry;
import io.taskweaver.requirements.tasks.TaskListing;
import io.taskweaver.requirements.tasks.TaskStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists in the shapes in which tools and people write them beside the one that their format describes. */
class ListShapesTest {
    private static final Path CASES = Path.of(System.getProperty("taskweaver.cases", "../../shared/cases/reading"));

    private static TaskListing read(String path, String text) {
        var document = new Document(path, text);
        var format = TaskListReader.detect(document).orElseThrow();
        var reading = TaskListReader.read(List.of(document), format, "");
        assertThat(reading).isInstanceOf(TaskListReader.Read.class);
        return ((TaskListReader.Read) reading).listing();
    }

    private static TaskListing shared(String name) throws IOException {
        assumeTrue(Files.isDirectory(CASES), () -> "the folder " + CASES + " is not here");
        return read(name, Files.readString(CASES.resolve(name)));
    }

    private static List<String> needs(TaskListing listing) {
        return listing.list().entries().stream()
                .map(entry -> entry.id() + " " + entry.dependencies())
                .toList();
    }

    private static List<String> codes(TaskListing listing) {
        return listing.remarks().stream().map(ReadingNotice::code).toList();
    }

    @Test
    void dependencies_of_beads_are_read_in_every_shape() throws IOException {
        assertThat(needs(shared("a-18-beads-shapes.jsonl")))
                .containsExactly("exp-1 []", "exp-2 [exp-1]", "exp-3 [exp-2]", "exp-4 [exp-3]", "exp-5 [exp-4]");
    }

    @Test
    void dependencies_of_beads_may_have_a_type_in_front_or_beside_them() {
        var listing = read("issues.jsonl", """
                {"id":"bd-1","title":"Epic","issue_type":"epic"}
                {"id":"bd-2","title":"Modèle","parent":"bd-1","dependencies":["discovered-from:bd-1"]}
                {"id":"bd-3","title":"Service","dependencies":["blocks:bd-2", {"id":"bd-1","dependency_type":"parent-child"}]}
                {"id":"bd-4","title":"Page","dependencies":[{"issue_id":"bd-4","depends_on_id":"bd-3","type":"blocks"}]}
                """);
        assertThat(needs(listing)).containsExactly("bd-1 []", "bd-2 []", "bd-3 [bd-2]", "bd-4 [bd-3]");
        assertThat(listing.list().entries())
                .filteredOn(entry -> entry.parent().isPresent())
                .extracting(TaskEntry::id)
                .containsExactly("bd-2", "bd-3");
    }

    @Test
    void each_dependency_of_beads_that_is_not_understood_is_reported() {
        var listing = read("issues.jsonl", """
                {"id":"bd-1","title":"One"}
                {"id":"bd-2","title":"Two","dependencies":[{"ref":"bd-1"}, true, ["bd-1"]]}
                """);
        assertThat(codes(listing)).filteredOn("unread-dependencies"::equals).hasSize(3);
    }

    @Test
    void half_ticked_boxes_are_begun() throws IOException {
        assumeTrue(Files.isDirectory(CASES), () -> "the folder " + CASES + " is not here");
        var path = "openspec/changes/lockers/tasks.md";
        var listing = read(path, Files.readString(CASES.resolve("a-19-openspec").resolve(path)));
        assertThat(listing.list().entries()).hasSize(14);
        assertThat(listing.list().entries())
                .filteredOn(entry -> entry.status() == TaskStatus.IN_PROGRESS)
                .extracting(TaskEntry::id)
                .containsExactly("1.2", "1.3", "1.4");
    }

    @Test
    void a_box_that_is_not_known_is_open_and_reported() {
        var listing = read("tasks.md", """
                - [>] 1 Moved on
                - [✔] 2 Finished
                - [/] 3 Begun
                - [1] 4 is a reference
                """);
        assertThat(listing.list().entries())
                .extracting(TaskEntry::status)
                .containsExactly(TaskStatus.PENDING, TaskStatus.DONE, TaskStatus.IN_PROGRESS);
        assertThat(codes(listing)).containsExactly("unread-box");
    }

    @Test
    void a_parent_without_a_box_is_a_heading_and_its_number_stands_for_its_tasks() {
        var listing = read("tasks.md", """
                # Implementation Plan
                - 1. Daten
                  - [ ] 1.1 Tabelle anlegen
                  - [/] 1.2 Daten laden
                - 2. Dienst
                  - [ ] 2.1 Dienst schreiben
                    - _Depends: 1_
                """);
        assertThat(needs(listing)).containsExactly("1.1 []", "1.2 []", "2.1 [1.1, 1.2]");
        assertThat(listing.list().entries()).extracting(TaskEntry::section).contains("1. Daten", "2. Dienst");
    }

    @Test
    void waves_of_kiro_come_after_each_other() {
        var listing = read(".kiro/specs/shop/tasks.md", """
                # Implementation Plan

                - [ ] 1. Model
                  - [ ] 1.1 Write the table
                  - [ ] 1.2 Write the index
                - [ ] 2. Service
                  - [ ] 2.1 Write the service

                ## Task Dependency Graph

                ```json
                {
                  "waves": [
                    { "id": 0, "tasks": ["1.1"] },
                    { "id": 1, "tasks": ["1.2", "9.9"] },
                    { "id": 2, "tasks": [2.1] }
                  ]
                }
                ```
                """);
        assertThat(needs(listing)).containsExactly("1 []", "1.1 []", "1.2 [1.1]", "2 []", "2.1 [1.2]");
        assertThat(listing.list().statesDependencies()).isTrue();
        assertThat(codes(listing)).containsExactly("unknown-dependency");
    }

    @Test
    void waves_may_be_lines_or_headings() {
        assertThat(needs(read("tasks.md", """
                - [ ] 1 Modell
                - [ ] 2 Dienst
                - [ ] 3 Seite

                ## Reihenfolge
                - **Welle 1**: 1, 2
                - Welle 2 (danach): 3
                """))).containsExactly("1 []", "2 []", "3 [1, 2]");
        assertThat(needs(read("tasks.md", """
                ## Wave 1: foundations
                - [ ] 1 Model
                - [ ] 2 Log
                ## Wave 2: product
                - [ ] 3 Page
                """))).containsExactly("1 []", "2 []", "3 [1, 2]");
    }

    @Test
    void phases_of_spec_kit_hold_beside_what_tasks_say() throws IOException {
        assertThat(needs(shared("a-03-speckit-tasks.md")))
                .containsExactly(
                        "T001 []",
                        "T002 [T001]",
                        "T003 [T002]",
                        "T004 [T003]",
                        "T005 [T002]",
                        "T006 [T005]",
                        "T007 [T003, T004, T005, T006]");
    }

    @Test
    void a_story_may_wait_for_another_and_phases_have_sections_in_them() {
        assertThat(needs(read("specs/1/tasks.md", """
                # Tasks: Library

                ## Phase 1: Setup (Shared Infrastructure)
                - [ ] T001 Create the project
                - [ ] T002 [P] Configure the linter

                ## Phase 2: Foundational (Blocking Prerequisites)
                - [ ] T003 Create the database

                ## Phase 3: User Story 1 - Lend (Priority: P1) 🎯 MVP
                ### Tests for User Story 1
                - [ ] T004 [P] [US1] Test lending
                ### Implementation for User Story 1
                - [ ] T005 [US1] Lend books

                ## Phase 4: User Story 2 - Return (Priority: P2)
                - [ ] T006 [US2] Return books

                ## Phase 5: User Story 3 - Search (Priority: P3)
                - [ ] T007 [US3] Search books

                ## Phase N: Polish & Cross-Cutting Concerns
                - [ ] T008 [P] Write the manual (depends on T005)

                ## Dependencies & Execution Order

                ### Phase Dependencies

                - **Setup (Phase 1)**: No dependencies - can start immediately
                - **Foundational (Phase 2)**: Depends on Setup completion - BLOCKS all user stories
                - **User Stories (Phase 3+)**: All depend on Foundational phase completion
                  - User stories can then proceed in parallel (if staffed)
                  - Or sequentially in priority order (P1 → P2 → P3)
                - **Polish (Final Phase)**: Depends on all desired user stories being complete

                ### User Story Dependencies

                - **User Story 1 (P1)**: Can start after Foundational (Phase 2) - No dependencies on other stories
                - **User Story 2 (P2)**: Can start after Foundational (Phase 2) - Depends on User Story 1
                - **User Story 3 (P3)**: Can start after Foundational (Phase 2) - May integrate with US1/US2

                ### Within Each User Story

                - Tests: depend on User Story 3
                """)))
                .containsExactly(
                        "T001 []",
                        "T002 [T001]",
                        "T003 [T001, T002]",
                        "T004 [T003]",
                        "T005 [T004]",
                        "T006 [T003, T004, T005]",
                        "T007 [T003]",
                        "T008 [T005, T004, T006, T007]");
    }

    @Test
    void phases_are_read_in_other_languages() {
        assertThat(needs(read("tasks.md", """
                # Aufgaben: Bücherei

                ## Phase 1: Einrichtung
                - [ ] T001 Projekt anlegen
                ## Phase 2: Ausleihe
                - [ ] T002 Ausleihen
                ## Phase 3: Rückgabe
                - [ ] T003 Zurückgeben
                ## Phase 4: Abschluss
                - [ ] T004 Handbuch schreiben

                ## Abhängigkeiten
                - **Einrichtung (Phase 1)**: keine Abhängigkeiten
                - **Ausleihe (Phase 2)**: hängt ab von Phase 1
                - **Rückgabe (Phase 3)**: nach Einrichtung
                - **Abschluss (Phase 4)**: nach Phase 2 und Phase 3
                """)))
                .containsExactly("T001 []", "T002 [T001]", "T003 [T001]", "T004 [T002, T003]");
    }

    @Test
    void phases_may_be_the_subject_of_a_sentence() {
        assertThat(needs(read("tasks.md", """
                # Tasks: Coffee

                ## Phase 1: Setup
                - [ ] T001 Create the project
                ## Phase 2: Order
                - [ ] T002 Order coffee
                ## Phase 3: Pay
                - [ ] T003 Pay
                ## Phase 4: Polish
                - [ ] T004 Write the manual

                ## Dependencies
                - **Phase 2 and Phase 3** depend on Phase 1 and can run in parallel
                - Phase 4 depends on Phases 2-3
                """)))
                .containsExactly("T001 []", "T002 [T001]", "T003 [T001]", "T004 [T002, T003]");
    }

    @Test
    void one_remark_does_not_undo_the_phases() {
        assertThat(needs(read("tasks.md", """
                # Tasks: Desk

                ## Phase 1: Setup
                - [ ] T001 Create the project
                ## Phase 2: User Story 1 - Send
                - [ ] T002 [US1] Write the service
                - [ ] T003 [US1] Write the page (depends on T002)
                ## Phase 3: User Story 2 - Fetch
                - [ ] T004 [US2] Write the search
                ## Phase 4: Polish
                - [ ] T005 Write the manual
                """)))
                .containsExactly(
                        "T001 []", "T002 [T001]", "T003 [T002]", "T004 [T001]", "T005 [T001, T002, T003, T004]");
    }

    @Test
    void a_tag_of_task_master_may_be_the_array_itself() throws IOException {
        var listing = shared("b-26-tag-with-a-plain-array.json");
        assertThat(needs(listing)).containsExactly("1 []", "2 [1]");
        assertThat(listing.list().entries().getLast().details()).isEqualTo("Drag and drop\nCheck the size");
    }
}
