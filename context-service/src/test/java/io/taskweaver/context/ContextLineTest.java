package io.taskweaver.context;

import static io.taskweaver.context.PlanEvents.code;
import static io.taskweaver.context.PlanEvents.file;
import static io.taskweaver.context.Story.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.Git;
import io.taskweaver.events.ContextMerged;
import io.taskweaver.events.EntryChange;
import io.taskweaver.events.EventMeta;
import io.taskweaver.events.FileConflict;
import io.taskweaver.events.MergeConflicted;
import io.taskweaver.events.SourceSpan;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.PlanEvent.CodeObjects;
import io.taskweaver.wire.DeadLetters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of a plan as commits: what they say, who gets them, and what is merged how. */
class ContextLineTest {
    private static final String TEXT = String.join(
            "", IntStream.range(0, 12).mapToObj(n -> "line " + n + "\n").toList());

    private final PlanEvents plan = new PlanEvents(Story.PLAN.value());
    private Story story;

    @BeforeEach
    void begin(@TempDir Path folder) {
        story = new Story(folder);
    }

    @AfterEach
    void end() {
        story.close();
    }

    @Test
    void a_commit_says_which_task_of_which_plan_made_it_and_is_the_same_everywhere(@TempDir Path other) {
        SpecificRecord[] events = {
            plan.submitted(code("A.java", "a")),
            plan.created(),
            plan.task("api")
                    .setTitle("Serve links")
                    .setSource(SourceSpan.newBuilder()
                            .setPath("docs/REQUIREMENTS.md")
                            .setFirstLine(3)
                            .setLastLine(5)
                            .build())
                    .build(),
            plan.contract("c", "Links", 1, Map.of("Links.java", "interface Links {}")),
            plan.completed("api", 2, file("A.java", "a", "b"))
                    .with(event -> event.setSummary("Serves links.\n\nWith\u001b[31m tests.\n"))
        };

        story.given(events);

        assertThat(story.git("log", "-1", "--format=%B", "line")).isEqualTo("""
                Serve links

                Serves links.

                With[31m tests.

                Task: api
                Requirement: docs/REQUIREMENTS.md:3-5
                Plan: p1
                Agent: simulated
                Attempt: 2""");
        assertThat(story.git("log", "-1", "--format=%(trailers:only,unfold)", "line"))
                .hasLineCount(5);
        assertThat(story.git("log", "-1", "--format=%an <%ae> %aI, %cn <%ce> %cI", "line"))
                .isEqualTo("TaskWeaver <taskweaver@localhost> 2026-03-01T08:30:00+00:00,"
                        + " TaskWeaver <taskweaver@localhost> 2026-03-01T08:30:00+00:00");
        try (var again = new Story(other)) {
            again.given(events);
            assertThat(again.line()).isEqualTo(story.line()).hasSize(3);
        }
    }

    @Test
    void a_task_that_is_not_known_here_is_named_by_its_id() {
        story.given(plan.submitted(), plan.completed("api", 1, file("A.java", null, "a")));

        assertThat(story.git("log", "-1", "--format=%s", "line")).isEqualTo("api");
    }

    @Test
    void dates_of_the_line_never_go_back() throws IOException {
        var early = plan.completed("store", 1, file("B.java", null, "b"))
                .with(event -> event.setMeta(EventMeta.newBuilder(event.getMeta())
                        .setOccurredAt(Instant.parse("2026-02-01T00:00:00Z"))
                        .build()));
        story.given(plan.submitted(), plan.completed("api", 1, file("A.java", null, "a")), early);

        assertThat(story.code().dateOf(story.line().getFirst())).isEqualTo(PlanEvents.OCCURRED);
    }

