package io.taskweaver.requirements.analysis;

import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.effort.Effort;
import io.taskweaver.requirements.analysis.Findings.Note;
import io.taskweaver.requirements.analysis.Findings.Tier;
import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.Block.Box;
import io.taskweaver.requirements.document.Phrase;
import io.taskweaver.requirements.document.Section;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Walks a document section by section and sorts its blocks by what they are: start reading at {@link #walk}. */
final class RequirementFinder {
    private static final int MOST_WORDS_IN_LABEL = 8;
    private static final Set<String> COMPONENT_LISTS = Set.copyOf(Words.phrases("""
        system components, components, modules, services, main components, key components, subsystems,
        architecture components, microservices
        """));
    private static final Set<String> ENTITY_LISTS = Set.copyOf(Words.phrases("""
        entities, key entities, core entities, main entities, data entities, domain entities, domain objects,
        domain model, data model, data models
        """));

    private static final Pattern KEY_WORDS = Pattern.compile("(?i)\\bkey ?words\\b|\\bRFC[ -]?(?:2119|8174)\\b");

    final Ids ids;
    final Findings findings = new Findings();
    private final StoryReader stories = new StoryReader(this);
    private final TableReader tables = new TableReader(this);

    RequirementFinder(Section root) {
        ids = new Ids(root);
    }

    /** Finds everything in a document. */
    void walk(Section root) {
        blocks(root.blocks(), Scope.DOCUMENT, "");
        boolean hasTitle = root.sections().size() == 1;
        for (var section : root.sections()) {
            boolean isTitle = hasTitle && ids.leading(section.heading().text()).isEmpty();
            if (isTitle) inside(section, Scope.DOCUMENT.intoTitle(section));
            else section(section, Scope.DOCUMENT);
        }
    }

    void section(Section section, Scope outer) {
        var scope = outer.into(section);
        if (stories.accepts(section, scope)) stories.read(section, outer, scope);
        else inside(section, scope);
    }

    private void inside(Section section, Scope scope) {
        blocks(section.blocks(), scope, section.heading().text());
        for (var inner : section.sections()) section(inner, scope);
    }

    /** Sorts the blocks of a section; a line of its own that ends with a colon is a label for what follows it. */
    private void blocks(List<Block> blocks, Scope section, String heading) {
        var scope = section;
        var label = heading;
        boolean introduced = false;
        for (var block : blocks) {
            Effort.step();
            findings.pass(block.at(), IgnoredLines.over(block, scope, label));
            switch (block) {
                case Block.Paragraph paragraph -> {
                    boolean demands = section.role() == Role.CONSTRAINT
                            && binds(paragraph.joined().text());
                    var named = demands ? Optional.<String>empty() : labelOf(paragraph);
                    scope = named.map(found -> section.labelled(found, Role.of(found)))
                            .orElse(section);
                    label = named.orElse(heading);
                    introduced = named.isEmpty() && section.role() == Role.CONSTRAINT;
                    if (named.isEmpty()) paragraph(paragraph, scope);
                    else findings.pass(paragraph.at(), IgnoredLines.LABEL);
                }
                case Block.Items items -> items(items, scope, label);
                case Block.Table table -> tables.read(table, scope);
                case Block.Code code -> {
                    if (introduced && code.text().length() < 400) amendConstraint(code);
                }
                case Block.Quote quote -> {}
                case Block.Other other -> scope = section;
            }
        }
    }

    /** A command or value in a fence belongs to the constraint that introduces it. */
    private void amendConstraint(Block.Code code) {
        if (findings.constraints.isEmpty()) return;
        var last = findings.constraints.removeLast();
        var at = new SourceSpan(
                last.at().path(), last.at().firstLine(), code.at().lastLine());
        findings.constraint(last.text() + " `" + code.text().strip().replace('\n', ' ') + "`", at);
    }

    /** The words of a paragraph that is but a label: bold as a whole, or short and ending with a colon. */
    private Optional<String> labelOf(Block.Paragraph paragraph) {
        if (paragraph.lines().size() != 1) return Optional.empty();
        var line = paragraph.lines().getFirst();
        var text = line.text().strip();
        boolean ends = text.endsWith(":") && Words.plain(text).size() <= MOST_WORDS_IN_LABEL;
        boolean isLabel = (ends || (line.isBold() && Words.plain(text).size() <= MOST_WORDS_IN_LABEL + 4));
        return isLabel && ids.leading(text).isEmpty() ? Optional.of(text.replace(":", "")) : Optional.empty();
    }

    private void paragraph(Block.Paragraph paragraph, Scope scope) {
        var whole = paragraph.joined();
        if (whole.isBlank()) return;
        switch (scope.role()) {
            case BOUNDARY -> boundary(whole, List.of(), scope, paragraph.at());
            case REFERENCE -> {}
            case CONSTRAINT -> {
                if (!numberedLines(paragraph, scope)) constraintParagraph(whole, paragraph.at());
            }
            case CRITERIA -> {}
            case CONTEXT -> numberedLines(paragraph, scope);
            case NEUTRAL, REQUIREMENT, STEPS, FEATURE -> {
                if (numberedLines(paragraph, scope)) return;
                switch (Role.of(whole.label())) {
                    case BOUNDARY -> boundary(whole, List.of(), scope.as(Role.BOUNDARY), paragraph.at());
                    case CONSTRAINT -> findings.constraint(whole.afterLabel(), paragraph.at());
                    case NEUTRAL, REQUIREMENT, STEPS, FEATURE -> askingParagraph(whole, scope, paragraph.at());
                    case CRITERIA, CONTEXT, REFERENCE -> {}
                }
            }
        }
    }

    private void constraintParagraph(Phrase whole, SourceSpan at) {
        if (binds(whole.text())) findings.constraint(whole.text(), at);
    }

    private void askingParagraph(Phrase whole, Scope scope, SourceSpan at) {
        var text = whole.text().strip();
        boolean asks = Titles.isStory(text) || (binds(text) && !text.endsWith(":"));
        if (!asks || whole.struck()) return;
        findings.candidate(tier(scope), new Draft(scope, at).headed(whole, at));
    }

    /** Takes a paragraph of which lines begin with ids apart; whether there were any. */
    private boolean numberedLines(Block.Paragraph paragraph, Scope scope) {
        var lines = paragraph.lines();
        boolean any = lines.stream().anyMatch(line -> ids.leading(line.text()).isPresent());
        if (!any) return false;
        Draft draft = null;
        for (int i = 0; i < lines.size(); i++) {
            var found = ids.leading(lines.get(i).text());
            if (found.isPresent()) {
                if (draft != null) findings.candidate(Tier.NUMBERED, draft);
                draft = draft(scope, paragraph.at(i), paragraph.at(i), lines.get(i), found);
            } else if (draft != null) {
                draft.add(lines.get(i).text(), paragraph.at(i));
            }
        }
        if (draft != null) findings.candidate(Tier.NUMBERED, draft);
        return true;
    }

    /** Sorts the items of a list. */
    void items(Block.Items items, Scope scope, String label) {
        int list = findings.nextList();
        if (scope.role() == Role.REFERENCE && Glossary.isGlossary(label))
            items.items().forEach(item -> Glossary.of(item.phrase()).ifPresent(findings.terms::add));
        boolean names = scope.role() != Role.REFERENCE
                && scope.role() != Role.BOUNDARY
                && items.items().stream()
                        .allMatch(item -> item.box() == Box.NONE
                                && ids.leading(item.phrase().text()).isEmpty());
        if (names && ENTITY_LISTS.contains(Words.normalised(Headings.withoutNumber(label)))) {
            listEntities(items);
            return;
        }
        if (names && isComponentList(label)) listComponents(items, scope);
        for (var item : items.items()) item(item, items.ordered() ? list : 0, scope);
    }

    /** What data means binds everything that touches it. */
    private void listEntities(Block.Items items) {
        findings.entities.addAll(ComponentLists.named(items));
        for (var item : items.items())
            findings.constraint(withChildren(item.phrase().text(), item.blocks()), item.at());
    }

    static boolean isComponentList(String heading) {
        return COMPONENT_LISTS.contains(Words.normalised(Headings.withoutNumber(heading)));
    }

    /** Parts listed in a section about one part are other names for it. */
    private void listComponents(Block.Items items, Scope scope) {
        var named = ComponentLists.named(items);
        for (var item : items.items())
            ComponentLists.named(item.phrase())
                    .ifPresent(part -> findings.named.add(new Note(item.ownSpan(), part.name())));
        if (scope.component().isEmpty()) findings.components.addAll(named);
        else {
            var owner = scope.component().get();
            var aliases = new ArrayList<>(owner.aliases());
            named.forEach(part -> aliases.add(part.name()));
            findings.components.add(new Component(owner.name(), owner.description(), aliases));
        }
    }

    private void item(Block.Item item, int list, Scope scope) {
        Effort.step();
        var phrase = item.phrase();
        if (phrase.struck()) {
            findings.pass(item.at(), IgnoredLines.STRUCK);
            return;
        }
        var role = scope.role();
        boolean isBareLabel = item.box() == Box.NONE
                && phrase.text().strip().endsWith(":")
                && item.blocks().stream().noneMatch(Block.Items.class::isInstance);
        if (isBareLabel) {
            findings.pass(item.at(), IgnoredLines.LABEL);
            return;
        }
        var found = role == Role.REFERENCE || role == Role.BOUNDARY || role == Role.CRITERIA
                ? Optional.<Ids.Found>empty()
                : ids.leading(phrase.text());
        boolean boxed =
                item.box() != Box.NONE && role != Role.REFERENCE && role != Role.BOUNDARY && role != Role.CRITERIA;
        if (found.isEmpty() && !boxed && isGroup(item)) {
            findings.pass(item.ownSpan(), IgnoredLines.LABEL);
            group(item, scope);
            return;
        }
        var labelled = found.isEmpty() && !boxed ? Role.of(phrase.label()) : Role.NEUTRAL;
        if (labelled == Role.BOUNDARY && role != Role.REFERENCE) {
            boundary(phrase, item.blocks(), scope.as(Role.BOUNDARY), item.at());
            return;
        }
        switch (role) {
            case BOUNDARY -> boundary(phrase, item.blocks(), scope, item.at());
            case REFERENCE -> {}
            case CONSTRAINT, CRITERIA -> {
                if (found.isPresent() || boxed) requirement(item, list, scope, found, tierOf(found, Tier.STATED), true);
                else {
                    findings.constraint(withChildren(phrase.text(), item.blocks()), item.at());
                    requirement(item, list, scope, found, Tier.BINDING, true);
                }
            }
            case CONTEXT -> {
                if (found.isPresent() || boxed)
                    requirement(item, list, scope, found, tierOf(found, Tier.STATED), false);
                else nested(item, scope);
            }
            case NEUTRAL, REQUIREMENT, STEPS, FEATURE -> {
                var tier = boxed ? Tier.STATED : tier(scope);
                requirement(item, list, scope, found, tierOf(found, tier), false);
            }
        }
    }

    private static Tier tierOf(Optional<Ids.Found> found, Tier otherwise) {
        return found.isPresent() ? Tier.NUMBERED : otherwise;
    }

    /** Lists of components, ids and boxes count below an item that itself does not. */
    private void nested(Block.Item item, Scope scope) {
        for (var block : item.blocks())
            if (block instanceof Block.Items inner)
                items(inner, scope, item.phrase().label());
    }

    /** Whether an item only says what the items below it are. */
    private boolean isGroup(Block.Item item) {
        boolean hasItems = item.blocks().stream().anyMatch(Block.Items.class::isInstance);
        if (!hasItems || item.phrase().isBlank()) return false;
        if (item.blocks().stream().anyMatch(this::definesIds)) return true;
        var text = item.phrase().text().strip();
        boolean short_ = Words.plain(text).size() <= 5;
        return short_ && (text.endsWith(":") || item.phrase().isBold());
    }

    private boolean definesIds(Block block) {
        return block instanceof Block.Items items
                && items.items().stream()
                        .anyMatch(item -> ids.leading(item.phrase().text()).isPresent());
    }

    private void group(Block.Item item, Scope scope) {
        var label = item.phrase().text().replace(":", "").strip();
        var inner = scope.labelled(label, Role.of(label));
        for (var block : item.blocks()) if (block instanceof Block.Items items) items(items, inner, label);
    }

    /** A requirement out of an item, and those out of items with ids of their own below it. */
    private void requirement(
            Block.Item item, int list, Scope scope, Optional<Ids.Found> found, Tier tier, boolean quality) {
        var draft = draft(scope, item.at(), item.ownSpan(), item.phrase(), found);
        draft.boxed = item.box() != Box.NONE;
        draft.done = item.box() == Box.TICKED;
        draft.quality |= quality;
        draft.list = list;
        draft.number = item.number();
        var apart = new ArrayList<Block.Item>();
        draft.absorb(item.blocks(), child -> {
            boolean own = ids.leading(child.phrase().text()).isPresent();
            if (own) apart.add(child);
            return own;
        });
        findings.candidate(tier, draft);
        for (var child : apart) item(child, 0, scope);
    }

    /** A draft that begins with a phrase, its id taken off. */
    Draft draft(Scope scope, SourceSpan at, SourceSpan statedAt, Phrase phrase, Optional<Ids.Found> found) {
        var draft = new Draft(scope, at);
        draft.quality = scope.role() == Role.CONSTRAINT || scope.measures();
        if (found.isEmpty()) return draft.headed(phrase, statedAt);
        var id = found.get().id();
        draft.id = Optional.of(id);
        draft.quality |= isQuality(id);
        int end = Math.min(found.get().end(), phrase.text().length());
        var rest = phrase.text().substring(end);
        int boldLeft = phrase.lead().length() - end;
        var lead = boldLeft > 0 ? rest.substring(0, boldLeft) : "";
        return draft.headed(new Phrase(rest, lead, false), statedAt);
    }

    static boolean isQuality(String id) {
        var kind = Ids.kindOf(id).toUpperCase(java.util.Locale.ROOT);
        return kind.equals("NFR")
                || kind.equals("NFREQ")
                || kind.equals("QR")
                || kind.equals("QA")
                || kind.equals("CON");
    }

    Tier tier(Scope scope) {
        return switch (scope.role()) {
            case REQUIREMENT -> Tier.STATED;
            case STEPS -> Tier.STEP;
            case NEUTRAL, FEATURE, CONTEXT -> Tier.LISTED;
            case CRITERIA, CONSTRAINT, BOUNDARY, REFERENCE -> Tier.BINDING;
        };
    }

    void boundary(Phrase phrase, List<Block> children, Scope scope, SourceSpan at) {
        var label = phrase.label();
        boolean assumed = Words.plain(label).stream().anyMatch(word -> word.startsWith("assum"));
        if (scope.assumptionsOnly() && !assumed) return;
        boolean bare = assumed || (Words.plain(label).size() <= 1 && Role.of(label) == Role.BOUNDARY);
        var text = bare && !phrase.afterLabel().isBlank() ? phrase.afterLabel() : phrase.text();
        if (!text.strip().endsWith(":") || !children.isEmpty()) findings.boundary(withChildren(text, children), at);
    }

    private static String withChildren(String text, List<Block> children) {
        var below = children.stream()
                .filter(Block.Items.class::isInstance)
                .flatMap(block -> ((Block.Items) block).items().stream())
                .map(item -> item.phrase().text())
                .collect(Collectors.joining("; "));
        if (below.isEmpty()) return text;
        return text.strip().endsWith(":") ? text.strip() + " " + below : text + ": " + below;
    }

    /** Whether a sentence demands something; one that explains the words of demands does not. */
    static boolean binds(String text) {
        if (KEY_WORDS.matcher(text).find()) return false;
        for (var word : Words.plain(text)) {
            switch (word) {
                case "shall", "must", "should", "muss", "müssen", "soll", "debe", "doit" -> {
                    return true;
                }
                default -> {}
            }
        }
        return text.contains("able to ");
    }
}
