package io.taskweaver.scheduling.dispatch;

import io.taskweaver.model.RejectedResult;
import io.taskweaver.model.TextLimits;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.Command;
import java.util.Optional;

/**
 * How often a task was tried.
 *
 * @param number number of the attempt that runs or would run next, from 1: the fencing token
 * @param counted failed attempts of the agent that count against the plan's limit
 * @param agent which of the plan's agents runs it, from 0
 * @param feedback text for the next attempt: why the one before failed, or a person's answer
 * @param approved whether a person let the task start
 * @param used what its attempts cost so far
 * @param rejections results that a person rejected since the last new start
 * @param rejected the last of them, until a result is approved; empty if there is none
 * @param refused why what a person settled the task with was refused, until the next attempt; empty if nothing was
 */
public record Attempts(
        int number,
        int counted,
        int agent,
        Optional<String> feedback,
        boolean approved,
        Usage used,
        int rejections,
        Optional<RejectedResult> rejected,
        Optional<String> refused) {
    /** Longest feedback that is kept, characters. */
    public static final int MAX_FEEDBACK = Command.MAX_ANSWER;

    public static final Attempts FIRST = new Attempts(1, 0, 0, Optional.empty());

    /** Attempts that cost nothing, of a task that nobody had to approve. */
    public Attempts(int number, int counted, int agent, Optional<String> feedback) {
        this(number, counted, agent, feedback, false, Usage.NONE, 0, Optional.empty(), Optional.empty());
    }

    public Attempts {
        if (number < 1) throw new IllegalArgumentException("attempt: " + number);
        if (counted < 0 || counted >= number) throw new IllegalArgumentException("counted: " + counted);
        if (agent < 0) throw new IllegalArgumentException("agent: " + agent);
        if (rejections < 0) throw new IllegalArgumentException("rejections: " + rejections);
        feedback = feedback.map(text -> text.length() <= MAX_FEEDBACK ? text : text.substring(0, MAX_FEEDBACK));
    }

    /** The next attempt after one that counts. */
    Attempts afterFailure(Optional<String> feedback) {
        return next(counted + 1, agent, feedback.or(() -> this.feedback));
    }

    /** The first attempt of the next agent, with the failure of the previous one as feedback. */
    Attempts handedOn(Optional<String> feedback) {
        return next(0, agent + 1, feedback.or(() -> this.feedback));
    }

    /** The next attempt after one that does not count. */
    Attempts again() {
        return next(counted, agent, feedback);
    }

    /** The next attempt after a person decided: with the answer, if there is one. */
    Attempts answered(Optional<String> answer) {
        return next(counted, agent, answer.or(() -> feedback));
    }

    /** The next attempt after a person asked for a new start, with the first agent. */
    Attempts renewed() {
        return new Attempts(number + 1, 0, 0, feedback, approved, used, 0, rejected, Optional.empty());
    }

    /**
     * The same attempt, whose result a person rejected. That the agent failed before does not count any more: the person
     * decided that it is to go on.
     */
    Attempts rejected(RejectedResult result) {
        return new Attempts(
                number, 0, agent, Optional.empty(), approved, used, rejections + 1, Optional.of(result), refused);
    }

    /** The same attempt, whose result a person approved. */
    Attempts resultApproved() {
        return new Attempts(number, counted, agent, feedback, approved, used, rejections, Optional.empty(), refused);
    }

    /** The same attempt of a task that a person lets start, with what that person adds. */
    Attempts withAnswer(Optional<String> answer) {
        return new Attempts(
                number, counted, agent, answer.or(() -> feedback), true, used, rejections, rejected, refused);
    }

    /** The same attempt, with what a person adds. */
    Attempts withFeedback(Optional<String> text) {
        return new Attempts(
                number, counted, agent, text.or(() -> feedback), approved, used, rejections, rejected, refused);
    }

    /** The same attempt, with which a person settled the task in vain. */
    Attempts resolutionRefused(String why) {
        return new Attempts(
                number,
                counted,
                agent,
                feedback,
                approved,
                used,
                rejections,
                rejected,
                Optional.of(TextLimits.cut(why)));
    }

    /** The same attempt, which cost so much. */
    public Attempts using(Usage usage) {
        return usage.equals(Usage.NONE)
                ? this
                : new Attempts(
                        number, counted, agent, feedback, approved, used.plus(usage), rejections, rejected, refused);
    }

    private Attempts next(int counted, int agent, Optional<String> feedback) {
        return new Attempts(
                number + 1, counted, agent, feedback, approved, used, rejections, rejected, Optional.empty());
    }
}
