package io.taskweaver.context;

import static io.taskweaver.context.PlanEvents.code;
import static io.taskweaver.context.PlanEvents.file;
import static io.taskweaver.context.Story.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.contexts.ResultPaths;
import io.taskweaver.events.DeadLetter;
import io.taskweaver.events.EntryChange;
import io.taskweaver.events.FileConflict;
import io.taskweaver.model.TaskId;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.Rights;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.TraceContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextTopologyTest {
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
    void it_reads_and_writes_what_it_has_the_right_to_and_nothing_else() {
        story.when(
                        plan.verified(false, code("A.java", "base")),
                        plan.created(),
                        plan.planned("api"),
                        plan.completed("api", 1, file("A.java", "base", "mine")),
                        plan.completed("store", 1, file("A.java", "base", "other")),
                        plan.completed("ui", 1, file("B.java", null, "b")).from(0))
                .send(Topics.PLAN_CREATED, new byte[] {1});

        assertThat(Story.sources())
                .isEqualTo(Rights.CONTEXT.reads().stream()
                        .filter(topic -> !topic.equals(Topics.CODE_OBJECTS))
                        .map(Topic::name)
                        .collect(Collectors.toSet()));
        assertThat(story.written())
                .isEqualTo(Rights.CONTEXT.writes().stream()
                        // REST writes it.
                        .filter(topic -> !topic.equals(Topics.CONTEXT_COMMANDS))
                        .map(Topic::name)
                        .collect(Collectors.toSet()));
    }

    @Test
    void a_result_is_merged_and_announced() {
        story.given(plan.submitted(), plan.created()).when(plan.completed("api", 1, file("A.java", null, "a")));

        assertThat(story.merged()).singleElement().satisfies(merged -> {
            assertThat(merged.getTaskId()).isEqualTo("api");
            assertThat(merged.getAttempt()).isEqualTo(1);
            assertThat(merged.getContextVersion()).isEqualTo(1);
            assertThat(merged.getChanges()).extracting(EntryChange::getPath).containsExactly("A.java");
            assertThat(merged.getCommit()).isEqualTo(story.line().getFirst());
            assertThat(merged.getParent()).isEqualTo(story.line().getLast());
            assertThat(merged.getTree()).isEqualTo(found(story.context()).tree());
            assertThat(merged.getUnited()).isEmpty();
            assertThat(merged.getMeta().getPlanId()).isEqualTo("p1");
            assertThat(merged.getMeta().getCausationId()).isEqualTo("p1-completed-api-1");
        });
        assertThat(found(story.context()).files()).isEqualTo(Map.of("A.java", "a"));
    }

    @Test
    void a_result_of_an_attempt_that_was_not_ordered_is_set_aside_and_not_merged() {
        var result = plan.completed("api", 1, file("A.java", null, "a")).with(event -> event.setTicket(null));
        var ofAnotherTask = result.with(event -> event.setTicket(PlanEvents.TICKETS.of("p1", "store", 1)));

        story.given(plan.submitted(), plan.created()).when(result, ofAnotherTask);

        assertThat(story.merged()).isEmpty();
        assertThat(found(story.context()).files()).isEmpty();
        assertThat(story.deadLetters())
                .extracting(DeadLetter::getReason)
                .containsExactly(DeadLetters.UNTICKETED, DeadLetters.UNTICKETED);
        assertThat(story.tally()).endsWith(DeadLetters.UNTICKETED, DeadLetters.UNTICKETED);
        story.when(plan.completed("api", 1, file("A.java", null, "b")));
        assertThat(story.merged()).hasSize(1);
    }

    @Test
    void a_file_that_cannot_be_beside_one_of_another_task_is_a_conflict() {
        story.given(
                plan.submitted(code("docs/Guide.md", "g")),
                plan.created(),
                plan.completed("api", 1, file("src/Main.java", null, "a"), file("lib", null, "text")));

        story.when(
                plan.completed("twin", 1, file("src/main.java", null, "b")),
                plan.completed("inside", 1, file("lib/x.java", null, "b")).from(0),
                plan.completed("over", 1, file("SRC", null, "b")),
                plan.completed("code", 1, file("DOCS/guide.md", null, "b")));

        assertThat(story.merged()).isEmpty();
        assertThat(story.conflicted())
                .extracting(conflict -> conflict.getConflicts().getFirst().getPath())
                .containsExactly("src/Main.java", "lib", "src", "docs/guide.md");
        story.given(plan.withdrawn("twin", 1), plan.withdrawn("over", 1));
        story.when(plan.completed(
                "moved",
                1,
                file("src/Main.java", "a", null),
                file("src/main.java", null, "b"),
                file("libs", null, "c")));
        assertThat(story.merged()).hasSize(1);
    }

    @Test
    void what_comes_of_a_result_belongs_to_its_trace_or_else_to_that_of_its_plan() {
        var trace = new TraceContext(
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", Optional.of("vendor=1"), Optional.empty());
        story.given(plan.submitted(), plan.created()).when(plan.completed("api", 1, file("A.java", null, "a")));
        story.trace(trace)
                .when(plan.completed("store", 1, file("A.java", null, "b")))
                .send(Topics.TASK_COMPLETED, new byte[] {1, 2, 3});

        assertThat(story.traces(Topics.CONTEXT_MERGED)).containsExactly(Optional.of(TraceContext.ofPlan("p1")));
        assertThat(story.traces(Topics.MERGE_CONFLICTED)).containsExactly(Optional.of(trace));
        assertThat(story.traces(Topics.DEAD_LETTERS)).containsExactly(Optional.of(trace));
    }

    @Test
    void a_repeated_result_is_announced_again_as_the_same_event_and_changes_nothing() {
        story.given(plan.submitted())
                .when(
                        plan.completed("api", 1, file("A.java", null, "a")),
                        plan.completed("store", 1, file("B.java", null, "b")),
                        plan.completed("api", 1, file("A.java", null, "a")));

        var merged = story.merged();
        assertThat(merged).hasSize(3);
        assertThat(merged.get(2).getMeta().getEventId())
                .isEqualTo(merged.get(0).getMeta().getEventId());
        assertThat(merged.get(2).getContextVersion()).isEqualTo(1);
        assertThat(found(story.context()).version()).isEqualTo(2);
    }

    @Test
    void a_late_attempt_changes_nothing_and_the_merged_one_is_announced_again() {
        story.given(plan.submitted(), plan.completed("api", 2, file("A.java", null, "second")))
                .when(plan.completed("api", 1, file("A.java", null, "first")));

        assertThat(story.merged())
                .singleElement()
                .satisfies(merged -> assertThat(merged.getAttempt()).isEqualTo(2));
        assertThat(found(story.context()).files()).isEqualTo(Map.of("A.java", "second"));
    }

    @Test
    void edits_of_different_lines_are_both_kept() {
        story.given(plan.submitted(code("A.java", "1\n2\n3\n")))
                .when(
                        plan.completed("api", 1, file("A.java", "1\n2\n3\n", "one\n2\n3\n")),
                        plan.completed("store", 1, file("A.java", "1\n2\n3\n", "1\n2\nthree\n")));

        assertThat(found(story.context()).files()).isEqualTo(Map.of("A.java", "one\n2\nthree\n"));
    }

    @Test
    void a_contradicting_result_is_announced_with_its_paths_and_who_changed_them() {
        story.given(plan.submitted(code("A.java", "base")), plan.completed("api", 1, file("A.java", "base", "mine")))
                .when(plan.completed("store", 1, file("A.java", "base", "other"), file("B.java", null, "b")));

        assertThat(story.merged()).isEmpty();
        assertThat(story.sent()).isEmpty();
        assertThat(story.conflicted()).singleElement().satisfies(conflicted -> {
            assertThat(conflicted.getTaskId()).isEqualTo("store");
            assertThat(conflicted.getConflicts())
                    .containsExactly(FileConflict.newBuilder()
                            .setPath("A.java")
                            .setContributors(List.of("api"))
                            .build());
        });
        assertThat(found(story.context()).files()).isEqualTo(Map.of("A.java", "mine"));
    }

    @Test
    void a_conflict_with_more_contributors_than_fit_into_a_message_names_its_files() {
        var tasks = IntStream.range(0, 100_000)
                .mapToObj(number -> new TaskId("t".repeat(90) + number))
                .toList();
        var few = conflict(tasks.subList(0, 3));

        assertThat(MergeEvents.fitting(List.of(few))).containsExactly(few);
        assertThat(MergeEvents.fitting(List.of(conflict(tasks)))).containsExactly(conflict(List.of()));
    }

    private static io.taskweaver.model.FileConflict conflict(List<TaskId> contributors) {
        return new io.taskweaver.model.FileConflict(
                "A.java", Optional.empty(), Optional.empty(), Optional.empty(), contributors);
    }

    @Test
    void a_resolution_is_merged_and_stands_for_the_conflicted_task() {
        story.given(
                        plan.submitted(code("A.java", "base")),
                        plan.created(),
                        plan.completed("api", 1, file("A.java", "base", "mine")),
                        plan.completed("store", 1, file("A.java", "base", "other"), file("B.java", null, "b")),
                        plan.reconcile("store-reconcile-1", "store"),
                        plan.planned("user", PlanEvents.resultOf("store")))
                .when(plan.completed(
                        "store-reconcile-1", 1, file("A.java", "mine", "both"), file("B.java", null, "b")));

        assertThat(story.merged()).singleElement().satisfies(merged -> {
            assertThat(merged.getTaskId()).isEqualTo("store-reconcile-1");
            assertThat(merged.getChanges()).extracting(EntryChange::getPath).containsExactly("A.java", "B.java");
        });
        assertThat(found(story.isolated("user")).files()).isEqualTo(Map.of("A.java", "both", "B.java", "b"));
        assertThat(story.stored().settlement(new TaskId("store")))
                .containsInstanceOf(Settlement.Merged.class)
                .get()
                .extracting(Settlement::attempt)
                .isEqualTo(1);
    }

    @Test
    void a_resolution_with_a_shortened_id_finds_its_task_by_its_need() {
        story.given(
                        plan.submitted(),
                        plan.completed("api", 1, file("A.java", null, "mine")),
                        plan.completed("store", 1, file("A.java", null, "other"), file("B.java", null, "b")),
                        plan.reconcile("sto-1a2b-reconcile-1", "store"))
                .when(plan.completed(
                        "sto-1a2b-reconcile-1", 1, file("A.java", "mine", "both"), file("B.java", null, "b")));

        assertThat(found(story.context()).files()).isEqualTo(Map.of("A.java", "both", "B.java", "b"));
        assertThat(story.stored().settlement(new TaskId("store"))).containsInstanceOf(Settlement.Merged.class);
    }

    @Test
    void files_of_a_contract_are_merged_and_follow_its_versions() {
        story.given(
                plan.submitted(),
                plan.contract("c", "Links", 1, Map.of("Links.java", "one", "Old.java", "old")),
                plan.contract("c", "Links", 2, Map.of("Links.java", "two")));

        assertThat(found(story.context()).files()).isEqualTo(Map.of("Links.java", "two"));
        story.given(plan.contract("c", "Links", 1, Map.of("Links.java", "one")));
        assertThat(found(story.context()).files()).isEqualTo(Map.of("Links.java", "two"));
    }

    @Test
    void a_plan_submitted_again_keeps_its_code_base() {
        story.given(plan.submitted(code("A.java", "a")), plan.completed("api", 1, file("A.java", "a", "merged")));
        story.given(plan.submitted(code("A.java", "edited since")));

        assertThat(found(story.context()).files()).isEqualTo(Map.of("A.java", "merged"));
    }

    @Test
    void topics_may_be_read_in_any_order_after_a_start() {
        story.given(
                plan.planned("api"),
                plan.contract("c", "Links", 1, Map.of("Links.java", "one")),
                plan.created(),
                plan.submitted(code("A.java", "a")));

        assertThat(found(story.isolated("api")).planTitle()).isEqualTo("Short links");
        assertThat(found(story.context()).files()).isEqualTo(Map.of("Links.java", "one", "A.java", "a"));
        assertThat(story.line()).hasSize(2);
    }

    @Test
    void a_result_of_an_unknown_plan_is_set_aside() {
        story.when(plan.completed("api", 1));

        assertThat(story.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.getReason()).isEqualTo("unknown-plan");
            assertThat(letter.getService()).isEqualTo("context");
            assertThat(letter.getTopic()).isEqualTo("test-task-completed");
            assertThat(letter.getKey()).isEqualTo("p1");
        });
        assertThat(story.merged()).isEmpty();
    }

    @Test
    void undecodable_bytes_on_any_topic_are_set_aside_untouched_and_the_next_record_is_taken() {
        var garbage = "no Avro".getBytes(StandardCharsets.UTF_8);
        for (var topic : ContextTopology.inputs()) story.send(topic, garbage);
        story.when(plan.submitted(), plan.completed("api", 1));

        assertThat(story.deadLetters()).hasSize(ContextTopology.inputs().size()).allSatisfy(letter -> {
            assertThat(letter.getReason()).isEqualTo("undecodable");
            assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(garbage));
            assertThat(letter.getCause()).isNotBlank();
        });
        assertThat(story.merged()).hasSize(1);
    }

    @Test
    void a_result_and_a_contract_with_too_many_files_are_set_aside_with_the_limit_named() {
        int tooMany = ResultPaths.MOST_FILES + 1;
        var files = IntStream.range(0, tooMany)
                .mapToObj(number -> file("f" + number, null, "x"))
                .toArray(Edit[]::new);
        var artifacts =
                IntStream.range(0, tooMany).boxed().collect(Collectors.toMap(number -> "f" + number, number -> "x"));

        story.given(plan.submitted()).when(plan.completed("api", 1, files), plan.contract("c", "Links", 1, artifacts));

        assertThat(story.merged()).isEmpty();
        assertThat(story.deadLetters()).hasSize(2).allSatisfy(letter -> {
            assertThat(letter.getReason()).isEqualTo(DeadLetters.INVALID);
            assertThat(letter.getCause()).contains("20001 files", "the limit is 20000");
        });
    }

    @Test
    void what_a_crash_left_half_done_is_not_there() {
        story.given(plan.submitted(code("A.java", "a")), plan.completed("api", 1, file("A.java", "a", "b")));
        var beforeCrash = story.context();
        var orphan = new MergedFile("A.java", Optional.empty(), List.of(new TaskId("store")));
        new Writes(Story.PLAN)
                .files(List.of(orphan), 2)
                .commit(2, "ab".repeat(20), Optional.empty())
                .applyTo(story.store());
        assertThat(story.context()).isEqualTo(beforeCrash);
        assertThat(story.context(2)).isInstanceOf(QueryResult.TooEarly.class);

        Repair.of(Story.PLAN, story.store());
        assertThat(story.stored().file("A.java", 2))
                .get()
                .extracting(MergedFile::contributors)
                .isEqualTo(List.of(new TaskId("api")));
        story.when(plan.completed("other", 1, file("B.java", null, "b")));

        assertThat(found(story.context()).files()).isEqualTo(Map.of("A.java", "b", "B.java", "b"));
    }

    @Test
    void settlements_that_a_crash_kept_only_in_the_head_are_written_again() {
        story.given(plan.submitted(), plan.completed("api", 1, file("A.java", null, "a")));
        story.store().delete(Keys.settlement(Story.PLAN, new TaskId("api")));

        Repair.of(Story.PLAN, story.store());
        story.when(plan.completed("api", 1, file("A.java", null, "a")));

        assertThat(found(story.context()).version()).isEqualTo(1);
        assertThat(story.merged()).hasSize(1);
    }

    @Test
    void a_repair_leaves_the_conflict_of_a_newer_attempt_alone() {
        story.given(
                plan.submitted(),
                plan.completed("api", 1, file("A.java", null, "a")),
                plan.completed("api", 2, file("A.java", "x", "y"), file("Links.java", "gone", "y")));

        Repair.of(Story.PLAN, story.store());

        assertThat(story.stored().settlement(new TaskId("api"))).containsInstanceOf(Settlement.Conflicted.class);
    }

    @Test
    void the_outcome_of_each_record_is_told() {
        story.when(
                plan.submitted(),
                plan.completed("api", 1, file("A.java", null, "a")),
                plan.completed("store", 1, file("A.java", null, "b")),
                new PlanEvents("unknown").completed("x", 1));

        assertThat(story.tally()).containsExactly("accepted", "merged", "conflicted", "unknown-plan");
    }
}
