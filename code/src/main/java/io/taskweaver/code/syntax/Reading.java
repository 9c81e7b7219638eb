package io.taskweaver.code.syntax;

import io.taskweaver.model.Language;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.treesitter.TSNode;

/**
 * What a parser makes of a text.
 *
 * @param errors places that it does not understand
 * @param declared how often a scope declares the same, by the names around it and its own
 */
public record Reading(int errors, Map<String, Integer> declared) {
    /** What a declaration may be wrapped in without being in a scope of its own. */
    private static final Set<String> WRAPPERS = Set.of(
            "export_statement",
            "lexical_declaration",
            "variable_declaration",
            "local_variable_declaration",
            "field_declaration",
            "decorated_definition",
            "import_statement",
            "import_clause",
            "named_imports",
            "import_declaration",
            "import_spec_list",
            "const_declaration",
            "var_declaration",
            "type_declaration",
            "property_declaration",
            "ambient_declaration");

    private static final Set<String> DECLARATIONS = Set.of(
            // Java
            "class_declaration",
            "interface_declaration",
            "enum_declaration",
            "record_declaration",
            "annotation_type_declaration",
            "method_declaration",
            "constructor_declaration",
            "enum_constant",
            "variable_declarator",
            // Kotlin
            "object_declaration",
            "function_declaration",
            "enum_entry",
            // JavaScript and TypeScript
            "generator_function_declaration",
            "abstract_class_declaration",
            "type_alias_declaration",
            "method_definition",
            "public_field_definition",
            "field_definition",
            "property_signature",
            "import_specifier",
            "namespace_import",
            "pair",
            // Python
            "function_definition",
            "class_definition",
            // Go
            "type_spec",
            "const_spec",
            "var_spec",
            "import_spec",
            // Rust
            "function_item",
            "struct_item",
            "enum_item",
            "trait_item",
            "mod_item",
            "const_item",
            "static_item",
            "type_item",
            "enum_variant",
            "field_declaration_item");

    /** Languages in which parameters distinguish functions of the same name. */
    private static final Set<Language> OVERLOADING = Set.of(Language.JAVA, Language.KOTLIN);

    private record Scoped(TSNode node, String scope, int scopeStart) {}

    /**
     * Parses a text.
     *
     * @throws UnsupportedOperationException if there is no parser for this platform
     * @throws java.io.UncheckedIOException if it cannot be unpacked
     */
    public static Reading of(Language language, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        try (var parser = Parsers.of(language);
                var tree = parser.parseString(null, text)) {
            int errors = 0;
            var inScope = new HashMap<String, Integer>();
            var left = new ArrayDeque<Scoped>();
            left.push(new Scoped(tree.getRootNode(), "", 0));
            while (!left.isEmpty()) {
                var next = left.pop();
                var node = next.node();
                if (node.isError() || node.isMissing()) errors++;
                if (language == Language.PYTHON && !isIndented(node)) errors++;
                var scope = next.scope();
                int start = next.scopeStart();
                var type = node.getType();
                if (DECLARATIONS.contains(type)) {
                    var name = name(node, bytes);
                    if (!name.isEmpty() && !isRepeatable(language, name)) {
                        var key = scope + "/" + type + " " + name + distinction(language, node, bytes);
                        inScope.merge(key + "\0" + start, 1, Integer::sum);
                    }
                    scope += "/" + name;
                }
                if (!WRAPPERS.contains(type)) start = node.getStartByte();
                for (int i = node.getChildCount() - 1; i >= 0; i--)
                    left.push(new Scoped(node.getChild(i), scope, start));
            }
            var declared = new HashMap<String, Integer>();
            inScope.forEach((key, times) -> declared.merge(key.substring(0, key.indexOf('\0')), times, Math::max));
            return new Reading(errors, Map.copyOf(declared));
        }
    }

    /** Whether another text, made of some, is as good as they are: no more errors, nothing declared twice that was not. */
    public boolean isAsGoodAs(List<Reading> sides) {
        int most = sides.stream().mapToInt(Reading::errors).max().orElse(0);
        return errors <= most
                && declared.entrySet().stream()
                        .allMatch(entry -> entry.getValue() == 1
                                || sides.stream()
                                        .anyMatch(side ->
                                                side.declared.getOrDefault(entry.getKey(), 0) >= entry.getValue()));
    }

    /** The grammar of Python takes a definition without a body, and lines with too much indentation. */
    private static boolean isIndented(TSNode node) {
        boolean isBlock = node.getType().equals("block");
        if (!isBlock && !node.getType().equals("module")) return true;
        int column = isBlock ? -1 : 0;
        int row = -1;
        for (int i = 0; i < node.getNamedChildCount(); i++) {
            var statement = node.getNamedChild(i);
            if (statement.isExtra()) continue;
            var start = statement.getStartPoint();
            if (column < 0) column = start.getColumn();
            else if (start.getRow() > row && start.getColumn() != column) return false;
            row = statement.getEndPoint().getRow();
        }
        return column >= 0;
    }

    private static boolean isRepeatable(Language language, String name) {
        return name.equals("_") || language == Language.GO && name.equals("init");
    }

    private static String name(TSNode node, byte[] text) {
        for (var field : List.of("alias", "name", "key", "path")) {
            var named = node.getChildByFieldName(field);
            if (!named.isNull()) return slice(named, text);
        }
        for (int i = 0; i < node.getNamedChildCount(); i++) {
            var child = node.getNamedChild(i);
            if (child.getType().endsWith("identifier")) return slice(child, text);
        }
        return "";
    }

    /** What distinguishes members of the same name: receiver, parameters, and whether it reads or writes. */
    private static String distinction(Language language, TSNode node, byte[] text) {
        var parts = new ArrayList<String>();
        for (int i = 0; i < node.getChildCount(); i++) {
            var child = node.getChild(i);
            var type = child.getType();
            if (Set.of("get", "set", "static", "user_type").contains(type)) parts.add(slice(child, text));
            else if (OVERLOADING.contains(language) && type.endsWith("parameters")) parts.add(types(child, text));
        }
        var receiver = node.getChildByFieldName("receiver");
        if (!receiver.isNull()) parts.add(types(receiver, text));
        return parts.toString();
    }

    private static String types(TSNode parameters, byte[] text) {
        var types = new ArrayList<String>();
        for (int i = 0; i < parameters.getNamedChildCount(); i++) {
            var parameter = parameters.getNamedChild(i);
            var type = parameter.getChildByFieldName("type");
            if (!type.isNull()) types.add(slice(type, text));
            else {
                var whole = slice(parameter, text);
                types.add(whole.substring(whole.indexOf(':') + 1).strip());
            }
        }
        return types.stream().collect(Collectors.joining(",", "(", ")"));
    }

    private static String slice(TSNode node, byte[] text) {
        return new String(text, node.getStartByte(), node.getEndByte() - node.getStartByte(), StandardCharsets.UTF_8);
    }
}
