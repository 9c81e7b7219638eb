package io.taskweaver.cli.progress;

/**
 * How text is emphasised.
 *
 * @param coloured whether escape sequences may be used
 */
public record Style(boolean coloured) {
    /** Text that stands out. */
    public String bold(String text) {
        return wrapped("1", text);
    }

    /** Text that stands back. */
    public String dim(String text) {
        return wrapped("2", text);
    }

    /** Good news. */
    public String good(String text) {
        return wrapped("32", text);
    }

    /** Bad news. */
    public String bad(String text) {
        return wrapped("31", text);
    }

    /** Something to look at. */
    public String notable(String text) {
        return wrapped("33", text);
    }

    private String wrapped(String code, String text) {
        return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
