package io.taskweaver.model;

import java.util.Optional;

/**
 * What an agent says of a statement that reading was unsure of.
 *
 * @param at lines of the statement
 * @param title one line for its task; empty keeps what was read
 * @param of lines of the statement that it belongs to, if it is a part
 * @param because why, in a few words
 */
public record Ruling(SourceSpan at, Kind kind, Optional<String> title, Optional<SourceSpan> of, String because) {
    private static final int LONGEST_TITLE = 200;

    /** What a statement is. */
    public enum Kind {
        /** It asks for work of its own. */
        WORK,
        /** It binds all work. */
        CONSTRAINT,
        /** It says what is not to be done, or is taken for granted. */
        BOUNDARY,
        /** It only explains. */
        CONTEXT,
        /** It belongs to the work that another statement asks for. */
        PART
    }

    public Ruling {
        title = title.map(String::strip);
        because = because.strip();
        if (because.isEmpty()) throw new IllegalArgumentException("the reason is blank");
        TextLimits.check("reason", because, TextLimits.SAID);
        if (title.isPresent() && !isTitle(title.get()))
            throw new IllegalArgumentException("a title is one line of 1 to " + LONGEST_TITLE + " characters");
        if (kind == Kind.PART && of.isEmpty())
            throw new IllegalArgumentException("a part belongs to another statement");
        // A kind that a newer build wrote is read as context.
        if (kind != Kind.PART) of = Optional.empty();
    }

    /** Whether a text can be the title of a task. */
    public static boolean isTitle(String text) {
        return !text.isBlank()
                && text.length() <= LONGEST_TITLE
                && text.codePoints().noneMatch(Character::isISOControl);
    }
}
