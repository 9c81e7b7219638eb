package io.taskweaver.wire;

import io.taskweaver.events.CodeObjects;
import io.taskweaver.events.ComponentSpecified;
import io.taskweaver.events.ContextCommand;
import io.taskweaver.events.ContextMerged;
import io.taskweaver.events.ContractPublished;
import io.taskweaver.events.DeadLetter;
import io.taskweaver.events.ExecutionJournal;
import io.taskweaver.events.ExecutorHeartbeat;
import io.taskweaver.events.MergeConflicted;
import io.taskweaver.events.PlanArchived;
import io.taskweaver.events.PlanCancelled;
import io.taskweaver.events.PlanCommand;
import io.taskweaver.events.PlanCompleted;
import io.taskweaver.events.PlanCreated;
import io.taskweaver.events.PlanFailed;
import io.taskweaver.events.PlanStanding;
import io.taskweaver.events.RequirementsRejected;
import io.taskweaver.events.RequirementsSubmitted;
import io.taskweaver.events.ResultApproved;
import io.taskweaver.events.ResultWithdrawn;
import io.taskweaver.events.TaskCompleted;
import io.taskweaver.events.TaskFailed;
import io.taskweaver.events.TaskOutput;
import io.taskweaver.events.TaskPlanned;
import io.taskweaver.events.TaskProgressed;
import io.taskweaver.events.TaskReady;
import io.taskweaver.events.TaskResolved;
import io.taskweaver.events.TaskStarted;
import io.taskweaver.events.VerificationRequested;
import io.taskweaver.wire.Topic.Cleanup;
import io.taskweaver.wire.Topic.Key;
import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** All topics of the system. Each has one writer; a service reads those that it needs. */
public final class Topics {
    private static final int MIB = 1024 * 1024;

    /** Largest text of one submission, documents and code files together, bytes of UTF-8. */
    public static final int MAX_SUBMISSION_BYTES = 5 * MIB;

    /** Largest record batch on any topic, bytes: room for the largest submission with its envelope. */
    public static final int MAX_MESSAGE_BYTES = 8 * MIB;

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MONTH = Duration.ofDays(30);

