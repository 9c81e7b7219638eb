package io.taskweaver.contracts;

import io.taskweaver.model.Contract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles sources with the JDK alone, every lint and Javadoc check on, and loads what comes out. */
final class InMemoryCompilation extends ClassLoader {
    private static final List<String> OPTIONS =
            List.of("-Xlint:all", "-Xdoclint:all/protected", "-proc:none", "-classpath", "", "--release", "25");

    private final Map<String, byte[]> classes = new HashMap<>();

    /** What the compiler complained about, warnings included; empty if nothing. */
    final List<String> complaints;

    private InMemoryCompilation(Collection<Contract.Artifact> sources) {
        super(ClassLoader.getPlatformClassLoader());
        var compiler = ToolProvider.getSystemJavaCompiler();
        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        try (var files = new Files(compiler.getStandardFileManager(diagnostics, Locale.ROOT, null))) {
            var units = sources.stream().map(Source::new).toList();
            compiler.getTask(null, files, diagnostics, OPTIONS, null, units).call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        complaints = diagnostics.getDiagnostics().stream().map(Object::toString).toList();
    }

    static InMemoryCompilation of(Collection<Contract.Artifact> sources) {
        return new InMemoryCompilation(sources);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        var bytes = classes.get(name);
        if (bytes == null) throw new ClassNotFoundException(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(Contract.Artifact artifact) {
            super(URI.create("memory:///" + artifact.path().replaceFirst("src/(main|test)/java/", "")), Kind.SOURCE);
            text = artifact.content();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private final class Files extends ForwardingJavaFileManager<StandardJavaFileManager> {
        Files(StandardJavaFileManager standard) {
            super(standard);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                JavaFileManager.Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name.replace('.', '/') + kind.extension), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return new ByteArrayOutputStream() {
                        @Override
                        public void close() {
                            classes.put(name, toByteArray());
                        }
                    };
                }
            };
        }
    }
}
