package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.analysis.Findings.Candidate;
import io.taskweaver.requirements.analysis.Findings.Tier;
import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Phases of a roadmap that the beginning of a document calls complete: their steps are done. */
final class Milestones {
    private static final Pattern COMPLETE = Pattern.compile(
            "(?i)\\b(phase|milestone|sprint|iteration)\\s+([0-9]{1,3})\\s*(?::|=|–|—|-)\\s*(?:complete|completed|done|finished|shipped)\\b");
    private static final Pattern HEADING =
            Pattern.compile("(?i)^(phase|milestone|sprint|iteration)\\s+([0-9]{1,3})\\b");
    private static final int SECTIONS_LOOKED_AT = 2;

    private Milestones() {}

    /** The candidates, steps of complete phases as done ones. */
    static List<Candidate> applied(List<Candidate> candidates, Section root) {
        var complete = new HashSet<String>();
        collect(root.blocks(), complete);
        root.sections().stream().limit(SECTIONS_LOOKED_AT).forEach(section -> collect(section.blocks(), complete));
        if (complete.isEmpty()) return candidates;
        return candidates.stream()
                .map(candidate -> candidate.tier() == Tier.STEP && isIn(candidate.requirement(), complete)
                        ? candidate.with(
                                candidate.requirement().toBuilder().done(true).build())
                        : candidate)
                .toList();
    }

    private static boolean isIn(Requirement requirement, Set<String> complete) {
        return requirement.section().stream().anyMatch(heading -> {
            var match = HEADING.matcher(heading);
            return match.find() && complete.contains(key(match.group(1), match.group(2)));
        });
    }

    private static void collect(List<Block> blocks, Set<String> into) {
        for (var block : blocks) {
            switch (block) {
                case Block.Paragraph text -> collect(text.joined().text(), into);
                case Block.Quote quote -> collect(quote.blocks(), into);
                case Block.Items items ->
                    items.items().forEach(item -> collect(item.phrase().text(), into));
                case Block.Table _, Block.Code _, Block.Other _ -> {}
            }
        }
    }

    private static void collect(String text, Set<String> into) {
        var match = COMPLETE.matcher(text);
        while (match.find()) into.add(key(match.group(1), match.group(2)));
    }

    private static String key(String kind, String number) {
        return kind.toLowerCase(Locale.ROOT) + " " + Integer.parseInt(number);
    }
}
