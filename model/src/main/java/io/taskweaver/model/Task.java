package io.taskweaver.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Optional;

/**
 * One node of a plan.
 *
 * @param kind what it does
 * @param title one line
 * @param description the requirement in full
 * @param acceptanceCriteria what has to hold when it is done, in document order
 * @param component component that it belongs to; on a contract node, the one it specifies
 * @param operation operation of the component's interface that this work implements
 * @param estimateMinutes estimated duration
 * @param needs nodes it waits for
 * @param unlocks nodes that wait for it
 * @param phase from 1; contract nodes are in phase 0
 * @param critical whether it lies on the critical path
 * @param done whether the document says that it is done
 * @param expectedFiles files it is expected to touch: a guess, and no condition
 * @param checks what its result has to pass
 * @param source lines it comes from; empty for what the planner added
 * @param headings above these lines, outermost first
 * @param passages parts of the documents that say what it means
 */
@RecordBuilder
@RecordBuilder.Options(enableWither = false, useImmutableCollections = true)
public record Task(
        TaskId id,
        Kind kind,
        String title,
        String description,
        List<String> acceptanceCriteria,
        Optional<String> component,
        Optional<String> operation,
        Priority priority,
        int estimateMinutes,
        List<Need> needs,
        List<TaskId> unlocks,
        int phase,
        boolean critical,
        boolean done,
        List<String> expectedFiles,
        Checks checks,
        List<String> tags,
        Optional<SourceSpan> source,
        List<String> headings,
        List<Passage> passages) {

    /** What a node does. */
    public enum Kind {
        /** Publishes a component's contract. */
        CONTRACT,
        /** Is run by an agent. */
        WORK,
        /** Is run by an agent, to resolve a merge conflict, or to make results pass together that pass alone. */
        RECONCILE,
        /** Runs the plan's command on its code; no agent takes part. */
        VERIFY
    }

    /** Importance as the document states it. */
    public enum Priority {
        CRITICAL,
        HIGH,
        MEDIUM,
        LOW
    }

    public Task {
        if (title.isBlank()) throw new IllegalArgumentException("task " + id + " has no title");
        if (estimateMinutes < 0) throw new IllegalArgumentException("estimate of " + id + " is negative");
        if (phase < 0) throw new IllegalArgumentException("phase of " + id + " is negative");
        acceptanceCriteria = List.copyOf(acceptanceCriteria);
        needs = List.copyOf(needs);
        unlocks = List.copyOf(unlocks);
        expectedFiles = List.copyOf(expectedFiles);
        tags = List.copyOf(tags);
        headings = List.copyOf(headings);
        passages = List.copyOf(passages);
    }

    /** A builder of a task; unset values are empty, and the priority is medium. */
    public static TaskBuilder builder(TaskId id, Kind kind, String title) {
        return TaskBuilder.builder()
                .id(id)
                .kind(kind)
                .title(title)
                .description("")
                .priority(Priority.MEDIUM)
                .checks(Checks.NONE);
    }

    /** A builder of a copy of this task with other values. */
    public TaskBuilder toBuilder() {
        return TaskBuilder.builder(this);
    }
}
