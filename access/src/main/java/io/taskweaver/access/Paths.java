package io.taskweaver.access;

import java.util.Set;
import java.util.stream.Stream;

/** Paths that are told apart before anybody is known. */
final class Paths {
    private static final Set<String> PROBES =
            Set.of("/q/health", "/q/health/live", "/q/health/ready", "/q/health/started");
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private Paths() {}

    /** Whether it asks for liveness or readiness, which anybody may. */
    static boolean isProbe(String method, String path) {
        return (method.equals("GET") || method.equals("HEAD")) && PROBES.contains(path);
    }

    /** Whether it asks for the description of the API, or the page to try it out. */
    static boolean isDescription(String method, String path) {
        return READING.contains(method)
                && Stream.of("/q/openapi", "/q/swagger-ui")
                        .anyMatch(at -> path.equals(at) || path.startsWith(at + "/"));
    }

    /** The role that a request needs. What is neither read nor part of the API is for admins until this says otherwise. */
    static Role roleFor(String method, String path) {
        if (READING.contains(method)) return Role.VIEWER;
        return path.equals("/api") || path.startsWith("/api/") ? Role.OPERATOR : Role.ADMIN;
    }
}
