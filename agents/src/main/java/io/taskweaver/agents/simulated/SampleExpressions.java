package io.taskweaver.agents.simulated;

import com.sun.source.tree.Tree;
import io.taskweaver.agents.simulated.JavaInterface.Nested;
import io.taskweaver.agents.simulated.JavaInterface.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds an expression for a value of a type: an argument of that type, else the simplest value. */
record SampleExpressions(JavaInterface type, List<Value> arguments) {
    private static final int DEEPEST = 5;

    static boolean isPrimitive(String type) {
        return switch (type) {
            case "boolean", "byte", "short", "int", "long", "char", "float", "double" -> true;
            default -> false;
        };
    }

    /** An expression of a type; empty if none is known, e.g. for a type of another file. */
    Optional<String> value(String wanted) {
        return value(wanted, 0);
    }

    private Optional<String> value(String wanted, int depth) {
        if (depth > DEEPEST) return Optional.empty();
        Optional<String> argument = arguments.stream()
                .filter(value -> value.type().equals(wanted))
                .map(Value::name)
                .findFirst();
        if (argument.isPresent()) return argument;
        String raw = wanted.replaceFirst("<.*", "");
        return switch (raw.substring(raw.lastIndexOf('.') + 1)) {
            case "boolean", "Boolean" -> Optional.of("true");
            case "byte", "short", "int", "long", "char", "float", "double" -> Optional.of("(" + raw + ") 1");
            case "Integer" -> Optional.of("Integer.valueOf(1)");
            case "Long" -> Optional.of("Long.valueOf(1)");
            case "Double" -> Optional.of("Double.valueOf(1)");
            case "String", "CharSequence", "Object" -> Optional.of(text());
            case "List", "Collection", "Iterable" -> Optional.of("java.util.List.of()");
            case "Set" -> Optional.of("java.util.Set.of()");
            case "Map" -> Optional.of("java.util.Map.of()");
            case "Optional" -> Optional.of("java.util.Optional.empty()");
            case "Stream" -> Optional.of("java.util.stream.Stream.empty()");
            case "Instant" -> Optional.of("java.time.Instant.EPOCH");
            case "Duration" -> Optional.of("java.time.Duration.ZERO");
            default -> nested(wanted, depth);
        };
    }

    private String text() {
        return arguments.isEmpty()
                ? "\"done\""
                : arguments.stream().map(Value::name).reduce("\"\"", (joined, name) -> joined + " + " + name);
    }

    private Optional<String> nested(String name, int depth) {
        return type.nested().stream()
                .filter(inner -> inner.name().equals(name))
                .findFirst()
                .flatMap(inner -> switch (inner.kind()) {
                    case RECORD -> constructed(inner, depth);
                    case ENUM -> Optional.of(name + ".values()[0]");
                    case INTERFACE -> implementation(name, depth);
                    default -> Optional.empty();
                });
    }

    private Optional<String> constructed(Nested type, int depth) {
        var values = new ArrayList<String>();
        for (Value component : type.values()) {
            Optional<String> value = value(component.type(), depth + 1);
            if (value.isEmpty()) return Optional.empty();
            values.add(value.get());
        }
        return Optional.of("new " + type.name() + "(" + String.join(", ", values) + ")");
    }

    private Optional<String> implementation(String name, int depth) {
        return type.nested().stream()
                .filter(inner ->
                        inner.kind() == Tree.Kind.RECORD && inner.implemented().contains(name))
                .findFirst()
                .flatMap(inner -> constructed(inner, depth + 1));
    }
}
