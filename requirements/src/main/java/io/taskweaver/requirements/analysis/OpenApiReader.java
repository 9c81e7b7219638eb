package io.taskweaver.requirements.analysis;

import io.taskweaver.model.Document;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.effort.Effort;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads descriptions of interfaces, OpenAPI 3 and Swagger 2, in YAML or JSON: each operation is a requirement, its answers
 * are criteria, and the shapes of the data that it takes and gives belong to it.
 */
final class OpenApiReader {
    private static final Pattern VERSION =
            Pattern.compile("(?m)^\\s{0,4}[\"']?(?:openapi|swagger)[\"']?\\s*:\\s*[\"']?[23]\\.[0-9]");
    private static final Pattern PATHS =
            Pattern.compile("(?m)^\\s{0,4}[{,]?\\s*[\"']?(?:paths|webhooks)[\"']?\\s*:|[\"']paths[\"']\\s*:");
    private static final Pattern OPENING = Pattern.compile("\\s*(?:\\{|(?:[\"']?[a-z][\\w-]*[\"']?\\s*:|#|---|%YAML))");
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace", "query");
    private static final Pattern ID = Pattern.compile("[A-Za-z][\\w.-]{1,59}");
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[_.-]+");
    private static final int MOST_NESTED = 40;
    private static final int MOST_ALIASES = 200;
    private static final int MOST_CHARACTERS = 64 * 1024 * 1024;
    private static final int MOST_FIELDS = 40;
    private static final int MOST_REFERENCES = 20;

    private final Specification.Draft draft;
    private final MappingNode root;
    private final Set<String> ids = new HashSet<>();
    /** Shapes of data that operations use, in the order of their first use. */
    private final Map<String, Node> used = new LinkedHashMap<>();

    private OpenApiReader(Document document, MappingNode root) {
        this.draft = new Specification.Draft(document);
        this.root = root;
    }

    static boolean isOpenApi(Document document) {
        var content = document.content();
        return OPENING.matcher(content).lookingAt()
                && VERSION.matcher(flattened(content)).find()
                && PATHS.matcher(content).find();
    }

    /** The beginning, with each key of JSON that is on one line at the beginning of one. */
    private static String flattened(String content) {
        var begin = content.substring(0, Math.min(content.length(), 4_000));
        return begin.stripLeading().startsWith("{") ? begin.replace("{", "{\n").replace(",", ",\n") : begin;
    }

    static Specification read(Document document) {
        var draft = new Specification.Draft(document);
        try {
            var options = new LoaderOptions();
            options.setNestingDepthLimit(MOST_NESTED);
            options.setMaxAliasesForCollections(MOST_ALIASES);
            options.setCodePointLimit(MOST_CHARACTERS);
            var node = new Yaml(options).compose(new StringReader(yaml(document.content())));
            if (node instanceof MappingNode root) return new OpenApiReader(document, root).specification();
            return new Specification.Broken("it is no object.", draft.span(1, 1));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            return new Specification.Broken(String.valueOf(e.getProblem()) + ".", draft.span(line, line));
        } catch (YAMLException e) {
            return new Specification.Broken(String.valueOf(e.getMessage()), draft.span(1, 1));
        }
    }

    /** JSON as YAML takes it, which knows neither tabs between tokens nor escaped slashes. */
    private static String yaml(String content) {
        boolean json = content.stripLeading().startsWith("{");
        return json ? content.replace('\t', ' ').replace("\\/", "/") : content;
    }

    private Specification specification() {
        var info = mapping(root, "info");
        var title = info.map(found -> text(found, "title")).filter(name -> !name.isBlank());
        security();
        for (var group : List.of("paths", "webhooks"))
            mapping(root, group).ifPresent(paths -> entries(paths).forEach(this::path));
        var entities = new ArrayList<Component>();
        used.forEach((name, shape) -> {
            boolean isObject = field(shape, "properties").isPresent()
                    || field(shape, "allOf").isPresent();
            if (isObject) entities.add(new Component(name, oneLine(text(shape, "description")), List.of()));
        });
        return draft.read(title, entities);
    }

