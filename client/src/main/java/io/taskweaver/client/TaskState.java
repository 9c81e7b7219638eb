package io.taskweaver.client;

/** How far a node of a plan has come. */
public enum TaskState {
    /** Something it needs is not there yet. */
    WAITING,
    /** An attempt was issued; no executor has it yet. */
    READY,
    /** An executor runs it. */
    RUNNING,
    /** It ran; its result is being merged. */
    MERGING,
    /** Its result contradicts another's, and is being reconciled. */
    RECONCILING,
    /** An attempt failed; there will be another. */
    RETRYING,
    /** A person has to answer before it goes on. */
    NEEDS_INPUT,
    /** Its attempts are used up. */
    FAILED,
    /** A node that it needs failed. */
    BLOCKED,
    /** It is merged, published, or was done before. */
    DONE;

    /** As people write it. */
    public String words() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
