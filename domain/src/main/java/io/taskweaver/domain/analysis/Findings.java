package io.taskweaver.domain.analysis;

import io.taskweaver.domain.document.SourceSpan;
import java.util.ArrayList;
import java.util.List;

/** What was found in one document so far. */
final class Findings {

    /** How sure it is that something is asked for, surest first: the surest kind present in a document is taken. */
    enum Tier {
        /** It has an id. */
        NUMBERED,
        /** It can be ticked off, or a section of requirements holds it. */
        STATED,
        /** It is a step of a roadmap. */
        STEP,
        /** It is listed where nothing says otherwise. */
        LISTED,
        /** It binds something rather than asks for it. */
        BINDING
    }

    /**
     * Something that may be asked for.
     *
     * @param boxed whether it can be ticked off
     */
    record Candidate(Tier tier, boolean boxed, Requirement requirement) {}

    final List<Candidate> candidates = new ArrayList<>();
    final List<Statement> constraints = new ArrayList<>();
    final List<Statement> boundaries = new ArrayList<>();
    final List<Component> components = new ArrayList<>();
    final List<Requirement> unfilled = new ArrayList<>();
    private int lists;

    int nextList() {
        return ++lists;
    }

    void candidate(Tier tier, Draft draft) {
        if (draft.isEmpty()) return;
        boolean dropped = draft.importance().filter(Importance.NONE::equals).isPresent();
        var requirement = draft.requirement();
        if (dropped) boundaries.add(new Statement(oneLine(requirement.text()), draft.at));
        else if (isUnfilled(requirement)) unfilled.add(requirement);
        else candidates.add(new Candidate(tier, draft.boxed, requirement));
    }

    private static boolean isUnfilled(Requirement requirement) {
        return Placeholders.isUnfilled(requirement.title())
                || (requirement.id().isEmpty() && Placeholders.isUnfilled(requirement.text()));
    }

    void constraint(String text, SourceSpan at) {
        if (!text.isBlank() && !Placeholders.isUnfilled(text)) constraints.add(new Statement(oneLine(text), at));
    }

    void boundary(String text, SourceSpan at) {
        if (!text.isBlank() && !Placeholders.isUnfilled(text)) boundaries.add(new Statement(oneLine(text), at));
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ').strip();
    }
}
