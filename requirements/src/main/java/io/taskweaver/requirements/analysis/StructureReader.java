package io.taskweaver.requirements.analysis;

import io.taskweaver.model.Document;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.requirements.analysis.Findings.Note;
import io.taskweaver.requirements.document.Block;
import io.taskweaver.requirements.document.OutlineReader;
import io.taskweaver.requirements.document.Phrase;
import io.taskweaver.requirements.document.Section;
import io.taskweaver.requirements.text.Lexicon;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
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

    /** Labels of lines about a component, beside those of {@code lexicon.tsv}. */
    private static final Set<String> ATTRIBUTES = Set.copyOf(Words.phrases("""
        interface, interfaces, exports, technology, language, owner, status, tests
        """));

    private static final List<String> KINDS =
            List.of("structure.component", "structure.name", "structure.path", "structure.purpose", "structure.needs");

    private final Map<String, Component> components = new LinkedHashMap<>();
    private final List<Structure.Link> links = new ArrayList<>();
    private final List<Section> requirements = new ArrayList<>();
    private final Map<String, Component> interfaces = new LinkedHashMap<>();
    private final Map<String, Component> stated = new LinkedHashMap<>();
    private final List<String> files = new ArrayList<>();
    private final List<TreeReader.Folder> folders = new ArrayList<>();
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
        reader.tables(root, false);
        reader.sections(root, false);
        if (reader.components.isEmpty()) reader.anyHeading(root);
        if (reader.components.isEmpty()) reader.anyList(root);
        if (reader.components.isEmpty())
            ComponentPaths.ofTrees(reader.folders).forEach(found -> reader.add(found, root.headingAt()));
        reader.places();
        var known = reader.links.stream()
                .map(reader::byName)
                .filter(link -> reader.components.containsKey(key(link.from()))
                        && reader.components.containsKey(key(link.to())))
                .toList();
        reader.components.keySet().forEach(reader.stated::remove);
        var study = reader.study(root);
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

    private Optional<AnalysisTrace> study(Section root) {
        if (requirements.isEmpty()) return Optional.empty();
        var asked = new Section(0, Phrase.EMPTY, root.headingAt(), List.of(), requirements);
        return Optional.of(AnalysisTrace.of(asked));
    }

    /** Directory trees, wherever they are. */
    private void trees(Section section) {
        for (var block : section.blocks())
            if (block instanceof Block.Code code) {
                files.addAll(TreeReader.files(code.text()));
                folders.addAll(TreeReader.folders(code.text()));
            }
        section.sections().forEach(this::trees);
    }

    /** A link of which the ends may be called by where they are. */
    private Structure.Link byName(Structure.Link link) {
        return new Structure.Link(nameOf(link.from()), nameOf(link.to()), link.because(), link.at());
    }

    private String nameOf(String written) {
        if (components.containsKey(key(written)) || written.indexOf('/') < 0) return written;
        var path = written.replaceFirst("^\\./", "").replaceFirst("/+$", "");
        return components.values().stream()
                .filter(component -> component.paths().contains(path))
                .map(Component::name)
                .findFirst()
                .orElse(written);
    }

    /** Finds where components are of which only the trees say it; files that components name are files of the structure. */
    private void places() {
        components.replaceAll((key, component) ->
                component.paths().isEmpty() ? component.at(ComponentPaths.inTrees(component, folders)) : component);
    }

    private void tables(Section section, boolean inList) {
        var kind = section.level() == 0 ? Kind.NAMED : kindOf(section);
        if (kind == Kind.REQUIREMENTS || kind == Kind.INTERFACES) return;
        boolean listed = inList || (kind == Kind.COMPONENTS && listsParts(section));
        for (var block : section.blocks())
            if (block instanceof Block.Table table)
                for (var row : StructureTables.components(table, listed)) {
                    if (kind != Kind.DEPENDENCIES) add(row.component(), row.at());
                    if (!row.needs().isEmpty()) link(row.component().name(), row.needs(), row.at());
                }
        section.sections().forEach(inner -> tables(inner, listed));
    }

    /** Without a section of components, headings that say nothing else name some. */
    private void anyHeading(Section section) {
        for (var inner : section.sections()) {
            var heading = inner.heading().text();
            boolean plain = kindOf(inner) == Kind.NAMED && Role.of(heading) == Role.NEUTRAL;
            boolean isWhole = inner.level() == 1 || inner.blocks().isEmpty();
            if (plain && !isWhole && isDescribed(inner)) component(inner);
            else if (kindOf(inner) != Kind.REQUIREMENTS && kindOf(inner) != Kind.DEPENDENCIES) anyHeading(inner);
        }
    }

    /** Whether a section consists of a sentence and lines about one thing, not of a list of others. */
    private static boolean isDescribed(Section section) {
        return section.blocks().stream()
                .allMatch(block -> block instanceof Block.Paragraph
                        || (block instanceof Block.Items items
                                && items.items().stream().noneMatch(StructureReader::isNamed)));
    }

    private static boolean isNamed(Block.Item item) {
        return !isAttribute(item) && !item.phrase().label().isEmpty();
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
                    lists(inner.blocks(), "");
                    sections(inner, listsParts(inner));
                }
                case DEPENDENCIES -> dependencies(inner);
                case INTERFACES -> interfaces(inner);
                case EXPLANATION -> {}
                case NAMED -> named(inner, inList);
            }
        }
    }

    /** Whether all below a section of components are some: not if one below it lists them. */
    private static boolean listsParts(Section section) {
        return section.sections().stream().noneMatch(inner -> kindOf(inner) == Kind.COMPONENTS);
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
        int colon = heading.indexOf(':');
        boolean isDeclared = Words.lower(heading).startsWith("component")
                || Words.lower(heading).startsWith("module")
                || (colon > 0 && word(heading.substring(0, colon)).equals("component"))
                || ComponentPaths.isPath(heading)
                || section.blocks().stream().anyMatch(StructureReader::says);
        boolean named = Headings.component(heading).isPresent() || ComponentPaths.isPath(heading);
        if ((inList || isDeclared) && named) component(section);
        else sections(section, inList);
    }

    private void component(Section section) {
        var heading = section.heading().text();
        var path = ComponentPaths.isPath(heading)
                ? ComponentPaths.named(heading, "")
                : Headings.component(heading).map(found -> found.at(ComponentPaths.behind(heading)));
        if (path.isEmpty()) return;
        var found = path.get();
        add(found.describedAs(description(section)), section.headingAt());
        for (var block : section.blocks()) uses(found.name(), block);
    }

    /** Whether a block says where a component is, or what it uses. */
    private static boolean says(Block block) {
        return switch (block) {
            case Block.Items items -> items.items().stream().anyMatch(item -> isPlace(item.phrase()));
            case Block.Paragraph text -> text.lines().stream().anyMatch(StructureReader::isPlace);
            case Block.Table _, Block.Code _, Block.Quote _, Block.Other _ -> false;
        };
    }

    private static boolean isPlace(Phrase line) {
        return switch (word(line.label())) {
            case "path" -> !ComponentPaths.listed(line.afterLabel()).isEmpty();
            case "needs" -> true;
            default -> false;
        };
    }

    /** The meaning of a label or of the heading of a column; empty if it is unknown. */
    static String word(String label) {
        return Lexicon.first(KINDS, label)
                .map(meaning -> meaning.kind().substring(meaning.kind().indexOf('.') + 1))
                .orElse("");
    }

    private static String description(Section section) {
        for (var block : section.blocks())
            if (block instanceof Block.Paragraph text && !says(text))
                return text.joined().text();
        return section.blocks().stream()
                .filter(Block.Items.class::isInstance)
                .flatMap(block -> ((Block.Items) block).items().stream())
                .filter(item -> word(item.phrase().label()).equals("purpose"))
                .map(item -> item.phrase().afterLabel().strip())
                .findFirst()
                .orElse("");
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

    private void lists(List<Block> blocks, String folder) {
        for (var block : blocks)
            if (block instanceof Block.Items items) for (var item : items.items()) item(item, folder);
    }

    /**
     * An item of a list of components.
     *
     * @param folder path of the item that it stands below, with '/' at its end; empty if that is none
     */
    private void item(Block.Item item, String folder) {
        var named = ComponentLists.placed(item.phrase(), folder);
        boolean isGroup = named.isEmpty()
                || hasFolders(item)
                || (named.get().description().isBlank() && hasNamedItems(item));
        if (isGroup) {
            var path = ComponentLists.path(item.phrase());
            lists(item.blocks(), path.isEmpty() ? folder : folder + path + "/");
            return;
        }
        add(named.get(), item.ownSpan());
        for (var block : item.blocks()) uses(named.get().name(), block);
        var depends = DEPENDS.matcher(named.get().description());
        if (depends.lookingAt())
            link(named.get().name(), named.get().description().substring(depends.end()), item.ownSpan());
    }

    private static boolean hasFolders(Block.Item item) {
        return !ComponentLists.path(item.phrase()).isEmpty()
                && item.blocks().stream()
                        .anyMatch(block -> block instanceof Block.Items inner
                                && inner.items().stream()
                                        .anyMatch(child -> !ComponentLists.path(child.phrase())
                                                .isEmpty()));
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
        var label = item.phrase().label();
        var meaning = word(label);
        return ATTRIBUTES.contains(Words.lower(label))
                || meaning.equals("path")
                || meaning.equals("purpose")
                || meaning.equals("needs");
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
        if (word(line.label()).equals("needs")) link(from, line.afterLabel(), at);
        else if (match.lookingAt()) link(from, line.text().substring(match.end()), at);
        else if (word(line.label()).equals("path")) {
            var paths = ComponentPaths.listed(line.afterLabel());
            if (!paths.isEmpty())
                components.computeIfPresent(key(from), (key, component) -> {
                    var all = new LinkedHashSet<>(component.paths());
                    all.addAll(paths);
                    return component.at(List.copyOf(all));
                });
        }
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
            if (!name.isEmpty() && !isNothing(name) && !key(name).equals(key(from)))
                links.add(new Structure.Link(from.strip(), name, from.strip() + " depends on " + name, at));
        }
    }

    private static boolean isNothing(String name) {
        return name.matches("(?iu)none|nothing|no|n/a|[-–—]+|keine?|aucune?|ninguno?|nessuno?|nenhum|нет|无|なし|없음|yok");
    }

    /** Without a section of components, every list of the shape {@code - Name: description} names some. */
    private void anyList(Section section) {
        if (kindOf(section) == Kind.NAMED) {
            for (var block : section.blocks()) {
                boolean isList = block instanceof Block.Items items
                        && items.items().stream()
                                .allMatch(item -> !item.phrase().label().isEmpty()
                                        || !ComponentLists.path(item.phrase()).isEmpty());
                if (isList) lists(List.of(block), "");
            }
        }
        boolean asks = kindOf(section) == Kind.REQUIREMENTS || kindOf(section) == Kind.DEPENDENCIES;
        if (!asks) section.sections().forEach(this::anyList);
    }

    private void add(Component component, SourceSpan at) {
        named.add(new Note(at, component.name()));
        components.merge(key(component.name()), component, (old, again) -> {
            var kept = old.description().isBlank() ? again : old;
            return kept.paths().isEmpty() ? kept.at(old.paths().isEmpty() ? again.paths() : old.paths()) : kept;
        });
    }

    /** The same for names that differ in case, blanks or punctuation. */
    static String key(String name) {
        return String.join("", Words.plain(name));
    }
}
