package io.taskweaver.client.codemap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.treesitter.TSNode;
import org.treesitter.TSQueryCursor;
import org.treesitter.TSQueryMatch;
import org.treesitter.TSTree;

/** What a query finds in one tree, sorted out by the names of its captures. */
final class Captures {
    /** Text of a route and what announces it, e.g. {@code GetMapping}; of a call there is no definition to belong to. */
    record Route(String announcer, String path, int at, int line, boolean call) {}

    final List<Definition> definitions = new ArrayList<>();
    final List<Route> routes = new ArrayList<>();
    final Set<String> imports = new LinkedHashSet<>();
    final Set<String> mentions = new HashSet<>();
    final Set<String> exports = new HashSet<>();
    boolean exportsListed;
    String packageName = "";

    private final List<int[]> exported = new ArrayList<>();
    private final Set<Integer> names = new HashSet<>();
    private final byte[] text;
    private final String stem;

    /**
     * @param stem what an unnamed export is called: the file's name without its ending
     */
    Captures(byte[] text, String stem) {
        this.text = text;
        this.stem = stem;
    }

    static Captures of(Grammar grammar, TSTree tree, byte[] text, String stem) {
        var findings = new Captures(text, stem);
        var captureNames = new HashMap<Integer, String>();
        try (var cursor = new TSQueryCursor()) {
            cursor.exec(grammar.query, tree.getRootNode());
            var match = new TSQueryMatch();
            while (cursor.nextMatch(match)) {
                var captures = new HashMap<String, TSNode>();
                for (var capture : match.getCaptures())
                    captures.putIfAbsent(
                            captureNames.computeIfAbsent(capture.getIndex(), grammar.query::getCaptureNameForId),
                            capture.getNode());
                findings.take(captures);
            }
        }
        findings.nest();
        return findings;
    }

    private void take(Map<String, TSNode> captures) {
        var mention = captures.get("mention");
        if (mention != null) {
            mentions.add(slice(mention));
            return;
        }
        text(captures, "package").ifPresent(name -> packageName = name);
        text(captures, "import").ifPresent(name -> imports.addAll(ImportPaths.of(name)));
        text(captures, "member")
                .ifPresent(member -> imports.add(joined(text(captures, "module").orElse(""), member)));
        required(captures);
        exportedNames(captures);
        route(captures);
        for (var form : Definition.Form.values())
            node(captures, form.name().toLowerCase(Locale.ROOT)).ifPresent(node -> define(form, node, captures));
        node(captures, "default").ifPresent(node -> unnamed(Definition.Form.OPERATION, node, captures));
        node(captures, "defaultclass").ifPresent(node -> unnamed(Definition.Form.TYPE, node, captures));
    }

    private void required(Map<String, TSNode> captures) {
        boolean requires = text(captures, "require")
                .filter(name -> name.equals("require") || name.equals("import"))
                .isPresent();
        if (requires) text(captures, "required").ifPresent(imports::add);
    }

    private void exportedNames(Map<String, TSNode> captures) {
        node(captures, "exported").ifPresent(node -> exported.add(new int[] {node.getStartByte(), node.getEndByte()}));
        boolean byAssignment = captures.containsKey("holder");
        boolean counts = !byAssignment
                || text(captures, "holder").filter(Captures::isExports).isPresent();
        if (counts) text(captures, "export").ifPresent(exports::add);
        if (text(captures, "holder").filter("__all__"::equals).isPresent()) {
            exportsListed = true;
            text(captures, "listed").ifPresent(exports::add);
        }
    }

    private static boolean isExports(String holder) {
        return holder.equals("module.exports") || holder.startsWith("exports.") || holder.startsWith("module.exports.");
    }

    private void route(Map<String, TSNode> captures) {
        var path = captures.get("route");
        if (path == null) return;
        var call = text(captures, "verb");
        var announcer = call.or(() -> text(captures, "annotation")).orElse("");
        Routes.path(announcer, slice(path), call.isPresent())
                .ifPresent(found ->
                        routes.add(new Route(announcer, found, path.getStartByte(), line(path), call.isPresent())));
    }

    private void define(Definition.Form form, TSNode node, Map<String, TSNode> captures) {
        if (form == Definition.Form.ASSIGNED
                && text(captures, "holder").filter(Captures::isExports).isEmpty()) return;
        var name = node(captures, "name");
        var at = name.orElse(node);
        boolean isNew = form == Definition.Form.SCOPE || names.add(at.getStartByte());
        if (!isNew) return;
        add(form, name.map(this::slice).map(Captures::plain).orElse(""), node, at, captures);
    }

    private void unnamed(Definition.Form form, TSNode node, Map<String, TSNode> captures) {
        exports.add(stem);
        add(form, stem, node, node, captures);
    }

    private void add(Definition.Form form, String name, TSNode node, TSNode at, Map<String, TSNode> captures) {
        int headEnd = node(captures, "body").map(TSNode::getStartByte).orElse(node.getEndByte());
        definitions.add(new Definition(
                form,
                name,
                node.getStartByte(),
                node.getEndByte(),
                at.getStartByte(),
                headEnd,
                text(captures, "value").orElse(""),
                text(captures, "receiver").map(Captures::plain).orElse(""),
                form == Definition.Form.ASSIGNED,
                captures.containsKey("trait"),
                line(at),
                Optional.empty()));
    }

    /** Puts each definition into the one around it. */
    private void nest() {
        definitions.sort((one, other) -> one.start() != other.start()
                ? Integer.compare(one.start(), other.start())
                : Integer.compare(other.end(), one.end()));
        var around = new ArrayList<Definition>();
        for (int i = 0; i < definitions.size(); i++) {
            var definition = definitions.get(i);
            while (!around.isEmpty() && around.getLast().end() <= definition.start()) around.removeLast();
            var outer = around.isEmpty() ? Optional.<Definition>empty() : Optional.of(around.getLast());
            var nested = definition.in(outer, isMarked(definition));
            definitions.set(i, nested);
            around.add(nested);
        }
    }

    private boolean isMarked(Definition definition) {
        return exported.stream().anyMatch(range -> range[0] <= definition.start() && definition.end() <= range[1]);
    }

    private static Optional<TSNode> node(Map<String, TSNode> captures, String name) {
        return Optional.ofNullable(captures.get(name));
    }

    private Optional<String> text(Map<String, TSNode> captures, String name) {
        return node(captures, name).map(this::slice);
    }

    private String slice(TSNode node) {
        return slice(node.getStartByte(), node.getEndByte());
    }

    String slice(int start, int end) {
        return new String(text, start, Math.max(0, end - start), StandardCharsets.UTF_8);
    }

    private static int line(TSNode node) {
        return node.getStartPoint().getRow() + 1;
    }

    private static String joined(String module, String member) {
        return module.endsWith(".") ? module + member : module + "." + member;
    }

    /** A type's name without pointers, type arguments and path. */
    private static String plain(String name) {
        int generic = name.indexOf('<') >= 0 ? name.indexOf('<') : name.indexOf('[');
        var bare = (generic > 0 ? name.substring(0, generic) : name)
                .replace("*", "")
                .replace("&", "")
                .strip();
        return bare.substring(Math.max(bare.lastIndexOf(':'), bare.lastIndexOf('.')) + 1);
    }
}
