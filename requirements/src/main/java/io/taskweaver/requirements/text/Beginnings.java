package io.taskweaver.requirements.text;

import java.util.Set;

/**
 * What some phrases begin with: a word in lower case, or a character where there are no blanks between words. Where a text has
 * none of them, it has none of the phrases, and no expression has to look for them.
 */
public final class Beginnings {
    private final Set<String> all;

    Beginnings(Set<String> all) {
        this.all = Set.copyOf(all);
    }

    /** Whether a phrase may begin with what a text has from an index to an end that {@link #end} gave. */
    public boolean isOne(String text, int from, int end) {
        return all.contains(Words.lower(text.substring(from, end)));
    }

    /** Whether a text has one of them anywhere. */
    public boolean areIn(String text) {
        for (int from = 0, end; from < text.length(); from = end) {
            end = end(text, from);
            if (text.charAt(from) != ' ' && isOne(text, from, end)) return true;
        }
        return false;
    }

    /** The end of the word at an index; other characters, and those of scripts without blanks between words, stand alone. */
    public static int end(String text, int from) {
        int to = from;
        while (to < text.length() && Character.isLetter(text.charAt(to)) && !Words.isUnspaced(text.charAt(to))) to++;
        return Math.max(to, from + 1);
    }
}
