package io.taskweaver.access.testing;

import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All that a running service answers to, found in the service itself, so that nothing that is added is forgotten. */
public final class EveryRoute {
    private static final Set<String> OPEN =
            Set.of("/q/health", "/q/health/live", "/q/health/ready", "/q/health/started");
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private EveryRoute() {}

    /** A method and a path that it is asked of. */
    public record Call(String method, String path) {
        /** With a host that is right, so that only the missing token is wrong. */
        public RawRequest request(java.net.URI server) {
            return RawRequest.of(method, path).header("Host", server.getHost() + ":" + server.getPort());
        }
    }

    /** Every method of every path but health, and of some paths that nothing is at. */
    public static List<Call> closed(Router router) {
        var paths = new TreeSet<String>();
        collect(router, paths);
        for (var type : classes()) resource(type, paths);
        paths.addAll(
                List.of("/", "/q", "/q/metrics", "/q/dev", "/q/dev-ui", "/q/openapi", "/q/swagger-ui", "/nothing"));
        paths.addAll(
                List.of("/q/health/group/x", "/q/health-ui", "/q/health/../metrics", "/q/health/live/../../metrics"));
        return paths.stream()
                .flatMap(path -> METHODS.stream().map(method -> new Call(method, path)))
                .filter(call -> !(OPEN.contains(call.path())
                        && (call.method().equals("GET") || call.method().equals("HEAD"))))
                .toList();
    }

    private static void collect(Router router, Set<String> paths) {
        for (Route route : router.getRoutes()) {
            var path = route.getPath();
            if (path == null) continue;
            var plain = path.replaceAll("/+", "/").replaceAll("[*{}:]", "x");
            paths.add(plain.startsWith("/") ? plain : "/" + plain);
        }
    }

    /** The classes of the module under test. */
    private static List<Class<?>> classes() {
        var root = java.nio.file.Path.of("target/classes");
        try (var walk = Files.walk(root)) {
            return walk.map(root::relativize)
                    .map(Object::toString)
                    .filter(name -> name.endsWith(".class") && !name.contains("-info"))
                    .<Class<?>>map(name -> load(name.substring(0, name.length() - ".class".length())
                            .replace(java.io.File.separatorChar, '.')))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void resource(Class<?> type, Set<String> paths) {
        var base = path(type);
        if (base.isEmpty()) return;
        paths.add(filled(base.get()));
        Stream.of(type.getDeclaredMethods())
                .flatMap(method -> path(method).stream())
                .forEach(path -> paths.add(filled(base.get() + "/" + path)));
    }

    /** The value of the annotation {@code jakarta.ws.rs.Path}, which is not there in a service without resources. */
    private static Optional<String> path(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations())
                .filter(one -> one.annotationType().getName().equals("jakarta.ws.rs.Path"))
                .findFirst()
                .map(one -> {
                    try {
                        return String.valueOf(
                                one.annotationType().getMethod("value").invoke(one));
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private static String filled(String path) {
        var text = path.replaceAll("\\{[^}]*}", "x").replaceAll("/+", "/");
        return text.startsWith("/") ? text : "/" + text;
    }
}
