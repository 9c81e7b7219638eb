package io.taskweaver.scheduling.dispatch;

import java.util.Locale;

/** The state of a plan in one word, the same in all output for people and programs. */
public enum PlanStage {
    /** It is submitted, and not planned yet. */
    PLANNING,
    /** Its tasks are dispatched. */
    ACTIVE,
    /** No further attempt is dispatched. */
    PAUSED,
    /** Every task is finished. */
    COMPLETED,
    /** No further progress is possible. */
    FAILED,
    /** A user cancelled it. */
    CANCELLED,
    /** The submission cannot be planned. */
    REJECTED,
    /** It had ended, and was written into an archive. */
    ARCHIVED;

    /** What users read. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is planned and has not ended. */
    public boolean isOpen() {
        return this == ACTIVE || this == PAUSED;
    }

    /** Of a plan that was made. */
    public static PlanStage of(PlanState state) {
        return switch (state) {
            case PlanState.Active active -> ACTIVE;
            case PlanState.Paused paused -> PAUSED;
            case PlanState.Completed completed -> COMPLETED;
            case PlanState.Failed failed -> FAILED;
            case PlanState.Cancelled cancelled -> CANCELLED;
        };
    }
}
