package io.taskweaver.model;

import java.util.regex.Pattern;

/**
 * Id of a node of a plan, unique within the plan: the document's own where it has one. Letters, digits, '.', '_', ':'
 * and '-', at most 100 characters.
 */
public record TaskId(String value) implements Comparable<TaskId> {
    private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._:-]{0,99}");

    public TaskId {
        if (!FORM.matcher(value).matches()) throw new IllegalArgumentException("not a task id: '" + value + "'");
    }

    /** Whether a text can be the id of a node. */
    public static boolean isValid(String value) {
        return FORM.matcher(value).matches();
    }

    @Override
    public int compareTo(TaskId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
