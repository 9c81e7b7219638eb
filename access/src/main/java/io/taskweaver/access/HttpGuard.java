package io.taskweaver.access;

import io.quarkus.security.ForbiddenException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Installs the guard before all other processing of a request, including authentication. */
@Singleton
public final class HttpGuard {
    /** Higher priority than Quarkus's own filters. */
    private static final int FIRST = 100_000;

    private static final int FORBIDDEN = 403;

    private final RequestGuard guard;

    @Inject
    HttpGuard(AccessSettings settings) {
        this.guard = new RequestGuard(AllowedHosts.of(settings.hosts().orElse(List.of())));
    }

    void filter(@Observes Filters filters) {
        filters.register(this::pass, FIRST);
    }

    void denials(@Observes Router router) {
        router.route().order(-FIRST).failureHandler(HttpGuard::denied);
    }

    private void pass(RoutingContext context) {
        var sent = sent(context.request(), context.normalizedPath());
        // The end of its body is unknown, and following bytes may belong to it.
        if (!RequestGuard.isBodyEndKnown(sent)) context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        guard.judge(sent).ifPresentOrElse(problem -> Problems.send(context.response(), problem), context::next);
    }

    private static void denied(RoutingContext context) {
        if (context.failure() instanceof ForbiddenException) Problems.send(context.response(), forbidden(context));
        else context.next();
    }

    private static Problem forbidden(RoutingContext context) {
        var needed = Paths.roleFor(context.request().method().name(), context.normalizedPath());
        return Problem.of(
                FORBIDDEN,
                "Forbidden",
                "This needs the role " + needed.text() + ", which the credential does not have.",
                "Use a token of the role " + needed.text() + ".");
    }

    private static RequestGuard.Request sent(HttpServerRequest request, String path) {
        var method = request.method().name();
        var local = request.localAddress();
        return new RequestGuard.Request(
                method,
                request.uri(),
                request.headers()::getAll,
                Optional.ofNullable(request.authority()).map(HostAndPort::toString),
                request.isSSL(),
                RequestBodies.hasBody(request),
                Paths.isProbe(method, path),
                new AllowedHosts.Local(Optional.ofNullable(local.hostAddress()).orElse(""), local.port()));
    }
}
