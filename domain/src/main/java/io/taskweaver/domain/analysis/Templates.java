package io.taskweaver.domain.analysis;

import io.taskweaver.domain.analysis.Findings.Candidate;
import io.taskweaver.domain.analysis.Findings.Tier;
import io.taskweaver.domain.document.Block;
import io.taskweaver.domain.document.Phrase;
import io.taskweaver.domain.document.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is to be done with a document that asks for nothing because it is a template: its sections are to be filled in. */
final class Templates {
    private static final int FEWEST = 3;
    private static final Scope PROCESS = new Scope(Role.NEUTRAL, Optional.empty(), List.of(), true, false);

    private Templates() {}

    /** One candidate for each section with placeholders; none if there are too few of them. */
    static List<Candidate> sectionsToFillIn(Section root, Findings found, List<Remark> remarks) {
        var sections = new ArrayList<Section>();
        collect(root, sections);
        int placeholders = found.unfilled.size()
                + sections.stream().mapToInt(Templates::placeholders).sum();
        if (sections.size() < FEWEST) return List.of();
        remarks.add(new Remark(
                "unfilled-template",
                "The document is a template: it asks for nothing but holds " + placeholders
                        + " placeholders such as [Name]. The plan is to fill in its sections; fill them in and plan again.",
                Optional.of(sections.getFirst().headingAt())));
        return sections.stream()
                .map(section -> new Candidate(Tier.LISTED, false, toFillIn(section)))
                .toList();
    }

    /** The outermost sections below the top level that hold placeholders. */
    private static void collect(Section section, List<Section> into) {
        boolean isPart = section.level() > 1
                || (section.level() == 1 && section.sections().isEmpty());
        if (isPart && placeholders(section) > 0) into.add(section);
        else section.sections().forEach(inner -> collect(inner, into));
    }

    private static int placeholders(Section section) {
        int count = Placeholders.isUnfilled(section.heading().text()) ? 1 : 0;
        for (var block : section.blocks()) count += placeholders(block);
        for (var inner : section.sections()) count += placeholders(inner);
        return count;
    }

    private static int placeholders(Block block) {
        return switch (block) {
            case Block.Paragraph text ->
                (int) text.lines().stream().filter(Templates::isOpen).count();
            case Block.Items items ->
                items.items().stream()
                        .mapToInt(item -> (isOpen(item.phrase()) ? 1 : 0)
                                + item.blocks().stream()
                                        .mapToInt(Templates::placeholders)
                                        .sum())
                        .sum();
            case Block.Table table ->
                (int) table.rows().stream()
                        .flatMap(row -> row.cells().stream())
                        .filter(Templates::isOpen)
                        .count();
            case Block.Code code -> 0;
            case Block.Quote quote -> 0;
            case Block.Other other -> 0;
        };
    }

    private static boolean isOpen(Phrase phrase) {
        return Placeholders.isUnfilled(phrase.text()) || Placeholders.isUnfilled(phrase.afterLabel());
    }

    private static Requirement toFillIn(Section section) {
        var name = Headings.withoutNumber(section.heading().text());
        var draft = new Draft(PROCESS, section.wholeSpan());
        draft.title = "Fill in '" + name + "'";
        draft.add(
                "Replace the placeholders in the section '" + name + "' by what holds for this project.",
                section.headingAt());
        asked(section, draft);
        return draft.requirement();
    }

    private static void asked(Section section, Draft draft) {
        if (Placeholders.isUnfilled(section.heading().text()))
            draft.criterion(section.heading().text(), section.headingAt());
        for (var block : section.blocks()) asked(block, draft);
        for (var inner : section.sections()) asked(inner, draft);
    }

    private static void asked(Block block, Draft draft) {
        switch (block) {
            case Block.Paragraph text ->
                text.lines().stream()
                        .filter(Templates::isOpen)
                        .forEach(line -> draft.criterion(line.text(), text.at()));
            case Block.Items items ->
                items.items().forEach(item -> {
                    if (isOpen(item.phrase())) draft.criterion(item.phrase().text(), item.at());
                    item.blocks().forEach(inner -> asked(inner, draft));
                });
            case Block.Table table -> {}
            case Block.Code code -> {}
            case Block.Quote quote -> {}
            case Block.Other other -> {}
        }
    }
}
