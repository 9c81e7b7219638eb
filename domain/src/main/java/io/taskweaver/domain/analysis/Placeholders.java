package io.taskweaver.domain.analysis;

import java.util.regex.Pattern;

/** Recognises what a template leaves for its user to fill in. */
final class Placeholders {
    private static final Pattern BRACKETS = Pattern.compile("\\[[^\\[\\]]*\\p{L}[^\\[\\]]*]");
    private static final Pattern NUMBER = Pattern.compile("\\[[A-Z]]\\s*%|\\[[XYZN]{1,3}]");
    private static final int ENOUGH_WORDS = 3;

    private Placeholders() {}

    /** Whether the text is a placeholder in the main. */
    static boolean isUnfilled(String text) {
        if (text.indexOf('[') < 0)
            return text.strip().equals("...") || text.strip().equals("…");
        if (NUMBER.matcher(text).find()) return true;
        if (!BRACKETS.matcher(text).find()) return false;
        var rest = text;
        for (int depth = 0; depth < 3; depth++) rest = BRACKETS.matcher(rest).replaceAll(" ");
        return Words.content(rest).size() < ENOUGH_WORDS;
    }
}
