package io.taskweaver.domain.schedule;

/** Where a node of an open plan stands, in one word: its state, and whether what it needs is there. */
public enum TaskStage {
    WAITING("waiting"),
    READY("ready"),
    DELAYED("delayed"),
    ISSUED("issued"),
    RUNNING("running"),
    MERGING("merging"),
    RECONCILING("reconciling"),
    NEEDS_INPUT("needs-input"),
    PAUSED("paused"),
    MERGED("merged"),
    DONE("done"),
    FAILED("failed");

    private final String word;

    TaskStage(String word) {
        this.word = word;
    }

    /** What users are told. */
    public String word() {
        return word;
    }

    /** @param free whether all that the node needs is there */
    public static TaskStage of(TaskState state, boolean free) {
        return switch (state) {
            case TaskState.Pending pending -> free ? READY : WAITING;
            case TaskState.Delayed delayed -> DELAYED;
            case TaskState.Issued issued -> ISSUED;
            case TaskState.Running running -> RUNNING;
            case TaskState.Unmerged unmerged -> MERGING;
            case TaskState.Conflicted conflicted -> RECONCILING;
            case TaskState.NeedsInput asked -> NEEDS_INPUT;
            case TaskState.Gated asked -> NEEDS_INPUT;
            case TaskState.Held held -> PAUSED;
            case TaskState.Merged merged -> MERGED;
            case TaskState.DoneBefore done -> DONE;
            case TaskState.Failed failed -> FAILED;
        };
    }
}
