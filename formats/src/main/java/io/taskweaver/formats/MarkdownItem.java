package io.taskweaver.formats;

import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.tasks.TaskListBuilder;
import java.util.List;
import java.util.Optional;

/**
 * What may be a task in a Markdown document: an item with a box, or a heading.
 *
 * @param box what stands in the box: a blank, {@code x}, {@code -}, {@code ~}, {@code /}; empty for what has none
 * @param text the item's first paragraph without box and markup, one line; code spans keep their backticks
 * @param comment what an HTML comment in it says; empty if there is none
 * @param section heading above it
 * @param parent index of the boxed item that it is nested in
 * @param notes paragraphs and items below it that are emphasised or begin with a bold label
 * @param details the rest below it, as it is written
 */
record MarkdownItem(
        String box,
        String text,
        String comment,
        String section,
        Optional<Integer> parent,
        List<Note> notes,
        String details,
        SourceSpan at) {
    /**
     * A remark such as {@code _Depends: 1.2_} or {@code **Files**: `a.py`}.
     *
     * @param label what stands before the colon
     * @param value what stands after it
     * @param emphasised whether all of it is, rather than its label
     */
    record Note(String label, String value, boolean emphasised, SourceSpan at) {}

    MarkdownItem {
        notes = List.copyOf(notes);
    }

    boolean isTicked() {
        return box.equalsIgnoreCase("x") || box.equals("✓") || box.equals("✔") || box.equals("☑");
    }

    /** Whether the box says that somebody has begun: half of it is ticked. */
    boolean isBegun() {
        return box.equals("-") || box.equals("~") || box.equals("/");
    }

    /** Says so if it is not known what the box means. */
    void report(TaskListBuilder builder) {
        if (box.isBlank() || isTicked() || isBegun()) return;
        builder.remark(
                "unread-box", "The box [" + box + "] is not known; '" + text + "' was taken as open.", Optional.of(at));
    }
}
