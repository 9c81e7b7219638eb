package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.analysis.Findings.Candidate;
import io.taskweaver.requirements.analysis.Findings.Tier;
import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.Phrase;
import io.taskweaver.requirements.document.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the sections of a change in the form of OpenSpec ({@code ## ADDED Requirements}, {@code MODIFIED}, {@code REMOVED},
 * {@code RENAMED}): what is removed is a task to remove it, and a rename is one task.
 */
final class Deltas {
    private static final Pattern HEADING = Pattern.compile("^(ADDED|MODIFIED|REMOVED|RENAMED)\\s+Requirements\\s*:?$");
    private static final Pattern NAME = Pattern.compile("^[`#*\\s]*(?:Requirement:)?\\s*(.*?)[`*\\s]*$");
    private static final Pattern REQUIREMENT = Pattern.compile("^[`#*\\s]*Requirement:");
    private static final Pattern SIDE = Pattern.compile("^\\**(FROM|TO)\\**\\s*:\\**\\s*(.*)$");

    private final RequirementFinder finder;

    Deltas(RequirementFinder finder) {
        this.finder = finder;
    }

    /** Reads a section if it is one of a change; whether it was. */
    boolean read(Section section, Scope outer) {
        var heading = HEADING.matcher(section.heading().text().strip());
        if (!heading.matches()) return false;
        var scope = outer.intoRequirement(section).as(Role.REQUIREMENT);
        switch (heading.group(1)) {
            case "ADDED" -> finder.inside(section, scope);
            case "MODIFIED" -> changed(section, scope);
            case "REMOVED" -> removed(section, scope);
            default -> renamed(section, scope);
        }
        return true;
    }

    private void changed(Section section, Scope scope) {
        var all = finder.findings.candidates;
        int before = all.size();
        finder.inside(section, scope);
        for (int i = before; i < all.size(); i++) all.set(i, tagged(all.get(i), "modified"));
    }

    private void removed(Section section, Scope scope) {
        for (var inner : section.sections()) {
            var draft = new Draft(scope, inner.wholeSpan());
            remove(draft, inner.heading().text());
            draft.statedAt(inner.headingAt());
            var named = new ArrayList<Block.Item>();
            draft.absorb(inner.blocks(), item -> names(item) && named.add(item));
            take(draft, "removed");
            removed(named, scope);
        }
        for (var block : section.blocks()) if (block instanceof Block.Items items) removed(items.items(), scope);
    }

    /** Whether an item is another requirement, and no reason for which the one above it is removed. */
    private static boolean names(Block.Item item) {
        return REQUIREMENT.matcher(item.phrase().text()).find();
    }

    private void removed(List<Block.Item> items, Scope scope) {
        for (var item : items) {
            var draft = new Draft(scope, item.at());
            remove(draft, item.phrase().text());
            draft.statedAt(item.ownSpan());
            take(draft, "removed");
        }
    }

    private static void remove(Draft draft, String heading) {
        draft.title = "Remove " + decapitalized(name(heading));
    }

    /** "Fax notice" within a sentence, but "SMS notice". */
    private static String decapitalized(String name) {
        boolean isWord = name.length() > 1 && Character.isLowerCase(name.charAt(1));
        return isWord ? name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1) : name;
    }

    private void renamed(Section section, Scope scope) {
        Optional<String> from = Optional.empty();
        for (var block : section.blocks()) {
            if (!(block instanceof Block.Items items)) continue;
            for (var item : items.items()) {
                var side = SIDE.matcher(item.phrase().text().strip());
                if (!side.matches()) {
                    unclear(new Draft(scope, item.at()).headed(item.phrase(), item.ownSpan()));
                    continue;
                }
                if (side.group(1).equals("FROM")) {
                    from = Optional.of(name(side.group(2)));
                    finder.findings.pass(item.at(), IgnoredLines.MENTIONED);
                    continue;
                }
                var draft = new Draft(scope, item.at()).headed(Phrase.plain(name(side.group(2))), item.ownSpan());
                from.ifPresent(old -> draft.add("Rename it: it was '" + old + "'.", item.ownSpan()));
                take(draft, "renamed");
                from = Optional.empty();
            }
        }
    }

    /** Neither "FROM:" nor "TO:": a person has to say what is to be renamed. */
    private void unclear(Draft draft) {
        draft.tag(StatementSelection.CHECK);
        take(draft, "renamed");
    }

    private void take(Draft draft, String tag) {
        draft.tag(tag);
        finder.findings.candidate(Tier.STATED, draft);
    }

    private static String name(String heading) {
        var match = NAME.matcher(heading.strip());
        return match.matches() ? match.group(1) : heading.strip();
    }

    private static Candidate tagged(Candidate candidate, String tag) {
        var tags = new ArrayList<>(candidate.requirement().tags());
        tags.add(tag);
        return candidate.with(candidate.requirement().toBuilder().tags(tags).build());
    }
}
