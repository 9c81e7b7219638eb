package io.taskweaver.requirements.tasks;

import io.taskweaver.requirements.text.WordTable;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much a task matters, most first. */
public enum TaskPriority {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW,
    /** Below low: some day. */
    LOWEST;

    /** As task JSON writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a word such as "High", "P1" or "must" stands for. */
    public static Optional<TaskPriority> of(String text) {
        return WordTable.of("priority", text).map(WordTable.Entry::meaning).flatMap(TaskPriority::named);
    }

    private static Optional<TaskPriority> named(String word) {
        return Arrays.stream(values())
                .filter(priority -> priority.word().equals(word))
                .findFirst();
    }

    /** The one with a number: 0 is critical, 4 and above are lowest. */
    public static TaskPriority ofLevel(int level) {
        return values()[Math.clamp(level, 0, values().length - 1)];
    }
}
