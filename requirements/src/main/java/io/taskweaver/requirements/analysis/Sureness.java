package io.taskweaver.requirements.analysis;

/** How sure it is what a line of a document is. */
public enum Sureness {
    /** The document says so: by an id, a box, a column, a mark. */
    CERTAIN,
    /** The place or the words say so. */
    LIKELY,
    /** Nothing says otherwise; worth a look. */
    UNSURE
}
