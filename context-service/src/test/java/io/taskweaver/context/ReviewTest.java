package io.taskweaver.context;

import static io.taskweaver.context.PlanEvents.code;
import static io.taskweaver.context.PlanEvents.file;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.LineBundle;
import io.taskweaver.events.ContextMerged;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.PlanEvent.TaskCompleted;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that a person has to approve before they are merged. */
class ReviewTest {
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

    private Story begun(@Nullable String verify, String... kinds) {
        return story.given(
                plan.reviewed(verify, List.of(kinds), code("list.txt", LIST)),
                plan.created(),
                plan.planned("a"),
                plan.planned("b"),
                plan.planned("c"));
    }

    private List<String> merged() {
        return story.merged().stream().map(ContextMerged::getTaskId).toList();
    }

    @Test
    void a_result_waits_until_it_is_approved_and_others_do_not_wait_for_it() {
        begun(null, "all").when(plan.completed("a", 1, file("A.txt", null, "a")));
        story.when(plan.completed("b", 1, file("B.txt", null, "b")));
        assertThat(merged()).isEmpty();

        story.when(plan.approved("b", 1));
        assertThat(merged()).containsExactly("b");
        story.when(plan.approved("a", 1));
        assertThat(merged()).containsExactly("a");
        story.when(plan.approved("a", 1));
        assertThat(merged()).as("once").isEmpty();
    }

    @Test
    void only_results_of_the_kinds_that_were_named_wait() {
        begun(null, "risky").given(plan.task("r").setTags(List.of("Risky")).build());

        story.when(plan.completed("a", 1, file("A.txt", null, "a")), plan.completed("r", 1, file("R.txt", null, "r")));

        assertThat(merged()).containsExactly("a");
        story.when(plan.approved("r", 1));
        assertThat(merged()).containsExactly("r");
    }

    @Test
    void an_approval_may_come_before_the_result() {
        begun(null, "all").when(plan.approved("a", 1), plan.completed("a", 1, file("A.txt", null, "a")));

        assertThat(merged()).containsExactly("a");
    }

    @Test
    void an_approval_of_another_attempt_is_none() {
        begun(null, "all").when(plan.completed("a", 2, file("A.txt", null, "a")), plan.approved("a", 1));

        assertThat(merged()).isEmpty();
        story.when(plan.approved("a", 2));
        assertThat(merged()).containsExactly("a");
    }

    @Test
    void a_rejected_result_is_not_merged_and_the_next_one_waits_again() {
        begun(null, "work").when(plan.completed("a", 1, file("A.txt", null, "bad")), plan.rejected("a", 1, "no"));
        assertThat(story.stored().waiting(new TaskId("a"))).isEmpty();

        story.when(plan.completed("a", 2, file("A.txt", null, "good")));
        assertThat(merged()).isEmpty();
        story.when(plan.approved("a", 2));

        assertThat(merged()).containsExactly("a");
        assertThat(story.git("show", story.line().getFirst() + ":A.txt")).isEqualTo("good");
    }

    @Test
    void a_result_that_is_approved_late_is_merged_onto_the_head_of_then() {
        begun(null, "risky").given(plan.task("r").setTags(List.of("risky")).build());
        story.given(plan.completed("r", 1, file("list.txt", LIST, LIST.replace("1\n", "one\n")))
                .from(0));
        story.given(plan.completed("a", 1, file("list.txt", LIST, LIST.replace("9\n", "nine\n")))
                .from(0));

        story.when(plan.approved("r", 1));

        assertThat(merged()).containsExactly("r");
        assertThat(story.git("show", story.line().getFirst() + ":list.txt"))
                .startsWith("one")
                .endsWith("nine");
    }

    @Test
    void after_the_approval_it_waits_for_the_command_like_others() {
        begun("npm test", "risky")
                .given(plan.task("r").setTags(List.of("risky")).build());
        story.given(plan.completed("r", 1, file("R.txt", null, "r")).from(0));
        story.given(plan.completed("a", 1, file("A.txt", null, "a")).from(0));
        assertThat(story.requested()).isEmpty();

        story.when(plan.approved("r", 1));

        assertThat(merged()).isEmpty();
        assertThat(story.requested())
                .singleElement()
                .satisfies(asked -> assertThat(asked.getResults()).containsExactly("r"));
    }

    @Test
    void what_an_agent_reconciled_is_reviewed_with_the_task_and_what_was_united_is_not() {
        begun(null, "work")
                .given(plan.completed("a", 1, file("list.txt", LIST, "A\n" + LIST.substring(2)))
                        .from(0));
        story.given(plan.approved("a", 1));
        story.given(plan.completed("b", 1, file("list.txt", LIST, "B\n" + LIST.substring(2)))
                .from(0));
        story.when(plan.approved("b", 1));
        assertThat(story.conflicted()).hasSize(1);

        story.when(
                plan.reconcile("b-reconcile-1", "b"), plan.completed("b-reconcile-1", 1, file("list.txt", null, "AB")));

        assertThat(merged()).isEmpty();
        story.when(plan.approved("b-reconcile-1", 1));
        assertThat(merged()).containsExactly("b-reconcile-1");
    }

    @Test
    void the_result_of_a_task_that_is_not_known_yet_waits_to_be_on_the_safe_side() {
        story.given(plan.reviewed(null, List.of("risky"), code("list.txt", LIST)), plan.created());
        story.when(plan.completed("a", 1, file("A.txt", null, "a")));
        assertThat(merged()).isEmpty();

        story.when(plan.planned("a"));

        assertThat(merged()).containsExactly("a");
    }

    @Test
    void another_instance_goes_on_and_redelivery_changes_nothing(@TempDir Path other) throws Exception {
        var result = plan.completed("a", 1, file("A.txt", null, "a"));
        begun(null, "all").given(result);
        story = story.moved(other);
        story.when(result);
        assertThat(merged()).isEmpty();

        story.when(plan.approved("a", 1));

        assertThat(merged()).containsExactly("a");
    }

    @Test
    void people_can_have_the_result_that_waits(@TempDir Path folder) throws Exception {
        begun(null, "all").given(plan.completed("a", 1, file("A.txt", null, "a")));
        var result = story.stored()
                .waiting(new TaskId("a"))
                .flatMap(TaskCompleted::code)
                .orElseThrow();

        try (var mine = CodeRepository.open(folder)) {
            var read = LineBundle.read(Story.found(story.bundleOf(result.commit())), mine);

            assertThat(read.head()).isEqualTo(result.commit());
            assertThat(mine.changes(Optional.of(result.parent()), result.commit()))
                    .isPresent();
        }
        assertThat(story.bundleOf("0".repeat(40))).isInstanceOf(QueryResult.Unknown.class);
    }
}
