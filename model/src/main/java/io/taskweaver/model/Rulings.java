package io.taskweaver.model;

import java.util.List;

/**
 * What an agent that was asked about a plan says of its documents.
 *
 * @param by name of the agent
 * @param statements what it says of statements; at most one of each
 */
public record Rulings(String by, List<Ruling> statements) {
    private static final int MOST = 1_000;
    private static final int LONGEST_NAME = 200;

    public Rulings {
        if (by.isBlank()) throw new IllegalArgumentException("rulings need the name of an agent");
        TextLimits.check("agent", by, LONGEST_NAME);
        TextLimits.checkCount("rulings", statements.size(), MOST);
        statements = List.copyOf(statements);
        if (statements.stream().map(Ruling::at).distinct().count() < statements.size())
            throw new IllegalArgumentException("two rulings are of one statement");
    }

    /** Those of one document. */
    public List<Ruling> of(Document document) {
        return statements.stream()
                .filter(ruling -> ruling.at().path().equals(document.path()))
                .toList();
    }
}
