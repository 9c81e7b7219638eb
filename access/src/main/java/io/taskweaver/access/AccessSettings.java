package io.taskweaver.access;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Access to a service, and its own access to other services. */
@ConfigMapping(prefix = "taskweaver.access")
public interface AccessSettings {
    /**
     * File with tokens of callers, one per line: {@code role:token}, where the role is {@code viewer}, {@code operator}
     * or {@code admin}. Read again when it changes.
     */
    Optional<Path> tokensFile();

    /** Tokens of callers, each {@code role:token}, for secrets in environment variables. */
    Optional<List<String>> tokens();

    /** File with one token, whose role is {@code admin}. Read again when it changes. */
    Optional<Path> adminTokenFile();

    /**
     * Host names of the service, as in {@code Host} headers: {@code name}, {@code name:port} or {@code *.domain}.
     * Loopback names and the local address of a connection are always permitted.
     */
    Optional<List<String>> hosts();

    /** The token that this service sends to others. */
    Optional<String> token();

    /** File with the token that this service sends to others. */
    Optional<Path> tokenFile();

    /** PEM file with trusted certificate authorities of other services. */
    Optional<Path> ca();
}
