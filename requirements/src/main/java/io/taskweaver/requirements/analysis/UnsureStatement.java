package io.taskweaver.requirements.analysis;

import io.taskweaver.model.SourceSpan;
import java.util.List;

/**
 * A statement of which the rules cannot tell whether it asks for work.
 *
 * @param section headings above it, outermost first
 * @param planned whether it is planned all the same
 * @param sureness that it asks for work, from 0 to 1
 * @param rule why it is planned or is not, in words for the writer of the document
 */
public record UnsureStatement(
        SourceSpan at, String title, List<String> section, boolean planned, double sureness, String rule) {
    public UnsureStatement {
        section = List.copyOf(section);
    }
}
