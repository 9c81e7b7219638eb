package io.taskweaver.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taskweaver.events.PlanOptions;
import io.taskweaver.events.Rejection;
import io.taskweaver.events.RequirementsSubmitted;
import io.taskweaver.model.Submission;
import io.taskweaver.model.effort.Effort;
import io.taskweaver.scheduling.planning.Planning;
import io.taskweaver.wire.Outgoing;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Submissions whose planning takes long, or takes the planner with it. */
class LongPlanningTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration PROMPTLY = Duration.ofMillis(200);
    private static final Duration TICK = Duration.ofMillis(100);

    private final AtomicBoolean released = new AtomicBoolean();
    private final AtomicInteger begun = new AtomicInteger();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Each test sets it first.
    private PlannerStory story;

    private PlannerStory story(Duration limit) {
        story = new PlannerStory(folder, this::planned, limit, PROMPTLY).executors(10);
        return story;
    }

    @AfterEach
    void close() {
        story.close();
    }

    /** A line {@code slow} takes until it is released, {@code deep} recurses without end, {@code fat} has no memory. */
    private Planning planned(Submission submission) {
        var text = submission.documents().getFirst().content();
        if (text.startsWith("slow")) {
            begun.incrementAndGet();
            while (!released.get()) {
                Effort.step();
                Thread.onSpinWait();
            }
        }
        if (text.startsWith("deep")) deep(1);
        if (text.startsWith("fat")) throw new OutOfMemoryError("as asked");
        return SomePlans.plan(submission);
    }

    private static int deep(int depth) {
        return depth < 0 ? depth : 1 + deep(depth + 1);
    }

    @Test
    void planning_that_does_not_end_is_stopped_at_its_limit_and_the_next_is_planned() {
        story(SHORT).submitted("endless", "slow").submitted("shop", "a");

        assertThat(rejection()).isEqualTo("planning-limit");
        untilReady("a/1");
        assertThat(story.status("endless").status()).isEqualTo("rejected");
    }

    @Test
    void plans_that_are_made_go_on_while_another_is_made() {
        story(LONG).submitted("shop", "a", "b: a").thenReady("a/1");
        story.submitted("endless", "slow");

        story.sent(SomeEvents.completed("shop", "a", 1), SomeEvents.merged("shop", "a", 1))
                .thenReady("b/1");
        assertThat(story.status("endless").status()).isEqualTo("planning");
    }

    @Test
    void a_submission_that_comes_again_while_it_is_planned_is_planned_once() {
        story(LONG).submitted("shop", "slow").submitted("shop", "slow");
        released.set(true);

        untilReady("slow/1");
        story.after(TICK).after(TICK).thenReady();
        assertThat(begun).hasValue(1);
    }

    @Test
    void a_command_that_comes_while_a_submission_is_planned_holds_for_its_plan() {
        story(LONG).submitted("shop", "slow").sent(SomeEvents.pause("shop"));
        released.set(true);

        await().until(() -> {
            story.after(TICK);
            return story.status("shop").status().equals("paused");
        });
    }

    @Test
    void no_more_commands_are_kept_for_a_plan_in_the_making_than_a_limit_and_it_is_said() {
        story(LONG).submitted("shop", "slow");
        for (int i = 0; i < StoredPlans.MOST_COMMANDS; i++) story.sent(SomeEvents.pause("shop"));
        story.thenDeadLetters().sent(SomeEvents.resume("shop")).thenDeadLetters("invalid");

        assertThat(story.status("shop").reason()).contains("1000 commands wait");
    }

    @Test
    void a_submission_can_be_cancelled_while_it_is_planned() {
        story(LONG).submitted("shop", "slow").submitted("other", "a");
        story.sent(SomeEvents.cancel("shop"));

        assertThat(rejection()).isEqualTo("cancelled");
        untilReady("a/1");
        assertThat(story.status("shop").status()).isEqualTo("rejected");
    }

    @Test
    void what_was_planned_when_the_planner_ended_is_planned_again() {
        story(LONG).submitted("shop", "slow").sent(SomeEvents.pause("shop"));
        story.restarted();
        released.set(true);

        await().until(() -> {
            story.after(TICK);
            return story.status("shop").status().equals("paused");
        });
        assertThat(begun).hasValue(2);
    }

    @Test
    void a_submission_that_the_planner_does_not_outlive_is_rejected_after_some_tries() {
        story(LONG).submitted("shop", "slow").after(TICK).submitted("other", "a");
        for (int restart = 1; restart <= 3; restart++) {
            var expected = restart + 1;
            story.restarted().after(TICK);
            if (restart < 3) await().until(() -> begun.get() == expected);
        }

        assertThat(rejection()).isEqualTo("planning-interrupted");
        untilReady("a/1");
        assertThat(begun).hasValue(3);
    }

    @Test
    void a_submission_is_not_blamed_for_threads_that_fail_while_it_is_planned() {
        story(LONG).submitted("shop", "slow");
        for (int replacement = 1; replacement <= 5; replacement++) {
            var expected = replacement + 1;
            story.threadReplaced().after(TICK);
            await().until(() -> begun.get() == expected);
        }
        released.set(true);

        untilReady("slow/1");
        assertThat(story.status("shop").status()).isEqualTo("active");
    }

    @Test
    void threads_that_fail_in_the_last_planner_that_may_try_are_not_counted() {
        story(LONG).submitted("shop", "slow");
        for (int restart = 1; restart <= 2; restart++) {
            var expected = restart + 1;
            story.restarted().after(TICK);
            await().until(() -> begun.get() == expected);
        }
        for (int replacement = 1; replacement <= 2; replacement++) {
            var expected = replacement + 3;
            story.threadReplaced().after(TICK);
            await().until(() -> begun.get() == expected);
        }
        released.set(true);

        untilReady("slow/1");
        assertThat(story.status("shop").status()).isEqualTo("active");
    }

    @Test
    void a_processor_that_is_used_again_plans_again_what_it_had_begun() {
        story(LONG).submitted("shop", "slow");
        var context = new MockProcessorContext<byte[], Outgoing>();
        var processor = story.processor(context, new SimpleMeterRegistry());
        processor.init(context);
        tick(context);
        await().until(() -> begun.get() == 2);

        processor.close();
        processor.init(context);
        tick(context);
        await().until(() -> begun.get() == 3);
        released.set(true);

        await().until(() -> {
            tick(context);
            return !context.forwarded().isEmpty();
        });
        assertThat(context.forwarded().getFirst().record().value().topic()).isEqualTo("plan-created");
        processor.close();
    }

    @Test
    void a_planner_with_nothing_to_do_does_not_tick_since_kafka_streams_would_commit_each_tick() {
        var context = new MockProcessorContext<byte[], Outgoing>();
        var processor = story(LONG).processor(context, new SimpleMeterRegistry());
        processor.init(context);
        tick(context);
        assertThat(context.scheduledPunctuators().getLast().cancelled()).isTrue();

        var submission = SomeEvents.submitted(SomePlans.submission("shop", PlannerStory.OPTIONS, "a"));
        process(processor, context, Topics.REQUIREMENTS_SUBMITTED, submission);
        assertThat(context.scheduledPunctuators().getLast().cancelled()).isFalse();

        process(processor, context, Topics.PLAN_COMMANDS, SomeEvents.cancel("shop"));
        assertThat(context.scheduledPunctuators().getLast().cancelled()).isTrue();
        processor.close();
    }

    private static void process(
            PlanProcessor processor,
            MockProcessorContext<byte[], Outgoing> context,
            Topic<?> topic,
            SpecificRecord event) {
        context.setRecordMetadata(topic.name(), 0, 0);
        processor.process(new Record<>("shop", PlannerStory.encoded(topic, event), 0));
    }

    private static void tick(MockProcessorContext<byte[], Outgoing> context) {
        context.scheduledPunctuators().getLast().getPunctuator().punctuate(0);
    }

    @Test
    void an_order_that_an_earlier_version_kept_and_this_one_does_not_take_keeps_nothing_up() {
        story(LONG).submitted("shop", "slow").sent(SomeEvents.pause("shop"));
        story.keptCommand("shop", SomeEvents.pause("shop", "x".repeat(10_001))).restarted();
        released.set(true);

        await().until(() -> {
            story.after(TICK);
            return story.status("shop").status().equals("paused");
        });
        story.restarted().submitted("other", "a").thenReady("a/1!");
    }

    @Test
    void a_submission_that_an_earlier_version_kept_and_this_one_does_not_take_is_rejected() {
        story(LONG).submitted("shop", "slow");
        var kept = SomeEvents.submitted(SomePlans.submission("shop", PlannerStory.OPTIONS, "slow"));
        var options = PlanOptions.newBuilder(kept.getOptions())
                .setTitle("x".repeat(10_001))
                .build();
        story.keptSubmission(
                        "shop",
                        RequirementsSubmitted.newBuilder(kept)
                                .setOptions(options)
                                .build())
                .restarted();

        await().until(() -> {
            story.after(TICK);
            return story.status("shop").status().equals("rejected");
        });
        assertThat(story.status("shop").reason()).contains("options.title");
        released.set(true);
        story.submitted("other", "a").thenReady("a/1!");
    }

    @Test
    void a_submission_that_nests_too_deeply_or_needs_too_much_memory_is_rejected_and_the_next_is_planned() {
        story(LONG).submitted("deep", "deep");
        assertThat(rejection()).isEqualTo("planning-failed");
        story.submitted("fat", "fat");
        assertThat(rejection()).isEqualTo("planning-failed");

        story.submitted("shop", "a").thenReady("a/1");
    }

    private String rejection() {
        var codes = new ArrayList<String>();
        await().until(() -> {
            story.after(TICK);
            for (var rejected : story.events(Topics.REQUIREMENTS_REJECTED))
                codes.addAll(rejected.getRejections().stream()
                        .map(Rejection::getCode)
                        .toList());
            return !codes.isEmpty();
        });
        assertThat(codes).hasSize(1);
        return codes.getFirst();
    }

    private void untilReady(String attempt) {
        var ready = new ArrayList<String>();
        await().until(() -> {
            story.after(TICK);
            story.events(Topics.TASK_READY).forEach(event -> ready.add(event.getTaskId() + "/" + event.getAttempt()));
            return !ready.isEmpty();
        });
        assertThat(ready).isEqualTo(List.of(attempt));
    }
}
