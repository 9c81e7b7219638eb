package io.taskweaver.access;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Who may speak to a service, and as whom it speaks to others. */
@ConfigMapping(prefix = "taskweaver.access")
public interface AccessSettings {
    /**
     * File with those who may call, a line each: {@code role:token}, the role being {@code viewer}, {@code operator} or
     * {@code admin}. Read again when it changes.
     */
    Optional<Path> tokensFile();

    /** Those who may call, {@code role:token} each, where a secret comes as a variable of the environment. */
    Optional<List<String>> tokens();

    /** File with one token, whose role is {@code admin}. Read again when it changes. */
    Optional<Path> adminTokenFile();

    /**
     * Names that callers reach the service by, as their {@code Host} header has them: {@code name}, {@code name:port} or
     * {@code *.domain}. Loopback names and the address that a connection came in by are allowed anyway.
     */
    Optional<List<String>> hosts();

    /** The token that this service sends to others. */
    Optional<String> token();

    /** File with the token that this service sends to others. */
    Optional<Path> tokenFile();

    /** File with certificates, as PEM, of the authorities by which others' certificates are trusted. */
    Optional<Path> ca();
}