    /** What every operation asks for before it answers. */
    private void security() {
        field(root, "security").ifPresent(required -> {
            var names = schemes(required);
            if (!names.isEmpty())
                draft.constraint("Every operation requires " + names + ", unless it says otherwise.", at(required));
        });
    }

    private String schemes(Node required) {
        var names = new LinkedHashSet<String>();
        for (var alternative : elements(required))
            if (alternative instanceof MappingNode schemes)
                entries(schemes).keySet().forEach(names::add);
        var described = new ArrayList<String>();
        for (var name : names) {
            var scheme = component("securitySchemes", name).or(() -> definition("securityDefinitions", name));
            var kind = scheme.map(found -> (text(found, "type") + " " + text(found, "scheme")).strip())
                    .orElse("");
            described.add(kind.isEmpty() ? name : name + " (" + kind + ")");
        }
        return String.join(" or ", described);
    }

    private void path(String path, Node item) {
        var resolved = resolved(item);
        if (!(resolved instanceof MappingNode methods)) return;
        var common = field(methods, "parameters").map(OpenApiReader::elements).orElse(List.of());
        entries(methods).forEach((method, operation) -> {
            if (METHODS.contains(method.toLowerCase(Locale.ROOT)) && operation instanceof MappingNode found)
                operation(path, method.toUpperCase(Locale.ROOT), keyOf(methods, method), found, common);
        });
    }

    private void operation(String path, String method, Node key, MappingNode operation, List<Node> common) {
        Effort.step();
        var call = method + " " + path;
        var stated = text(operation, "operationId");
        var summary = oneLine(text(operation, "summary"));
        var named = summary.isEmpty() ? words(stated) : summary;
        var title = named.isEmpty() ? call : Titles.ofText(named);
        var shapes = new LinkedHashMap<String, Node>();
        var lines = new ArrayList<String>();
        lines.add("`" + call + "`: " + (named.isEmpty() ? title : named));
        var description = text(operation, "description").strip();
        if (!description.isEmpty() && !oneLine(description).equals(summary)) lines.add(description);
        takes(operation, common, shapes, lines);
        var criteria = answers(operation, shapes);
        field(operation, "security")
                .ifPresent(required -> lines.add(
                        schemes(required).isEmpty()
                                ? "Requires no authentication."
                                : "Requires " + schemes(required) + "."));
        shapes(shapes).forEach(lines::add);
        int first = key.getStartMark().getLine() + 1;
        var tags = texts(operation, "tags");
        var id = Optional.of(stated).filter(name -> ID.matcher(name).matches() && ids.add(name));
        draft.requirement(new Requirement(
                id,
                title,
                String.join("\n", lines),
                criteria,
                part(tags, path),
                part(tags, path).map(Component::name).map(List::of).orElse(List.of()),
                false,
                false,
                false,
                Optional.empty(),
                List.of(),
                1,
                draft.number(),
                text(operation, "deprecated").equals("true") ? List.of("deprecated") : List.of(),
                Optional.empty(),
                draft.span(first, lastLine(operation))));
    }

    /** The part of the interface that an operation belongs to: its first tag, else the beginning of its path. */
    private static Optional<Component> part(List<String> tags, String path) {
        if (!tags.isEmpty()) return Optional.of(new Component(tags.getFirst(), "", List.of()));
        for (var segment : path.split("/", -1)) {
            boolean names = !segment.isBlank() && !segment.startsWith("{") && !segment.matches("v[0-9]+|api");
            if (names) return Optional.of(new Component(capitalised(words(segment)), "", List.of()));
        }
        return Optional.empty();
    }

