package io.taskweaver.prompts;

import io.taskweaver.model.FileChange;
import java.util.List;

/** Writes answers in the format that queries ask for; {@link AnswerReader} reads the same changes back. */
public final class AnswerWriter {
    private AnswerWriter() {}

    /**
     * An answer as an agent gives it.
     *
     * @param summary a few lines for a person
     * @param changes files left in whole, and deletions; what they started from is not written
     */
    public static String write(String summary, List<FileChange> changes) {
        var text = new StringBuilder(Heading.summary()).append('\n');
        summary.strip()
                .lines()
                .map(AnswerWriter::harmless)
                .forEach(line -> text.append(line).append('\n'));
        for (FileChange change : changes) {
            text.append('\n')
                    .append(change.content()
                            .map(content -> Heading.file(change.path()) + Fence.enclose(change.path(), content))
                            .orElseGet(() -> Heading.delete(change.path())));
        }
        return text.toString();
    }

    /** Keeps a line of the summary from being taken for a section or a fence. */
    private static String harmless(String line) {
        boolean meant = Heading.of(line).isPresent() || Fence.opening(line).isPresent();
        return meant ? "    " + line.strip() : line;
    }
}
