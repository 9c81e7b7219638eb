package io.taskweaver.access;

import java.util.Set;
import java.util.stream.Stream;

/** Classification of paths before authentication. */
final class Paths {
    private static final Set<String> PROBES =
            Set.of("/q/health", "/q/health/live", "/q/health/ready", "/q/health/started");
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private Paths() {}

    /** Whether it is a health check, which needs no credential. */
    static boolean isProbe(String method, String path) {
        return (method.equals("GET") || method.equals("HEAD")) && PROBES.contains(path);
    }

    /** Whether it is the description of the API, or Swagger UI. */
    static boolean isDescription(String method, String path) {
        return READING.contains(method)
                && Stream.of("/q/openapi", "/q/swagger-ui")
                        .anyMatch(at -> path.equals(at) || path.startsWith(at + "/"));
    }

    /** The required role of a request. Unknown paths require admin. */
    static AccessRole roleFor(String method, String path) {
        if (READING.contains(method)) return AccessRole.VIEWER;
        return path.equals("/api") || path.startsWith("/api/") ? AccessRole.OPERATOR : AccessRole.ADMIN;
    }
}
