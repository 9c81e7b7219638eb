package io.taskweaver.model;

import io.taskweaver.model.effort.LimitExceeded;
import java.util.Locale;

/** Maximum lengths of texts that are copied from one event into others. */
public final class TextLimits {
    /** What a person says of a plan or a task, and what an agent asks or reports, characters. */
    public static final int SAID = 10_000;

    private static final String MORE = " ...";

    private TextLimits() {}

    /**
     * Sees to it that a text is short enough, where somebody can shorten it.
     *
     * @param what it is, e.g. {@code reason}
     * @throws LimitExceeded if it is longer than {@code most} characters
     */
    public static void check(String what, String text, int most) {
        if (text.length() > most)
            throw new LimitExceeded(
                    what,
                    most,
                    String.format(Locale.ROOT, "%s has %,d characters", what, text.length()),
                    "Shorten it.");
    }

    /**
     * Sees to it that there are not too many of something.
     *
     * @throws LimitExceeded if there are more than {@code most}
     */
    public static void checkCount(String what, int count, int most) {
        if (count > most)
            throw new LimitExceeded(
                    what, most, String.format(Locale.ROOT, "%s has %,d entries", what, count), "Use fewer.");
    }

    /** A text that nobody can shorten any more, cut where it is longer than that. */
    public static String cut(String text) {
        return cut(text, SAID);
    }

    /** A text of at most so many characters. */
    public static String cut(String text, int most) {
        if (text.length() <= most) return text;
        int end = Math.max(0, most - MORE.length());
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) end--;
        return text.substring(0, end) + MORE;
    }
}
