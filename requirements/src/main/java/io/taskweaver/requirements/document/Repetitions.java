package io.taskweaver.requirements.document;

/**
 * Shortens what stands in a row without meaning anything: blanks, combining marks, and capital sigmas in a word that no
 * language has. Expressions and the library look from each of them to the end of the row, which takes time that grows with
 * the square of its length.
 */
final class Repetitions {
    private static final int LONGEST = 40;
    private static final int LONGEST_WORD = 200;
    private static final char CAPITAL_SIGMA = '\u03a3';
    private static final char SIGMA = '\u03c3';

    private Repetitions() {}

    /** The text with no more than 40 blanks or marks in a row. A beginning of the text gives a beginning of the result. */
    static String shortened(String text) {
        if (text.length() <= LONGEST) return text;
        var kept = new StringBuilder(text.length());
        int blanks = 0;
        int marks = 0;
        int word = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            blanks = Character.isWhitespace(c) ? blanks + 1 : 0;
            marks = isMark(c) ? marks + 1 : 0;
            word = blanks > 0 ? 0 : word + 1;
            if (blanks > LONGEST || marks > LONGEST) continue;
            kept.append(c == CAPITAL_SIGMA && word > LONGEST_WORD ? SIGMA : c);
        }
        return kept.toString();
    }

    private static boolean isMark(char c) {
        return c >= '\u0300' && Character.getType(c) == Character.NON_SPACING_MARK;
    }
}
