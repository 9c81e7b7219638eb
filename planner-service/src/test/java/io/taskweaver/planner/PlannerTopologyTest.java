package io.taskweaver.planner;

import static io.taskweaver.planner.SomeEvents.archive;
import static io.taskweaver.planner.SomeEvents.cancel;
import static io.taskweaver.planner.SomeEvents.completed;
import static io.taskweaver.planner.SomeEvents.completedFor;
import static io.taskweaver.planner.SomeEvents.conflicted;
import static io.taskweaver.planner.SomeEvents.failed;
import static io.taskweaver.planner.SomeEvents.merged;
import static io.taskweaver.planner.SomeEvents.published;
import static io.taskweaver.planner.SomeEvents.resume;
import static io.taskweaver.planner.SomeEvents.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.events.AddNeed;
import io.taskweaver.events.DeadLetter;
import io.taskweaver.events.DropNeed;
import io.taskweaver.events.FailureKind;
import io.taskweaver.events.NodeKind;
import io.taskweaver.events.Rejection;
import io.taskweaver.events.RequirementsSubmitted;
import io.taskweaver.events.RetitleTask;
import io.taskweaver.events.TaskCompleted;
import io.taskweaver.events.TaskFailed;
import io.taskweaver.events.TaskPlanned;
import io.taskweaver.events.TaskReady;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.scheduling.dispatch.SchedulerInput;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.Rights;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.testing.Filled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlannerTopologyTest {
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

    @Test
    void an_order_carries_the_ticket_that_its_outcome_has_to_return() {
        story.submitted("shop", "a");

        assertThat(story.events(Topics.TASK_READY))
                .extracting(TaskReady::getTicket)
                .containsExactly(SomeEvents.TICKETS.of("shop", "a", 1));
        story.sent(failed("shop", "a", 1, FailureKind.TASK_FAILED));
        assertThat(story.events(Topics.TASK_READY))
                .extracting(TaskReady::getTicket)
                .containsExactly(SomeEvents.TICKETS.of("shop", "a", 2));
    }

    @Test
    void an_outcome_of_an_attempt_that_was_not_ordered_changes_nothing_and_is_set_aside() {
        story.submitted("shop", "a", "gated-b").thenReady("a/1");
        var forged = TaskCompleted.newBuilder(completedFor("shop", "a", 1, 7))
                .setTicket(null)
                .build();
        var notYetApproved = TaskCompleted.newBuilder(completed("shop", "gated-b", 1))
                .setTicket(SomeEvents.TICKETS.of("shop", "a", 1))
                .build();
        var failure = TaskFailed.newBuilder(failed("shop", "a", 1, FailureKind.CANCELLED))
                .setTicket("00000000.forged")
                .build();

        story.sent(forged, notYetApproved, failure);

        assertThat(story.states("shop")).isEqualTo("a=issued gated-b=needs-input");
        assertThat(story.status("shop").used().costMicros()).isZero();
        story.thenDeadLetters(DeadLetters.UNTICKETED, DeadLetters.UNTICKETED, DeadLetters.UNTICKETED);
        story.sent(completed("shop", "a", 1), merged("shop", "a", 1));
        assertThat(story.states("shop")).isEqualTo("a=merged gated-b=needs-input");
    }

    @Test
    void it_reads_what_the_scheduler_understands_and_may_forward_it() {
        var inputs = PlannerTopology.INPUTS;
        assertThat(Rights.PLANNER.reads()).containsAll(inputs);
        assertThat(Rights.PLANNER.writes()).containsAll(inputs);
        assertThat(story.sources()).isEqualTo(inputs.stream().map(Topic::name).collect(Collectors.toSet()));

        // Submissions are for the planning, and some commands for the plan's record.
        for (var event : Filled.each(PlanEvent.class))
            if (!(event instanceof PlanEvent.RequirementsSubmitted || event instanceof PlanEvent.PlanCommand))
                assertThat(isUnderstood(event))
                        .as(event.getClass().getSimpleName())
                        .isEqualTo(inputs.stream()
                                .anyMatch(topic -> topic.type()
                                        .getSimpleName()
                                        .equals(event.getClass().getSimpleName())));
    }

    private static boolean isUnderstood(PlanEvent event) {
        try {
            SchedulerInput.of(event);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Test
    void a_submission_becomes_a_plan_with_its_tasks() {
        story.submitted("shop", "a", "b: a");

        var created = story.events(Topics.PLAN_CREATED);
        assertThat(created).hasSize(1);
        assertThat(created.getFirst().getTitle()).isEqualTo("A shop");
        assertThat(created.getFirst().getWorkCount()).isEqualTo(2);
        var planned = story.events(Topics.TASK_PLANNED);
        assertThat(planned).extracting(TaskPlanned::getTaskId).containsExactly("a", "b");
        assertThat(planned.getFirst().getUnlocks().getFirst().getTitle()).isEqualTo("Title of b");
        assertThat(planned.getLast().getNeeds().getFirst().getReason()).isEqualTo("explicit");
    }

    @Test
    void a_plan_runs_from_submission_to_completion() {
        story.submitted("shop", "@api", "a: api", "b: api", "c: a b").thenReady();
        assertThat(story.events(Topics.COMPONENT_SPECIFIED)).hasSize(1);
        story.sent(published("shop", "api")).thenReady("a/1", "b/1");
        story.sent(started("shop", "a", 1), completed("shop", "a", 1), merged("shop", "a", 1))
                .thenReady();
        story.sent(completed("shop", "b", 1), merged("shop", "b", 1)).thenReady("c/1");
        story.sent(completed("shop", "c", 1), merged("shop", "c", 1))
                .thenReady()
                .thenCompleted(3);
        assertThat(story.status("shop").status()).isEqualTo("completed");
    }

    @Test
    void a_submission_that_can_not_be_a_plan_is_rejected_with_reasons_and_may_come_again() {
        story.submitted("shop", "reject");
        var rejected = story.events(Topics.REQUIREMENTS_REJECTED);
        assertThat(rejected.getFirst().getRejections())
                .extracting(Rejection::getCode)
                .containsExactly("nothing");
        assertThat(story.status("shop").status()).isEqualTo("rejected");

        story.submitted("shop", "a").thenReady("a/1");
    }

    @Test
    void a_defect_of_the_planner_is_told_and_the_next_submission_is_planned() {
        story.submitted("shop", "crash");
        assertThat(story.events(Topics.REQUIREMENTS_REJECTED).getFirst().getRejections())
                .extracting(Rejection::getCode)
                .containsExactly("planning-failed");
        story.submitted("other", "a").thenReady("a/1");
    }

    @Test
    void a_plan_that_is_submitted_again_is_not_planned_anew() {
        story.submitted("shop", "a", "b").thenReady("a/1", "b/1");
        story.sent(started("shop", "a", 1));
        story.events(Topics.PLAN_CREATED);
        story.submitted("shop", "a", "b", "c").thenReady("b/1!");
        assertThat(story.events(Topics.PLAN_CREATED)).hasSize(1);
        assertThat(story.status("shop").tasks()).hasSize(2);
    }

    @Test
    void what_is_derived_twice_has_the_same_id() {
        story.submitted("shop", "a").submitted("shop", "a");
        var ready = story.events(Topics.TASK_READY);
        assertThat(ready.getFirst().getMeta().getEventId())
                .isEqualTo(ready.getLast().getMeta().getEventId());
        var created = story.events(Topics.PLAN_CREATED);
        assertThat(created.getFirst()).isEqualTo(created.getLast());
    }

    @Test
    void tasks_wait_while_no_executor_is_alive_and_start_with_the_first() {
        story.fleet.left("e1");
        story.submitted("shop", "a").thenReady();
        assertThat(story.status("shop").tasks().getFirst().why()).isEqualTo("No executor is alive: start one.");
        story.executors(1).after(Duration.ofMillis(100)).thenReady("a/1");
    }

    @Test
    void no_more_is_out_than_the_fleet_has_slots() {
        story.executors(1).submitted("shop", "a", "b").thenReady("a/1");
        story.sent(completed("shop", "a", 1)).thenReady("b/1");
    }

    @Test
    void plans_share_the_fleet() {
        story.executors(2).submitted("one", "a", "b", "c", "d").thenReady("a/1", "b/1");
        story.submitted("two", "x", "y").thenReady();
        story.sent(completed("one", "a", 1)).thenReady();
        story.after(Duration.ofMillis(100)).thenReady("x/1");
        story.sent(completed("one", "b", 1)).thenReady("c/1");
    }

    @Test
    void a_failed_attempt_is_repeated_after_a_while() {
        story.submitted("shop", "a").thenReady("a/1");
        story.sent(failed("shop", "a", 1, FailureKind.INFRA_FAILED)).thenReady();
        assertThat(story.states("shop")).isEqualTo("a=delayed");
        story.after(Duration.ofSeconds(2)).thenReady("a/2");
    }

    @Test
    void what_failed_is_told_with_what_it_blocks() {
        story.submitted("shop", "a", "b: a", "c: b", "d").thenReady("a/1", "d/1");
        story.sent(
                failed("shop", "a", 1, FailureKind.TASK_FAILED),
                failed("shop", "a", 2, FailureKind.TASK_FAILED),
                merged("shop", "d", 1));
        assertThat(story.states("shop")).isEqualTo("a=failed b=blocked c=blocked d=merged");
        var failure = story.events(Topics.PLAN_FAILED);
        assertThat(failure).hasSize(1);
        assertThat(failure.getFirst().getBlocked()).containsExactly("b", "c");
    }

    @Test
    void refused_credentials_pause_the_plan_until_it_is_resumed() {
        story.submitted("shop", "a").thenReady("a/1");
        story.sent(failed("shop", "a", 1, FailureKind.REFUSED_CREDENTIALS))
                .after(Duration.ofMinutes(1))
                .thenReady();
        assertThat(story.status("shop").reason()).isEqualTo("it did not work. set the token");
        story.executors(1).sent(resume("shop")).thenReady("a/2");
    }

    @Test
    void a_conflict_becomes_a_reconcile_task() {
        story.submitted("shop", "a", "b: a");
        story.events(Topics.TASK_PLANNED);
        story.sent(completed("shop", "a", 1), conflicted("shop", "a", 1)).thenReady("a/1", "a-reconcile-1/1");
        var planned = story.events(Topics.TASK_PLANNED);
        assertThat(planned).extracting(TaskPlanned::getKind).containsExactly(NodeKind.RECONCILE);
        assertThat(planned.getFirst().getNeeds().getFirst().getTaskId()).isEqualTo("a");
        assertThat(planned.getFirst().getPosition()).isEqualTo(2);
        story.restarted().executors(10).sent(merged("shop", "a-reconcile-1", 1));
        assertThat(story.states("shop")).startsWith("a=merged").contains("b=issued", "a-reconcile-1=merged");
    }

    @Test
    void a_conflict_is_listed_until_it_is_reconciled_also_by_another_planner() {
        story.submitted("shop", "a", "b");
        story.sent(completed("shop", "a", 1), conflicted("shop", "a", 1));

        assertThat(story.restarted().executors(10).conflicts("shop"))
                .singleElement()
                .satisfies(open -> {
                    assertThat(open.taskId()).isEqualTo("a");
                    assertThat(open.attempt()).isEqualTo(1);
                    assertThat(open.reconciler()).isEqualTo("a-reconcile-1");
                    assertThat(open.reconcilerState()).isEqualTo("issued");
                    assertThat(open.files()).containsExactly(new ConflictStatus.File("src/a.java", List.of()));
                });

        story.sent(merged("shop", "a-reconcile-1", 1));
        assertThat(story.conflicts("shop")).isEmpty();
    }

    @Test
    void a_planner_that_was_restarted_goes_on_where_it_was() {
        story.submitted("shop", "a", "b: a", "c: b").thenReady("a/1");
        story.sent(started("shop", "a", 1));
        story.restarted().thenReady();
        story.sent(completed("shop", "a", 1), merged("shop", "a", 1)).thenReady("b/1!");
        story.after(Duration.ofSeconds(3)).executors(10);
        story.sent(merged("shop", "b", 1)).thenReady("c/1");
        story.restarted().sent(merged("shop", "c", 1)).thenCompleted(3);
        story.restarted().sent(merged("shop", "c", 1)).thenCompleted(3);
    }

    @Test
    void everything_of_a_plan_belongs_to_the_trace_that_its_submission_came_with() {
        var trace = Optional.of(new TraceContext(
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", Optional.of("vendor=1"), Optional.empty()));
        story.trace(trace).submitted("shop", "@api", "a: api").trace(Optional.empty());
        assertThat(story.traces(Topics.PLAN_CREATED)).containsExactly(trace);
        assertThat(story.traces(Topics.TASK_PLANNED)).containsExactly(trace, trace);
        assertThat(story.traces(Topics.COMPONENT_SPECIFIED)).containsExactly(trace);
        story.sent(published("shop", "api"));
        assertThat(story.traces(Topics.TASK_READY)).containsExactly(trace);
        story.after(Duration.ofSeconds(4)).executors(10).after(Duration.ofSeconds(4));
        assertThat(story.traces(Topics.TASK_READY))
                .as("issued again by the clock")
                .isNotEmpty()
                .containsOnly(trace);
        story.restarted().executors(10);
        story.sent(failed("shop", "a", 1, FailureKind.INFRA_FAILED)).after(Duration.ofSeconds(5));
        assertThat(story.traces(Topics.TASK_READY))
                .as("the next attempt")
                .contains(trace)
                .containsOnly(trace);
        story.sent(merged("shop", "a", 2));
        assertThat(story.traces(Topics.PLAN_COMPLETED)).containsExactly(trace);
    }

    @Test
    void a_plan_that_came_without_a_trace_has_one_of_its_own_also_in_dead_letters() {
        var trace = Optional.of(TraceContext.ofPlan("shop"));
        story.submitted("shop", "a").sent(cancel("shop"));
        story.bytes(Topics.TASK_COMPLETED, "shop", new byte[] {1, 2, 3});
        story.sent(merged("shop", "nothing", 1));
        assertThat(story.traces(Topics.TASK_READY)).containsExactly(trace);
        assertThat(story.traces(Topics.PLAN_CANCELLED)).containsExactly(trace);
        assertThat(story.traces(Topics.DEAD_LETTERS)).isNotEmpty().containsOnly(trace);
    }

    @Test
    void an_order_with_a_trace_of_its_own_is_answered_in_that() {
        var trace = Optional.of(new TraceContext(
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", Optional.empty(), Optional.empty()));
        story.submitted("shop", "a").trace(trace).sent(cancel("shop"));
        assertThat(story.traces(Topics.PLAN_CANCELLED)).containsExactly(trace);
    }

    @Test
    void changes_that_come_with_a_submission_are_made_and_what_breaks_a_rule_is_told() {
        var submitted = SomeEvents.submitted(SomePlans.submission("shop", PlannerStory.OPTIONS, "a", "b: a"));
        story.sent(RequirementsSubmitted.newBuilder(submitted)
                .setChanges(List.of(
                        new RetitleTask("a", "Another title"),
                        new DropNeed("b", "a", "it is explicit"),
                        new AddNeed("a", "b", "a circle")))
                .build());
        assertThat(story.events(Topics.PLAN_CREATED).getFirst().getNotices())
                .extracting(notice -> notice.getCode())
                .filteredOn("change-refused"::equals)
                .hasSize(2);
        assertThat(story.events(Topics.TASK_PLANNED))
                .extracting(TaskPlanned::getTitle)
                .containsExactly("Another title", "Title of b");
        story.thenReady("a/1");
    }

    @Test
    void what_no_heartbeat_names_is_issued_again_after_the_lease() {
        story.submitted("shop", "a", "b").thenReady("a/1", "b/1");
        story.after(Duration.ofSeconds(4))
                .executors(10, PlannerStory.holding("shop", "b", 1))
                .after(Duration.ofSeconds(2))
                .thenReady("a/1!");
        story.after(Duration.ofSeconds(4)).thenReady("b/1!");
    }

    @Test
    void a_cancelled_plan_ends_and_what_comes_late_changes_nothing() {
        story.submitted("shop", "a", "b: a").thenReady("a/1");
        story.sent(cancel("shop"));
        assertThat(story.events(Topics.PLAN_CANCELLED)).hasSize(1);
        story.sent(merged("shop", "a", 1), failed("shop", "a", 1, FailureKind.CANCELLED))
                .thenReady()
                .thenDeadLetters();
        assertThat(story.states("shop")).isEqualTo("a=cancelled b=cancelled");
    }

    @Test
    void an_ended_plan_that_is_archived_is_removed_and_stays_archived() {
        story.submitted("shop", "a", "b: a").sent(cancel("shop"));
        for (var topic : List.of(Topics.PLAN_CREATED, Topics.TASK_PLANNED)) story.events(topic);

        story.sent(archive("shop"));

        assertThat(story.events(Topics.PLAN_ARCHIVED)).singleElement().satisfies(archived -> {
            assertThat(archived.getEnd()).isEqualTo("cancelled");
            assertThat(archived.getDigest()).isEqualTo("ab".repeat(32));
        });
        assertThat(story.removed(Topics.PLAN_CREATED)).containsExactly("shop");
        assertThat(story.removed(Topics.TASK_PLANNED)).containsExactlyInAnyOrder("shop/a", "shop/b");

        // What a crash may have lost is sent again, also by another planner; then the nodes are forgotten.
        story.restarted().executors(10).sent(archive("shop"));
        assertThat(story.events(Topics.PLAN_ARCHIVED)).hasSize(1);
        assertThat(story.removed(Topics.TASK_PLANNED)).containsExactlyInAnyOrder("shop/a", "shop/b");
        assertThat(story.kept()).hasSize(1);
        assertThat(story.status("shop").status()).isEqualTo("archived");

        story.sent(merged("shop", "a", 1)).thenDeadLetters("unknown-plan");
        story.submitted("shop", "a", "b: a").thenReady();
        assertThat(story.events(Topics.REQUIREMENTS_REJECTED))
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.getRejections())
                        .extracting(rejection -> rejection.getCode())
                        .containsExactly("archived"));
        assertThat(story.status("shop").status()).isEqualTo("archived");
    }

    @Test
    void an_open_plan_is_not_archived() {
        story.submitted("shop", "a")
                .sent(archive("shop"), archive("nobody"))
                .thenDeadLetters("invalid", "unknown-plan");
        assertThat(story.events(Topics.PLAN_ARCHIVED)).isEmpty();
        assertThat(story.status("shop").status()).isEqualTo("active");
    }

    @Test
    void an_event_of_an_unknown_plan_is_set_aside_untouched() {
        var event = merged("ghost", "a", 1);
        story.sent(event);
        var letter = story.events(Topics.DEAD_LETTERS).getFirst();
        assertThat(letter.getReason()).isEqualTo("unknown-plan");
        assertThat(letter.getTopic()).isEqualTo("context-merged");
        assertThat(letter.getKey()).isEqualTo("ghost");
        assertThat(letter.getValue().remaining()).isPositive();
    }

    @Test
    void an_event_of_an_unknown_task_is_set_aside() {
        story.submitted("shop", "a").sent(merged("shop", "ghost", 1)).thenDeadLetters("invalid");
    }

    @Test
    void undecodable_bytes_are_set_aside_on_every_topic_and_the_planner_goes_on() {
        var nonsense = "nonsense".getBytes(StandardCharsets.UTF_8);
        var topics = java.util.List.of(
                Topics.REQUIREMENTS_SUBMITTED,
                Topics.PLAN_COMMANDS,
                Topics.CONTRACT_PUBLISHED,
                Topics.TASK_STARTED,
                Topics.TASK_COMPLETED,
                Topics.TASK_FAILED,
                Topics.CONTEXT_MERGED,
                Topics.MERGE_CONFLICTED);
        for (var topic : topics) story.bytes(topic, "shop", nonsense);
        var letters = story.events(Topics.DEAD_LETTERS);
        assertThat(letters)
                .extracting(DeadLetter::getReason)
                .hasSize(topics.size())
                .containsOnly("undecodable");
        assertThat(letters.getFirst().getValue().array()).isEqualTo(nonsense);
        story.submitted("shop", "a").thenReady("a/1");
    }

    @Test
    void a_submission_with_an_impossible_id_is_rejected_and_set_aside() {
        var event = RequirementsSubmitted.newBuilder()
                .setMeta(SomeEvents.meta("Not An Id"))
                .build();
        story.sent(event).thenDeadLetters("invalid");
        assertThat(story.events(Topics.REQUIREMENTS_REJECTED).getFirst().getRejections())
                .extracting(Rejection::getCode)
                .containsExactly("invalid-submission");
    }

    @Test
    void a_status_says_what_each_task_waits_for() {
        story.executors(1).submitted("shop", "a", "b: a", "c");
        var status = story.status("shop");
        assertThat(story.states("shop")).isEqualTo("a=issued b=waiting c=ready");
        assertThat(status.tasks().get(1).waitingFor()).containsExactly("a");
        assertThat(status.tasks().get(2).why()).isEqualTo("It waits for a free slot.");
        assertThat(status.counts()).containsEntry("ready", 1);
        assertThat(status.tasks().getFirst().source()).isEqualTo("shop.md:1-2");
    }
}
