package io.taskweaver.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Requires a role for every path, existing or future, except health. */
@ApplicationScoped
public class AccessPolicy implements HttpSecurityPolicy {
    private final Authentication authentication;

    @Inject
    AccessPolicy(Authentication authentication) {
        this.authentication = authentication;
    }

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext context, Uni<SecurityIdentity> identity, AuthorizationRequestContext requestContext) {
        var method = context.request().method().name();
        var path = context.normalizedPath();
        if (Paths.isProbe(method, path) || !authentication.isConfigured()) return CheckResult.permit();
        var needed = Paths.roleFor(method, path);
        return identity.onItem()
                .transform(caller -> AccessRole.highest(caller.getRoles())
                                .filter(role -> role.compareTo(needed) >= 0)
                                .isPresent()
                        ? CheckResult.PERMIT
                        : CheckResult.DENY);
    }
}
