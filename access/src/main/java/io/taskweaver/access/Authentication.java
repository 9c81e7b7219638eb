package io.taskweaver.access;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;

/** Configured authentication of callers, if any. */
@Singleton
final class Authentication {
    /** Setting of a tenant other than the default one. */
    private static final Pattern PROVIDER =
            Pattern.compile("quarkus\\.oidc\\.(\"[^\"]+\"|[^.\"]+)\\.(?:auth-server-url|public-key|provider)");

    private final boolean tokens;
    private final boolean oidc;
    private final boolean insecure;

    /** @throws ConfigurationException if tokens for other applications would be accepted */
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
                    "OpenID Connect is enabled without an audience, so a token that the provider issued for another"
                            + " application would be accepted. Set " + audience
                            + " to the provider's name of this service, or to 'any' to accept all its tokens.");
    }

    /** Whether callers can be authenticated. */
    boolean isConfigured() {
        return tokens || oidc;
    }

    /** Whether an OpenID provider is configured. */
    boolean byOidc() {
        return oidc;
    }

    /** Whether the owner permits access without authentication. */
    boolean mayBeOpen() {
        return insecure;
    }
}
