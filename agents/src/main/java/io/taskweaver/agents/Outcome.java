package io.taskweaver.agents;

import io.taskweaver.domain.context.FileChange;
import io.taskweaver.domain.plan.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How a run ended. */
public sealed interface Outcome {
    /** What it cost. */
    Usage usage();

    /**
     * The agent did what was asked.
     *
     * @param answer its answer in full
     * @param changes what it changed in a folder of its own; empty if it had none, and its answer holds the changes
     * @param summary a few lines for a person
     * @param links pull requests and the like
     */
    record Succeeded(String answer, Optional<List<FileChange>> changes, String summary, List<String> links, Usage usage)
            implements Outcome {
        public Succeeded {
            changes = changes.map(List::copyOf);
            links = List.copyOf(links);
        }

        /** The agent answered with text alone. */
        public Succeeded(String answer, String summary, List<String> links, Usage usage) {
            this(answer, Optional.empty(), summary, links, usage);
        }
    }

    /** It did not. {@code reason} is for a person and holds no secret. */
    sealed interface Unsuccessful extends Outcome {
        String reason();

        /** Whether the run may go on unseen: it is waited for again instead of another one that would be paid for. */
        default boolean runGoesOn() {
            return false;
        }

        @Override
        default Usage usage() {
            return Usage.NONE;
        }
    }

    /** Too many requests: uses up no attempt; {@code until} is when to try again, where the agent says so. */
    record RateLimited(String reason, Optional<Instant> until) implements Unsuccessful {}

    /** The agent could not be reached or failed itself: try again after a while. */
    record InfraFailed(String reason) implements Unsuccessful {}

    /** Its executor was stopped, and with it either the run or only the waiting for it: uses up no attempt. */
    record Interrupted(String reason, boolean runGoesOn) implements Unsuccessful {}

    /** A person has to answer first. */
    record NeedsInput(String reason, Usage usage) implements Unsuccessful {
        public NeedsInput(String reason) {
            this(reason, Usage.NONE);
        }
    }

    /** The agent tried and could not. */
    record TaskFailed(String reason, Usage usage) implements Unsuccessful {
        public TaskFailed(String reason) {
            this(reason, Usage.NONE);
        }
    }

    /** It did not end within {@code limit}. */
    record TimedOut(String reason, Duration limit) implements Unsuccessful {}

    /** No money or quota is left. */
    record BudgetExceeded(String reason, Usage usage) implements Unsuccessful {
        public BudgetExceeded(String reason) {
            this(reason, Usage.NONE);
        }
    }

    /**
     * No money or quota is left; where the agent says when there will be again, a limit like any other.
     *
     * @param until when to try again
     */
    static Unsuccessful noCredit(String reason, Usage usage, Optional<Instant> until) {
        return until.isPresent() ? new RateLimited(reason, until) : new BudgetExceeded(reason, usage);
    }

    /** Somebody stopped it. */
    record Cancelled(String reason) implements Unsuccessful {}

    /**
     * The executor's owner does not allow what the order asks for; {@code hint} says how to, or how to do without. What the
     * run cost, if there was one, is {@code usage}.
     */
    record NotAllowed(String reason, String hint, Usage usage) implements Unsuccessful {
        /** Nothing was begun. */
        public NotAllowed(String reason, String hint) {
            this(reason, hint, Usage.NONE);
        }
    }

    /** The credentials are wrong, from the beginning or while a run goes on; {@code hint} says what to set. */
    record CredentialsRefused(String reason, String hint, boolean runGoesOn) implements Unsuccessful {
        /** No run goes on. */
        public CredentialsRefused(String reason, String hint) {
            this(reason, hint, false);
        }
    }
}
