package io.taskweaver.requirements.document;

import io.taskweaver.model.SourceSpan;
import java.util.List;

/**
 * A heading with all that belongs to it.
 *
 * @param level 1 to 6; 0 for the document itself
 * @param heading without its level; empty for the document itself
 * @param headingAt lines of the heading; line 1 for the document itself
 * @param blocks what stands between this heading and the next one
 * @param sections headings of a deeper level below this one
 */
public record Section(int level, Phrase heading, SourceSpan headingAt, List<Block> blocks, List<Section> sections) {
    public Section {
        blocks = List.copyOf(blocks);
        sections = List.copyOf(sections);
    }

    /** The span from the heading to the last line of its blocks, deeper sections left out. */
    public SourceSpan ownSpan() {
        int last =
                blocks.isEmpty() ? headingAt.lastLine() : blocks.getLast().at().lastLine();
        return new SourceSpan(headingAt.path(), headingAt.firstLine(), Math.max(headingAt.lastLine(), last));
    }

    /** The span from the heading to the last line of its last deeper section. */
    public SourceSpan wholeSpan() {
        var section = this;
        while (!section.sections.isEmpty()) section = section.sections.getLast();
        int last = Math.max(section.ownSpan().lastLine(), headingAt.lastLine());
        return new SourceSpan(headingAt.path(), headingAt.firstLine(), last);
    }
}
