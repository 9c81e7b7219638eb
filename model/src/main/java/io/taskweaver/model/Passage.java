package io.taskweaver.model;

import java.util.List;

/**
 * A part of a document that a task needs to be understood, and that asks for nothing itself.
 *
 * @param name what it defines, or empty
 * @param section headings above it, outermost first
 * @param text in the document's words, as Markdown
 */
public record Passage(Kind kind, String name, List<String> section, String text, SourceSpan source) {
    /** What it is. */
    public enum Kind {
        /** The meaning of a word. */
        TERM,
        /** Running text of the chapter. */
        TEXT,
        /** A table, or a block of code: fields, options, endpoints, examples. */
        DATA,
        /** A command that builds or tests the product. */
        COMMAND
    }

    public Passage {
        if (text.isBlank()) throw new IllegalArgumentException("a passage has no text");
        section = List.copyOf(section);
    }
}
