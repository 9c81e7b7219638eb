package io.taskweaver.requirements.tasks;

import io.taskweaver.requirements.text.Lexicon;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How far a task of a list has come: every state that task lists of common tools tell apart. */
public enum TaskStatus {
    PENDING("pending", "status.pending"),
    IN_PROGRESS("in-progress", "board.status.progress", "status.progress"),
    REVIEW("review", "board.status.review", "status.review"),
    BLOCKED("blocked", "status.blocked"),
    DEFERRED("deferred", "board.status.deferred", "status.deferred"),
    CANCELLED("cancelled", "board.status.rejected", "status.rejected"),
    FAILED("failed", "status.failed"),
    DONE("done", "board.status.done", "status.done");

    private static final List<String> KINDS =
            Stream.of(values()).flatMap(status -> status.kinds.stream()).toList();

    private final String word;
    /** Of the table of words. */
    private final List<String> kinds;

    TaskStatus(String word, String... kinds) {
        this.word = word;
        this.kinds = List.of(kinds);
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
        return Lexicon.first(KINDS, text).map(Lexicon.Meaning::kind).flatMap(TaskStatus::ofKind);
    }

    private static Optional<TaskStatus> ofKind(String kind) {
        return Arrays.stream(values())
                .filter(status -> status.kinds.contains(kind))
                .findFirst();
    }
}
