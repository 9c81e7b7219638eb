package io.taskweaver.context;

import static io.taskweaver.context.PlanEvents.code;
import static io.taskweaver.context.PlanEvents.file;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.events.ContextMerged;
import io.taskweaver.events.MergeConflicted;
import io.taskweaver.events.NodeKind;
import io.taskweaver.model.CodeAt;
import io.taskweaver.model.IsolatedContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that wait: for the plan's command, or for files that are being reconciled. */
class MergeQueueTest {
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

    private Story begun(boolean allowFailingBase) {
        return story.given(
                plan.verified(allowFailingBase, code("list.txt", "1\n2\n3\n4\n5\n6\n7\n8\n9\n")),
                plan.created(),
                plan.planned("a"),
                plan.planned("b"),
                plan.planned("c"),
                plan.planned("d"));
    }

    private List<String> merged() {
        return story.merged().stream().map(ContextMerged::getTaskId).toList();
    }

    private List<String> rejected() {
        return story.conflicted().stream().map(MergeConflicted::getTaskId).toList();
    }

    @Test
    void a_result_that_was_verified_on_the_head_is_merged_at_once() {
        begun(false).when(plan.completed("a", 1, file("A.txt", null, "a")));

        assertThat(merged()).containsExactly("a");
        assertThat(story.requested()).isEmpty();
    }

    @Test
    void results_that_met_a_newer_head_are_verified_together_and_merged_together() {
        begun(false).given(plan.completed("a", 1, file("A.txt", null, "a")).from(0));
        story.when(plan.completed("b", 1, file("B.txt", null, "b")).from(0));

        var first = story.requested();
        assertThat(first).hasSize(1);
        assertThat(first.getFirst().getResults()).containsExactly("b");
        assertThat(merged()).isEmpty();
        story.when(
                plan.completed("c", 1, file("C.txt", null, "c")).from(0),
                plan.completed("d", 1, file("D.txt", null, "d")).from(0));
        assertThat(story.requested()).as("one at a time").isEmpty();
        assertThat(story.line()).as("the head does not move before").hasSize(2);

        story.when(verification(first.getFirst().getTaskId()), plan.completed("verify-1", 1));

        assertThat(merged()).containsExactlyInAnyOrder("verify-1", "b");
        assertThat(story.line().getFirst()).isEqualTo(first.getFirst().getCommit());
        var second = story.requested();
        assertThat(second)
                .singleElement()
                .satisfies(asked -> assertThat(asked.getResults()).containsExactly("c", "d"));

        story.when(verification("verify-2"), plan.completed("verify-2", 1));

        assertThat(merged()).containsExactly("verify-2", "c", "d");
        assertThat(story.line().getFirst()).isEqualTo(second.getFirst().getCommit());
        assertThat(found("e")).isNotNull();
    }

    @Test
    void of_results_that_fail_together_the_one_to_blame_is_found_and_the_others_are_merged() {
        begun(false).given(plan.completed("a", 1, file("A.txt", null, "a")).from(0));
        story.given(plan.completed("b", 1, file("B.txt", null, "b")).from(0));
        story.given(
                plan.completed("c", 1, file("C.txt", null, "c")).from(0),
                plan.completed("d", 1, file("D.txt", null, "d")).from(0));
        story.when(verification("verify-1"), plan.failed("verify-1", 1, "'npm test' failed.", "b is wrong"));

        assertThat(rejected()).containsExactly("b");
        assertThat(story.requested())
                .singleElement()
                .satisfies(asked -> assertThat(asked.getResults()).containsExactly("c", "d"));
        story.given(verification("verify-2"), plan.failed("verify-2", 1, "'npm test' failed.", "d is wrong"));
        assertThat(story.stored()
                        .head()
                        .orElseThrow()
                        .queue()
                        .batch()
                        .orElseThrow()
                        .results())
                .as("half of them")
                .hasToString("[c]");

        story.when(verification("verify-3"), plan.completed("verify-3", 1));

        assertThat(merged()).containsExactly("verify-3", "c");
        assertThat(story.conflicted()).as("without another run").singleElement().satisfies(d -> {
            assertThat(d.getTaskId()).isEqualTo("d");
            assertThat(d.getConflicts()).isEmpty();
            assertThat(d.getReason())
                    .contains("'npm test' failed.", story.line().getFirst());
        });
        assertThat(story.requested()).isEmpty();
        assertThat(story.line()).hasSize(3);
    }

    @Test
    void a_contract_in_between_makes_the_verdict_void() {
        begun(false).given(plan.completed("a", 1, file("A.txt", null, "a")).from(0));
        story.given(plan.completed("b", 1, file("B.txt", null, "b")).from(0));
        story.given(plan.contract("k", "Links", 1, Map.of("Links.java", "interface Links {}")));

        story.when(verification("verify-1"), plan.completed("verify-1", 1));

        assertThat(merged()).containsExactly("verify-1");
        assertThat(story.requested())
                .singleElement()
                .satisfies(asked -> assertThat(asked.getResults()).containsExactly("b"));
    }

    @Test
    void what_verifies_is_given_the_code_with_the_results_and_what_fails_on_it_anyway() {
        begun(true);
        story.given(verification("verify-base"), plan.failed("verify-base", 1, "no", "old failure"));
        assertThat(story.stored().head().orElseThrow().queue().failures()).containsExactly("old failure");
        assertThat(found("a").knownFailures()).containsExactly("old failure");
        story.given(plan.completed("a", 1, file("A.txt", null, "a"))
                .from(0)
                .with(event -> event.setFailures(List.of("old failure"))));
        story.when(plan.completed("b", 1, file("B.txt", null, "b")).from(0));

        var asked = story.requested().getFirst();
        story.given(verification("verify-1"), verification("verify-head"));
        assertThat(found("verify-1").code().map(CodeAt::commit)).contains(asked.getCommit());
        assertThat(found("verify-1").knownFailures()).containsExactly("old failure");
        assertThat(found("verify-head").knownFailures())
                .as("its end may not fail")
                .isEmpty();
    }

