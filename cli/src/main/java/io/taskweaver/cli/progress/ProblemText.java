package io.taskweaver.cli.progress;

import java.util.Optional;

/** Puts what went wrong and what to do, which come from elsewhere, together so that they read as sentences. */
public final class ProblemText {
    private ProblemText() {}

    /** What went wrong, then what to do where that is said. */
    public static String of(String reason, Optional<String> hint) {
        return hint.filter(text -> !text.isBlank())
                .map(text -> sentence(reason) + " " + sentence(text))
                .orElseGet(() -> sentence(reason));
    }

    /** A text with a capital at its beginning, if it begins with a word, and a full stop at its end. */
    public static String sentence(String text) {
        var clean = Columns.clean(text).strip();
        if (clean.isEmpty()) return clean;
        int first = clean.codePointAt(0);
        var begun = Character.toString(Character.toTitleCase(first)) + clean.substring(Character.charCount(first));
        return ".!?…".indexOf(begun.charAt(begun.length() - 1)) >= 0 ? begun : begun + ".";
    }
}
