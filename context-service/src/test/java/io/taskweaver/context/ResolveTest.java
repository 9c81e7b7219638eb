package io.taskweaver.context;

import static io.taskweaver.context.PlanEvents.code;
import static io.taskweaver.context.PlanEvents.file;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.events.CodeResult;
import io.taskweaver.events.ContextMerged;
import io.taskweaver.events.FileConflict;
import io.taskweaver.events.MergeConflicted;
import io.taskweaver.events.NodeKind;
import io.taskweaver.events.ResolutionSide;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.PlanEvent.CodeObjects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Conflicts that a person settles. */
class ResolveTest {
    private static final String LIST = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";

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

    /** The result of b contradicts that of a in the first line; a has a line in the middle besides, b a last one and a file. */
    private Story conflict(@Nullable String verify, String... reviews) {
        story.given(
                plan.reviewed(verify, List.of(reviews), code("list.txt", LIST)),
                plan.created(),
                plan.planned("a"),
                plan.planned("b"),
                plan.planned("c"));
        story.given(plan.completed(
                        "a",
                        1,
                        file("list.txt", LIST, LIST.replace("1\n", "A\n").replace("5\n", "five\n")))
                .from(0));
        var edited = LIST.replace("1\n", "B\n").replace("9\n", "nine\n");
        story.when(plan.completed("b", 1, file("list.txt", LIST, edited), file("beside.txt", null, "b"))
                .from(0));
        return story;
    }

    private List<String> merged() {
        return story.merged().stream().map(ContextMerged::getTaskId).toList();
    }

    private String head(String path) {
        return story.git("show", story.line().getFirst() + ":" + path);
    }

    @Test
    void where_it_conflicts_the_side_of_the_task_counts_and_nothing_else_that_is_merged_is_lost() {
        conflict(null);
        assertThat(story.conflicted()).hasSize(1);

        story.when(plan.resolved("b", 2, ResolutionSide.THEIRS));

        assertThat(merged()).contains("b");
        assertThat(head("list.txt")).startsWith("B").contains("five").endsWith("nine");
        assertThat(head("beside.txt")).isEqualTo("b");
        assertThat(story.git("log", "-1", "--format=%B", story.line().getFirst()))
                .contains("Settled-by: Ada", "Attempt: 2")
                .doesNotContain("Agent:");
        assertThat(story.stored().head().orElseThrow().queue().reservations()).isEmpty();
    }

    @Test
    void or_that_of_the_plan_and_the_rest_of_the_result_is_merged() {
        conflict(null).when(plan.resolved("b", 2, ResolutionSide.OURS));

        assertThat(head("list.txt")).startsWith("A").contains("five").endsWith("nine");
        assertThat(head("beside.txt")).isEqualTo("b");
    }

    @Test
    void files_of_a_person_come_as_a_commit_on_the_head() {
        conflict(null);
        var head = story.line().getFirst();
        var commit = story.commit(List.of(head), Map.of("list.txt", "A and B\n", "beside.txt", "b\n"));
        var made = CodeResult.newBuilder()
                .setCommit(commit)
                .setParent(head)
                .setTree(story.git("rev-parse", commit + "^{tree}").strip())
                .build();

        story.when(plan.resolved("b", 2, ResolutionSide.FILES, made));

        assertThat(head("list.txt")).isEqualTo("A and B");
        assertThat(merged()).contains("b");
    }

    @Test
    void it_is_verified_like_any_other_result_and_not_reviewed() {
        conflict("npm test", "work");
        story.given(plan.approved("a", 1), plan.approved("b", 1));

        story.when(plan.resolved("b", 2, ResolutionSide.THEIRS));

        assertThat(story.requested())
                .singleElement()
                .satisfies(asked -> assertThat(asked.getResults()).containsExactly("b"));
    }

    @Test
    void what_was_to_reconcile_it_is_not_merged_any_more() {
        conflict(null).given(plan.resolved("b", 2, ResolutionSide.THEIRS));

        story.when(
                plan.reconcile("b-reconcile-1", "b"),
                plan.completed("b-reconcile-1", 1, file("list.txt", null, "of an agent")));

        assertThat(merged()).isEmpty();
        assertThat(head("list.txt")).startsWith("B");
        assertThat(story.conflicted()).isEmpty();
    }

