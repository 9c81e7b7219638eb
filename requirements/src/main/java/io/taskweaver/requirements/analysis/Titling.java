package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.Section;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds out what a document is about. */
final class Titling {
    private static final int HEADINGS_LOOKED_AT = 3;
    private static final int SECTIONS_LOOKED_AT = 3;
    /** Badges, a picture, a note; a heading below more text than that is the title of a part. */
    private static final int BLOCKS_BEFORE_TITLE = 8;

    private static final int FEWEST_MENTIONS = 5;
    private static final Pattern PRODUCT = Pattern.compile(
            "\\b(?:an?|the) (?:[a-z][\\p{L}-]* ){0,3}((?:[A-Z][\\p{L}\\p{N}]* ){1,5})(?:application|app|platform|service|website|tool)\\b");
    private static final Pattern SUBJECT =
            Pattern.compile("\\b[Tt]he ((?:[A-Z][\\p{L}\\p{N}]+ ){1,3})(?:SHALL|shall|MUST|must) ");

    private Titling() {}

    /** From a heading at its beginning, else from the subject of its demands. */
    static Optional<String> of(Section root) {
        var heading = root.blocks().size() > BLOCKS_BEFORE_TITLE
                ? Optional.<String>empty()
                : heading(root, new int[] {HEADINGS_LOOKED_AT});
        if (heading.isPresent()) return heading;
        var product = product(root, new int[] {SECTIONS_LOOKED_AT});
        if (product.isPresent()) return product;
        var subjects = new HashMap<String, Integer>();
        count(root, subjects);
        var subject = subjects.entrySet().stream()
                .filter(entry -> entry.getValue() >= FEWEST_MENTIONS && !Headings.isGeneric(entry.getKey()))
                .max((a, b) -> a.getValue().equals(b.getValue())
                        ? b.getKey().compareTo(a.getKey())
                        : a.getValue() - b.getValue());
        return subject.map(Map.Entry::getKey);
    }

    private static Optional<String> heading(Section section, int[] left) {
        for (var inner : section.sections()) {
            if (left[0]-- <= 0) return Optional.empty();
            var text = inner.heading().text();
            boolean names = inner.level() <= 2 && Headings.withoutNumber(text).equals(text.strip());
            var role = Role.of(text);
            boolean kind = role == Role.NEUTRAL || inner.level() == 1;
            var title = names && kind ? Headings.title(text) : Optional.<String>empty();
            if (title.isPresent()) return title;
            if (section.level() == 0 && section.sections().size() > 1 && inner.level() == 1) continue;
            var below = heading(inner, left);
            if (below.isPresent()) return below;
        }
        return Optional.empty();
    }

    /** "... a minimal URL Shortener application" near the beginning names the product. */
    private static Optional<String> product(Section section, int[] left) {
        for (var block : section.blocks()) {
            if (!(block instanceof Block.Paragraph text)) continue;
            var match = PRODUCT.matcher(text.joined().text());
            if (match.find() && !Headings.isGeneric(match.group(1)))
                return Optional.of(match.group(1).strip());
        }
        for (var inner : section.sections()) {
            if (left[0]-- <= 0) return Optional.empty();
            var below = product(inner, left);
            if (below.isPresent()) return below;
        }
        return Optional.empty();
    }

    private static void count(Section section, Map<String, Integer> subjects) {
        section.blocks().forEach(block -> count(block, subjects));
        section.sections().forEach(inner -> count(inner, subjects));
    }

    private static void count(Block block, Map<String, Integer> subjects) {
        switch (block) {
            case Block.Paragraph text -> count(text.joined().text(), subjects);
            case Block.Items items ->
                items.items().forEach(item -> {
                    count(item.phrase().text(), subjects);
                    item.blocks().forEach(inner -> count(inner, subjects));
                });
            case Block.Table _, Block.Code _, Block.Quote _, Block.Other _ -> {}
        }
    }

    private static void count(String text, Map<String, Integer> subjects) {
        var match = SUBJECT.matcher(text);
        while (match.find()) subjects.merge(match.group(1).strip(), 1, Integer::sum);
    }
}
