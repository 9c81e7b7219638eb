package io.taskweaver.planner;

import io.taskweaver.events.ApproveTask;
import io.taskweaver.events.ArchivePlan;
import io.taskweaver.events.CancelPlan;
import io.taskweaver.events.ContextMerged;
import io.taskweaver.events.ContractPublished;
import io.taskweaver.events.EventMeta;
import io.taskweaver.events.FailureKind;
import io.taskweaver.events.FileConflict;
import io.taskweaver.events.MergeConflicted;
import io.taskweaver.events.PausePlan;
import io.taskweaver.events.PlanCommand;
import io.taskweaver.events.RequirementsSubmitted;
import io.taskweaver.events.ResumePlan;
import io.taskweaver.events.TaskCompleted;
import io.taskweaver.events.TaskFailed;
import io.taskweaver.events.TaskStarted;
import io.taskweaver.events.Usage;
import io.taskweaver.model.Submission;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.wire.AvroEvents;
import io.taskweaver.wire.Tickets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Events as the other services write them. */
final class SomeEvents {
    /** As the planner of a test has them. */
    static final Tickets TICKETS = Tickets.of("a-key-of-tickets-that-tests-have");

    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private SomeEvents() {}

    static EventMeta meta(String plan) {
        return EventMeta.newBuilder()
                .setEventId(UUID.randomUUID().toString())
                .setPlanId(plan)
                .setOccurredAt(AT)
                .setCausationId(null)
                .setSchemaVersion(1)
                .build();
    }

    static RequirementsSubmitted submitted(Submission submission) {
        return (RequirementsSubmitted) AvroEvents.of(new PlanEvent.RequirementsSubmitted(
                new Meta(UUID.randomUUID().toString(), submission.plan(), AT, Optional.empty()),
                submission,
                List.of()));
    }

    static ContractPublished published(String plan, String task) {
        return ContractPublished.newBuilder()
                .setMeta(meta(plan))
                .setTaskId(task)
                .setComponent("Component " + task)
                .setVersion(1)
                .build();
    }

    static TaskStarted started(String plan, String task, int attempt) {
        return TaskStarted.newBuilder()
                .setMeta(meta(plan))
                .setTaskId(task)
                .setAttempt(attempt)
                .setExecutorId("e1")
                .setAgent("simulated")
                .setQuery("do it")
                .build();
    }

    static TaskCompleted completed(String plan, String task, int attempt) {
        return completedFor(plan, task, attempt, 0);
    }

    static TaskCompleted completedFor(String plan, String task, int attempt, long costMicros) {
        return TaskCompleted.newBuilder()
                .setMeta(meta(plan))
                .setTaskId(task)
                .setAttempt(attempt)
                .setExecutorId("e1")
                .setAgent("simulated")
                .setSummary("did it")
                .setUsage(new Usage(10L, 2L, costMicros))
                .setStartedAt(AT)
                .setDurationMillis(5)
                .setTicket(TICKETS.of(plan, task, attempt))
                .build();
    }

    static TaskFailed failed(String plan, String task, int attempt, FailureKind kind) {
        return TaskFailed.newBuilder()
                .setMeta(meta(plan))
                .setTaskId(task)
                .setAttempt(attempt)
                .setExecutorId("e1")
                .setAgent("simulated")
                .setFailure(kind)
                .setReason("it did not work")
                .setHint("set the token")
                .setStartedAt(AT)
                .setDurationMillis(5)
                .setTicket(TICKETS.of(plan, task, attempt))
                .build();
    }

    static ContextMerged merged(String plan, String task, int attempt) {
        return ContextMerged.newBuilder()
                .setMeta(meta(plan))
                .setTaskId(task)
                .setAttempt(attempt)
                .setContextVersion(1)
                .build();
    }

    static MergeConflicted conflicted(String plan, String task, int attempt) {
        return MergeConflicted.newBuilder()
                .setMeta(meta(plan))
                .setTaskId(task)
                .setAttempt(attempt)
                .setConflicts(
                        List.of(FileConflict.newBuilder().setPath("src/a.java").build()))
                .build();
    }

    static PlanCommand cancel(String plan) {
        return command(plan, CancelPlan.newBuilder().setReason("enough").build());
    }

    static PlanCommand archive(String plan) {
        return command(plan, ArchivePlan.newBuilder().setDigest("ab".repeat(32)).build());
    }

    static PlanCommand pause(String plan) {
        return pause(plan, "wait");
    }

    static PlanCommand pause(String plan, String reason) {
        return command(plan, PausePlan.newBuilder().setReason(reason).build());
    }

    static PlanCommand approve(String plan, String task) {
        return command(plan, ApproveTask.newBuilder().setTaskId(task).build());
    }

    static PlanCommand resume(String plan) {
        return command(plan, ResumePlan.newBuilder().build());
    }

    private static PlanCommand command(String plan, Object command) {
        return PlanCommand.newBuilder().setMeta(meta(plan)).setCommand(command).build();
    }
}
