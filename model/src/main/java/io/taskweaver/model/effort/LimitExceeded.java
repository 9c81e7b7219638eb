package io.taskweaver.model.effort;

import java.util.Locale;

/** A text asks for more than a limit allows. Thrown where it is found, so that nothing more is done for it. */
public final class LimitExceeded extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String limit;
    private final String hint;
    private final String path;
    private final int line;

    /**
     * @param limit name of the limit, as the setting has it, e.g. {@code needs}
     * @param most what it allows
     * @param message what is too much, for a person; the limit is added to it
     * @param hint what to do about it
     * @param path of the document; empty if it is none in particular
     * @param line from 1; 0 if it is none in particular
     */
    public LimitExceeded(String limit, long most, String message, String hint, String path, int line) {
        super(String.format(Locale.ROOT, "%s; the limit '%s' is %,d.", message, limit, most), null, false, false);
        this.limit = limit;
        this.hint = hint;
        this.path = path;
        this.line = line;
    }

    public LimitExceeded(String limit, long most, String message, String hint) {
        this(limit, most, message, hint, "", 0);
    }

    public String limit() {
        return limit;
    }

    /** What it says, for a person. */
    public String message() {
        return String.valueOf(getMessage());
    }

    public String hint() {
        return hint;
    }

    public String path() {
        return path;
    }

    public int line() {
        return line;
    }
}