    @Test
    void a_base_that_fails_is_refused_unless_that_is_allowed() {
        begun(false).when(verification("verify-base"), plan.failed("verify-base", 1, "'npm test' failed.", "x"));

        assertThat(story.conflicted()).singleElement().satisfies(refused -> {
            assertThat(refused.getTaskId()).isEqualTo("verify-base");
            assertThat(refused.getReason()).isEqualTo("'npm test' failed.");
        });
    }

    @Test
    void a_head_that_is_known_to_pass_is_not_verified_again() {
        begun(false).given(plan.completed("a", 1, file("A.txt", null, "a")), verification("verify-head"));

        assertThat(found("verify-head").code().map(CodeAt::verified)).contains(true);

        story.given(plan.contract("k", "Links", 1, Map.of("Links.java", "interface Links {}")));

        assertThat(found("verify-head").code().map(CodeAt::verified)).contains(false);
    }

    @Test
    void an_outcome_that_comes_again_is_answered_again() {
        begun(false).given(plan.completed("a", 1, file("A.txt", null, "a")).from(0));
        var b = plan.completed("b", 1, file("B.txt", null, "b")).from(0);
        story.given(b);

        story.when(b);
        assertThat(story.requested()).as("it may have been lost").hasSize(1);
        story.given(verification("verify-1"), plan.completed("verify-1", 1));
        story.when(b, plan.completed("verify-1", 1));

        assertThat(merged()).containsExactly("b", "verify-1");
        assertThat(story.line()).hasSize(3);
    }

    @Test
    void what_the_attempt_of_another_task_fails_for_changes_nothing() {
        begun(false).when(plan.failed("a", 1, "the agent gave up"));

        assertThat(story.merged()).isEmpty();
        assertThat(story.deadLetters()).isEmpty();
    }

    @Test
    void results_that_touch_a_file_that_is_being_reconciled_wait_for_that() {
        var text = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        story.given(plan.submitted(code("list.txt", text)), plan.created());
        story.given(plan.completed("a", 1, file("list.txt", text, text.replace("5", "a"))));
        story.given(plan.completed("b", 1, file("list.txt", text, text.replace("5", "b")))
                .from(0));

        story.when(
                plan.completed("c", 1, file("list.txt", text, text.replace("1", "c")))
                        .from(0),
                plan.completed("d", 1, file("D.txt", null, "d")).from(0));
        assertThat(merged()).as("another file").containsExactly("d");

        story.when(
                plan.reconcile("b-reconcile-1", "b"),
                plan.completed(
                        "b-reconcile-1", 1, file("list.txt", text.replace("5", "a"), text.replace("5", "a and b"))));
        assertThat(merged()).containsExactly("b-reconcile-1", "c");
        assertThat(Story.found(story.context()).files().get("list.txt"))
                .isEqualTo(text.replace("5", "a and b").replace("1", "c"));
    }

    @Test
    void a_conflict_that_nobody_reconciles_holds_nothing_back() {
        var text = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        story.given(plan.submitted(code("list.txt", text)), plan.created());
        story.given(plan.completed("a", 1, file("list.txt", text, text.replace("5", "a"))));
        story.given(plan.completed("b", 1, file("list.txt", text, text.replace("5", "b")))
                .from(0));
        story.given(plan.completed("c", 1, file("list.txt", text, text.replace("1", "c")))
                .from(0));

        story.when(plan.withdrawn("b", 1));

        assertThat(merged()).containsExactly("c");
    }

    @Test
    void another_instance_goes_on_with_the_queue(@TempDir Path folder) throws Exception {
        begun(false).given(plan.completed("a", 1, file("A.txt", null, "a")).from(0));
        story.given(plan.completed("b", 1, file("B.txt", null, "b")).from(0));
        story.given(plan.completed("c", 1, file("C.txt", null, "c")).from(0));

        story = story.moved(folder);
        story.when(verification("verify-1"), plan.completed("verify-1", 1));

        assertThat(merged()).containsExactly("verify-1", "b");
        assertThat(story.requested()).hasSize(1);
    }

    @Test
    void a_batch_whose_commits_were_lost_in_a_crash_is_made_again(@TempDir Path folder) throws Exception {
        begun(false).given(plan.completed("a", 1, file("A.txt", null, "a")).from(0));
        var b = plan.completed("b", 1, file("B.txt", null, "b")).from(0);
        story.when(b);
        var lost = story.requested().getFirst();
        story.packs().removeIf(part -> part.commit().equals(lost.getCommit()));

        story = story.moved(folder);
        story.when(b);

        assertThat(story.requested()).singleElement().satisfies(again -> {
            assertThat(again.getTaskId()).isEqualTo("verify-2");
            assertThat(again.getCommit()).isEqualTo(lost.getCommit());
        });
        assertThat(story.packs()).anyMatch(part -> part.commit().equals(lost.getCommit()));
    }

    private io.taskweaver.events.TaskPlanned verification(String node) {
        return plan.task(node).setKind(NodeKind.VERIFY).build();
    }

    private IsolatedContext found(String task) {
        story.given(plan.planned("e"));
        return Story.found(story.isolated(task));
    }
}
