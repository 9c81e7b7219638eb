package io.taskweaver.requirements.analysis;

import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.analysis.Findings.Candidate;
import io.taskweaver.requirements.analysis.Findings.Tier;
import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.Phrase;
import io.taskweaver.requirements.document.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is to be done with a document that asks for nothing because it is a template: its sections are to be filled in. */
final class Templates {
    private static final int FEWEST = 3;
    private static final Scope PROCESS =
            new Scope(Role.NEUTRAL, Optional.empty(), List.of(), true, false, Optional.empty());

    private Templates() {}

    /** The one candidate that a template gives; none if there are too few sections to fill in. */
    static List<Candidate> toFillIn(Section root, Optional<String> title, Findings found, List<ReadingNotice> remarks) {
        var sections = new ArrayList<Section>();
        collect(root, sections);
        int placeholders = found.unfilled.size()
                + sections.stream().mapToInt(Templates::placeholders).sum();
        if (sections.size() < FEWEST) return List.of();
        remarks.add(new ReadingNotice(
                "unfilled-template",
                "The document is a template: it asks for nothing but holds " + placeholders
                        + " placeholders such as [Name]. All that can be planned is to fill it in; fill it in and plan again.",
                Optional.of(sections.getFirst().headingAt())));
        return List.of(candidate(sections, title));
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
            case Block.Code _, Block.Quote _, Block.Other _ -> 0;
        };
    }

    private static boolean isOpen(Phrase phrase) {
        return Placeholders.isUnfilled(phrase.text()) || Placeholders.isUnfilled(phrase.afterLabel());
    }

    private static Candidate candidate(List<Section> sections, Optional<String> title) {
        var first = sections.getFirst().headingAt();
        var last = sections.getLast().wholeSpan().lastLine();
        var draft = new Draft(PROCESS, new SourceSpan(first.path(), first.firstLine(), last));
        draft.title =
                "Fill in the template" + title.map(named -> " '" + named + "'").orElse("");
        draft.add("Replace the placeholders by what holds for this project.", first);
        for (var section : sections) {
            int count = placeholders(section);
            draft.criterion(
                    "'" + Headings.withoutNumber(section.heading().text()) + "' is filled in: " + count
                            + (count == 1 ? " placeholder" : " placeholders"),
                    section.headingAt());
        }
        return new Candidate(Tier.LISTED, false, Role.NEUTRAL, draft.requirement(), draft.traces());
    }
}
