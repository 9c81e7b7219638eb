package io.taskweaver.prompts;

/** Length of a text in tokens, as language models count. */
@FunctionalInterface
public interface TokenCount {
    /** Tokens of a text; 0 for an empty one. */
    int of(String text);

    /**
     * One token for every four ASCII characters and for every other one, begun ones counted: for English and code some
     * ten percent too many, and without loading anything.
     */
    static TokenCount estimated() {
        return TokenCount::estimate;
    }

    /**
     * Byte pair encoding with the vocabulary cl100k. Models of the same family differ by a few percent. The vocabulary is
     * loaded with the first text that is counted, which takes about half a second, and stays: 14 MB.
     */
    static TokenCount exact() {
        return BytePairs::count;
    }

    private static int estimate(String text) {
        int others = 0;
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) > 0x7f) others++;
        return (text.length() - others + 3) / 4 + others;
    }
}
