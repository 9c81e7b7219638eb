package io.taskweaver.domain.query;

/**
 * A prompt that needs nothing but itself.
 *
 * @param text the prompt, Markdown
 * @param tokens estimate of its length in tokens: one for every four characters, begun ones counted
 */
public record Query(String text, int tokens) {
    private static final int CHARACTERS_PER_TOKEN = 4;

    /** A query whose length is estimated from its text. */
    static Query of(String text) {
        return new Query(text, tokens(text.length()));
    }

    static int tokens(long characters) {
        return Math.toIntExact(
                Math.min(Integer.MAX_VALUE, (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN));
    }

    static long characters(int tokens) {
        return (long) tokens * CHARACTERS_PER_TOKEN;
    }
}
