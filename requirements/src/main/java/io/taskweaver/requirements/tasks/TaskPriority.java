package io.taskweaver.requirements.tasks;

import io.taskweaver.requirements.text.Lexicon;
import java.util.Arrays;
import java.util.List;
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

    /** Of the table of words; what only trackers say comes first. */
    private static final List<String> KINDS = List.of(
            "board.priority.high",
            "board.priority.lowest",
            "priority.critical",
            "priority.high",
            "priority.medium",
            "priority.low");

    /** As task JSON writes it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a word such as "High", "P1" or "must" stands for. */
    public static Optional<TaskPriority> of(String text) {
        return Lexicon.first(KINDS, text).map(Lexicon.Meaning::kind).flatMap(TaskPriority::ofKind);
    }

    private static Optional<TaskPriority> ofKind(String kind) {
        return Arrays.stream(values())
                .filter(priority -> kind.endsWith("." + priority.word()))
                .findFirst();
    }

    /** The one with a number: 0 is critical, 4 and above are lowest. */
    public static TaskPriority ofLevel(int level) {
        return values()[Math.clamp(level, 0, values().length - 1)];
    }
}
