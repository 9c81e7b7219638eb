package io.taskweaver.agents.simulated;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles sources without touching a disk. */
final class InMemoryCompiler {
    private InMemoryCompiler() {}

    /**
     * Classes of these sources.
     *
     * @param sources path to text; the paths are as in a Maven project
     * @throws AssertionError with the compiler's messages if they do not compile
     */
    static ClassLoader compile(Map<String, String> sources) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new DiagnosticCollector<JavaFileObject>();
        var classes = new HashMap<String, ByteArrayOutputStream>();
        var files =
                new ForwardingJavaFileManager<JavaFileManager>(compiler.getStandardFileManager(messages, null, null)) {
                    @Override
                    public JavaFileObject getJavaFileForOutput(
                            Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
                        return new SimpleJavaFileObject(
                                URI.create("mem:///" + name.replace('.', '/') + ".class"), kind) {
                            @Override
                            public OutputStream openOutputStream() {
                                return classes.computeIfAbsent(name, key -> new ByteArrayOutputStream());
                            }
                        };
                    }
                };
        List<JavaFileObject> units = sources.entrySet().stream()
                .<JavaFileObject>map(source ->
                        new SimpleJavaFileObject(URI.create("mem:///" + source.getKey()), JavaFileObject.Kind.SOURCE) {
                            @Override
                            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                                return source.getValue();
                            }
                        })
                .toList();
        boolean compiled = compiler.getTask(
                        null, files, messages, List.of("-proc:none", "-Xlint:all", "-Werror"), null, units)
                .call();
        if (!compiled) throw new AssertionError(messages.getDiagnostics() + "\n" + sources);
        return new ClassLoader(InMemoryCompiler.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                var bytes = classes.get(name);
                if (bytes == null) throw new ClassNotFoundException(name);
                return defineClass(name, bytes.toByteArray(), 0, bytes.size());
            }
        };
    }
}
