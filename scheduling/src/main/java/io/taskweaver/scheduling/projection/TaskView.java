package io.taskweaver.scheduling.projection;

import io.taskweaver.model.Contract;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.scheduling.dispatch.TaskStage;
import io.taskweaver.scheduling.dispatch.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one node of a plan is doing.
 *
 * @param task the node; until that is known, one whose title is its id
 * @param position place in the plan's order, from 0; {@link #UNPLANNED} while that is unknown
 * @param state where it stands, for the scheduler
 * @param stage where it stands, in one word
 * @param waitingFor nodes that it needs and that are not finished
 * @param why why it does not go on, for a person
 * @param attempts what is known of its attempts, by number; empty where only states are kept
 * @param contract on a contract node, its newest contract
 */
public record TaskView(
        Task task,
        int position,
        TaskState state,
        TaskStage stage,
        List<TaskId> waitingFor,
        Optional<String> why,
        List<AttemptView> attempts,
        Optional<Contract> contract) {
    /** Position of a node that is not known yet. */
    static final int UNPLANNED = Integer.MAX_VALUE;

    public TaskView {
        waitingFor = List.copyOf(waitingFor);
        attempts = List.copyOf(attempts);
    }

    public TaskId id() {
        return task.id();
    }

    /** Whether the node itself is known. */
    public boolean isPlanned() {
        return position != UNPLANNED;
    }

    /** Whether it verifies the plan's code: it is in no document, and no agent runs it. */
    public boolean isVerification() {
        return task.kind() == Task.Kind.VERIFY;
    }

    /** Where it stands, in one word for a person: of a verification, what it found. */
    public String word() {
        if (!isVerification() || stage != TaskStage.MERGED || attempts.isEmpty()) return stage.word();
        return attempts.getLast().completed().isPresent() ? "passed" : "failed";
    }

    /** Whether its agent said that it is done, and changed nothing. */
    public boolean isDoneWithoutChange() {
        return task.kind() == Task.Kind.WORK
                && stage == TaskStage.MERGED
                && result().filter(merged -> merged.changes().isEmpty()).isPresent();
    }

    /** What of it was merged. */
    public Optional<PlanEvent.ContextMerged> result() {
        return attempts.reversed().stream()
                .flatMap(attempt -> attempt.merged().stream())
                .findFirst();
    }

    /** What its agent says about the merged result; empty if it says nothing. */
    public Optional<String> summary() {
        return attempts.reversed().stream()
                .filter(attempt -> attempt.merged().isPresent())
                .flatMap(attempt -> attempt.completed().stream())
                .map(PlanEvent.TaskCompleted::summary)
                .filter(text -> !text.isBlank())
                .findFirst();
    }

    /** Number of the attempt that runs, ran last or would run next; 0 if none ever does. */
    public int attempt() {
        return state instanceof TaskState.Tried tried ? tried.attempts().number() : 0;
    }

    /** Cost of its attempts, as far as their agents report it. */
    public Usage used() {
        return state instanceof TaskState.Tried tried ? tried.attempts().used() : Usage.NONE;
    }

    /** Who runs it. */
    public Optional<String> executor() {
        return state instanceof TaskState.Running running ? Optional.of(running.executor()) : Optional.empty();
    }

    /** When it came into this state, where that is known. */
    public Optional<Instant> since() {
        return switch (state) {
            case TaskState.Running running -> Optional.of(running.startedAt());
            case TaskState.Outstanding out -> Optional.of(out.since());
            case TaskState.Merged merged -> Optional.of(merged.at());
            case TaskState.Tried _, TaskState.DoneBefore _ -> Optional.empty();
        };
    }

    /** The newest attempt that began, with its query. */
    public Optional<PlanEvent.TaskStarted> lastStart() {
        return attempts.reversed().stream()
                .flatMap(attempt -> attempt.started().stream())
                .findFirst();
    }

    /** The newest failure. */
    public Optional<PlanEvent.TaskFailed> lastFailure() {
        return attempts.reversed().stream()
                .flatMap(attempt -> attempt.failed().stream())
                .findFirst();
    }

    TaskView with(List<AttemptView> known, Optional<Contract> published) {
        return new TaskView(task, position, state, stage, waitingFor, why, known, published);
    }
}
