package io.taskweaver.access;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Answers with problem documents, whatever part of the server it is that cannot serve a request. */
@Singleton
public final class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);
    private static final int[] WITHOUT_ROUTE = {400, 404, 405, 406, 413, 414, 415, 500, 503};

    void answerFailures(@Observes Router router) {
        for (int status : WITHOUT_ROUTE) router.errorHandler(status, context -> answer(context, status));
        // Before Quarkus's own, which is the last.
        router.route().order(Integer.MAX_VALUE - 1).failureHandler(context -> {
            var failure = context.failure();
            if (isOfSecurity(failure)) context.next();
            else if (failure == null || isRefusal(context)) answer(context, context.statusCode());
            else send(context.response(), of(failure, context.normalizedPath()));
        });
    }

    /** Answers a request with a problem. */
    public static void send(HttpServerResponse response, Problem problem) {
        if (response.ended() || response.closed()) return;
        if (response.headWritten()) {
            response.end();
            return;
        }
        response.setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(problem.json());
    }

    /** What Vert.x cannot read, it hands over here and then closes the connection. */
    static void answerInvalid(HttpServerRequest request) {
        var cause = request.decoderResult().cause();
        var problem = cause instanceof TooLongHttpLineException
                ? Problem.of(414, "The request's first line is too long.", "Shorten the address.")
                : cause instanceof TooLongHttpHeaderException
                        ? Problem.of(431, "The request's headers are too large.", "Send fewer or shorter headers.")
                        : Problem.of(400, "This is not an HTTP/1.1 request.", "Send a well-formed request.");
        // It closes the connection itself, after what it could not read.
        send(request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE), problem);
    }

    /** What a client is told of a failure. One that is our fault is logged under an id, and the client gets that only. */
    static Problem of(Throwable failure, String path) {
        if (failure instanceof ProblemException expected) return expected.problem();
        if (failure instanceof RejectedExecutionException)
            return Problem.of(503, "The service has too much to do.", "Try again in a few seconds.");
        var id = UUID.randomUUID();
        LOG.errorf(failure, "A request to %s failed, error id %s", path, id);
        return Problem.of(
                500,
                "The service failed to answer.",
                "This is a fault of the service. Its log has the cause under the id " + id + ".");
    }

    /** What a client is told of a status that comes without any words. */
    static Problem of(int status, String method, String path) {
        var hint = "The API's description is at /q/openapi.";
        return switch (status) {
            case 404 -> Problem.of(404, "There is nothing at " + path + ".", hint);
            case 405 -> Problem.of(405, method + " is not possible at " + path + ".", hint);
            case 406 -> Problem.of(406, "The answer is application/json, which Accept excludes.", "Accept it.");
            case 415 ->
                Problem.of(415, "A body has to be application/json.", "Send it with Content-Type: application/json.");
            case 413 -> Problem.of(413, "The body is too large.", "Send less.");
            default -> {
                var title =
                        Optional.ofNullable(HttpResponseStatus.valueOf(status).reasonPhrase());
                yield Problem.of(status, title.orElse("Error") + ".", status < 500 ? hint : "Try again later.");
            }
        };
    }

    private static void answer(RoutingContext context, int status) {
        var failure = context.failure();
        if (failure != null && status >= 500) send(context.response(), of(failure, context.normalizedPath()));
        else send(context.response(), of(status, context.request().method().name(), context.normalizedPath()));
    }

    /** Whether the server has found the request itself at fault, e.g. for a Host header that is none. */
    private static boolean isRefusal(RoutingContext context) {
        return !(context.failure() instanceof ProblemException)
                && context.statusCode() >= 400
                && context.statusCode() < 500;
    }

    private static boolean isOfSecurity(@Nullable Throwable failure) {
        return failure instanceof UnauthorizedException
                || failure instanceof ForbiddenException
                || failure instanceof AuthenticationException;
    }
}
