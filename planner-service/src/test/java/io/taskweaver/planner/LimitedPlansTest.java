package io.taskweaver.planner;

import static io.taskweaver.planner.SomeEvents.completedFor;
import static io.taskweaver.planner.SomeEvents.merged;
import static io.taskweaver.planner.SomeEvents.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.events.PauseCause;
import io.taskweaver.events.PauseTask;
import io.taskweaver.events.PlanCommand;
import io.taskweaver.events.PlanStanding;
import io.taskweaver.events.WaitingTask;
import io.taskweaver.model.Limits;
import io.taskweaver.model.OptionChanges;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.TextLimits;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.Command;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.scheduling.dispatch.Attempts;
import io.taskweaver.scheduling.dispatch.Change;
import io.taskweaver.scheduling.dispatch.Node;
import io.taskweaver.scheduling.dispatch.PlanProgress;
import io.taskweaver.scheduling.dispatch.TaskState;
import io.taskweaver.wire.AvroEvents;
import io.taskweaver.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LimitedPlansTest {
    private static final Limits A_DOLLAR =
            new Limits(Optional.empty(), Optional.of(new Limits.Allowance(500_000, 1_000_000)), Optional.empty());

    @TempDir
    Path folder;

    private PlannerStory story;

    @BeforeEach
    void begin() {
        story = new PlannerStory(folder).executors(10);
    }

    @AfterEach
    void end() {
        story.close();
    }

    private static PlanOptions options(Limits limits, Map<String, List<String>> agentsFor) {
        var usual = PlannerStory.OPTIONS;
        return new PlanOptions(
                usual.title(),
                usual.agent(),
                usual.fallbacks(),
                agentsFor,
                Set.of("gated"),
                usual.maxConcurrent(),
                usual.maxAttempts(),
                usual.attemptTimeout(),
                limits,
                usual.basePackage(),
                usual.verify(),
                usual.base());
    }

    private static SpecificRecord commanded(Command command) {
        return AvroEvents.of(new PlanEvent.PlanCommand(
                new Meta(UUID.randomUUID().toString(), new PlanId("shop"), Instant.EPOCH, Optional.empty()), command));
    }

    @Test
    void a_budget_warns_then_stops_dispatch_and_says_so() {
        story.submitted("shop", options(A_DOLLAR, Map.of()), "a", "b: a", "c: b")
                .thenReady("a/1");
        story.sent(completedFor("shop", "a", 1, 600_000), merged("shop", "a", 1))
                .thenReady("b/1");
        assertThat(story.events(Topics.PLAN_STANDING))
                .extracting(PlanStanding::getWarning)
                .containsExactly("$0.60 of the budget of $1.00 is spent");

        story.sent(completedFor("shop", "b", 1, 600_000), merged("shop", "b", 1))
                .thenReady();
        var standing = story.events(Topics.PLAN_STANDING).getLast();
        assertThat(standing.getPause().getCause()).isEqualTo(PauseCause.LIMIT);
        assertThat(standing.getUsage()).isEqualTo(new io.taskweaver.events.Usage(20L, 4L, 1_200_000L));
        assertThat(story.status("shop").reason()).isEqualTo("The budget of $1.00 is used up: $1.20 was spent");
        assertThat(story.status("shop").used()).isEqualTo(new Usage(20, 4, 1_200_000));
    }

    @Test
    void a_planner_that_starts_again_knows_what_was_spent_and_tells_how_its_plans_stand() {
        story.submitted("shop", options(A_DOLLAR, Map.of()), "a", "b: a");
        story.sent(completedFor("shop", "a", 1, 2_000_000), merged("shop", "a", 1));
        story.restarted().sent(started("shop", "a", 1)).after(Duration.ofSeconds(1));
        assertThat(story.events(Topics.PLAN_STANDING))
                .singleElement()
                .satisfies(
                        standing -> assertThat(standing.getPause().getReason()).contains("$2.00 was spent"));

        var more = new Limits(Optional.empty(), Optional.of(Limits.Allowance.of(3_000_000)), Optional.empty());
        story.sent(commanded(new Command.ResumePlan(more))).thenReady("b/1!");
        story.sent(completedFor("shop", "b", 1, 500_000), merged("shop", "b", 1));
        assertThat(story.events(Topics.PLAN_COMPLETED))
                .singleElement()
                .satisfies(end -> assertThat(end.getUsage().getCostMicros()).isEqualTo(2_500_000));
    }

    @Test
    void options_that_change_count_for_further_tasks_and_after_a_restart() {
        story.submitted("shop", "a", "b: a", "c: b");
        story.sent(commanded(new Command.ChangeOptions(OptionChanges.builder()
                .agents(List.of("claude"))
                .attemptTimeout(Optional.of(Duration.ofMinutes(5)))
                .gates(Set.of("work"))
                .build())));
        story.events(Topics.TASK_READY);

        story.sent(merged("shop", "a", 1)).thenReady();
        assertThat(story.states("shop")).contains("b=needs-input");
        story.restarted().sent(commanded(new Command.ApproveTask(new TaskId("b"), Optional.empty())));

        assertThat(story.events(Topics.TASK_READY)).singleElement().satisfies(ready -> {
            assertThat(ready.getTaskId()).isEqualTo("b");
            assertThat(ready.getAgent()).isEqualTo("claude");
            assertThat(ready.getTimeoutMillis()).isEqualTo(300_000);
        });
    }

    @Test
    void a_reason_or_an_answer_that_is_too_long_is_set_aside_and_plans_go_on() {
        story.submitted("shop", "a", "b: a", "c: b").thenReady("a/1");
        var pause = PauseTask.newBuilder()
                .setTaskId("b")
                .setReason("x".repeat(TextLimits.SAID + 1))
                .build();
        var command = PlanCommand.newBuilder()
                .setMeta(SomeEvents.meta("shop"))
                .setCommand(pause)
                .build();
        story.sent(command).thenDeadLetters("invalid");

        story.sent(merged("shop", "a", 1)).thenReady("b/1");
        assertThat(story.events(Topics.PLAN_STANDING)).isEmpty();
    }

    @Test
    void what_a_plan_says_of_its_standing_has_a_bound_however_much_waits_for_a_person() {
        int tasks = 1_200;
        var nodes = IntStream.range(0, tasks)
                .mapToObj(i ->
                        new Node(new TaskId("t" + i), Task.Kind.WORK, 10, List.of(), false, Optional.empty(), Set.of()))
                .toList();
        var plan = new PlanProgress(new PlanId("shop"), PlannerStory.OPTIONS, nodes, Instant.EPOCH);
        for (var node : nodes)
            plan.apply(new Change.TaskMoved(
                    node.id(), new TaskState.Held(Attempts.FIRST, "x".repeat(2 * TextLimits.SAID))));

        var standing = new Announcements(Instant.EPOCH, Optional.empty()).standing(plan, Optional.empty());
        assertThat(standing.waiting()).hasSize(1_000);
        assertThat(standing.waiting().values().stream().mapToInt(String::length).sum())
                .isLessThanOrEqualTo(500_000);
        assertThat(standing.warning()).get().asString().contains("1,200 tasks", "1,000 of them are listed");
    }

    @Test
    void a_gated_task_starts_when_a_person_lets_it() {
        story.submitted("shop", options(Limits.NONE, Map.of()), "gated-a", "b").thenReady("b/1");
        assertThat(story.events(Topics.PLAN_STANDING))
                .singleElement()
                .satisfies(standing ->
                        assertThat(standing.getWaiting()).containsExactly(new WaitingTask("gated-a", "May it start?")));
        assertThat(story.states("shop")).isEqualTo("gated-a=needs-input b=issued");
        story.sent(commanded(new Command.ApproveTask(new TaskId("gated-a"), Optional.empty())))
                .thenReady("gated-a/1");
    }

    @Test
    void a_failed_plan_goes_on_with_the_task_that_is_retried_and_may_fail_again() {
        story.submitted("shop", "a", "b: a", "c");
        var cancel = commanded(new Command.CancelTask(new TaskId("a"), "wrong"));
        story.sent(merged("shop", "c", 1), cancel).restarted();
        assertThat(story.states("shop")).isEqualTo("a=failed b=blocked c=merged");

        story.sent(
                        commanded(new Command.RetryTask(new TaskId("ghost"))),
                        commanded(new Command.RetryTask(new TaskId("c"))))
                .after(Duration.ofSeconds(1));
        assertThat(story.events(Topics.PLAN_STANDING)).as("while it is closed").isEmpty();
        story.sent(commanded(new Command.RetryTask(new TaskId("a")))).thenReady("a/2!");
        assertThat(story.states("shop")).isEqualTo("a=issued b=waiting c=merged");
        assertThat(story.events(Topics.PLAN_STANDING)).as("it is open again").hasSize(1);
        story.after(Duration.ofSeconds(6)).thenReady("a/2!");
        story.sent(cancel);
        var ends = story.events(Topics.PLAN_FAILED);
        assertThat(ends).hasSize(1);

        story.sent(commanded(new Command.RetryTask(new TaskId("a"))), merged("shop", "a", 3))
                .sent(merged("shop", "b", 1))
                .thenCompleted(3);
    }

    @Test
    void each_failure_of_a_plan_is_an_event_of_its_own() {
        story.submitted("shop", "a");
        var cancel = commanded(new Command.CancelTask(new TaskId("a"), "wrong"));
        story.sent(cancel, commanded(new Command.RetryTask(new TaskId("a"))), cancel);
        assertThat(story.events(Topics.PLAN_FAILED))
                .hasSize(2)
                .extracting(end -> end.getMeta().getEventId())
                .doesNotHaveDuplicates();
    }

    @Test
    void a_paused_task_starts_when_it_is_resumed_by_a_planner_that_was_restarted() {
        story.submitted("shop", "a", "b: a");
        story.sent(commanded(new Command.PauseTask(new TaskId("b"), "not yet")), merged("shop", "a", 1))
                .restarted();
        assertThat(story.states("shop")).isEqualTo("a=merged b=paused");
        story.sent(commanded(new Command.ApproveTask(new TaskId("b"), Optional.empty())))
                .thenReady("b/1!");
    }

    @Test
    void tasks_of_a_kind_are_run_by_its_agents() {
        story.submitted("shop", options(Limits.NONE, Map.of("gated", List.of("careful"))), "gated-a", "b");
        story.sent(commanded(new Command.ApproveTask(new TaskId("gated-a"), Optional.empty())));
        assertThat(story.events(Topics.TASK_READY))
                .extracting(ready -> ready.getTaskId() + " " + ready.getAgent())
                .containsExactly("b simulated", "gated-a careful");
    }
}
