package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.text.Lexicon;
import io.taskweaver.requirements.text.Words;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How much a document says that something matters. */
public enum Importance {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW,
    /** Will not be done, this time. */
    NONE;

    private static final int MOST_WORDS = 4;
    /** What stands in brackets somewhere in a text, or in parentheses at its end. */
    private static final List<String> MARKS = Words.phrases("""
        must, should, could, p0, p1, p2, p3, high, medium, low, must have, should have, could have, won't,
        won't have, critical, optional
        """);

    /** What a word or cell such as "Must", "P1" or "low priority" stands for. */
    public static Optional<Importance> of(String text) {
        int words = Words.plain(text).size();
        if (words == 0 || words > MOST_WORDS) return Optional.empty();
        for (var each : values())
            if (!Lexicon.opening("priority." + each.name().toLowerCase(Locale.ROOT), text)
                    .isEmpty()) return Optional.of(each);
        return Optional.empty();
    }

    /** What a remark such as "(Priority: P1)" or "[Must]" within a text says. */
    static Optional<Importance> within(String text) {
        var lower = Words.lower(text);
        int at = lower.indexOf("priority");
        while (at >= 0) {
            int colon = at + "priority".length();
            if (colon < lower.length() && (lower.charAt(colon) == ':' || lower.charAt(colon) == '=')) {
                var words = Words.plain(lower.substring(colon, Math.min(lower.length(), colon + 20)));
                if (!words.isEmpty()) return of(words.getFirst());
            }
            at = lower.indexOf("priority", colon);
        }
        if (lower.indexOf('[') < 0 && !lower.endsWith(")")) return Optional.empty();
        for (var mark : MARKS)
            if (lower.contains("[" + mark + "]") || lower.endsWith("(" + mark + ")")) return of(mark);
        return Optional.empty();
    }
}
