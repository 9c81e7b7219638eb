package io.taskweaver.wire;

/** Record keys. Parts are joined by '/', which no id contains. */
public final class EventKeys {
    private static final char SEPARATOR = '/';

    private EventKeys() {}

    /** Key of a {@link Topic.Key#PLAN} topic. */
    public static String plan(String planId) {
        return part(planId);
    }

    /** Key of a {@link Topic.Key#PLAN_TASK} or {@link Topic.Key#PLAN_COMPONENT} topic. */
    public static String planAnd(String planId, String taskOrComponent) {
        return part(planId) + SEPARATOR + part(taskOrComponent);
    }

    /** Key of a {@link Topic.Key#PLAN_TASK_ATTEMPT} topic. */
    public static String attempt(String planId, String taskId, int attempt) {
        return planAnd(planId, taskId) + SEPARATOR + attempt;
    }

    /** The part of a key that picks the partition: up to the first separator, or all of it. */
    public static String planOf(String key) {
        int end = key.indexOf(SEPARATOR);
        return end < 0 ? key : key.substring(0, end);
    }

    private static String part(String id) {
        if (id.isEmpty() || id.indexOf(SEPARATOR) >= 0)
            throw new IllegalArgumentException("not usable in a key: '" + id + "'");
        return id;
    }
}
