package io.taskweaver.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the code says about one subject.
 *
 * @param title the requirement's title, the component's name, or the symbol that nobody asked for
 * @param at where the subject is asked for; empty if it stands in the code alone
 * @param confidence that the verdict is right, 0 to 1
 * @param because one sentence
 */
public record Finding(
        Subject subject,
        Optional<String> id,
        String title,
        Optional<SourceSpan> at,
        Verdict verdict,
        double confidence,
        String because,
        List<CodeEvidence> evidence) {
    /** What a finding is about. */
    public enum Subject {
        REQUIREMENT,
        COMPONENT,
        DEPENDENCY,
        CODE;

        /** For a person, and in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Finding {
        if (title.isBlank()) throw new IllegalArgumentException("a finding needs a title");
        if (!(confidence >= 0 && confidence <= 1)) throw new IllegalArgumentException("confidence is from 0 to 1");
        evidence = List.copyOf(evidence);
    }

    /** The evidence in one line. */
    public String places() {
        return evidence.stream().map(CodeEvidence::toString).collect(Collectors.joining(", "));
    }
}
