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

/** Answers with problem documents for failures in any part of the server. */
@Singleton
public final class Problems {
    private static final Logger LOG = Logger.getLogger(Problems.class);
    private static final int[] WITHOUT_ROUTE = {400, 404, 405, 406, 413, 414, 415, 500, 503};

    void answerFailures(@Observes Router router) {
        for (int status : WITHOUT_ROUTE) router.errorHandler(status, context -> answer(context, status));
        // Before Quarkus's own handler, which is the last.
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

    /** Handles requests that Vert.x cannot parse; it then closes the connection. */
    static void answerInvalid(HttpServerRequest request) {
        var cause = request.decoderResult().cause();
        var problem = cause instanceof TooLongHttpLineException
                ? Problem.of(414, "The request's first line is too long.", "Shorten the URL.")
                : cause instanceof TooLongHttpHeaderException
                        ? Problem.of(431, "The request's headers are too large.", "Send fewer or shorter headers.")
                        : Problem.of(400, "This is not an HTTP/1.1 request.", "Send a well-formed request.");
        // Vert.x closes the connection itself after an invalid request.
        send(request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE), problem);
    }

    /** The problem document of a failure. An internal error is logged with an id, and the client gets only the id. */
    static Problem of(Throwable failure, String path) {
        if (failure instanceof ProblemException expected) return expected.problem();
        if (failure instanceof RejectedExecutionException)
            return Problem.of(503, "The service is overloaded.", "Try again in a few seconds.");
        var id = UUID.randomUUID();
        LOG.errorf(failure, "A request to %s failed, error id %s", path, id);
        return Problem.of(
                500, "Internal error of the service.", "The log of the service has the cause under the id " + id + ".");
    }

    /** The problem document of a status without a message. */
    static Problem of(int status, String method, String path) {
        var hint = "The API's description is at /q/openapi.";
        return switch (status) {
            case 404 -> Problem.of(404, "There is nothing at " + path + ".", hint);
            case 405 -> Problem.of(405, method + " is not supported at " + path + ".", hint);
            case 406 ->
                Problem.of(406, "The answer is application/json, which Accept excludes.", "Accept application/json.");
            case 415 ->
                Problem.of(415, "A body must be application/json.", "Send it with Content-Type: application/json.");
            case 413 -> Problem.of(413, "The body is too large.", "Send a smaller body.");
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

    /** Whether the server found the request invalid, e.g. a malformed Host header. */
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