    @Test
    void whoever_takes_the_packs_in_their_order_has_every_commit_with_all_of_its_files(@TempDir Path folder)
            throws Exception {
        var noise = new byte[2_500_000];
        new Random(1).nextBytes(noise);
        var large = HexFormat.of().formatHex(noise);
        story.when(
                plan.submitted(code("src/A.java", "1\n2\n3\n"), code("src/deep/B.java", "b")),
                plan.created(),
                plan.contract("c", "Links", 1, Map.of("src/Links.java", "interface Links {}")),
                plan.completed("api", 1, file("src/A.java", "1\n2\n3\n", "one\n2\n3\n")),
                plan.completed("store", 1, file("src/A.java", "1\n2\n3\n", "1\n2\nthree\n"), file("big", null, large)),
                plan.completed("clash", 1, file("src/A.java", "1\n2\n3\n", "1\n2\ndrei\n")),
                plan.completed("ui", 1, file("src/deep/B.java", "b", null), file("src/B.java", null, "b")));

        assertThat(story.packs()).anyMatch(part -> part.parts() > 2);
        try (var other = CodeRepository.open(folder.resolve("other"))) {
            Story.take(story.packs(), other);
            other.head(story.line().getFirst());

            var git = Git.in(other.folder());
            assertThat(git.text("rev-list", "line").lines()).containsExactlyElementsOf(story.line());
            assertThat(git.text("fsck", "--strict", "--no-dangling", "--no-progress"))
                    .isEmpty();
        }
        assertThat(story.sent().stream().map(CodeObjects::commit).distinct())
                .containsExactlyElementsOf(story.line().reversed());
        assertThat(story.sent().stream().filter(CodeObjects::root).map(CodeObjects::commit))
                .containsExactly(story.line().getLast());
    }

    @Test
    void a_pack_of_a_merge_has_nothing_that_its_reader_knows() {
        var large = "x".repeat(100_000) + new Random(2).nextLong();
        story.given(plan.submitted(code("large.txt", large)));

        story.when(plan.completed("api", 1, file("A.java", null, "a")));

        assertThat(story.sent())
                .singleElement()
                .satisfies(part -> assertThat(part.content().array().length).isLessThan(1000));
    }

    @Test
    void an_event_that_is_read_again_sends_its_code_again() {
        SpecificRecord[] events = {
            plan.submitted(code("A.java", "a")),
            plan.contract("c", "Links", 1, Map.of("Links.java", "links")),
            plan.completed("api", 1, file("A.java", "a", "b"))
        };
        story.when(events);
        var sent = List.copyOf(story.sent());
        var line = story.line();

        story.given(events).when(events);

        assertThat(sent).hasSize(3);
        assertThat(story.sent()).isEqualTo(sent);
        assertThat(story.line()).isEqualTo(line);
        assertThat(story.merged()).extracting(ContextMerged::getCommit).containsExactly(line.getFirst());
    }

    @Test
    void code_that_a_crash_lost_is_made_again_with_the_same_names(@TempDir Path folder) {
        SpecificRecord[] events = {
            plan.submitted(code("A.java", "a")),
            plan.contract("c", "Links", 1, Map.of("Links.java", "links")),
            plan.completed("api", 1, file("A.java", "a", "b")).from(1)
        };
        story.given(events);

        try (var elsewhere = new Story(folder)) {
            try (var all = story.store().all()) {
                all.forEachRemaining(entry -> elsewhere.store().put(entry.key, entry.value));
            }
            elsewhere.when(events);

            assertThat(elsewhere.sent().stream().map(CodeObjects::commit))
                    .containsExactlyElementsOf(story.line().reversed());
            assertThat(elsewhere.merged())
                    .extracting(ContextMerged::getContextVersion)
                    .containsExactly(2L);
            elsewhere.given(plan.completed("ui", 1, file("B.java", null, "b")).from(2));
            assertThat(found(elsewhere.context()).files())
                    .isEqualTo(Map.of("A.java", "b", "B.java", "b", "Links.java", "links"));
        }
    }

    @Test
    void a_result_that_changes_nothing_is_merged_without_a_commit() {
        story.given(plan.submitted(code("A.java", "a")), plan.completed("x", 1, file("A.java", "a", "b")))
                .when(plan.completed("api", 1), plan.completed("same", 1, file("A.java", "a", "b")));

        assertThat(story.merged()).hasSize(2).allSatisfy(merged -> {
            assertThat(merged.getCommit()).isEqualTo(merged.getParent());
            assertThat(merged.getChanges()).isEmpty();
        });
        assertThat(story.sent()).isEmpty();
        assertThat(story.line()).hasSize(2);
        assertThat(found(story.context()).version()).isEqualTo(3);
    }

    @Test
    void an_edit_follows_a_file_that_another_result_moved() {
        story.given(plan.submitted(code("src/Old.java", TEXT)))
                .when(
                        plan.completed("api", 1, file("src/Old.java", TEXT, null), file("src/New.java", null, TEXT)),
                        plan.completed("store", 1, file("src/Old.java", TEXT, TEXT.replace("line 5", "LINE 5"))));

        assertThat(story.merged()).hasSize(2);
        assertThat(found(story.context()).files()).isEqualTo(Map.of("src/New.java", TEXT.replace("line 5", "LINE 5")));
    }

