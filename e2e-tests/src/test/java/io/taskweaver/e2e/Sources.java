package io.taskweaver.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** Compiles what agents wrote. */
final class Sources {
    private Sources() {}

    /** Errors that the compiler finds in all Java files below a folder, taken together; none where there are no such files. */
    static List<String> errors(Path root, Path classes) throws IOException {
        List<Path> files;
        try (var walk = Files.walk(root)) {
            files = walk.filter(path -> path.toString().endsWith(".java")).toList();
        }
        if (files.isEmpty()) return List.of();
        var compiler = ToolProvider.getSystemJavaCompiler();
        var found = new DiagnosticCollector<JavaFileObject>();
        try (var manager = compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
            var options = List.of("-d", Files.createDirectories(classes).toString(), "-proc:none");
            compiler.getTask(null, manager, found, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call();
        }
        return found.getDiagnostics().stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .map(one -> one.toString())
                .toList();
    }
}