    @Test
    void a_reconciled_result_that_waits_for_review_makes_room() {
        conflict(null, "reconcile");
        story.given(plan.reconcile("b-reconcile-1", "b"));
        story.given(plan.completed("b-reconcile-1", 1, file("list.txt", null, "of an agent")));
        assertThat(story.stored().head().orElseThrow().queue().inReview()).hasSize(1);

        story.when(plan.resolved("b", 2, ResolutionSide.THEIRS), plan.approved("b-reconcile-1", 1));

        assertThat(merged()).containsExactly("b");
        assertThat(head("list.txt")).startsWith("B");
    }

    @Test
    void another_instance_merges_it_and_a_repetition_changes_nothing(@TempDir Path other) throws Exception {
        conflict("npm test");
        story.given(plan.resolved("b", 2, ResolutionSide.THEIRS));
        story = story.moved(other);

        story.when(plan.resolved("b", 2, ResolutionSide.THEIRS));
        assertThat(story.requested()).as("asked again").hasSize(1);
        story.when(plan.task("verify-1").setKind(NodeKind.VERIFY).build(), plan.completed("verify-1", 1));

        assertThat(merged()).contains("b");
        assertThat(head("list.txt")).startsWith("B");
        int commits = story.line().size();
        story.when(plan.resolved("b", 2, ResolutionSide.THEIRS));
        assertThat(story.line()).hasSize(commits);
    }

    /** The state is stored, and none of what was sent arrived: another instance takes over. */
    private void crash(Path folder) throws IOException {
        story = story.movedWithout(story.sent(), folder);
    }

    @ParameterizedTest
    @EnumSource(names = {"OURS", "THEIRS"})
    void a_side_that_a_crash_lost_is_made_again_whatever_comes_first(ResolutionSide side, @TempDir Path other)
            throws Exception {
        conflict("npm test").given();
        var events = List.<SpecificRecord>of(
                plan.planned("d"), plan.resolved("b", 2, side), plan.completed("c", 1), plan.resolved("b", 2, side));
        story.when(events.get(1));
        var waiting = story.stored().waiting(new TaskId("b")).orElseThrow();
        crash(other);

        for (var event : events) story.when(event);

        assertThat(story.deadLetters()).isEmpty();
        assertThat(story.stored().waiting(new TaskId("b"))).contains(waiting);
        assertThat(story.sent())
                .extracting(CodeObjects::commit)
                .contains(waiting.code().orElseThrow().commit());
        var asked = story.requested().getLast().getTaskId();
        story.when(plan.task(asked).setKind(NodeKind.VERIFY).build(), plan.completed(asked, 1));
        assertThat(merged()).contains("b");
        assertThat(head("list.txt")).startsWith(side == ResolutionSide.OURS ? "A" : "B");
    }

    @Test
    void a_merged_side_that_a_crash_lost_is_the_same_commit_again(@TempDir Path other) throws Exception {
        conflict(null).given();
        story.when(plan.resolved("b", 2, ResolutionSide.THEIRS));
        var line = story.line();
        crash(other);

        story.when(plan.completed("c", 1, file("c.txt", null, "c")).from(0));
        story.when(plan.resolved("b", 2, ResolutionSide.THEIRS));

        assertThat(story.deadLetters()).isEmpty();
        assertThat(merged()).containsExactly("c", "b");
        assertThat(story.line()).endsWith(line.toArray(String[]::new)).hasSize(line.size() + 1);
        assertThat(story.git("fsck", "--strict", "--no-dangling", "--no-progress"))
                .isEmpty();
        assertThat(story.sent()).extracting(CodeObjects::commit).contains(line.getFirst());
    }

    @Test
    void a_side_that_cannot_be_made_again_is_tried_once(@TempDir Path other) throws Exception {
        conflict("npm test");
        story.when(plan.resolved("b", 2, ResolutionSide.THEIRS));
        // The head on which it was made is lost, too.
        crash(other);

        story.when(plan.planned("d"), plan.planned("e"), plan.planned("f"));

        assertThat(story.stored().tasks()).hasSize(6);
        assertThat(story.missed()).doesNotHaveDuplicates().isNotEmpty();
    }

    @Test
    void a_side_is_made_again_in_the_words_of_the_version_that_made_it() throws Exception {
        conflict("npm test").when(plan.resolved("b", 2, ResolutionSide.THEIRS));
        var side = story.stored().sideTaken(new TaskId("b")).orElseThrow();
        assertThat(side.words()).contains(side.resolved().resolution().words());

        var reworded = new SideTaken(side.resolved(), side.code(), side.head(), "In other words.");
        var made = reworded.made(story.code());

        assertThat(made.summary()).isEqualTo("In other words.");
        assertThat(story.git(
                        "log", "-1", "--format=%B", made.code().orElseThrow().commit()))
                .startsWith("In other words.");
    }

