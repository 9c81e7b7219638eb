package io.taskweaver.scheduling.refine;

import io.taskweaver.model.Document;
import io.taskweaver.model.SourceSpan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lines that documents have. */
final class SourceLines {
    private final Map<String, Long> counts = new HashMap<>();

    SourceLines(List<Document> documents) {
        for (var document : documents)
            counts.put(document.path(), document.content().lines().count());
    }

    /** Why lines are none, as a sentence. */
    Optional<String> unknown(SourceSpan at) {
        var count = counts.get(at.path());
        if (count == null) return Optional.of("There is no document " + at.path() + ".");
        return at.lastLine() > count
                ? Optional.of(at.path() + " has no line " + at.lastLine() + ".")
                : Optional.empty();
    }

    static boolean contains(SourceSpan whole, SourceSpan part) {
        return whole.path().equals(part.path())
                && whole.firstLine() <= part.firstLine()
                && part.lastLine() <= whole.lastLine();
    }

    static boolean overlap(SourceSpan one, SourceSpan other) {
        return one.path().equals(other.path())
                && one.firstLine() <= other.lastLine()
                && other.firstLine() <= one.lastLine();
    }
}
