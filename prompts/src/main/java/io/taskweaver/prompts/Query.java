package io.taskweaver.prompts;

import java.util.List;

/**
 * A prompt that needs nothing but itself.
 *
 * @param text the prompt, Markdown
 * @param tokens its length in tokens, by the configured count
 * @param leftOut what had no room, the most useful first; the text names it too
 */
public record Query(String text, int tokens, List<Omission> leftOut) {
    public Query {
        leftOut = List.copyOf(leftOut);
    }

    /**
     * A part that was left out.
     *
     * @param name path of a file, or what the part is about
     * @param characters length of its text
     */
    public record Omission(String name, int characters) {}
}