    @Test
    void a_file_that_one_result_deleted_and_another_changed_is_a_conflict() {
        story.given(plan.submitted(code("A.java", TEXT)))
                .when(
                        plan.completed("api", 1, file("A.java", TEXT, null)),
                        plan.completed("x", 1, file("A.java", TEXT, "x")));

        assertThat(conflicts(story.conflicted())).containsExactly("A.java");
        assertThat(found(story.context()).files()).isEmpty();
    }

    @Test
    void a_file_that_two_results_deleted_is_gone() {
        story.given(plan.submitted(code("A.java", TEXT)))
                .when(
                        plan.completed("api", 1, file("A.java", TEXT, null)),
                        plan.completed("x", 1, file("A.java", TEXT, null)));

        assertThat(story.merged()).hasSize(2);
        assertThat(found(story.changes()).deleted()).containsExactly("A.java");
    }

    @Test
    void a_mode_and_an_edit_of_the_same_file_go_together() {
        story.given(plan.submitted(code("run.sh", TEXT)))
                .when(
                        plan.completed("api", 1, file("run.sh", TEXT, TEXT).as(FileEntry.EXECUTABLE)),
                        plan.completed("x", 1, file("run.sh", TEXT, TEXT + "more\n"))
                                .from(0));

        assertThat(story.merged()).hasSize(2);
        assertThat(story.git("ls-tree", "line", "run.sh")).startsWith("100755 blob");
        assertThat(found(story.context()).files()).isEqualTo(Map.of("run.sh", TEXT + "more\n"));
    }

    @Test
    void links_and_bytes_are_merged_and_two_versions_of_bytes_are_a_conflict() {
        byte[] picture = {(byte) 0x89, 'P', 'N', 'G', 0, 1};
        byte[] red = {(byte) 0x89, 'P', 'N', 'G', 0, 2};
        byte[] blue = {(byte) 0x89, 'P', 'N', 'G', 0, 3};
        story.given(plan.submitted(code("A.java", "a")))
                .when(
                        plan.completed(
                                "art",
                                1,
                                Edit.ofBytes("logo.png", null, picture),
                                file("link", null, "A.java").as(FileEntry.LINK)),
                        plan.completed("api", 1, Edit.ofBytes("logo.png", picture, red)),
                        plan.completed("x", 1, Edit.ofBytes("logo.png", picture, blue)));

        assertThat(story.merged()).hasSize(2);
        assertThat(conflicts(story.conflicted())).containsExactly("logo.png");
        assertThat(story.git("ls-tree", "line", "link")).startsWith("120000 blob");
        assertThat(found(story.context()).other()).containsExactly("link", "logo.png");
    }

    @Test
    void blocks_that_two_results_added_at_the_same_place_are_united_and_named() {
        story.given(plan.submitted(code("notes.txt", "one\n")))
                .when(
                        plan.completed("api", 1, file("notes.txt", "one\n", "one\ntwo\n")),
                        plan.completed("x", 1, file("notes.txt", "one\n", "one\nthree\n")));

        assertThat(story.merged())
                .extracting(ContextMerged::getUnited)
                .containsExactly(List.of(), List.of("notes.txt (blocks)"));
        assertThat(found(story.context()).files()).isEqualTo(Map.of("notes.txt", "one\ntwo\nthree\n"));
    }

    @Test
    void a_contract_is_a_commit_of_its_own() {
        story.given(plan.submitted(code("A.java", "a")))
                .when(plan.contract("c", "Links", 2, Map.of("Links.java", "interface Links {}")));

        assertThat(story.git("log", "-1", "--format=%B", "line")).isEqualTo("""
                Contract of Links

                Contract: Links 2
                Plan: p1""");
        assertThat(story.sent().stream().map(CodeObjects::commit))
                .containsExactly(story.line().getFirst());
        assertThat(story.stored().contributors("Links.java")).containsExactly(new TaskId("c"));
    }

