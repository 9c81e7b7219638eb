package io.taskweaver.model;

import java.util.regex.Pattern;

/** Nodes that run a plan's command on its code. They are not in the documents, and no agent takes part. */
public final class Verifications {
    /** Verifies the code that the plan starts from. */
    public static final TaskId BASE = new TaskId("verify-base");

    /** Verifies the plan's code at its end. */
    public static final TaskId END = new TaskId("verify-head");

    /** What stands where other attempts name their agent. */
    public static final String AGENT = "verify";

    private static final Pattern RESERVED = Pattern.compile("verify-(base|head|[0-9]{1,7})");

    private Verifications() {}

    /** Whether no other node may have an id. */
    public static boolean isReserved(String id) {
        return RESERVED.matcher(id).matches();
    }

    /** Verifies results together, before they are merged; batches count from 1. */
    public static TaskId batch(long number) {
        return new TaskId("verify-" + number);
    }
}
