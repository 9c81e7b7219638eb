package io.taskweaver.requirements.document;

/** What a line of a document looks like, before anything is made of its words. */
public enum LineShape {
    /** Nothing but blanks. */
    BLANK,
    /** Text of a paragraph, an item or a quote. */
    TEXT,
    HEADING,
    /** Part of a fenced or indented code block, its fences included. */
    CODE,
    /** A row of a table, or the line below its header. */
    TABLE,
    /** Between the two rules at the beginning of the document. */
    FRONT_MATTER,
    /** Between tags that hold guidance to the writer, such as {@code <instruction>}. */
    GUIDANCE,
    /** A tag, a comment, a rule, or other raw HTML. */
    MARKUP
}
