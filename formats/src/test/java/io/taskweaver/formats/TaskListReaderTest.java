package io.taskweaver.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Document;
import io.taskweaver.requirements.analysis.ReadingNotice;
import io.taskweaver.requirements.tasks.TaskEntry;
import io.taskweaver.requirements.tasks.TaskListing;
import io.taskweaver.requirements.tasks.TaskPriority;
import io.taskweaver.requirements.tasks.TaskStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskListReaderTest {
    private static TaskListing read(String path, ExchangeFormat format, String text) {
        var document = new Document(path, text);
        assertThat(TaskListReader.detect(document)).contains(format);
        var reading = TaskListReader.read(List.of(document), format, "");
        assertThat(reading).isInstanceOf(TaskListReader.Read.class);
        return ((TaskListReader.Read) reading).listing();
    }

    private static TaskEntry entry(TaskListing listing, String id) {
        return listing.list().entries().stream()
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> codes(TaskListing listing) {
        return listing.remarks().stream().map(ReadingNotice::code).toList();
    }

    @Test
    void ids_of_task_master_may_be_numbers_or_texts_and_those_of_subtasks_are_local() {
        var listing = read("tasks.json", ExchangeFormat.TASK_MASTER, """
                {"tasks": [
                  {"id": 1, "title": "One", "status": "completed", "priority": "critical"},
                  {"id": "2", "title": "Two", "dependencies": ["1"], "testStrategy": "Run it", "subtasks": [
                    {"id": 1, "title": "Part", "status": "in-progress"},
                    {"id": "2", "title": "Other", "dependencies": [1, "3.1"]}
                  ]},
                  {"id": 3, "title": "Three", "dependencies": [1, "2.2"], "effort": 4, "subtasks": [{"id": 1, "title": "P"}]}
                ], "metadata": {"description": "All of it"}}
                """);
        assertThat(listing.list().title()).isEqualTo("All of it");
        assertThat(entry(listing, "1").status()).isEqualTo(TaskStatus.DONE);
        assertThat(entry(listing, "1").priority()).isEqualTo(TaskPriority.CRITICAL);
        assertThat(entry(listing, "2").dependencies()).containsExactly("1");
        assertThat(entry(listing, "2.1").parent()).contains("2");
        assertThat(entry(listing, "2.2").dependencies()).containsExactly("2.1", "3.1");
        assertThat(entry(listing, "3").dependencies()).containsExactly("1", "2.2");
        assertThat(entry(listing, "3").source().orElseThrow().firstLine()).isEqualTo(7);
        assertThat(listing.remarks()).singleElement().satisfies(remark -> {
            assertThat(remark.message()).contains("'effort'", "/tasks/2/effort");
            assertThat(remark.at().orElseThrow().firstLine()).isEqualTo(7);
        });
    }

    @Test
    void what_a_json_list_gets_wrong_is_told_with_line_and_pointer() {
        var listing = read("tasks.json", ExchangeFormat.TASK_MASTER, """
                {"tasks": [
                  {"id": 1, "title": "One", "status": "nearly", "priority": 7,
                   "dependencies": [9, null, 1]},
                  "two",
                  {"id": 1, "title": "Again"}
                ]}
                """);
        assertThat(codes(listing))
                .containsExactlyInAnyOrder(
                        "unread-status",
                        "unread-priority",
                        "unread-dependency",
                        "no-task",
                        "duplicate-id",
                        "unknown-dependency",
                        "self-dependency");
        assertThat(listing.remarks())
                .allSatisfy(remark -> assertThat(remark.at()).isPresent());
        assertThat(listing.remarks())
                .filteredOn(remark -> remark.code().equals("unknown-dependency"))
                .singleElement()
                .satisfies(remark -> {
                    assertThat(remark.message()).contains("/tasks/0/dependencies/0");
                    assertThat(remark.at().orElseThrow().firstLine()).isEqualTo(3);
                });
    }

    @Test
    void broken_json_is_refused_with_its_line() {
        var document = new Document("tasks.json", "{\"tasks\": [\n  {\"id\": 1,, }\n]}");
        var format = TaskListReader.detect(document).orElseThrow();
        var refused = (TaskListReader.Refused) TaskListReader.read(List.of(document), format, "");
        assertThat(refused.problem()).contains("tasks.json", "it is not JSON");
        assertThat(refused.at().orElseThrow().firstLine()).isEqualTo(2);
    }

    @Test
    void spec_kit_states_dependencies_behind_the_text() {
        var listing = read("specs/001-shop/tasks.md", ExchangeFormat.SPEC_KIT, """
                # Tasks: Shop

                ## Phase 1: Setup
                - [X] T001 Create the project
                - [] T002 [P] Add `src/a.py` (depends on T001)
                -[ ] T003 [P] [US1] Add src/b.py (depends on T001-T002)

                ```
                - [ ] T099 An example
                ```
                ## Checklist
                - [ ] All is well
                """);
        assertThat(listing.list().title()).isEqualTo("Shop");
        assertThat(listing.list().entries()).extracting(TaskEntry::id).containsExactly("T001", "T002", "T003");
        assertThat(entry(listing, "T001").status()).isEqualTo(TaskStatus.DONE);
        assertThat(entry(listing, "T002").files()).containsExactly("src/a.py");
        assertThat(entry(listing, "T003").dependencies()).containsExactly("T001", "T002");
        assertThat(entry(listing, "T003").references()).containsExactly("US1");
        assertThat(entry(listing, "T003").section()).isEqualTo("Setup");
        assertThat(codes(listing)).containsExactly("no-task");
    }

    @Test
    void a_list_of_spec_kit_without_dependencies_runs_as_the_tool_would_run_it() {
        var listing = read("tasks.md", ExchangeFormat.SPEC_KIT, """
                ## Phase 1: Setup
                - [ ] T001 First
                - [ ] T002 [P] Beside T003
                - [ ] T003 [P] Beside T002
                ## Phase 2: Story
                - [ ] T004 [P] After both
                """);
        assertThat(entry(listing, "T002").dependencies()).containsExactly("T001");
        assertThat(entry(listing, "T003").dependencies()).containsExactly("T001");
        assertThat(entry(listing, "T004").dependencies()).containsExactly("T002", "T003");
        assertThat(codes(listing)).containsExactly("derived-order");
    }

    @Test
    void kiro_and_cc_sdd_number_their_tasks() {
        var listing = read(".kiro/specs/shop/tasks.md", ExchangeFormat.KIRO, """
                # Implementation Plan
                - [x] 1. Set up (P)
                - [-] 2. Build
                  - [ ] 2.1 The store
                    - Keep things
                    - _Requirements: 1.1, 3.3-3.5_
                    - _Boundary: Store_
                  - [ ]* 2.2 Test the store
                    - _Depends: 1, 2.1_
                """);
        assertThat(entry(listing, "1").status()).isEqualTo(TaskStatus.DONE);
        assertThat(entry(listing, "2").status()).isEqualTo(TaskStatus.IN_PROGRESS);
        assertThat(entry(listing, "2.1").parent()).contains("2");
        assertThat(entry(listing, "2.1").references()).containsExactly("1.1", "3.3", "3.4", "3.5");
        assertThat(entry(listing, "2.1").component()).contains("Store");
        assertThat(entry(listing, "2.1").details()).isEqualTo("- Keep things");
        assertThat(entry(listing, "2.2").tags()).containsExactly("optional");
        assertThat(entry(listing, "2.2").dependencies()).containsExactly("1", "2.1");
    }

    @Test
    void openspec_groups_its_tasks_under_headings() {
        var listing = read("openspec/changes/add-login/tasks.md", ExchangeFormat.OPENSPEC, """
                ## 1. Backend
                - [x] 1.1 Add the table
                - [ ] 1.2 Add the endpoint
                ## 2. Frontend
                - [ ] 2.1 Add the form
                """);
        assertThat(listing.list().entries()).extracting(TaskEntry::id).containsExactly("1.1", "1.2", "2.1");
        assertThat(entry(listing, "2.1").section()).isEqualTo("2. Frontend");
        assertThat(entry(listing, "1.1").status()).isEqualTo(TaskStatus.DONE);
        assertThat(listing.list().statesDependencies()).isFalse();
    }

    @Test
    void a_list_that_has_only_an_order_says_so_wherever_it_goes() {
        var list = read("tasks.md", ExchangeFormat.KIRO, "- [ ] 1. Begin\n- [ ] 2. Go on\n")
                .list();
        for (var format : List.of(ExchangeFormat.JSON, ExchangeFormat.CSV, ExchangeFormat.KIRO)) {
            var document =
                    new Document("tasks.md", TaskListWriter.write(list, format).text());
            var again = (TaskListReader.Read) TaskListReader.read(List.of(document), format, "");
            assertThat(again.listing().list().statesDependencies())
                    .as(format.id())
                    .isFalse();
        }
        assertThat(TaskListWriter.write(list, ExchangeFormat.TASK_MASTER).losses())
                .anySatisfy(loss -> assertThat(loss).contains("no dependencies"));
    }

    @Test
    void issues_of_beads_are_read_line_by_line() {
        var listing = read(".beads/issues.jsonl", ExchangeFormat.BEADS, """
                {"id":"bd-1","title":"Epic","status":"open","priority":1,"issue_type":"epic"}
                {"id":"bd-2","title":"Part","status":"closed","priority":0,"dependencies":[{"issue_id":"bd-2","depends_on_id":"bd-1","type":"parent-child"}]}
                not json
                {"id":"bd-3","title":"Next","status":"in_progress","acceptance_criteria":"- [ ] it works\\n- it is fast","dependencies":[{"depends_on_id":"bd-2","type":"blocks"},{"depends_on_id":"bd-1","type":"related"}],"mood":"fine"}
                """);
        assertThat(entry(listing, "bd-2").parent()).contains("bd-1");
        assertThat(entry(listing, "bd-2").status()).isEqualTo(TaskStatus.DONE);
        assertThat(entry(listing, "bd-2").priority()).isEqualTo(TaskPriority.CRITICAL);
        assertThat(entry(listing, "bd-3").dependencies()).containsExactly("bd-2");
        assertThat(entry(listing, "bd-3").criteria()).containsExactly("it works", "it is fast");
        assertThat(codes(listing)).containsExactlyInAnyOrder("unread-line", "dependency-type", "unread-field");
        assertThat(listing.remarks())
                .filteredOn(remark -> remark.code().equals("unread-line"))
                .extracting(remark -> remark.at().orElseThrow().firstLine())
                .containsExactly(3);
    }

    @Test
    void an_edge_of_a_graph_of_beads_leads_to_what_is_needed() {
        var listing = read("graph.json", ExchangeFormat.BEADS_GRAPH, """
                {"nodes":[{"key":"a","title":"A","priority":2},{"key":"b","title":"B","parent_key":"a"}],
                 "edges":[{"from_key":"b","to_key":"a","type":"related"},{"from_key":"a","to_key":"zzz"},{"from_key":"x","to_key":"a"}]}
                """);
        assertThat(entry(listing, "b").parent()).contains("a");
        assertThat(codes(listing))
                .containsExactlyInAnyOrder("dependency-type", "unknown-dependency", "unknown-dependency");
    }

    @Test
    void stories_of_ralph_pass_or_do_not() {
        var listing = read("prd.json", ExchangeFormat.RALPH, """
                {"project":"Shop","branchName":"x","userStories":[
                  {"id":"US-001","title":"A","acceptanceCriteria":["it works"],"priority":1,"passes":true,"notes":""},
                  {"id":"US-002","title":"B","priority":2,"passes":false}]}
                """);
        assertThat(entry(listing, "US-001").status()).isEqualTo(TaskStatus.DONE);
        assertThat(entry(listing, "US-002").status()).isEqualTo(TaskStatus.PENDING);
        assertThat(entry(listing, "US-002").priority()).isEqualTo(TaskPriority.HIGH);
        assertThat(listing.remarks()).isEmpty();
    }

    @Test
    void tasks_of_backlog_are_a_folder_of_files_in_the_order_of_their_numbers(@TempDir Path folder) throws IOException {
        var tasks = Files.createDirectories(folder.resolve("backlog/tasks"));
        Files.writeString(tasks.resolve("task-10 - Later.md"), """
                ---
                id: task-10
                title: "Later: the end"
                status: To Do
                assignee: ['@me']
                dependencies: [task-2]
                parent_task_id: task-2
                priority: high
                mood: fine
                ---
                ## Description

                <!-- SECTION:DESCRIPTION:BEGIN -->
                What is *left*.
                <!-- SECTION:DESCRIPTION:END -->

                ## Acceptance Criteria
                <!-- AC:BEGIN -->
                - [ ] #1 It works
                - [x] #2 It is fast
                <!-- AC:END -->
                """);
        Files.writeString(tasks.resolve("task-2 - First.md"), "---\nid: task-2\ntitle: First\nstatus: Done\n---\n");
        Files.writeString(tasks.resolve("task-3 - Broken.md"), "---\nid: task-3\nstatus: [x\n---\n");
        Files.writeString(tasks.resolve("notes.md"), "Nothing.");

        var found = (TaskFolder.Found) TaskFolder.find(folder);
        assertThat(found.files()).hasSize(3);
        var documents = new java.util.ArrayList<Document>();
        for (var file : found.files())
            documents.add(new Document(file.getFileName().toString(), Files.readString(file)));
        assertThat(TaskListReader.detect(documents.getFirst())).contains(ExchangeFormat.BACKLOG);
        var listing = ((TaskListReader.Read) TaskListReader.read(documents, ExchangeFormat.BACKLOG, "")).listing();

        assertThat(listing.list().entries()).extracting(TaskEntry::id).containsExactly("task-2", "task-10");
        var later = entry(listing, "task-10");
        assertThat(later.title()).isEqualTo("Later: the end");
        assertThat(later.description()).isEqualTo("What is *left*.");
        assertThat(later.criteria()).containsExactly("It works", "It is fast");
        assertThat(later.assignee()).contains("@me");
        assertThat(later.parent()).contains("task-2");
        assertThat(codes(listing)).containsExactlyInAnyOrder("unread-field", "no-task");
    }

    @Test
    void a_document_that_is_no_list_is_left_to_the_planner() {
        assertThat(TaskListReader.detect(new Document("REQUIREMENTS.md", "- [ ] 1. Do it\n- [ ] 2. Do that\n")))
                .isEmpty();
        assertThat(TaskListReader.detect(new Document("notes.txt", "{a} is a thing\n")))
                .isEmpty();
        assertThat(TaskListReader.detect(new Document("notes.txt", "[1] is a thing\n")))
                .isEmpty();
    }

    @Test
    void one_of_several_features_has_to_be_named(@TempDir Path folder) throws IOException {
        for (var feature : List.of("a", "b")) {
            var specs = Files.createDirectories(folder.resolve(".kiro/specs").resolve(feature));
            Files.writeString(specs.resolve("tasks.md"), "- [ ] 1. Do it\n- [ ] 2. Do that\n");
        }
        assertThat(TaskFolder.find(folder)).isInstanceOf(TaskFolder.Nothing.class);
        assertThat(((TaskFolder.Found) TaskFolder.find(folder.resolve(".kiro/specs/a"))).files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("tasks.md");
    }

    @Provide
    Arbitrary<String> texts() {
        var pieces = Arbitraries.of(
                "{",
                "}",
                "[",
                "]",
                "\"tasks\"",
                ":",
                ",",
                "1",
                "null",
                "\"id\"",
                "\"dependencies\"",
                "\n",
                "- [ ] ",
                "T001 ",
                "1. ",
                "2.1 ",
                "(depends on T001-T999999999)",
                "_Depends: 1.1-1.99999_",
                "---\n",
                "id: x\n",
                "status: y\n",
                "## ",
                "  ",
                "```",
                "**A**: T001",
                "<!-- id: 1 -->",
                "\"nodes\"",
                "\"userStories\"",
                "é",
                "\\");
        return pieces.list().ofMaxSize(60).map(list -> String.join("", list));
    }

    @Property(tries = 500)
    void no_text_is_too_broken_to_be_read(@ForAll("texts") String text) {
        for (var format : ExchangeFormat.values())
            if (format.isReadable())
                assertThat(TaskListReader.read(List.of(new Document("tasks.md", text)), format, ""))
                        .isNotNull();
        assertThat(TaskListReader.detect(new Document("tasks.md", text)))
                .isNotEqualTo(Optional.of(ExchangeFormat.MERMAID));
    }
}
