package io.taskweaver.access;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** By what callers are known, if at all. */
@Singleton
final class Authentication {
    private final boolean tokens;
    private final boolean oidc;
    private final boolean insecure;

    @Inject
    Authentication(Tokens tokens, Config config) {
        this.tokens = tokens.areConfigured();
        this.oidc = config.getOptionalValue("quarkus.oidc.tenant-enabled", Boolean.class)
                .orElse(false);
        this.insecure =
                config.getOptionalValue("taskweaver.insecure", Boolean.class).orElse(false);
    }

    /** Whether a caller can be told from a stranger. */
    boolean isConfigured() {
        return tokens || oidc;
    }

    /** Whether tokens of an OpenID provider are understood. */
    boolean byOidc() {
        return oidc;
    }

    /** Whether the owner has said that it may be open. */
    boolean mayBeOpen() {
        return insecure;
    }
}
