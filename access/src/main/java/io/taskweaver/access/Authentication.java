package io.taskweaver.access;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** By what callers are known, if at all. */
@Singleton
final class Authentication {
    /** Of a tenant beside the default one. */
    private static final Pattern PROVIDER =
            Pattern.compile("quarkus\\.oidc\\.(\"[^\"]+\"|[^.\"]+)\\.(?:auth-server-url|public-key|provider)");

    private final boolean tokens;
    private final boolean oidc;
    private final boolean insecure;

    /** @throws ConfigurationException if tokens would count that are meant for others */
    @Inject
    Authentication(Tokens tokens, Config config) {
        this.tokens = tokens.areConfigured();
        this.oidc = config.getOptionalValue("quarkus.oidc.tenant-enabled", Boolean.class)
                .orElse(false);
        if (oidc) checkAudience(config, "");
        for (var name : config.getPropertyNames()) {
            var provider = PROVIDER.matcher(name);
            if (provider.matches()) checkAudience(config, provider.group(1) + ".");
        }
        this.insecure =
                config.getOptionalValue("taskweaver.insecure", Boolean.class).orElse(false);
    }

    private static void checkAudience(Config config, String tenant) {
        var audience = "quarkus.oidc." + tenant + "token.audience";
        if (config.getOptionalValue(audience, String.class).isEmpty())
            throw new ConfigurationException(
                    "OpenID Connect is enabled and no audience is named, so that a token that the provider issued for another"
                            + " application would count here. Set " + audience
                            + " to the name that the provider knows this service by, or to 'any' if all its tokens may count.");
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
