package io.taskweaver.client.codemap;

import io.taskweaver.model.Language;
import io.taskweaver.requirements.code.Declaration;
import io.taskweaver.requirements.code.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads source files, one after the other. Keeps the grammars that it loaded; used by one thread at a time. */
final class SourceReader implements AutoCloseable {
    private static final int LONGEST_SIGNATURE = 160;

    private static final Pattern LEADING_ANNOTATIONS =
            Pattern.compile("^(?:\\s*@(?!interface)\\w[\\w.]*(?:\\([^()]*\\))?)+\\s*");

    private final Map<Language, Grammar> grammars = new EnumMap<>(Language.class);
    /** Names come again and again; one copy of each is enough. */
    private final UnaryOperator<String> names;

    SourceReader(UnaryOperator<String> names) {
        this.names = names;
    }

    /**
     * What a file declares and uses; after a syntax error, what can be made out.
     *
     * @throws UnsupportedOperationException if there is no parser for this platform
     */
    SourceFile read(String path, Language language, String text) {
        var grammar = grammars.computeIfAbsent(language, Grammar::load);
        try (var tree = grammar.parser.parseString(null, text)) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            var file = new SourceFile(path, language, "", List.of(), List.of(), Set.of(), true);
            var found = Captures.of(grammar, tree, bytes, file.stem());
            return new SourceFile(
                    path,
                    language,
                    names.apply(found.packageName),
                    declarations(found, language),
                    found.imports.stream().map(names).toList(),
                    found.mentions.stream().map(names).collect(Collectors.toUnmodifiableSet()),
                    !tree.getRootNode().hasError());
        }
    }

    private List<Declaration> declarations(Captures found, Language language) {
        var visibility = new Visibility(language, found.exports, found.exportsListed);
        var open = new HashMap<Integer, Boolean>();
        var declarations = new ArrayList<Declaration>();
        for (var definition : found.definitions) {
            boolean outerOpen = definition
                    .parent()
                    .map(outer -> open.getOrDefault(outer.nameStart(), true))
                    .orElse(true);
            boolean isOpen =
                    outerOpen && visibility.isOpen(definition, found.slice(definition.start(), definition.nameStart()));
            open.put(definition.nameStart(), isOpen);
            kind(definition.form())
                    .filter(kind -> !definition.isLocal() && !definition.name().isBlank())
                    .ifPresent(kind -> declarations.add(declaration(kind, definition, found, isOpen)));
        }
        declarations.addAll(routes(found));
        declarations.sort(Comparator.comparingInt(Declaration::line));
        return declarations;
    }

    private static Optional<Declaration.Kind> kind(Definition.Form form) {
        return switch (form) {
            case TYPE -> Optional.of(Declaration.Kind.TYPE);
            case INTERFACE -> Optional.of(Declaration.Kind.INTERFACE);
            case OPERATION, ASSIGNED -> Optional.of(Declaration.Kind.OPERATION);
            case CONSTANT -> Optional.of(Declaration.Kind.CONSTANT);
            case SCOPE -> Optional.empty();
        };
    }

    private Declaration declaration(Declaration.Kind kind, Definition definition, Captures found, boolean open) {
        var detail = kind == Declaration.Kind.CONSTANT
                ? definition.value()
                : signature(found.slice(definition.start(), definition.headEnd()));
        return new Declaration(
                kind, names.apply(definition.owner()), names.apply(definition.name()), detail, open, definition.line());
    }

    /** One line, without annotations and without what opens a body. */
    private static String signature(String head) {
        var line = LEADING_ANNOTATIONS
                .matcher(head)
                .replaceAll("")
                .replaceAll("\\s+", " ")
                .replaceAll("(?:\\s|[{:;]|=>?)+$", "")
                .strip();
        return line.length() <= LONGEST_SIGNATURE ? line : line.substring(0, LONGEST_SIGNATURE - 1) + "…";
    }

    /** An annotation or decorator belongs to what is defined next; one of a type stands before the paths of its members. */
    private static List<Declaration> routes(Captures found) {
        var byName = found.definitions.stream()
                .sorted(Comparator.comparingInt(Definition::nameStart))
                .toList();
        var prefixes = new HashMap<String, String>();
        var declarations = new ArrayList<Declaration>();
        for (var route : found.routes) {
            var target = route.call()
                    ? Optional.<Definition>empty()
                    : byName.stream()
                            .filter(next -> next.nameStart() > route.at())
                            .findFirst();
            boolean ofType = target.map(Definition::form)
                    .filter(form -> form != Definition.Form.OPERATION)
                    .isPresent();
            if (ofType) {
                prefixes.put(qualified(target.get()), route.path());
                continue;
            }
            var owner = target.map(SourceReader::qualified).orElse("");
            var prefix = target.map(operation -> prefixes.getOrDefault(operation.owner(), ""))
                    .orElse("");
            declarations.add(new Declaration(
                    Declaration.Kind.ROUTE,
                    owner,
                    Routes.below(prefix, route.path()),
                    Routes.verb(route.announcer()),
                    true,
                    route.line()));
        }
        return declarations;
    }

    private static String qualified(Definition definition) {
        var owner = definition.owner();
        return owner.isEmpty() ? definition.name() : owner + "." + definition.name();
    }

    @Override
    public void close() {
        grammars.values().forEach(Grammar::close);
    }
}
