package io.taskweaver.model;

/** Whether tasks that are expected to touch the same files may run at the same time. */
public enum OverlapMode {
    /** They may: only urgency decides. */
    ALLOW,
    /** They run at the same time only if nothing else could run. */
    AVOID,
    /** Each waits until the result of the one before is merged. */
    FORBID
}
