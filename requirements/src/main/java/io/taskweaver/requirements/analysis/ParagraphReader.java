package io.taskweaver.requirements.analysis;

import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.analysis.Findings.Tier;
import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.Phrase;
import java.util.List;

/** Reads paragraphs: sentences that ask for something, forbid or bind, and lines with ids of their own. */
final class ParagraphReader {
    private final RequirementFinder finder;

    ParagraphReader(RequirementFinder finder) {
        this.finder = finder;
    }

    void read(Block.Paragraph paragraph, Scope scope) {
        var whole = whole(paragraph);
        if (whole.isBlank() || whole.text().startsWith("[^")) return;
        switch (scope.role()) {
            case BOUNDARY -> finder.boundary(whole, List.of(), scope, paragraph.at());
            case REFERENCE, CRITERIA -> {}
            case ORDER -> mentions(paragraph);
            case PROHIBITION -> {}
            case CONSTRAINT -> {
                if (!numberedLines(paragraph, scope)) constraint(whole, paragraph.at());
            }
            case CONTEXT -> numberedLines(paragraph, scope);
            case NEUTRAL, REQUIREMENT, STEPS, FEATURE -> {
                if (numberedLines(paragraph, scope)) return;
                switch (Role.of(whole.label())) {
                    case BOUNDARY -> finder.boundary(whole, List.of(), scope.as(Role.BOUNDARY), paragraph.at());
                    case CONSTRAINT -> finder.findings.constraint(whole.afterLabel(), paragraph.at());
                    case NEUTRAL, REQUIREMENT, STEPS, FEATURE -> asking(whole, scope, paragraph.at());
                    case ORDER -> groupNeed(whole, scope, paragraph.at());
                    case CRITERIA, CONTEXT, REFERENCE, PROHIBITION -> {}
                }
            }
        }
    }

    /** "Prerequisites: Epic 1" binds all below the heading. */
    private void groupNeed(Phrase whole, Scope scope, SourceSpan at) {
        if (!scope.headings().isEmpty())
            finder.findings.groupNeeds.add(new Orders.GroupNeed(scope.headings(), ended(whole.afterLabel()), at));
        finder.findings.pass(at, IgnoredLines.MENTIONED);
    }

    private static String ended(String text) {
        var rest = text.strip();
        return rest.endsWith(".") ? rest.substring(0, rest.length() - 1) : rest;
    }

    private void constraint(Phrase whole, SourceSpan at) {
        if (Modality.demands(whole.text())) finder.findings.constraint(whole.text(), at);
    }

    /** Lines that begin with ids, in a section about their order. */
    private void mentions(Block.Paragraph paragraph) {
        for (var line : RunningText.lines(paragraph)) {
            var text = line.phrase().text();
            finder.ids
                    .leading(text)
                    .ifPresent(found -> finder.mention(found.id(), text.substring(found.end()), false, line.at()));
        }
    }

    /** All lines as one; what the last of several ends with, such as "[done]", is said of that line alone. */
    private static Phrase whole(Block.Paragraph paragraph) {
        var whole = paragraph.joined();
        if (paragraph.lines().size() == 1) return whole;
        var marked = Progress.marked(whole.text());
        boolean isAtEnd = marked.stated().isPresent() && whole.text().startsWith(marked.text());
        return isAtEnd && marked.text().startsWith(whole.lead())
                ? new Phrase(marked.text(), whole.lead(), whole.struck())
                : whole;
    }

    private void asking(Phrase whole, Scope scope, SourceSpan at) {
        var text = whole.text().strip();
        if (RequirementFinder.isQuestion(text)) {
            finder.findings.question(text, at);
            return;
        }
        boolean asks = Titles.isStory(text) || (Modality.demands(text) && !text.endsWith(":"));
        if (whole.struck()) return;
        if (Modality.forbids(text) && !text.endsWith(":")) {
            finder.findings.constraint(text, at);
            return;
        }
        if (!asks) return;
        var draft = new Draft(scope, at).headed(whole, at);
        draft.inherit(scope.progress());
        finder.findings.candidate(finder.tier(scope), draft);
        if (scope.headings().size() <= 1 && !Titles.isStory(text)) finder.findings.introducing();
    }

    /** Takes a paragraph of which lines begin with ids apart; whether there were any. */
    private boolean numberedLines(Block.Paragraph paragraph, Scope scope) {
        var lines = RunningText.lines(paragraph);
        boolean any = lines.stream()
                .anyMatch(line -> finder.ids.leading(line.phrase().text()).isPresent());
        if (!any) return false;
        Draft draft = null;
        for (var line : lines) {
            var found = finder.ids.leading(line.phrase().text());
            if (found.isPresent()) {
                if (draft != null) finder.findings.candidate(Tier.NUMBERED, draft);
                draft = finder.draft(scope, line.at(), line.at(), line.phrase(), found);
            } else if (draft != null) {
                draft.add(line.phrase().text(), line.at());
            }
        }
        if (draft != null) finder.findings.candidate(Tier.NUMBERED, draft);
        return true;
    }
}
