package io.taskweaver.agents.command;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import io.taskweaver.agents.source.SourceText;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;

/** Analysis of Java sources without compiling. */
final class JavaSources {
    private static final Pattern PACKAGE = Pattern.compile("^\\s*package\\s+([\\w.]+)\\s*;", Pattern.MULTILINE);

    private JavaSources() {}

    /** How a class is instantiated, given an object of the interface that it implements. */
    enum Construction {
        FROM_ANOTHER,
        FROM_NOTHING,
        UNKNOWN
    }

    /** A class that implements an interface. */
    record Implementation(String packageName, String name, Construction construction) {
        /** The name by which other packages know it. */
        String qualifiedName() {
            return qualified(packageName, name);
        }
    }

    /** Package of a source; empty if it names none. */
    static String packageOf(String source) {
        Matcher named = PACKAGE.matcher(source);
        return named.find() ? named.group(1) : "";
    }

    static String qualified(String packageName, String name) {
        return packageName.isEmpty() ? name : packageName + "." + name;
    }

    /** Simple name of the type that a source file is named after. */
    static String typeOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1, path.length() - ".java".length());
    }

    /** Folder that the packages of a source file are in: {@code src/main/java} of {@code src/main/java/a/b/C.java}. */
    static String rootOf(String path, String packageName) {
        int slash = path.lastIndexOf('/');
        var folder = slash < 0 ? "" : path.substring(0, slash);
        var packages = packageName.replace('.', '/');
        if (folder.equals(packages)) return "";
        return folder.endsWith("/" + packages) ? folder.substring(0, folder.length() - packages.length() - 1) : folder;
    }

    /**
     * The first top-level class or record of a source that can be instantiated and directly implements the interface.
     */
    static Optional<Implementation> implementation(JavaCompiler compiler, String source, String interfaceName) {
        if (!source.contains(interfaceName)) return Optional.empty();
        var task = (JavacTask) compiler.getTask(
                Writer.nullWriter(), null, ignored -> {}, List.of("-proc:none"), null, List.of(new SourceText(source)));
        try {
            for (CompilationUnitTree unit : task.parse())
                for (Tree type : unit.getTypeDecls())
                    if (type instanceof ClassTree made && implementing(made, interfaceName))
                        return Optional.of(new Implementation(
                                packageOf(source), made.getSimpleName().toString(), construction(made, interfaceName)));
            return Optional.empty();
        } catch (IllegalStateException e) {
            // A source that is nested too deeply for the compiler has no class to check.
            if (e.getCause() instanceof StackOverflowError) return Optional.empty();
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory can always be read", e);
        }
    }

    private static boolean implementing(ClassTree type, String interfaceName) {
        boolean made = type.getKind() == Tree.Kind.CLASS || type.getKind() == Tree.Kind.RECORD;
        return made
                && !type.getModifiers().getFlags().contains(Modifier.ABSTRACT)
                && type.getTypeParameters().isEmpty()
                && type.getImplementsClause().stream().anyMatch(named -> names(named, interfaceName));
    }

    private static boolean names(Tree type, String simpleName) {
        var written = type.toString();
        return written.equals(simpleName) || written.endsWith("." + simpleName);
    }

    private static Construction construction(ClassTree type, String interfaceName) {
        var constructors = type.getMembers().stream()
                .filter(MethodTree.class::isInstance)
                .map(MethodTree.class::cast)
                .filter(method -> method.getName().contentEquals("<init>"))
                .toList();
        if (type.getKind() == Tree.Kind.RECORD) {
            var components = type.getMembers().stream()
                    .filter(VariableTree.class::isInstance)
                    .map(VariableTree.class::cast)
                    .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC))
                    .toList();
            return by(components, interfaceName);
        }
        if (constructors.isEmpty()) return Construction.FROM_NOTHING;
        var found = Construction.UNKNOWN;
        for (var constructor : constructors) {
            if (constructor.getModifiers().getFlags().contains(Modifier.PRIVATE)) continue;
            var way = by(constructor.getParameters(), interfaceName);
            // The requested way, if there are several.
            if (way.compareTo(found) < 0) found = way;
        }
        return found;
    }

    private static Construction by(List<? extends VariableTree> parameters, String interfaceName) {
        return switch (parameters.size()) {
            case 0 -> Construction.FROM_NOTHING;
            case 1 ->
                names(parameters.getFirst().getType(), interfaceName)
                        ? Construction.FROM_ANOTHER
                        : Construction.UNKNOWN;
            default -> Construction.UNKNOWN;
        };
    }
}