    private void takes(MappingNode operation, List<Node> common, Map<String, Node> shapes, List<String> lines) {
        var parameters = new LinkedHashMap<String, String>();
        var all = new ArrayList<>(common);
        field(operation, "parameters").map(OpenApiReader::elements).ifPresent(all::addAll);
        for (var parameter : all) {
            var found = resolved(parameter);
            var name = text(found, "name");
            var place = text(found, "in");
            var schema = field(found, "schema");
            if (place.equals("body")) {
                schema.ifPresent(shape -> lines.add("Body: " + type(shape, shapes) + "."));
                continue;
            }
            var type = schema.map(shape -> type(shape, shapes)).orElse(text(found, "type"));
            var required = text(found, "required").equals("true") ? ", required" : "";
            var explained = oneLine(text(found, "description"));
            parameters.put(
                    place + name,
                    "`" + name + "` (" + place + (type.isEmpty() ? "" : ", " + type) + required + ")"
                            + (explained.isEmpty() ? "" : " " + explained));
        }
        if (!parameters.isEmpty()) lines.add("Takes: " + String.join("; ", parameters.values()));
        field(operation, "requestBody").map(this::resolved).ifPresent(body -> {
            var type = content(body, shapes);
            if (!type.isEmpty()) lines.add("Body: " + type + ".");
        });
    }

    private List<String> answers(MappingNode operation, Map<String, Node> shapes) {
        var criteria = new ArrayList<String>();
        mapping(operation, "responses")
                .ifPresent(responses -> entries(responses).forEach((status, answer) -> {
                    var found = resolved(answer);
                    var explained = oneLine(text(found, "description"));
                    var type = content(found, shapes);
                    var told =
                            (explained.isEmpty() ? "" : ": " + explained) + (type.isEmpty() ? "" : " (" + type + ")");
                    criteria.add((status.equals("default") ? "Answers otherwise" : "Answers " + status) + told);
                }));
        return criteria;
    }

    /** What a body or an answer consists of. */
    private String content(Node body, Map<String, Node> shapes) {
        var types = new LinkedHashSet<String>();
        mapping(body, "content")
                .ifPresent(media -> entries(media)
                        .forEach((name, value) -> field(value, "schema")
                                .map(schema -> type(schema, shapes))
                                .filter(type -> !type.isEmpty())
                                .ifPresent(types::add)));
        field(body, "schema").map(schema -> type(schema, shapes)).ifPresent(types::add);
        return String.join(" or ", types);
    }

    /** A type in a few words; shapes with a name are remembered. */
    private String type(Node schema, Map<String, Node> shapes) {
        var reference = text(schema, "$ref");
        if (!reference.isEmpty()) {
            var name = reference.substring(reference.lastIndexOf('/') + 1);
            remember(name, resolved(schema), shapes);
            return name;
        }
        var items = field(schema, "items");
        if (items.isPresent()) return "list of " + type(items.get(), shapes);
        for (var kind : List.of("oneOf", "anyOf", "allOf")) {
            var parts = field(schema, kind).map(OpenApiReader::elements).orElse(List.of());
            if (!parts.isEmpty())
                return parts.stream()
                        .map(part -> type(part, shapes))
                        .filter(type -> !type.isEmpty())
                        .collect(Collectors.joining(kind.equals("allOf") ? " and " : " or "));
        }
        var values = texts(schema, "enum");
        var format = text(schema, "format");
        var type = text(schema, "type") + (format.isEmpty() ? "" : " " + format);
        if (!values.isEmpty()) return "one of " + String.join(", ", values);
        var fields = mapping(schema, "properties");
        return fields.isEmpty() ? type : "object of " + fields(schema, shapes);
    }

    private void remember(String name, Node shape, Map<String, Node> shapes) {
        if (shapes.size() >= MOST_REFERENCES || shapes.putIfAbsent(name, shape) != null) return;
        used.putIfAbsent(name, shape);
        fields(shape, shapes);
    }

