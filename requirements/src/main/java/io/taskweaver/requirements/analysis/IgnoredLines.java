package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.document.Block;

/** Why nothing is made of some lines, in words for the writer of the document. */
final class IgnoredLines {
    static final String ASIDE = "is ignored, since ";
    static final String LABEL = "names what follows";
    static final String MENTIONED = "is about a task that is stated elsewhere";
    static final String STRUCK = "is struck through";
    static final String PLACEHOLDER = "is a placeholder that is not filled in";
    static final String QUESTION = "is an open question";
    static final String EXCLUDED = "is excluded by another line";
    static final String NAME = "only names something";
    static final String FLOW = "shows how something works";
    static final String INTRODUCTION = "introduces what the chapters below ask for";
    static final String GUIDANCE = "is guidance to the writer";
    static final String MARKUP = "is markup without words";
    static final String WITHOUT_TEXT = "has no text for the task";
    static final String SET_ASIDE = "is ignored, since other statements are surer";
    static final String NO_DEMAND = "does not state a requirement";

    private IgnoredLines() {}

    /** The reason that holds for a block unless something is made of it. */
    static String over(Block block, Scope scope, String label) {
        return switch (block) {
            case Block.Quote quote -> "is quoted";
            case Block.Other other -> MARKUP;
            case Block.Paragraph _, Block.Items _, Block.Table _, Block.Code _ -> below(scope, label);
        };
    }

    private static String below(Scope scope, String label) {
        var where = label.isBlank() ? "" : ", below '" + label.strip() + "'";
        return switch (scope.role()) {
            case REFERENCE -> "is for reference" + where;
            case CONTEXT -> "explains" + where;
            case ORDER -> "is about the order of tasks" + where;
            case CRITERIA -> "is an acceptance criterion without a task" + where;
            case BOUNDARY -> "only introduces what is excluded" + where;
            case CONSTRAINT, PROHIBITION, NEUTRAL, REQUIREMENT, STEPS, FEATURE -> NO_DEMAND + where;
        };
    }
}
