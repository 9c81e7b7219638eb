package io.taskweaver.requirements.tasks;

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
        return Optional.ofNullable(
                switch (text.strip().toLowerCase(Locale.ROOT)) {
                    case "critical", "p0", "urgent", "highest", "blocker" -> CRITICAL;
                    case "high", "p1", "must" -> HIGH;
                    case "medium", "p2", "normal", "should" -> MEDIUM;
                    case "low", "p3", "could" -> LOW;
                    case "lowest", "p4", "backlog", "some day" -> LOWEST;
                    default -> null;
                });
    }

    /** The one with a number: 0 is critical, 4 and above are lowest. */
    public static TaskPriority ofLevel(int level) {
        return values()[Math.clamp(level, 0, values().length - 1)];
    }
}
