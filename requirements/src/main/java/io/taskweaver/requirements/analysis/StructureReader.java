package io.taskweaver.requirements.analysis;

import io.taskweaver.model.Document;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.analysis.Findings.Note;
import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.OutlineReader;
import io.taskweaver.requirements.document.Phrase;
import io.taskweaver.requirements.document.Section;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads STRUCTURE.md: lists of components ({@code - Name: description}) or a heading for each, who depends on whom, and
 * a section of requirements. Directory trees in fences and lists of interfaces are explanation.
 */
public final class StructureReader {
    private static final Pattern ARROW = Pattern.compile("\\s*(?:->|→|=>|-->)\\s*");
    private static final Pattern DEPENDS = Pattern.compile(
            "(?i)\\s*:?\\s*\\b(?:depends? (?:up)?on|uses|calls|requires|needs|dependencies)\\b\\s*:?\\s*");
    private static final Pattern SEPARATOR = Pattern.compile("\\s*(?:,|;|&|\\band\\b)\\s*");

    private static final Set<String> ATTRIBUTES = Set.copyOf(Words.phrases("""
        depends on, dependencies, uses, path, file, files, interface, interfaces, exports, responsibility,
        responsibilities, description, technology, language
        """));

    private final Map<String, Component> components = new LinkedHashMap<>();
    private final List<Structure.Link> links = new ArrayList<>();
    private final List<Section> requirements = new ArrayList<>();
    private final Map<String, Component> interfaces = new LinkedHashMap<>();
    private final Map<String, Component> stated = new LinkedHashMap<>();
    private final List<String> files = new ArrayList<>();
    private final List<Note> named = new ArrayList<>();
    private final List<Note> uses = new ArrayList<>();

    private StructureReader() {}

    /** What the document says. */
    public static Structure read(Document document) {
        return readWithAccount(document).structure();
    }

    /** What the document says, and what became of each of its lines. */
    public static StructureReading readWithAccount(Document document) {
        var outline = OutlineReader.read(document);
        var root = outline.root();
        var reader = new StructureReader();
        reader.trees(root);
        reader.sections(root, false);
        if (reader.components.isEmpty()) reader.anyList(root);
        var known = reader.links.stream()
                .filter(link -> reader.components.containsKey(key(link.from()))
                        && reader.components.containsKey(key(link.to())))
                .toList();
        reader.components.keySet().forEach(reader.stated::remove);
        var study = reader.study(root, document.path());
        var structure = new Structure(
                List.copyOf(reader.components.values()),
                known,
                List.copyOf(reader.interfaces.values()),
                List.copyOf(reader.stated.values()),
                reader.files,
                study.map(AnalysisTrace::analysis),
                new SourceSpan(document.path(), 1, outline.lines()));
        var accounting = new Accounting(outline);
        study.ifPresent(accounting::study);
        return new StructureReading(
                structure, accounting.structure(reader.named, reader.uses).account());
    }

    private Optional<AnalysisTrace> study(Section root, String path) {
        if (requirements.isEmpty()) return Optional.empty();
        var asked = new Section(0, Phrase.EMPTY, root.headingAt(), List.of(), requirements);
        return Optional.of(AnalysisTrace.of(asked, path, Optional.empty()));
    }

    /** Directory trees, wherever they are. */
    private void trees(Section section) {
        for (var block : section.blocks())
            if (block instanceof Block.Code code) files.addAll(TreeReader.files(code.text()));
        section.sections().forEach(this::trees);
    }

    private void sections(Section section, boolean inList) {
        for (var inner : section.sections()) {
            var kind = kindOf(inner);
            switch (kind) {
                case REQUIREMENTS -> {
                    requirements.add(withoutStructure(inner));
                    sections(inner, false);
                }
                case COMPONENTS -> {
                    lists(inner.blocks());
                    sections(inner, true);
                }
                case DEPENDENCIES -> dependencies(inner);
                case INTERFACES -> interfaces(inner);
                case EXPLANATION -> {}
                case NAMED -> named(inner, inList);
            }
        }
    }

    private enum Kind {
        REQUIREMENTS,
        COMPONENTS,
        DEPENDENCIES,
        INTERFACES,
        EXPLANATION,
        NAMED
    }

    private static Kind kindOf(Section section) {
        var name = Words.normalised(Headings.withoutNumber(section.heading().text()));
        if (name.equals("requirements") || name.endsWith(" requirements")) return Kind.REQUIREMENTS;
        if (name.contains("dependenc")) return Kind.DEPENDENCIES;
        if (name.contains("interface")) return Kind.INTERFACES;
        if (name.contains("directory") || name.contains("tree")) return Kind.EXPLANATION;
        boolean lists = RequirementFinder.isComponentList(name)
                || name.equals("architecture")
                || name.equals("structure")
                || name.endsWith(" components")
                || name.endsWith(" modules")
                || name.endsWith(" services");
        return lists ? Kind.COMPONENTS : Kind.NAMED;
    }

    /** A requirements section without the sections in it that describe structure. */
    private static Section withoutStructure(Section section) {
        var kept = section.sections().stream()
                .filter(inner -> kindOf(inner) == Kind.NAMED)
                .toList();
        return new Section(section.level(), section.heading(), section.headingAt(), section.blocks(), kept);
    }

    private void named(Section section, boolean inList) {
        var heading = section.heading().text();
        boolean isDeclared = heading.toLowerCase(Locale.ROOT).startsWith("component")
                || heading.toLowerCase(Locale.ROOT).startsWith("module")
                || heading.toLowerCase(Locale.ROOT).startsWith("service:");
        var name = Headings.component(heading);
        if ((inList || isDeclared) && name.isPresent()) {
            add(
                    new Component(
                            name.get().name(), description(section), name.get().aliases()),
                    section.headingAt());
            for (var block : section.blocks()) uses(name.get().name(), block);
            return;
        }
        sections(section, inList);
    }