    @Test
    void a_contract_that_is_text_makes_no_commit_and_replaces_the_files_of_an_earlier_version() {
        var text = Map.of("contracts/Links/contract.md", "# Links");
        story.given(plan.submitted(code("a.js", "a")));
        var base = story.line();

        story.given(plan.contract("c", "Links", 1, text, "text/markdown"));

        assertThat(story.line()).isEqualTo(base);
        story.given(
                plan.contract("c", "Links", 2, Map.of("Links.java", "links")),
                plan.contract("c", "Links", 3, text, "text/markdown"));
        assertThat(found(story.context()).files()).isEqualTo(Map.of("a.js", "a"));
    }

    @Test
    void contracts_that_come_before_the_submission_are_the_first_commits() {
        story.given(
                        plan.contract("c", "Links", 1, Map.of("Links.java", "links")),
                        plan.contract("d", "Store", 1, Map.of("Store.java", "store")))
                .when(plan.submitted(code("A.java", "a")));

        assertThat(story.git("log", "--reverse", "--format=%s", "line").lines())
                .containsExactly("The code as it is", "Contract of Links", "Contract of Store");
        assertThat(story.sent().stream().map(CodeObjects::commit))
                .containsExactlyElementsOf(story.line().reversed());
        assertThat(found(story.context()).version()).isEqualTo(2);
    }

    @Test
    void a_contract_leaves_alone_what_others_wrote_and_changes_nothing_twice() {
        story.given(
                plan.submitted(code("Links.java", "by hand"), code("lib", "a file")),
                plan.contract(
                        "c",
                        "Links",
                        1,
                        Map.of("Links.java", "links", "lib/Inside.java", "x", "../Out.java", "x", "New.java", "new")));

        assertThat(found(story.context()).files())
                .isEqualTo(Map.of("Links.java", "by hand", "lib", "a file", "New.java", "new"));
        var line = story.line();
        story.given(plan.contract("c", "Links", 2, Map.of("New.java", "new")));
        assertThat(story.line()).isEqualTo(line);
        story.given(plan.contract("c", "Links", 3, Map.of("Links.java", "links")));
        assertThat(found(story.context()).files()).isEqualTo(Map.of("Links.java", "by hand", "lib", "a file"));
    }

    @Test
    void code_as_text_that_no_tree_can_hold_is_left_out() {
        story.given(plan.submitted(
                code("A.java", "a"),
                code("../B.java", "b"),
                code(".git/config", "c"),
                code("folder", "in the way"),
                code("folder/C.java", "c"),
                code("\"quoted.txt", "q"),
                code("logo.png", null)));

        assertThat(story.git("-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", "line")
                        .lines())
                .containsExactly("\"\\\"quoted.txt\"", "A.java", "folder/C.java");
    }

