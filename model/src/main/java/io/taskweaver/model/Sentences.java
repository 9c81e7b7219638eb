package io.taskweaver.model;

/** Texts from several sources as sentences. */
public final class Sentences {
    private static final String ENDS = ".!?…";

    private Sentences() {}

    /**
     * A text of one line with a full stop at its end. Its first letter stays as it is, since it may begin with a name. A
     * text of several lines ends with quoted output, and stays as it is.
     */
    public static String ended(String text) {
        var stripped = text.strip();
        boolean isComplete = stripped.isEmpty()
                || stripped.indexOf('\n') >= 0
                || ENDS.indexOf(stripped.charAt(stripped.length() - 1)) >= 0;
        return isComplete ? stripped : stripped + ".";
    }
}