    private String fields(Node shape, Map<String, Node> shapes) {
        var required = Set.copyOf(texts(shape, "required"));
        var fields = new ArrayList<String>();
        for (var part : field(shape, "allOf").map(OpenApiReader::elements).orElse(List.of()))
            fields.add(type(part, shapes));
        mapping(shape, "properties")
                .ifPresent(properties -> entries(properties).forEach((name, value) -> {
                    if (fields.size() >= MOST_FIELDS) return;
                    var type = type(value, shapes);
                    var told = type + (required.contains(name) ? (type.isEmpty() ? "required" : ", required") : "");
                    fields.add("`" + name + "`" + (told.isEmpty() ? "" : " (" + told + ")"));
                }));
        return String.join(", ", fields);
    }

    private List<String> shapes(Map<String, Node> shapes) {
        var lines = new ArrayList<String>();
        for (var shape : List.copyOf(shapes.entrySet())) {
            var fields = fields(shape.getValue(), shapes);
            if (!fields.isEmpty()) lines.add("`" + shape.getKey() + "` has " + fields + ".");
        }
        return lines;
    }

    private Node resolved(Node node) {
        var current = node;
        for (int steps = 0; steps < MOST_REFERENCES; steps++) {
            var reference = text(current, "$ref");
            if (!reference.startsWith("#/")) return current;
            Optional<Node> found = Optional.of(root);
            for (var part : reference.substring(2).split("/", -1)) {
                var name = part.replace("~1", "/").replace("~0", "~");
                found = found.flatMap(at -> field(at, name));
            }
            if (found.isEmpty()) return current;
            current = found.get();
        }
        return current;
    }

    private Optional<Node> component(String kind, String name) {
        return mapping(root, "components").flatMap(all -> field(all, kind)).flatMap(all -> field(all, name));
    }

    private Optional<Node> definition(String kind, String name) {
        return field(root, kind).flatMap(all -> field(all, name));
    }

    private static Optional<Node> field(Node node, String name) {
        if (!(node instanceof MappingNode mapping)) return Optional.empty();
        for (var entry : mapping.getValue())
            if (entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name))
                return Optional.of(entry.getValueNode());
        return Optional.empty();
    }

    private static Node keyOf(MappingNode node, String name) {
        for (var entry : node.getValue())
            if (entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name)) return key;
        return node;
    }

    private static Optional<MappingNode> mapping(Node node, String name) {
        return field(node, name).filter(MappingNode.class::isInstance).map(MappingNode.class::cast);
    }

    private static Map<String, Node> entries(MappingNode node) {
        var entries = new LinkedHashMap<String, Node>();
        for (var entry : node.getValue())
            if (entry.getKeyNode() instanceof ScalarNode key) entries.putIfAbsent(key.getValue(), entry.getValueNode());
        return entries;
    }

    private static List<Node> elements(Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
    }

    private static String text(Node node, String name) {
        return field(node, name)
                .filter(ScalarNode.class::isInstance)
                .map(found -> ((ScalarNode) found).getValue().strip())
                .orElse("");
    }

    private static List<String> texts(Node node, String name) {
        return field(node, name).map(OpenApiReader::elements).orElse(List.of()).stream()
                .filter(ScalarNode.class::isInstance)
                .map(element -> ((ScalarNode) element).getValue())
                .toList();
    }

    private SourceSpan at(Node node) {
        return draft.span(node.getStartMark().getLine() + 1, lastLine(node));
    }

    /** What is indented ends where the next thing begins, what is in brackets with its bracket. */
    private static int lastLine(Node node) {
        boolean bracketed = node instanceof CollectionNode<?> collection
                && collection.getFlowStyle() == DumperOptions.FlowStyle.FLOW;
        int end = node.getEndMark().getLine();
        return Math.max(node.getStartMark().getLine() + 1, bracketed ? end + 1 : end);
    }

    private static String words(String name) {
        if (name.isBlank()) return "";
        var parts = new ArrayList<String>();
        for (var part : HUMP.split(name, -1)) if (!part.isBlank()) parts.add(part.toLowerCase(Locale.ROOT));
        return capitalised(String.join(" ", parts));
    }

    private static String capitalised(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
