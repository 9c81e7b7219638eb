package io.taskweaver.requirements.analysis;

import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.text.Words;
import java.util.HashSet;
import java.util.List;

/** A constraint or boundary, in the document's words, on one line. */
public record Statement(String text, SourceSpan at) {
    /** What a requirement says, as a constraint. */
    static Statement of(Requirement requirement) {
        var id = requirement.id().map(value -> value + ": ").orElse("");
        return new Statement(id + requirement.text().replace('\n', ' '), requirement.at());
    }

    /** The first of all that say the same. */
    static List<Statement> distinct(List<Statement> statements) {
        var seen = new HashSet<String>();
        return statements.stream()
                .filter(statement -> seen.add(Words.normalised(statement.text())))
                .toList();
    }
}
