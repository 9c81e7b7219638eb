package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.text.Words;
import java.util.regex.Pattern;

/** Recognises what a template leaves for its user to fill in. */
final class Placeholders {
    private static final Pattern BRACKETS = Pattern.compile("\\[[^\\[\\]]*\\p{L}[^\\[\\]]*]");
    private static final Pattern NUMBER = Pattern.compile("\\[[A-Z]]\\s*%|\\[[XYZN]{1,3}]");
    /** Marks such as [P] and [US1], and operations of an interface: [GET]. */
    private static final Pattern TAG = Pattern.compile("\\[(?:P|US[0-9]+|Story|x|X|(?i:get|post|put|patch|delete))]");

    private static final Pattern CONDITION =
            Pattern.compile("(?<=[\\p{L}\\p{N}]{2}\\s{1,3})\\[\\p{Ll}[\\p{L} ]{2,30}]\\s*$");

    private static final int ENOUGH_WORDS = 3;
    private static final int ENOUGH_IDEOGRAPHS = 2;

    private Placeholders() {}

    /** Whether the text is a placeholder in the main. */
    static boolean isUnfilled(String text) {
        if (text.indexOf('[') < 0)
            return text.strip().equals("...") || text.strip().equals("…");
        if (NUMBER.matcher(text).find()) return true;
        // A remark in lower case behind a statement is a condition: "Create a product [token required]".
        var rest = CONDITION.matcher(TAG.matcher(text).replaceAll(" ")).replaceAll(" ");
        if (!BRACKETS.matcher(rest).find()) return false;
        for (int depth = 0; depth < 3; depth++) rest = BRACKETS.matcher(rest).replaceAll(" ");
        boolean unspaced = rest.codePoints().filter(Character::isIdeographic).count() >= ENOUGH_IDEOGRAPHS;
        return !unspaced && Words.content(rest).size() < ENOUGH_WORDS;
    }
}
