package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.Section;
import io.taskweaver.requirements.text.Lexicon;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where in a document something stands.
 *
 * @param component part of the product that the headings above name
 * @param headings headings above, outermost first
 * @param process whether the headings above are about how work is done
 * @param assumptionsOnly whether of a boundary only stated assumptions count
 * @param progress what the headings above say of all that is below them
 */
record Scope(
        Role role,
        Optional<Component> component,
        List<String> headings,
        boolean process,
        boolean assumptionsOnly,
        Optional<Progress> progress) {
    private static final Set<String> MEASURES = Set.of("success criteria", "measurable outcomes", "success metrics");
    private static final Pattern VERSION = Pattern.compile("\\[?[vV]?[0-9]+\\.[0-9]+(?:\\.[0-9]+)?\\]?(?!\\p{L})");
    static final Scope DOCUMENT = new Scope(Role.NEUTRAL, Optional.empty(), List.of(), false, false, Optional.empty());

    /** The scope of a document's title: it says what the document is, not what its text is. */
    Scope intoTitle(Section section) {
        return new Scope(role, component, with(section.heading().text()), process, false, progress);
    }

    Scope into(Section section) {
        var group = Progress.ofGroup(section.heading().text())
                .or(() -> isOfChangelog(section.heading().text()) ? Optional.of(Progress.DONE) : Optional.empty());
        if (group.isPresent())
            return intoRequirement(section).as(Role.REQUIREMENT.below(role)).saying(group.get());
        var heading = Progress.marked(section.heading().text());
        var own = Role.of(heading.text());
        var scope = labelled(heading.text(), own, description(section));
        return heading.stated().isEmpty()
                ? scope
                : scope.saying(heading.stated().get());
    }

    /** "Fixed" below "[1.4.0] - 2025-03-01". */
    private boolean isOfChangelog(String heading) {
        return !headings.isEmpty()
                && VERSION.matcher(headings.getLast()).lookingAt()
                && Lexicon.is("heading.change", heading);
    }

    /** The scope below a heading that is a requirement of its own, whatever its words. */
    Scope intoRequirement(Section section) {
        return new Scope(role, component, with(section.heading().text()), process, assumptionsOnly, progress);
    }

    /** The same, where a heading or label says how far all below it has come. */
    Scope saying(Progress stated) {
        var inner = stated.isDropped() ? Role.BOUNDARY : role;
        return new Scope(inner, component, headings, process, assumptionsOnly, Optional.of(stated));
    }

    /** What the text right below a heading says of what the heading names. */
    private static String description(Section section) {
        if (section.blocks().isEmpty() || !(section.blocks().getFirst() instanceof Block.Paragraph text)) return "";
        var content = text.joined().text().strip();
        return content.endsWith(":") || Placeholders.isUnfilled(content) ? "" : content;
    }

    /** The scope of what a label introduces. */
    Scope labelled(String label, Role own) {
        return labelled(label, own, "");
    }

    private Scope labelled(String label, Role own, String description) {
        // "Requirements" within a part of the product makes the other parts no less of the product.
        boolean isPart = own == Role.REQUIREMENT && role == Role.NEUTRAL && component.isPresent();
        var inner = isPart ? Role.FEATURE : own.below(role);
        boolean open = assumptionsOnly
                || (own == Role.BOUNDARY
                        && label.toLowerCase(java.util.Locale.ROOT).contains("clarif"));
        if (Headings.isProcess(label)) return new Scope(inner, Optional.empty(), with(label), true, open, progress);
        var named = own == Role.NEUTRAL || own == Role.REQUIREMENT || own == Role.FEATURE
                ? Headings.component(label).map(found -> found.describedAs(description))
                : Optional.<Component>empty();
        return named.isPresent()
                ? new Scope(inner, named, with(label), false, open, progress)
                : new Scope(inner, component, with(label), process, open, progress);
    }

    /** Whether what is numbered here measures the product as a whole. */
    boolean measures() {
        return headings.stream().anyMatch(heading -> MEASURES.contains(Words.normalised(heading)));
    }

    Scope as(Role other) {
        return new Scope(other, component, headings, process, assumptionsOnly, progress);
    }

    private List<String> with(String heading) {
        var path = new ArrayList<>(headings);
        path.add(Headings.withoutNumber(heading));
        return path;
    }
}
