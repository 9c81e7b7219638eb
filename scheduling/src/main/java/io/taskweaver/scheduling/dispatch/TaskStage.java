package io.taskweaver.scheduling.dispatch;

import java.util.EnumSet;
import java.util.Set;

/**
 * The state of a task in one word, the same in all output for people and programs. {@code docs/states.md} lists
 * them.
 */
public enum TaskStage {
    /** Something that it needs is not there yet. */
    WAITING("waiting"),
    /** Something that it needs failed, or is blocked itself; or its plan failed before it was merged. */
    BLOCKED("blocked"),
    /** All that it needs is there; no attempt is issued. */
    READY("ready"),
    /** An attempt failed; the next one starts at a later time. */
    DELAYED("delayed"),
    /** An attempt is issued, and no executor has taken it. On a contract: it is asked for. */
    ISSUED("issued"),
    /** An executor runs an attempt. */
    RUNNING("running"),
    /** An attempt is completed, and a person has to approve its result. */
    IN_REVIEW("in-review"),
    /** An attempt is completed, and its result is not merged. */
    MERGING("merging"),
    /** The result conflicts with what is merged; a reconcile task resolves that. */
    RECONCILING("reconciling"),
    /** A person has to answer, or to let it start. */
    NEEDS_INPUT("needs-input"),
    /** A person paused it. */
    PAUSED("paused"),
    /** The result is merged. On a contract: it is published. */
    MERGED("merged"),
    /** The documents, or an earlier run, say that it is done. */
    DONE("done"),
    /** It was given up. */
    FAILED("failed"),
    /** It was not finished when the plan was cancelled. */
    CANCELLED("cancelled");

    private final String word;

    TaskStage(String word) {
        this.word = word;
    }

    /** What users read. */
    public String word() {
        return word;
    }

    /** Those of nodes for themselves: whether one is blocked or cancelled follows from other nodes and from its plan. */
    public static Set<TaskStage> ofOpenPlans() {
        return EnumSet.complementOf(EnumSet.of(BLOCKED, CANCELLED));
    }

    /** Whether nothing is left to do. */
    public boolean isFinished() {
        return this == MERGED || this == DONE;
    }

    /** Whether only a person can move it on. */
    public boolean waitsForPerson() {
        return this == NEEDS_INPUT || this == IN_REVIEW || this == PAUSED;
    }

    /** Whether an attempt is out, or its result on the way into the context; of a conflict its reconcile task says it. */
    public boolean isUnderWay() {
        return this == ISSUED || this == RUNNING || this == MERGING;
    }

    /**
     * Of a node of an open plan, apart from others that may have failed.
     *
     * @param free whether all that the node needs is there
     */
    public static TaskStage of(TaskState state, boolean free) {
        return switch (state) {
            case TaskState.Pending pending -> free ? READY : WAITING;
            case TaskState.Delayed delayed -> DELAYED;
            case TaskState.Issued issued -> ISSUED;
            case TaskState.Running running -> RUNNING;
            case TaskState.InReview review -> IN_REVIEW;
            case TaskState.Unmerged _, TaskState.Resolved _ -> MERGING;
            case TaskState.Conflicted conflicted -> RECONCILING;
            case TaskState.NeedsInput _, TaskState.Gated _ -> NEEDS_INPUT;
            case TaskState.Held held -> PAUSED;
            case TaskState.Merged merged -> MERGED;
            case TaskState.DoneBefore done -> DONE;
            case TaskState.Failed failed -> FAILED;
        };
    }
}
