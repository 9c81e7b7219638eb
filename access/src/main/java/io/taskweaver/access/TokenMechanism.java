package io.taskweaver.access;

import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Authenticates callers by a static bearer token (RFC 6750). Unknown tokens are left to an OpenID provider, if there is
 * one.
 */
@Singleton
public final class TokenMechanism implements HttpAuthenticationMechanism {
    private static final String SCHEME = "bearer ";
    private static final String PASSWORD_SCHEME = "basic ";
    private static final int UNAUTHORIZED = 401;

    private final Tokens tokens;
    private final Authentication authentication;
    private final OidcAuthenticationMechanism provider;

    @Inject
    TokenMechanism(Tokens tokens, Authentication authentication, OidcAuthenticationMechanism provider) {
        this.tokens = tokens;
        this.authentication = authentication;
        this.provider = provider;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        var token = token(context);
        if (token.isEmpty()) return Uni.createFrom().nullItem();
        var role = tokens.roleOf(token.get());
        if (role.isPresent()) return Uni.createFrom().item(identity(role.get()));
        if (!authentication.isConfigured()) return Uni.createFrom().nullItem();
        if (!authentication.byOidc())
            return Uni.createFrom().failure(new AuthenticationFailedException("unknown token"));
        // Called from here, so that its refusals are answered in the same form.
        return provider.authenticate(context, identities)
                .onFailure()
                .invoke(() -> context.put(HttpAuthenticationMechanism.class.getName(), this));
    }

    private static Optional<String> token(RoutingContext context) {
        var headers = context.request().headers().getAll("Authorization");
        if (headers.size() != 1) return Optional.empty();
        var header = headers.getFirst().strip();
        var lower = header.toLowerCase(Locale.ROOT);
        if (lower.startsWith(SCHEME))
            return Optional.of(header.substring(SCHEME.length()).strip());
        return lower.startsWith(PASSWORD_SCHEME) && isDescription(context)
                ? password(header.substring(PASSWORD_SCHEME.length()).strip())
                : Optional.empty();
    }

    /**
     * Whether the API's description is requested. A browser cannot send a token for a page, but asks its user for a
     * password (RFC 7617), and sends it with all later requests: so it is accepted only for paths that change and
     * disclose nothing.
     */
    private static boolean isDescription(RoutingContext context) {
        return Paths.isDescription(context.request().method().name(), context.normalizedPath());
    }

    private static Optional<String> password(String credentials) {
        try {
            var text = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static SecurityIdentity identity(AccessRole role) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal("token:" + role.text()))
                .addRoles(role.implied())
                .build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(UNAUTHORIZED, "WWW-Authenticate", challenge(context)));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        context.response().putHeader("WWW-Authenticate", challenge(context));
        Problems.send(
                context.response(),
                Problem.of(
                        UNAUTHORIZED,
                        "Unauthorized",
                        context.request().headers().contains("Authorization")
                                ? "The credential is not valid for this service."
                                : "A token is required.",
                        "Send the header 'Authorization: Bearer TOKEN'. For the token of a local runtime, run"
                                + " `taskweaver token show`."));
        return Uni.createFrom().item(true);
    }

    private static String challenge(RoutingContext context) {
        return (isDescription(context) ? "Basic realm=\"taskweaver\", " : "") + "Bearer realm=\"taskweaver\""
                + (context.request().headers().contains("Authorization") ? ", error=\"invalid_token\"" : "");
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return Uni.createFrom().item(new HttpCredentialTransport(HttpCredentialTransport.Type.AUTHORIZATION, "bearer"));
    }

    /** Before any other. */
    @Override
    public int getPriority() {
        return 2 * HttpAuthenticationMechanism.DEFAULT_PRIORITY;
    }
}
