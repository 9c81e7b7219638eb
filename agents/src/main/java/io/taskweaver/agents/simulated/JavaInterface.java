package io.taskweaver.agents.simulated;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import io.taskweaver.agents.source.SourceText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.tools.Diagnostic;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * An interface, parsed from its source by the JDK's parser.
 *
 * @param packageName empty for none
 * @param imports what is imported, as written, e.g. {@code java.util.List}
 * @param typeParameters as written, e.g. {@code T extends Comparable<T>}
 * @param operations methods that an implementation has or may have, in order
 * @param nested types declared within it
 */
record JavaInterface(
        String packageName,
        List<String> imports,
        String name,
        List<String> typeParameters,
        List<Operation> operations,
        List<Nested> nested) {

    /** One method: types as written. */
    record Operation(
            String name, List<String> typeParameters, String returns, List<Value> parameters, List<String> thrown) {}

    /** A parameter or a record's component. */
    record Value(String type, String name) {}

    /**
     * A type declared within the interface.
     *
     * @param values components of a record, empty for other types
     * @param implemented interfaces that it names
     * @param factories names of its static methods
     */
    record Nested(Tree.Kind kind, String name, List<Value> values, List<String> implemented, Set<String> factories) {}

    private static final int KEPT = 500;
    private static final ConcurrentHashMap<String, Optional<JavaInterface>> READ = new ConcurrentHashMap<>();

    JavaInterface {
        imports = List.copyOf(imports);
        typeParameters = List.copyOf(typeParameters);
        operations = List.copyOf(operations);
        nested = List.copyOf(nested);
    }

    /** The first interface of a source file; empty if the text has none, is no Java, or this is no JDK. */
    static Optional<JavaInterface> of(String source) {
        if (READ.size() > KEPT) READ.clear();
        return READ.computeIfAbsent(source, text -> parse(text).flatMap(JavaInterface::of));
    }

    /** Whether a text is a source file that no type is declared in twice. */
    static boolean isSource(String text) {
        return parse(text)
                .map(unit -> {
                    List<String> names = unit.getTypeDecls().stream()
                            .filter(ClassTree.class::isInstance)
                            .map(type -> ((ClassTree) type).getSimpleName().toString())
                            .toList();
                    return names.size() == Set.copyOf(names).size();
                })
                .orElse(false);
    }

    private static Optional<CompilationUnitTree> parse(String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) return Optional.empty();
        var failed = new AtomicBoolean();
        var task = (JavacTask) compiler.getTask(
                null,
                null,
                diagnostic -> {
                    if (diagnostic.getKind() == Diagnostic.Kind.ERROR) failed.set(true);
                },
                List.of("-proc:none"),
                null,
                List.of(new SourceText(source)));
        try {
            for (CompilationUnitTree unit : task.parse()) if (!failed.get()) return Optional.of(unit);
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory can always be read", e);
        }
    }

    private static Optional<JavaInterface> of(CompilationUnitTree unit) {
        return unit.getTypeDecls().stream()
                .filter(type -> type.getKind() == Tree.Kind.INTERFACE)
                .map(ClassTree.class::cast)
                .findFirst()
                .map(type -> of(unit, type));
    }

    private static JavaInterface of(CompilationUnitTree unit, ClassTree type) {
        var operations = new ArrayList<Operation>();
        var nested = new ArrayList<Nested>();
        for (Tree member : type.getMembers()) {
            if (member instanceof MethodTree method && isOperation(method)) operations.add(operation(method));
            if (member instanceof ClassTree inner) nested.add(nested(inner));
        }
        return new JavaInterface(
                unit.getPackageName() == null ? "" : unit.getPackageName().toString(),
                unit.getImports().stream().map(JavaInterface::imported).toList(),
                type.getSimpleName().toString(),
                type.getTypeParameters().stream().map(Tree::toString).toList(),
                operations,
                nested);
    }

    private static boolean isOperation(MethodTree method) {
        Set<Modifier> modifiers = method.getModifiers().getFlags();
        return !modifiers.contains(Modifier.STATIC) && !modifiers.contains(Modifier.PRIVATE);
    }

    private static String imported(ImportTree tree) {
        return (tree.isStatic() ? "static " : "") + tree.getQualifiedIdentifier();
    }

    private static Operation operation(MethodTree method) {
        return new Operation(
                method.getName().toString(),
                method.getTypeParameters().stream().map(Tree::toString).toList(),
                method.getReturnType().toString(),
                method.getParameters().stream().map(JavaInterface::value).toList(),
                method.getThrows().stream().map(Tree::toString).toList());
    }

    private static Value value(VariableTree variable) {
        String type = variable.getType().toString();
        // Only the source of the whole variable distinguishes varargs from an array.
        boolean any = type.endsWith("[]") && variable.toString().contains("...");
        return new Value(
                any ? type.substring(0, type.length() - "[]".length()) + "..." : type,
                variable.getName().toString());
    }

    private static Nested nested(ClassTree type) {
        List<Value> values = type.getKind() != Tree.Kind.RECORD
                ? List.of()
                : type.getMembers().stream()
                        .filter(VariableTree.class::isInstance)
                        .map(VariableTree.class::cast)
                        .filter(variable -> !variable.getModifiers().getFlags().contains(Modifier.STATIC))
                        .map(JavaInterface::value)
                        .toList();
        Set<String> factories = type.getMembers().stream()
                .filter(MethodTree.class::isInstance)
                .map(MethodTree.class::cast)
                .filter(method -> method.getModifiers().getFlags().contains(Modifier.STATIC))
                .map(method -> method.getName().toString())
                .collect(Collectors.toUnmodifiableSet());
        return new Nested(
                type.getKind(),
                type.getSimpleName().toString(),
                values,
                type.getImplementsClause().stream().map(Tree::toString).toList(),
                factories);
    }
}
