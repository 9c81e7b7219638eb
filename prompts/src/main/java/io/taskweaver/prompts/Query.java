package io.taskweaver.prompts;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A prompt that needs nothing but itself and what it names.
 *
 * @param text the prompt, Markdown
 * @param tokens its length in tokens, by the configured count
 * @param leftOut what had no room, the most useful first; the text names it too
 * @param aside what had no room and is to lie in the work tree; the text names it
 */
public record Query(String text, int tokens, List<Omission> leftOut, Optional<Aside> aside) {
    public Query {
        leftOut = List.copyOf(leftOut);
    }

    /** One with nothing set aside. */
    public Query(String text, int tokens, List<Omission> leftOut) {
        this(text, tokens, leftOut, Optional.empty());
    }

    /**
     * A file that belongs to a prompt.
     *
     * @param path in the folder that the agent works in
     * @param text Markdown
     */
    public record Aside(String path, String text) {}

    /**
     * A part that was left out.
     *
     * @param name path of a file, or what the part is about
     * @param characters length of its text
     */
    public record Omission(String name, int characters) {}

    /** Length of the prompt, bytes of UTF-8. */
    public int bytes() {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The prompt, and below it what is set aside. */
    public String whole() {
        return aside.map(file -> text + "\n" + file.text()).orElse(text);
    }
}
