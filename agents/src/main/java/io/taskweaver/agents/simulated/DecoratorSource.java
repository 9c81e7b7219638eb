package io.taskweaver.agents.simulated;

import io.taskweaver.agents.simulated.JavaInterface.Nested;
import io.taskweaver.agents.simulated.JavaInterface.Operation;
import io.taskweaver.agents.simulated.JavaInterface.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes a class that implements an interface: one operation in a simple way, and all others by delegation to a {@code
 * next}. Any number of such classes compile together and can be chained.
 */
record DecoratorSource(JavaInterface type, String operation, String className) {

    /**
     * The class's source file.
     *
     * @param interfaceSource source file of the interface
     * @param operation name of the implemented method
     * @return empty if there is no such interface or operation
     */
    static Optional<String> write(String interfaceSource, String operation, String className) {
        return JavaInterface.of(interfaceSource)
                .filter(type -> type.operations().stream()
                        .anyMatch(method -> method.name().equals(operation)))
                .map(type -> new DecoratorSource(type, operation, className).source());
    }

    private String source() {
        String self = type.name() + arguments();
        var body = new StringBuilder();
        body.append(
                "/** Does {@link %s#%s} and passes every other operation on. */\n".formatted(type.name(), operation));
        body.append("public final class %s%s implements %s {\n"
                .formatted(className, parameters(type.typeParameters()), self));
        body.append("    private final ").append(self).append(" next;\n");
        if (keepsFields())
            body.append("    private final Map<Object, Map<String, Object>> done = new ConcurrentHashMap<>();\n");
        body.append("\n    /** Puts this operation before those of {@code next}. */\n");
        body.append("    public ").append(className).append('(').append(self).append(" next) {\n");
        body.append("        this.next = Objects.requireNonNull(next, \"next\");\n    }\n");
        for (Operation method : type.operations()) body.append('\n').append(method(method));
        body.append("}\n");
        return head(body.toString()) + body;
    }

    private String head(String body) {
        var head = new StringBuilder();
        if (!type.packageName().isEmpty())
            head.append("package ").append(type.packageName()).append(";\n\n");
        List<String> own = keepsFields()
                ? List.of(
                        "java.util.LinkedHashMap",
                        "java.util.List",
                        "java.util.Map",
                        "java.util.Objects",
                        "java.util.concurrent.ConcurrentHashMap")
                : List.of("java.util.Objects");
        String imports = Stream.concat(type.imports().stream(), own.stream())
                .distinct()
                .filter(name -> isUsed(name, body))
                .sorted()
                .map(name -> "import " + name + ";\n")
                .collect(Collectors.joining());
        return head.append(imports).append(imports.isEmpty() ? "" : "\n").toString();
    }

    private static boolean isUsed(String imported, String body) {
        String simple = imported.substring(imported.lastIndexOf('.') + 1);
        return simple.equals("*") || imported.startsWith("static ") || containsWord(body, simple);
    }

    private static boolean containsWord(String text, String word) {
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            int end = at + word.length();
            boolean begins = at == 0 || !Character.isJavaIdentifierPart(text.charAt(at - 1));
            if (begins && (end == text.length() || !Character.isJavaIdentifierPart(text.charAt(end)))) return true;
        }
        return false;
    }

    private String method(Operation method) {
        String thrown = method.thrown().isEmpty() ? "" : " throws " + String.join(", ", method.thrown());
        String parameters = method.parameters().stream()
                .map(parameter -> parameter.type() + " " + parameter.name())
                .collect(Collectors.joining(", "));
        String generic = method.typeParameters().isEmpty() ? "" : parameters(method.typeParameters()) + " ";
        return "    @Override\n    public " + generic + method.returns() + " " + method.name() + "(" + parameters + ")"
                + thrown + " {\n" + (method.name().equals(operation) ? work(method) : passed(method)) + "    }\n";
    }

    private static String passed(Operation method) {
        String arguments = method.parameters().stream().map(Value::name).collect(Collectors.joining(", "));
        boolean hidden = method.parameters().stream()
                .anyMatch(parameter -> parameter.name().equals("next"));
        String call = (hidden ? "this.next." : "next.") + method.name() + "(" + arguments + ");\n";
        return "        " + (method.returns().equals("void") ? "" : "return ") + call;
    }

    private String work(Operation method) {
        if (takesFields(method)) return workOnFields(method.returns());
        if (method.returns().equals("void"))
            return method.parameters().stream()
                    .filter(parameter -> !SampleExpressions.isPrimitive(parameter.type()))
                    .map(parameter ->
                            "        Objects.requireNonNull(" + parameter.name() + ", \"" + parameter.name() + "\");\n")
                    .collect(Collectors.joining());
        return new SampleExpressions(type, method.parameters())
                .value(method.returns())
                .map(value -> "        return " + value + ";\n")
                .orElseGet(() -> passed(method));
    }

    /** Accepts a request with at least one value, adds a missing id, and gives the same answer for the same id. */
    private String workOnFields(String result) {
        return """
                        Objects.requireNonNull(request, "request");
                        if (request.fields().isEmpty()) return %1$s.refused(List.of("%2$s needs at least one value"));
                        Object id = request.fields().getOrDefault("id", "%2$s-" + (done.size() + 1));
                        return %1$s.done(done.computeIfAbsent(id, key -> {
                            Map<String, Object> fields = new LinkedHashMap<>(request.fields());
                            fields.put("id", key);
                            return fields;
                        }));
                """.formatted(result, operation);
    }

    private boolean keepsFields() {
        return type.operations().stream().anyMatch(method -> method.name().equals(operation) && takesFields(method));
    }

    /**
     * Whether an operation has the form of published contracts: a request with fields, a result that is done or
     * refused.
     */
    private boolean takesFields(Operation method) {
        boolean result = nested(method.returns())
                .filter(answer -> answer.factories().containsAll(List.of("done", "refused")))
                .isPresent();
        boolean clear = type.nested().stream()
                .noneMatch(inner ->
                        List.of("Map", "List", "Objects", "LinkedHashMap").contains(inner.name()));
        return result
                && clear
                && method.parameters().size() == 1
                && method.parameters().getFirst().name().equals("request")
                && nested(method.parameters().getFirst().type())
                        .filter(request -> request.values().stream()
                                .anyMatch(value -> value.name().equals("fields")
                                        && value.type().equals("Map<String, Object>")))
                        .isPresent();
    }

    private Optional<Nested> nested(String name) {
        return type.nested().stream().filter(inner -> inner.name().equals(name)).findFirst();
    }

    private static String parameters(List<String> typeParameters) {
        return typeParameters.isEmpty() ? "" : "<" + String.join(", ", typeParameters) + ">";
    }

    private String arguments() {
        List<String> names = type.typeParameters().stream()
                .map(parameter -> parameter.split(" ", 2)[0])
                .toList();
        return parameters(names);
    }
}