    private static String description(Section section) {
        for (var block : section.blocks())
            if (block instanceof Block.Paragraph text) return text.joined().text();
        return "";
    }

    /** Lists of interfaces by name, and headings that name one each. */
    private void interfaces(Section section) {
        for (var block : section.blocks())
            if (block instanceof Block.Items items)
                for (var item : items.items())
                    ComponentLists.named(item.phrase()).ifPresent(found -> offered(found, item.ownSpan()));
        for (var inner : section.sections()) {
            var heading = inner.heading().text().replace("`", "").strip();
            if (!heading.isEmpty()) offered(new Component(heading, description(inner), List.of()), inner.headingAt());
            interfaces(inner);
        }
    }

    private void offered(Component found, SourceSpan at) {
        interfaces.putIfAbsent(key(found.name()), found);
        named.add(new Note(at, found.name()));
    }

    private void lists(List<Block> blocks) {
        for (var block : blocks) if (block instanceof Block.Items items) for (var item : items.items()) item(item);
    }

    private void item(Block.Item item) {
        var named = ComponentLists.named(item.phrase());
        boolean isGroup = named.isEmpty() || (named.get().description().isBlank() && hasNamedItems(item));
        if (isGroup) {
            lists(item.blocks());
            return;
        }
        add(named.get(), item.ownSpan());
        for (var block : item.blocks()) uses(named.get().name(), block);
        var depends = DEPENDS.matcher(named.get().description());
        if (depends.lookingAt())
            link(named.get().name(), named.get().description().substring(depends.end()), item.ownSpan());
    }

    private static boolean hasNamedItems(Block.Item item) {
        return item.blocks().stream()
                .anyMatch(block -> block instanceof Block.Items inner
                        && inner.items().stream()
                                .anyMatch(child -> !child.phrase().label().isEmpty())
                        && inner.items().stream().noneMatch(StructureReader::isAttribute));
    }

    /** Whether an item says something about the component above rather than naming one. */
    private static boolean isAttribute(Block.Item item) {
        return ATTRIBUTES.contains(item.phrase().label().toLowerCase(Locale.ROOT));
    }

    /** Lines such as "Depends on: Storage" below a component. */
    private void uses(String from, Block block) {
        switch (block) {
            case Block.Items items -> items.items().forEach(item -> addStatement(from, item.phrase(), item.ownSpan()));
            case Block.Paragraph text -> text.lines().forEach(line -> addStatement(from, line, text.at()));
            case Block.Table _, Block.Code _, Block.Quote _, Block.Other _ -> {}
        }
    }

    private void addStatement(String from, Phrase line, SourceSpan at) {
        var match = DEPENDS.matcher(line.text());
        if (match.lookingAt()) link(from, line.text().substring(match.end()), at);
    }

    private void dependencies(Section section) {
        for (var block : section.blocks()) {
            if (block instanceof Block.Items items)
                items.items().forEach(item -> dependency(item.phrase(), item.ownSpan()));
            else if (block instanceof Block.Paragraph text) text.lines().forEach(line -> dependency(line, text.at()));
        }
        for (var inner : section.sections()) dependencies(inner);
    }

    /** "A -> B", "A depends on B and C", "A: B, C". */
    private void dependency(Phrase line, SourceSpan at) {
        var text = line.text().replace("`", "").replace("*", "");
        var arrow = ARROW.matcher(text);
        if (arrow.find()) {
            var parts = ARROW.split(text, -1);
            for (int i = 0; i + 1 < parts.length; i++) link(parts[i], parts[i + 1], at);
            return;
        }
        var says = DEPENDS.matcher(text);
        if (says.find() && says.start() > 0) link(text.substring(0, says.start()), text.substring(says.end()), at);
        else if (!line.label().isEmpty()) {
            link(line.label(), line.afterLabel(), at);
            ComponentLists.named(line).ifPresent(found -> stated.putIfAbsent(key(found.name()), found));
        } else
            ComponentLists.named(line).ifPresent(found -> {
                stated.putIfAbsent(key(found.name()), found);
                uses.add(new Note(at, found.name()));
            });
    }

    private void link(String from, String to, SourceSpan at) {
        uses.add(new Note(at, from.strip() + " uses " + to.strip()));
        for (var part : SEPARATOR.split(to, -1)) {
            var name = part.replace("`", "").replaceAll("[.\\[\\]()]+", "").strip();
            if (!name.isEmpty() && !key(name).equals(key(from)))
                links.add(new Structure.Link(from.strip(), name, from.strip() + " depends on " + name, at));
        }
    }

    /** Without a section of components, every list of the shape {@code - Name: description} names some. */
    private void anyList(Section section) {
        if (kindOf(section) == Kind.NAMED) {
            for (var block : section.blocks()) {
                boolean isList = block instanceof Block.Items items
                        && items.items().stream()
                                .allMatch(item -> !item.phrase().label().isEmpty());
                if (isList) lists(List.of(block));
            }
        }
        boolean asks = kindOf(section) == Kind.REQUIREMENTS || kindOf(section) == Kind.DEPENDENCIES;
        if (!asks) section.sections().forEach(this::anyList);
    }

    private void add(Component component, SourceSpan at) {
        named.add(new Note(at, component.name()));
        components.merge(
                key(component.name()),
                component,
                (old, again) -> old.description().isBlank() ? again : old);
    }

    /** The same for names that differ in case, blanks or punctuation. */
    static String key(String name) {
        return String.join("", Words.plain(name));
    }
}
