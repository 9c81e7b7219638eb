package io.taskweaver.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.PlanOptions;
import io.taskweaver.domain.plan.Submission;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.plan.TaskId;
import io.taskweaver.domain.refine.PlanChange;
import io.taskweaver.events.AddCriterion;
import io.taskweaver.events.AddNeed;
import io.taskweaver.events.DropNeed;
import io.taskweaver.events.MergeTasks;
import io.taskweaver.events.ReestimateTask;
import io.taskweaver.events.ReprioritiseTask;
import io.taskweaver.events.RequirementsSubmitted;
import io.taskweaver.events.RetitleTask;
import io.taskweaver.events.SplitTask;
import io.taskweaver.events.TaskPart;
import io.taskweaver.events.TaskPriority;
import io.taskweaver.wire.EventSerdes;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.testing.SingleObjectSerializer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeTranslationTest {
    private static final TaskId A = new TaskId("a");
    private static final TaskId B = new TaskId("b");

    @Test
    void every_change_travels_with_the_submission() {
        var submission =
                new Submission(new PlanId("shop"), List.of(), Optional.empty(), List.of(), PlanOptions.DEFAULT);
        var event = Translation.submitted(
                submission,
                List.of(
                        new PlanChange.AddNeed(A, B, "why"),
                        new PlanChange.DropNeed(A, B, "why"),
                        new PlanChange.SplitTask(
                                A,
                                List.of(
                                        new PlanChange.Part("One", "First.", List.of("c"), 10),
                                        new PlanChange.Part("Two", "", List.of(), 20))),
                        new PlanChange.MergeTasks(A, List.of(B)),
                        new PlanChange.RetitleTask(A, "Better"),
                        new PlanChange.ReestimateTask(A, 45),
                        new PlanChange.ReprioritiseTask(A, Task.Priority.HIGH),
                        new PlanChange.AddCriterion(A, "it is fast")),
                Instant.EPOCH);

        var bytes = EventSerdes.<RequirementsSubmitted>serializer(SingleObjectSerializer.settings())
                .serialize(Topics.REQUIREMENTS_SUBMITTED.name(), event);
        var read = EventSerdes.<RequirementsSubmitted>deserializer(SingleObjectSerializer.settings())
                .deserialize(Topics.REQUIREMENTS_SUBMITTED.name(), bytes);

        assertThat(read.getChanges())
                .isEqualTo(List.of(
                        new AddNeed("a", "b", "why"),
                        new DropNeed("a", "b", "why"),
                        new SplitTask(
                                "a",
                                List.of(
                                        new TaskPart("One", "First.", List.of("c"), 10),
                                        new TaskPart("Two", "", List.of(), 20))),
                        new MergeTasks("a", List.of("b")),
                        new RetitleTask("a", "Better"),
                        new ReestimateTask("a", 45),
                        new ReprioritiseTask("a", TaskPriority.HIGH),
                        new AddCriterion("a", "it is fast")));
    }
}
