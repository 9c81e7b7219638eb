package io.taskweaver.scheduling.refine;

import io.taskweaver.model.Ruling;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.TaskId;
import java.util.List;
import java.util.Optional;

/**
 * What an agent answers to {@link Questions}, not yet held against any rule.
 *
 * @param statements in its order
 * @param needs in its order
 */
public record Answers(List<OfStatement> statements, List<OfNeed> needs) {
    public static final Answers NONE = new Answers(List.of(), List.of());

    public Answers {
        statements = List.copyOf(statements);
        needs = List.copyOf(needs);
    }

    /** An answer, for people to see what became of it. */
    public sealed interface Answer {}

    /**
     * What a statement is.
     *
     * @param source lines that it names
     * @param of task that it belongs to, if it is a part
     */
    public record OfStatement(
            SourceSpan source, Ruling.Kind is, Optional<String> title, Optional<TaskId> of, String because)
            implements Answer {
        /** A clause, such as {@code spec.md:16 is context (it names an author)}. */
        @Override
        public String toString() {
            var what = switch (is) {
                case WORK ->
                    "is work" + title.map(text -> " titled '" + text + "'").orElse("");
                case PART -> "is a part of " + of.map(TaskId::value).orElse("another task");
                case CONSTRAINT -> "binds all work";
                case BOUNDARY -> "is not to be done";
                case CONTEXT -> "only explains";
            };
            return source + " " + what + " (" + because + ")";
        }
    }

    /** Whether a task needs another. */
    public enum Verdict {
        NEEDED,
        NOT_NEEDED,
        /** It is the other way round. */
        REVERSED
    }

    /**
     * Whether a task needs another.
     *
     * @param sources lines that it names
     */
    public record OfNeed(TaskId task, TaskId on, Verdict verdict, List<SourceSpan> sources, String because)
            implements Answer {
        public OfNeed {
            sources = List.copyOf(sources);
        }

        /** A clause, such as {@code FR-002 needs FR-001 (it reads its table)}. */
        @Override
        public String toString() {
            var what = switch (verdict) {
                case NEEDED -> task + " needs " + on;
                case NOT_NEEDED -> task + " does not need " + on;
                case REVERSED -> on + " needs " + task + ", not the other way round";
            };
            return what + " (" + because + ")";
        }
    }
}