    public static final Topic<RequirementsSubmitted> REQUIREMENTS_SUBMITTED =
            deleted("requirements-submitted", RequirementsSubmitted.class, Key.PLAN, "anyone", "requests a plan");
    public static final Topic<RequirementsRejected> REQUIREMENTS_REJECTED = deleted(
            "requirements-rejected",
            RequirementsRejected.class,
            Key.PLAN,
            "planner",
            "a submission was rejected, with reasons");
    public static final Topic<PlanCreated> PLAN_CREATED =
            compacted("plan-created", PlanCreated.class, Key.PLAN, "planner", "a submission became a plan");
    public static final Topic<PlanCompleted> PLAN_COMPLETED =
            deleted("plan-completed", PlanCompleted.class, Key.PLAN, "planner", "everything is merged");
    public static final Topic<PlanFailed> PLAN_FAILED = deleted(
            "plan-failed",
            PlanFailed.class,
            Key.PLAN,
            "planner",
            "no further progress is possible; reopened if a plan-standing follows");
    public static final Topic<PlanCancelled> PLAN_CANCELLED =
            deleted("plan-cancelled", PlanCancelled.class, Key.PLAN, "planner", "a user cancelled the plan");
    public static final Topic<PlanArchived> PLAN_ARCHIVED = compacted(
            "plan-archived",
            PlanArchived.class,
            Key.PLAN,
            "planner",
            "an ended plan was archived; services and compacted topics drop it");
    public static final Topic<PlanStanding> PLAN_STANDING = deleted(
            "plan-standing",
            PlanStanding.class,
            Key.PLAN,
            "planner",
            "status: paused or not, tasks that wait for a person, usage");
    public static final Topic<TaskPlanned> TASK_PLANNED =
            compacted("task-planned", TaskPlanned.class, Key.PLAN_TASK, "planner", "one node of the graph");
    public static final Topic<ComponentSpecified> COMPONENT_SPECIFIED = deleted(
            "component-specified",
            ComponentSpecified.class,
            Key.PLAN_COMPONENT,
            "planner or anyone",
            "requests a contract");
    public static final Topic<ContractPublished> CONTRACT_PUBLISHED = compacted(
            "contract-published", ContractPublished.class, Key.PLAN_COMPONENT, "interface", "a contract, versioned");
    public static final Topic<TaskReady> TASK_READY =
            deleted("task-ready", TaskReady.class, Key.PLAN_TASK, "planner", "an attempt is issued");
    public static final Topic<TaskStarted> TASK_STARTED = deleted(
            "task-started", TaskStarted.class, Key.PLAN, "executor", "an executor started an attempt; with its query");
    public static final Topic<TaskProgressed> TASK_PROGRESSED =
            deleted("task-progressed", TaskProgressed.class, Key.PLAN, "executor", "progress of an attempt");
    public static final Topic<TaskOutput> TASK_OUTPUT = new Topic<>(
            "task-output",
            TaskOutput.class,
            Key.PLAN_TASK_ATTEMPT,
            "executor",
            Cleanup.DELETE,
            WEEK,
            MIB,
            "what an attempt printed, in parts, without secrets: of paid, long and failed ones");
    public static final Topic<TaskCompleted> TASK_COMPLETED = deleted(
            "task-completed", TaskCompleted.class, Key.PLAN, "executor", "an attempt succeeded: subscribe here");
    public static final Topic<TaskFailed> TASK_FAILED =
            deleted("task-failed", TaskFailed.class, Key.PLAN, "executor", "an attempt ended without success");
    public static final Topic<ContextMerged> CONTEXT_MERGED =
            deleted("context-merged", ContextMerged.class, Key.PLAN, "context", "a result is merged");
    public static final Topic<MergeConflicted> MERGE_CONFLICTED = deleted(
            "merge-conflicted", MergeConflicted.class, Key.PLAN, "context", "a result conflicts with merged ones");
    public static final Topic<VerificationRequested> VERIFICATION_REQUESTED = deleted(
            "verification-requested",
            VerificationRequested.class,
            Key.PLAN,
            "context",
            "results are to be verified together before they are merged");
    public static final Topic<ResultApproved> RESULT_APPROVED = deleted(
            "result-approved",
            ResultApproved.class,
            Key.PLAN,
            "planner",
            "a person approved a result: it may be merged");
    public static final Topic<TaskResolved> TASK_RESOLVED = deleted(
            "task-resolved",
            TaskResolved.class,
            Key.PLAN,
            "planner",
            "a person settled a task that conflicts or failed: its result");
    public static final Topic<ResultWithdrawn> RESULT_WITHDRAWN = deleted(
            "result-withdrawn",
            ResultWithdrawn.class,
            Key.PLAN,
            "planner",
            "a result is given up: it conflicts, or a person rejected it");
    public static final Topic<CodeObjects> CODE_OBJECTS = compacted(
            "code-objects",
            CodeObjects.class,
            Key.PLAN_PACK_PART,
            "client, executor, context",
            "the code of a plan as Git packs: base, results, merged commits");
    public static final Topic<PlanCommand> PLAN_COMMANDS = deleted(
            "plan-commands",
            PlanCommand.class,
            Key.PLAN,
            "CLI, REST, anyone",
            "commands: cancel, pause or resume a plan or a task, retry, approve, reject, resolve, change priority or"
                    + " options, archive");
    public static final Topic<ContextCommand> CONTEXT_COMMANDS = deleted(
            "context-commands",
            ContextCommand.class,
            Key.PLAN,
            "CLI, REST, anyone",
            "commands to the contexts of a plan: import, clear");
    public static final Topic<ExecutionJournal> EXECUTION_JOURNAL = new Topic<>(
            "execution-journal",
            ExecutionJournal.class,
            Key.PLAN_TASK_ATTEMPT,
            "executor",
            // Not compacted: of two runs or two outcomes of an attempt the first counts, not the last.
            Cleanup.DELETE,
            MONTH,
            MAX_MESSAGE_BYTES,
            "claim, run id, outcome of an attempt: prevents a second payment");
    public static final Topic<ExecutorHeartbeat> EXECUTOR_HEARTBEAT = new Topic<>(
            "executor-heartbeat",
            ExecutorHeartbeat.class,
            Key.EXECUTOR,
            "executor",
            Cleanup.COMPACT_DELETE,
            Duration.ofDays(1),
            MAX_MESSAGE_BYTES,
            "slots, running attempts, agents: live capacity of the fleet");
    public static final Topic<DeadLetter> DEAD_LETTERS = new Topic<>(
            "dead-letters",
            DeadLetter.class,
            Key.SOURCE,
            "any",
            Cleanup.DELETE,
            MONTH,
            2 * MAX_MESSAGE_BYTES,
            "records that cannot be processed, with reason, cause and origin");

    private static final List<Topic<?>> ALL = List.of(
            REQUIREMENTS_SUBMITTED,
            REQUIREMENTS_REJECTED,
            PLAN_CREATED,
            PLAN_COMPLETED,
            PLAN_FAILED,
            PLAN_CANCELLED,
            PLAN_ARCHIVED,
            PLAN_STANDING,
            TASK_PLANNED,
            COMPONENT_SPECIFIED,
            CONTRACT_PUBLISHED,
            TASK_READY,
            TASK_STARTED,
            TASK_PROGRESSED,
            TASK_OUTPUT,
            TASK_COMPLETED,
            TASK_FAILED,
            CONTEXT_MERGED,
            MERGE_CONFLICTED,
            VERIFICATION_REQUESTED,
            RESULT_APPROVED,
            RESULT_WITHDRAWN,
            TASK_RESOLVED,
            CODE_OBJECTS,
            PLAN_COMMANDS,
            CONTEXT_COMMANDS,
            EXECUTION_JOURNAL,
            EXECUTOR_HEARTBEAT,
            DEAD_LETTERS);

    private Topics() {}

    /** All topics, in the order of a plan's life cycle. */
    public static List<Topic<?>> all() {
        return ALL;
    }

    private static <T extends SpecificRecord> Topic<T> deleted(
            String name, Class<T> type, Key key, String writer, String meaning) {
        return new Topic<>(name, type, key, writer, Cleanup.DELETE, WEEK, MAX_MESSAGE_BYTES, meaning);
    }

    private static <T extends SpecificRecord> Topic<T> compacted(
            String name, Class<T> type, Key key, String writer, String meaning) {
        return new Topic<>(name, type, key, writer, Cleanup.COMPACT, WEEK, MAX_MESSAGE_BYTES, meaning);
    }
}
