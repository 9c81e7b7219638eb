package io.taskweaver.requirements.tasks;

import java.util.Locale;
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
        var plain = text.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "-");
        return Optional.ofNullable(
                switch (plain) {
                    case "pending", "open", "todo", "to-do", "new", "not-started", "backlog", "draft", "ready" ->
                        PENDING;
                    case "in-progress", "doing", "started", "active", "wip", "running" -> IN_PROGRESS;
                    case "review", "in-review", "testing" -> REVIEW;
                    case "blocked", "on-hold", "waiting" -> BLOCKED;
                    case "deferred", "postponed", "later" -> DEFERRED;
                    case "cancelled", "canceled", "wontfix", "won't-do", "dropped", "tombstone" -> CANCELLED;
                    case "failed" -> FAILED;
                    case "done", "completed", "complete", "closed", "finished", "x" -> DONE;
                    default -> null;
                });
    }
}
