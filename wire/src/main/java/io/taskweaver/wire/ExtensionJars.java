package io.taskweaver.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.utils.Utils;

/**
 * Users' jars, for classes that settings name. They are in {@code lib/ext} below the folder of the system property
 * {@value #HOME}, which the launcher and the images set. Classes of the program are never loaded from there, so the
 * folder may contain other versions of its libraries.
 */
final class ExtensionJars {
    private static final String HOME = "taskweaver.home";
    private static final String FOLDER = "lib/ext";

    private final Optional<Path> folder;
    private final ClassLoader loader;

    private ExtensionJars(Optional<Path> folder) {
        this.folder = folder;
        var own = ExtensionJars.class.getClassLoader();
        this.loader = folder.map(ExtensionJars::jars)
                .filter(jars -> !jars.isEmpty())
                .<ClassLoader>map(jars -> new URLClassLoader("lib/ext", jars.toArray(URL[]::new), own))
                .orElse(own);
    }

    private static final class Installed {
        /** Shared: classes of one jar must see each other. */
        static final ExtensionJars JARS =
                new ExtensionJars(Optional.ofNullable(System.getProperty(HOME)).map(home -> Path.of(home, FOLDER)));
    }

    static ExtensionJars installed() {
        return Installed.JARS;
    }

    static ExtensionJars in(Path folder) {
        return new ExtensionJars(Optional.of(folder));
    }

    /**
     * Creates an instance of a class by name and passes it to {@code use}, with the class's loader as context class
     * loader: plug-ins use it to load further classes.
     *
     * @param setting that names the class
     * @throws IllegalArgumentException with the missing class and where to put it
     */
    <S, R> R with(String name, String setting, Class<S> type, Function<S, R> use) {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        try {
            var found = find(name, setting);
            if (!type.isAssignableFrom(found))
                throw new IllegalArgumentException("The class " + name + " of the setting " + setting + " is not a "
                        + type.getName() + ". Name another class, or remove the setting.");
            if (found.getClassLoader() == loader) thread.setContextClassLoader(loader);
            return use.apply(Utils.newInstance(found.asSubclass(type)));
        } catch (RuntimeException | LinkageError e) {
            var missing = Causes.first(e, LinkageError.class);
            if (missing.isEmpty()) throw e;
            throw unusable(
                    name, setting, "needs a missing class (" + missing.get() + "). Add the jars that it needs", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private Class<?> find(String name, String setting) {
        try {
            return Utils.loadClass(name, Object.class);
        } catch (ClassNotFoundException notOurs) {
            try {
                return Class.forName(name, true, loader);
            } catch (ClassNotFoundException e) {
                var searched = folder.map(jars -> " or in a jar of " + jars).orElse("");
                throw unusable(name, setting, "is not on the class path" + searched + ". Add its jar", e);
            }
        }
    }

    private IllegalArgumentException unusable(String name, String setting, String problem, Throwable reason) {
        var unusable = new IllegalArgumentException("The class " + name + " of the setting " + setting + " " + problem
                + folder.map(jars -> " to " + jars).orElse("") + ", or remove the setting.");
        // Not as the cause: reports of root causes must show this.
        unusable.addSuppressed(reason);
        return unusable;
    }

    private static List<URL> jars(Path folder) {
        if (!Files.isDirectory(folder)) return List.of();
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .map(ExtensionJars::url)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be read. Give this user read access.", e);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
