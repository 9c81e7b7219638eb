package io.taskweaver.requirements.tasks;

import io.taskweaver.requirements.text.WordTable;
import java.util.Arrays;
import java.util.Optional;

/** How far a task of a list has come: every state that task lists of common tools tell apart. */
public enum TaskStatus {
    PENDING("pending"),
    IN_PROGRESS("in-progress"),
    REVIEW("review"),
    BLOCKED("blocked"),
    DEFERRED("deferred"),
    CANCELLED("cancelled"),
    FAILED("failed"),
    DONE("done");

    private final String word;

    TaskStatus(String word) {
        this.word = word;
    }

    /** As task JSON writes it. */
    public String word() {
        return word;
    }

    /** Whether nothing is left to do. */
    public boolean isOver() {
        return this == DONE || this == CANCELLED;
    }

    /** What a word of any of the tools stands for, however it is spelled: "In Progress", "in_progress", "closed". */
    public static Optional<TaskStatus> of(String text) {
        return WordTable.of("status", text).map(WordTable.Entry::meaning).flatMap(TaskStatus::named);
    }

    private static Optional<TaskStatus> named(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word.equals(word))
                .findFirst();
    }
}
