package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.analysis.Findings.Candidate;
import io.taskweaver.requirements.analysis.Findings.Tier;
import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.Section;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Phases of a roadmap that the beginning of a document calls complete: their steps are done. So is a numbered requirement of a
 * part of the product that such a phase built, by a step, its heading or a table with a column of phases, unless a step of another
 * phase speaks of it.
 */
final class Milestones {
    private static final Pattern COMPLETE = Pattern.compile(
            "(?i)\\b(phase|milestone|sprint|iteration)\\s+([0-9]{1,3})\\s*(?::|=|–|—|-)\\s*(?:complete|completed|done|finished|shipped)\\b");
    private static final Pattern HEADING =
            Pattern.compile("(?i)^(phase|milestone|sprint|iteration)\\s+([0-9]{1,3})\\b");
    private static final Pattern COLUMN = Pattern.compile("(?i)^(phase|milestone|sprint|iteration)$");
    private static final Pattern NUMBER = Pattern.compile("[^0-9]*([0-9]{1,3})[^0-9]*");
    private static final Pattern ACRONYM = Pattern.compile("\\b\\p{Lu}{3,5}\\b");
    private static final int SECTIONS_LOOKED_AT = 2;
    private static final int ENOUGH_IN_COMMON = 2;

    private final Set<String> complete = new HashSet<>();
    /** Words of the names of complete phases. */
    private final Set<String> names = new HashSet<>();
    /** Words of each part or step that complete phases built. */
    private final List<Set<String>> parts = new ArrayList<>();
    /** All of these words. */
    private final Set<String> built = new HashSet<>();
    /** What other phases are to do. */
    private final List<String> open = new ArrayList<>();

    private Milestones(Section root) {
        collect(root.blocks());
        root.sections().stream().limit(SECTIONS_LOOKED_AT).forEach(section -> collect(section.blocks()));
        if (!complete.isEmpty()) survey(root, "");
    }

    /** The candidates, with what complete phases did as done. */
    static List<Candidate> applied(List<Candidate> candidates, Section root, List<ReadingNotice> remarks) {
        var milestones = new Milestones(root);
        if (milestones.complete.isEmpty()) return candidates;
        var closed = new ArrayList<Requirement>();
        var settled = new ArrayList<Candidate>();
        for (var candidate : candidates) {
            var requirement = candidate.requirement();
            boolean isStep = candidate.tier() == Tier.STEP && isIn(requirement, milestones.complete);
            boolean isBuilt =
                    candidate.tier() == Tier.NUMBERED && !requirement.done() && milestones.isBuilt(requirement);
            if (isBuilt) closed.add(requirement);
            settled.add(
                    isStep || isBuilt
                            ? candidate.with(requirement.toBuilder().done(true).build())
                            : candidate);
        }
        if (!closed.isEmpty())
            remarks.add(new ReadingNotice(
                    "done-by-phase",
                    closed.size() + (closed.size() == 1 ? " requirement" : " requirements")
                            + " of parts that complete phases built, from "
                            + closed.getFirst().id().orElse("")
                            + " on, are taken as done, since no step of another phase"
                            + " speaks of them. Give what is open the status 'open'.",
                    Optional.of(closed.getFirst().at())));
        return settled;
    }

    private boolean isBuilt(Requirement requirement) {
        if (HEADING.matcher(String.join("\n", requirement.section())).find()) return false;
        boolean ofBuilt = requirement.section().stream()
                .map(heading -> stems(Headings.withoutNumber(heading)))
                .anyMatch(this::isOfPart);
        return ofBuilt && open.stream().noneMatch(step -> inCommon(step, requirement.text()) >= ENOUGH_IN_COMMON);
    }

    /** A heading that has but a word of a part, as "User reports" has of "User login", is about something else. */
    private boolean isOfPart(Set<String> heading) {
        if (heading.stream().anyMatch(names::contains)) return true;
        return parts.stream()
                .anyMatch(part -> part.equals(heading)
                        || part.stream().filter(heading::contains).count() >= ENOUGH_IN_COMMON);
    }

    /** Words that two texts share and that what is built does not; an acronym that the other writes out counts as two. */
    private int inCommon(String step, String text) {
        var words = stems(step);
        words.retainAll(stems(text));
        words.removeAll(built);
        var initials = Arrays.stream(Words.lower(text).split("[^\\p{L}]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1))
                .collect(Collectors.joining());
        long acronyms = ACRONYM.matcher(step)
                .results()
                .filter(match -> initials.contains(Words.lower(match.group())) || text.contains(match.group()))
                .count();
        return words.size() + 2 * (int) acronyms;
    }

    private static Set<String> stems(String text) {
        return Words.content(text).stream().map(Words::stem).collect(Collectors.toCollection(HashSet::new));
    }

    /** Reads what each phase is about. */
    private void survey(Section section, String phase) {
        var heading = HEADING.matcher(section.heading().text());
        var within = heading.find() ? key(heading.group(1), heading.group(2)) : phase;
        if (!within.equals(phase) && complete.contains(within)) {
            names.addAll(stems(section.heading().text().substring(heading.end())));
            built.addAll(names);
        }
        for (var block : section.blocks()) {
            if (block instanceof Block.Table table) table(table);
            if (block instanceof Block.Items items && !within.isEmpty())
                for (var item : items.items()) step(item.phrase().text(), complete.contains(within));
        }
        for (var inner : section.sections()) survey(inner, within);
    }

    private void step(String text, boolean isDone) {
        if (isDone) built(text);
        else open.add(text);
    }

    private void built(String text) {
        var words = stems(text);
        parts.add(words);
        built.addAll(words);
    }

    /** A table that says of each part in which phase it is built. */
    private void table(Block.Table table) {
        for (int column = 1; column < table.header().size(); column++) {
            var named = COLUMN.matcher(table.header().get(column).strip());
            if (!named.matches()) continue;
            for (var row : table.rows()) {
                if (row.cells().size() <= column) continue;
                var number = NUMBER.matcher(row.cells().get(column).text());
                if (number.matches() && complete.contains(key(named.group(1), number.group(1))))
                    built(row.cells().getFirst().text());
            }
        }
    }

    private static boolean isIn(Requirement requirement, Set<String> complete) {
        return requirement.section().stream().anyMatch(heading -> {
            var match = HEADING.matcher(heading);
            return match.find() && complete.contains(key(match.group(1), match.group(2)));
        });
    }

    private void collect(List<Block> blocks) {
        for (var block : blocks) {
            switch (block) {
                case Block.Paragraph text -> collect(text.joined().text());
                case Block.Quote quote -> collect(quote.blocks());
                case Block.Items items ->
                    items.items().forEach(item -> collect(item.phrase().text()));
                case Block.Table _, Block.Code _, Block.Other _ -> {}
            }
        }
    }

    private void collect(String text) {
        var match = COMPLETE.matcher(text);
        while (match.find()) complete.add(key(match.group(1), match.group(2)));
    }

    private static String key(String kind, String number) {
        return kind.toLowerCase(Locale.ROOT) + " " + Integer.parseInt(number);
    }
}
