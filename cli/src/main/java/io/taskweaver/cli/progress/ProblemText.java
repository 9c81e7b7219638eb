package io.taskweaver.cli.progress;

import io.taskweaver.model.Sentences;
import java.util.Optional;

/** Joins a reason and a hint from other sources as sentences. */
public final class ProblemText {
    private ProblemText() {}

    /** The reason, and the hint if there is one. */
    public static String of(String reason, Optional<String> hint) {
        return hint.filter(text -> !text.isBlank())
                .map(text -> sentence(reason) + " " + sentence(text))
                .orElseGet(() -> sentence(reason));
    }

    /** A text in one line, with a full stop at its end. */
    public static String sentence(String text) {
        return Sentences.ended(Columns.clean(text));
    }
}