    @Test
    void a_result_whose_commit_is_nowhere_is_set_aside() {
        story.given(plan.submitted())
                .when(plan.completed("api", 1, file("A.java", null, "a"))
                        .lying(code -> code.setCommit("ab".repeat(20))));

        assertThat(story.merged()).isEmpty();
        assertThat(story.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.getReason()).isEqualTo(DeadLetters.INVALID);
            assertThat(letter.getCause()).contains("ab".repeat(20), "code-objects");
        });
        story.when(plan.completed("api", 1, file("A.java", null, "a")));
        assertThat(story.merged()).hasSize(1);
    }

    @Test
    void a_result_that_does_not_describe_its_commit_is_set_aside() throws IOException {
        story.given(plan.submitted(code("A.java", "a")));
        var tree = story.code().treeOf(story.line().getFirst());
        var blob = story.code().blob(new byte[] {1});
        var good = plan.completed("api", 1, file("A.java", "a", "b"));

        story.when(
                good.lying(code -> code.setTree(tree)),
                good.lying(code -> code.setParent("ab".repeat(20))),
                good.lying(code -> code.setParent(tree)),
                good.lying(code -> code.setCommit(blob)),
                good.lying(code -> code.setCommit(tree)));

        assertThat(story.merged()).isEmpty();
        assertThat(story.deadLetters()).hasSize(5).allSatisfy(letter -> {
            assertThat(letter.getReason()).isEqualTo(DeadLetters.INVALID);
            assertThat(letter.getCause()).contains("does not describe its commit");
        });
    }

    @Test
    void a_result_with_a_file_that_is_not_there_is_set_aside() throws IOException {
        story.given(plan.submitted(code("A.java", "a")));
        var base = story.line().getFirst();
        var code = story.code();
        var hole = new io.taskweaver.model.EntryChange(
                "B.java", Optional.empty(), Optional.of(new FileEntry(FileEntry.FILE, "ab".repeat(20), 1)));
        var tree = code.edit(code.treeOf(base), List.of(hole));
        var commit = code.commit(tree, List.of(base), "hole", PlanEvents.OCCURRED);

        story.when(plan.completed("api", 1, file("A.java", "a", "b"))
                .lying(result -> result.setCommit(commit).setTree(tree)));

        assertThat(story.deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.getReason()).isEqualTo(DeadLetters.INVALID));
        assertThat(story.line()).hasSize(1);
    }

    @Test
    void what_a_result_changed_is_read_from_its_commit() {
        story.given(
                plan.submitted(code("A.java", "a")),
                plan.created(),
                plan.planned("api", PlanEvents.resultOf("x")),
                plan.completed("x", 1, file("A.java", "a", "b")).lying(code -> code.setChanges(List.of())));

        assertThat(found(story.isolated("api")).files()).isEqualTo(Map.of("A.java", "b"));
    }

    @Test
    void a_tree_that_leads_out_of_the_work_is_not_taken_from_a_pack(@TempDir Path folder) throws Exception {
        for (var name : List.of("..", ".git", ".GIT", ".g\u200cit")) {
            try (var evil = CodeRepository.open(folder.resolve("evil"));
                    var other = CodeRepository.open(folder.resolve("other"))) {
                var blob = evil.blob("x".getBytes(StandardCharsets.UTF_8));
                var bytes = new ByteArrayOutputStream();
                bytes.writeBytes(("100644 " + name + "\0").getBytes(StandardCharsets.UTF_8));
                bytes.writeBytes(HexFormat.of().parseHex(blob));
                var tree = new String(
                                Git.in(evil.folder())
                                        .piped(
                                                bytes.toByteArray(),
                                                "hash-object",
                                                "-t",
                                                "tree",
                                                "-w",
                                                "--literally",
                                                "--stdin"),
                                StandardCharsets.UTF_8)
                        .strip();
                var commit = evil.commit(tree, List.of(), "evil", PlanEvents.OCCURRED);
                var pack = evil.pack(commit, List.of());

                assertThatThrownBy(() -> other.unpack(pack)).as(name).isInstanceOf(IOException.class);
                assertThat(other.has(commit)).as(name).isFalse();
            }
        }
    }

    @Test
    void an_attempt_that_did_not_know_the_merged_result_of_an_earlier_one_replaces_it() {
        story.given(
                        plan.submitted(code("A.java", "a"), code("B.java", "b")),
                        plan.completed("api", 1, file("A.java", "a", "first"), file("First.java", null, "1")),
                        plan.completed("store", 1, file("B.java", "b", "kept")))
                .when(plan.completed("api", 2, file("A.java", "a", "second"), file("Second.java", null, "2"))
                        .from(0));

        assertThat(story.merged())
                .singleElement()
                .satisfies(merged -> assertThat(merged.getChanges())
                        .extracting(EntryChange::getPath)
                        .containsExactly("A.java", "First.java", "Second.java"));
        assertThat(found(story.context()).files())
                .isEqualTo(Map.of("A.java", "second", "B.java", "kept", "Second.java", "2"));
    }

    @Test
    void an_attempt_that_knew_the_merged_result_of_an_earlier_one_builds_on_it() {
        story.given(
                plan.submitted(code("A.java", "a")),
                plan.completed("api", 1, file("A.java", "a", "first"), file("First.java", null, "1")),
                plan.completed("api", 2, file("A.java", "first", "second")));

        assertThat(found(story.context()).files()).isEqualTo(Map.of("A.java", "second", "First.java", "1"));
    }

    @Test
    void a_plan_starts_from_a_commit_whose_ancestors_are_the_users() throws IOException {
        var code = story.code();
        var base = code.commit(
                code.treeOf(story.commit(List.of(), Map.of("A.java", "a"))),
                List.of("ab".repeat(20)),
                "of the user",
                Instant.parse("2026-01-01T00:00:00Z"));

        story.when(plan.submitted(base, "", ""), plan.completed("api", 1, file("A.java", "a", "b")));

        assertThat(story.merged())
                .singleElement()
                .satisfies(merged -> assertThat(merged.getParent()).isEqualTo(base));
        assertThat(story.sent().stream().map(CodeObjects::commit))
                .containsExactly(story.line().getFirst());
        assertThat(story.git("log", "--format=%s", "line").lines()).containsExactly("api", "of the user");
        assertThat(story.git("fsck", "--strict", "--no-dangling", "--no-progress"))
                .isEmpty();
    }

    @Test
    void a_plan_goes_on_from_results_of_an_earlier_run_however_old_these_say_to_be() throws IOException {
        var code = story.code();
        var base = code.commit(
                code.treeOf(story.commit(List.of(), Map.of("A.java", "a"))),
                List.of(),
                "of the user",
                Instant.parse("2026-02-28T00:00:00Z"));
        var start = code.commit(
                code.treeOf(story.commit(List.of(), Map.of("A.java", "a", "B.java", "b"))),
                List.of(base),
                "earlier",
                Instant.parse("2023-11-14T22:13:20Z"));

        story.when(plan.submitted(base, "", start), plan.completed("api", 1, file("B.java", "b", "c")));

        assertThat(story.git("log", "--topo-order", "--format=%s", "line").lines())
                .containsExactly("api", "earlier", "of the user");
        assertThat(found(story.changes()).files()).isEqualTo(Map.of("B.java", "c"));
    }

    @Test
    void a_plan_about_a_folder_has_its_contracts_in_it() {
        var base = story.commit(List.of(), Map.of("shop/A.java", "a", "A.java", "not this"));
        story.given(plan.submitted(base, "shop", "", code("A.java", "a")));

        story.given(plan.contract("c", "Links", 1, Map.of("src/Links.java", "links", "A.java", "x")));

        assertThat(story.git("show", "--name-only", "--format=", "line")).isEqualTo("shop/src/Links.java");
    }

    @Test
    void a_submission_whose_code_is_not_there_is_set_aside_and_can_come_again() throws IOException {
        var base = story.commit(List.of(), Map.of("A.java", "a"));
        var beside = story.commit(List.of(), Map.of("B.java", "b"));
        var code = story.code();
        var hole = new io.taskweaver.model.EntryChange(
                "B.java", Optional.empty(), Optional.of(new FileEntry(FileEntry.FILE, "ab".repeat(20), 1)));
        var holes = code.commit(code.edit(code.emptyTree(), List.of(hole)), List.of(), "holes", PlanEvents.OCCURRED);

        story.given(plan.created())
                .when(
                        plan.submitted("ab".repeat(20), "", ""),
                        plan.submitted(code.treeOf(base), "", ""),
                        plan.submitted(holes, "", ""),
                        plan.submitted(base, "", beside));

        assertThat(story.deadLetters())
                .hasSize(4)
                .allSatisfy(letter -> assertThat(letter.getReason()).isEqualTo(DeadLetters.INVALID));
        assertThat(story.context()).isInstanceOf(QueryResult.TooEarly.class);
        story.given(plan.submitted(base, "", ""));
        assertThat(found(story.context()).files()).isEqualTo(Map.of("A.java", "a"));
    }

    @Test
    void a_resolution_of_a_resolution_stands_for_all_that_it_resolves() {
        story.given(
                plan.submitted(code("A.java", "base")),
                plan.completed("api", 1, file("A.java", "base", "mine")),
                plan.completed("store", 1, file("A.java", "base", "other")),
                plan.reconcile("store-reconcile-1", "store"),
                plan.withdrawn("store", 1),
                plan.completed("ui", 1, file("A.java", "mine", "newer")),
                plan.completed("store-reconcile-1", 1, file("A.java", "mine", "both")),
                plan.reconcile("store-reconcile-1-reconcile-1", "store-reconcile-1"));
        assertThat(story.stored().settlement(new TaskId("store-reconcile-1")))
                .containsInstanceOf(Settlement.Conflicted.class);

        story.when(plan.completed("store-reconcile-1-reconcile-1", 1, file("A.java", "newer", "all")));

        assertThat(story.merged()).hasSize(1);
        for (var task : List.of("store", "store-reconcile-1", "store-reconcile-1-reconcile-1"))
            assertThat(story.stored().settlement(new TaskId(task))).containsInstanceOf(Settlement.Merged.class);
        assertThat(story.stored().contributors("A.java").stream().map(TaskId::value))
                .contains("api", "ui", "store", "store-reconcile-1");
    }

    private static List<String> conflicts(List<MergeConflicted> events) {
        return events.stream()
                .flatMap(event -> event.getConflicts().stream())
                .map(FileConflict::getPath)
                .toList();
    }
}