    private MergeConflicted refusal() {
        var conflicts = story.conflicted();
        assertThat(story.deadLetters()).isEmpty();
        assertThat(conflicts).isNotEmpty();
        return conflicts.getLast();
    }

    @Test
    void where_no_file_conflicts_there_are_no_sides() {
        conflict(null).when(plan.resolved("c", 2, ResolutionSide.OURS));

        assertThat(refusal().getRefused()).contains("there are no sides");
    }

    @ParameterizedTest
    @CsvSource({
        "the commit is missing,  1111111111111111111111111111111111111111, '', is not on the topic",
        "the tree is another,    '', 1111111111111111111111111111111111111111, does not describe its commit",
    })
    void what_cannot_be_merged_is_refused_and_the_conflict_stays_open(
            String what, String commit, String tree, String why) {
        conflict(null).given();
        var head = story.line().getFirst();
        var there = story.commit(List.of(head), Map.of("list.txt", "A and B\n"));
        var made = CodeResult.newBuilder()
                .setCommit(commit.isEmpty() ? there : commit)
                .setParent(head)
                .setTree(
                        tree.isEmpty()
                                ? story.git("rev-parse", there + "^{tree}").strip()
                                : tree)
                .build();

        story.when(
                plan.resolved("b", 2, ResolutionSide.FILES, made), plan.resolved("b", 2, ResolutionSide.FILES, made));

        var refused = refusal();
        assertThat(refused.getAttempt()).isEqualTo(2);
        assertThat(refused.getRefused()).contains(why);
        assertThat(refused.getConflicts()).extracting(FileConflict::getPath).containsExactly("list.txt");
        assertThat(story.stored().head().orElseThrow().queue().waiting()).isEmpty();

        story.when(plan.resolved("b", 3, ResolutionSide.THEIRS));
        assertThat(merged()).containsExactly("b");
        assertThat(head("list.txt")).startsWith("B");
    }

    @Test
    void after_a_refusal_an_agent_may_reconcile_the_result() {
        conflict(null).given();
        story.given(plan.resolved("b", 2, ResolutionSide.FILES, missing()));

        story.when(
                plan.completed("c", 1, file("list.txt", LIST, LIST.replace("5\n", "five\n")))
                        .from(0),
                plan.reconcile("b-reconcile-2", "b"));
        assertThat(merged()).as("its files are reserved").isEmpty();
        story.when(plan.completed("b-reconcile-2", 1, file("list.txt", LIST.replace("1\n", "A\n"), LIST))
                .from(1));

        assertThat(merged()).contains("b-reconcile-2", "c");
        assertThat(story.stored().head().orElseThrow().queue().reservations()).isEmpty();
    }

    private static CodeResult missing() {
        return CodeResult.newBuilder()
                .setCommit("1".repeat(40))
                .setParent("1".repeat(40))
                .setTree("1".repeat(40))
                .build();
    }

    @Test
    void a_reconciled_result_that_waits_goes_with_a_refusal_and_the_next_one_counts() {
        conflict("npm test").given(plan.reconcile("b-reconcile-1", "b"));
        story.given(plan.completed("c", 1, file("c.txt", null, "c")).from(1));
        story.when(plan.completed("b-reconcile-1", 1, file("list.txt", LIST.replace("1\n", "A\n"), "of an agent"))
                .from(1));
        var asked = story.requested().getLast();
        assertThat(asked.getResults()).contains("b-reconcile-1");

        story.when(
                plan.resolved("b", 2, ResolutionSide.FILES, missing()),
                plan.task(asked.getTaskId()).setKind(NodeKind.VERIFY).build(),
                plan.completed(asked.getTaskId(), 1));

        assertThat(merged()).doesNotContain("b", "b-reconcile-1");
        var queue = story.stored().head().orElseThrow().queue();
        assertThat(queue.waiting()).isEmpty();
        assertThat(queue.reservations())
                .containsExactly(new MergeQueue.Reservation(new TaskId("b"), 2, List.of("list.txt")));

        story.when(
                plan.reconcile("b-reconcile-2", "b"),
                plan.completed("b-reconcile-2", 1, file("list.txt", LIST.replace("1\n", "A\n"), "of another"))
                        .from(2));
        assertThat(merged()).containsExactly("b-reconcile-2");
        assertThat(head("list.txt")).isEqualTo("of another");
        assertThat(story.stored().head().orElseThrow().queue().reservations()).isEmpty();
    }
}
