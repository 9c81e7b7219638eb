package io.taskweaver.scheduling.dispatch;

import io.taskweaver.model.Resolution;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.TextLimits;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a node of a running plan stands. Whether a pending one waits for others or for a slot follows from the graph and
 * is not part of its state.
 *
 * <pre>
 * Pending -> Issued -> Running -> Unmerged -> Merged
 *    ^          \________|___________|-> Conflicted -> Merged (by its reconcile node) or Failed
 *    |                   |
 *    |-- Delayed <-------|   failed, to be tried again after a while
 *    |-- NeedsInput <----|   until a person answers
 *    |-- InReview <------|   completed, until a person approves the result (-> Unmerged) or rejects it
 *    |-- Gated                until a person lets it start
 *    |-- Held                 until the person who paused it lets it go on
 *    '-------------------'-> Failed
 *
 * Conflicted or Failed -> Resolved (by a person) -> Merged or Conflicted, or where it was if that is refused
 * </pre>
 */
public sealed interface TaskState {

    /** States of a node that was or will be tried. */
    sealed interface Tried extends TaskState {
        Attempts attempts();
    }

    /** An attempt of it is out: its report is awaited. */
    sealed interface Outstanding extends Tried {
        /** When it was last issued, or when it entered this state, by the planner's clock. */
        Instant since();
    }

    /** Not issued: its needs are not met, or it waits for a slot. */
    record Pending(Attempts attempts) implements Tried {
        static final Pending FIRST = new Pending(Attempts.FIRST);
    }

    /** Failed, and to be tried again, not before {@code until}. */
    record Delayed(Attempts attempts, Instant until) implements Tried {
        /** For those who do not know how long the planner waits. */
        public static final Instant UNKNOWN = Instant.MAX;
    }

    /** Handed out. On a contract node: asked for. */
    record Issued(Attempts attempts, Instant since) implements Outstanding {}

    /** Taken by an executor. */
    record Running(Attempts attempts, Instant since, String executor, Instant startedAt) implements Outstanding {}

    /** Completed; its result is not yet merged. */
    record Unmerged(Attempts attempts, Instant since) implements Outstanding {}

    /**
     * A person settled it; the result is not yet merged.
     *
     * @param failure why it had failed before; empty if its result conflicted
     * @param hint what was to be done about that
     */
    record Resolved(
            Attempts attempts, Instant since, Resolution resolution, Optional<String> failure, Optional<String> hint)
            implements Outstanding {}

    /**
     * Completed; a person has to approve its result before it is merged.
     *
     * @param commit the result; empty if it changed nothing, or if it is not known
     */
    record InReview(Attempts attempts, Optional<String> commit) implements Tried {
        /** What the person is asked. */
        public static final String QUESTION = "May its result be merged?";
    }

    /** Its result contradicts what is merged; {@code resolver} brings the two together. */
    record Conflicted(Attempts attempts, TaskId resolver) implements Tried {}

    /** Its result is part of the plan's context, or, on a contract node, its contract is published. */
    record Merged(Attempts attempts, Instant at) implements Tried {}

    /** The agent asked something that a person has to answer first. */
    record NeedsInput(Attempts attempts, String question) implements Tried {
        public NeedsInput {
            question = TextLimits.cut(question);
        }
    }

    /** A person has to let it start. */
    record Gated(Attempts attempts) implements Tried {
        /** What the person is asked. */
        public static final String QUESTION = "May it start?";
    }

    /** A person paused it before it started. */
    record Held(Attempts attempts, String reason) implements Tried {
        public Held {
            reason = TextLimits.cut(reason);
        }
    }

    /** Given up. */
    record Failed(Attempts attempts, String reason, Optional<String> hint) implements Tried {
        public Failed {
            reason = TextLimits.cut(reason);
            hint = hint.map(TextLimits::cut);
        }
    }

    /** The document says that it is done. */
    record DoneBefore() implements TaskState {
        static final DoneBefore INSTANCE = new DoneBefore();
    }

    /** State of a node of which nothing has happened yet. */
    static TaskState initial(boolean done) {
        return done ? DoneBefore.INSTANCE : Pending.FIRST;
    }

    /** Whether its result is on the way into the plan's code. */
    default boolean isMerging() {
        return this instanceof Unmerged || this instanceof Resolved;
    }

    /** Whether what waits for this node may go on. */
    default boolean satisfies() {
        return this instanceof Merged || this instanceof DoneBefore;
    }
}
