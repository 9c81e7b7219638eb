package io.taskweaver.access;

import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Reads each body before its request is processed: no thread waits for a client. Reports the state of requests to the
 * connection.
 */
@Singleton
final class RequestBodies {
    /** Before all other handlers. */
    private static final int FIRST = Integer.MAX_VALUE;
    /** After authorization: no body is read for an unauthorized client. */
    private static final int AFTER_AUTHORIZATION = 20;

    private final InFlight inFlight;
    private final long most;

    RequestBodies(InFlight inFlight, VertxHttpConfig http) {
        this.inFlight = inFlight;
        this.most = http.limits().maxBodySize().orElseThrow().asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(RequestBodies::begin, FIRST);
        filters.register(this::read, AFTER_AUTHORIZATION);
    }

    static boolean hasBody(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? request.headers().contains(HttpHeaders.TRANSFER_ENCODING) : !length.equals("0");
    }

    private static void begin(RoutingContext context) {
        var request = context.request();
        boolean body = hasBody(request);
        ClientConnection.of(request.connection()).ifPresent(connection -> {
            connection.begun(request, body);
            context.addEndHandler(ended -> connection.answered());
        });
        if (body)
            context.addHeadersEndHandler(head -> {
                if (!request.isEnded()) context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            });
        context.next();
    }

    private void read(RoutingContext context) {
        if (RequestQueue.isOver(context)) return;
        var request = context.request();
        if (!hasBody(request) || request.isEnded()) {
            context.next();
            return;
        }
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && Long.parseLong(length) > most) {
            tooLarge(context);
            return;
        }
        var expectation = request.getHeader(HttpHeaders.EXPECT);
        if (expectation != null) {
            if (!expectation.equalsIgnoreCase("100-continue")) {
                Problems.send(
                        context.response(),
                        Problem.of(417, "The expectation cannot be met.", "Expect 100-continue or omit the header."));
                return;
            }
            context.response().writeContinue();
        }
        new Reading(context).start();
    }

    private void tooLarge(RoutingContext context) {
        Problems.send(
                context.response(),
                Problem.of(
                        413,
                        "The body is larger than " + most + " bytes.",
                        "Send a smaller body. The limit is quarkus.http.limits.max-body-size of the service."));
    }

    /** A body being received. */
    private final class Reading {
        private final RoutingContext context;
        private final HttpServerRequest request;
        private final Buffer body = Buffer.buffer();
        private boolean over;

        Reading(RoutingContext context) {
            this.context = context;
            this.request = context.request();
        }

        void start() {
            var connection = ClientConnection.of(request.connection());
            context.addEndHandler(ended -> inFlight.remove(body.length()));
            request.handler(this::take);
            request.exceptionHandler(failure -> over = true);
            request.endHandler(end -> {
                if (over) return;
                over = true;
                connection.ifPresent(ClientConnection::bodyRead);
                ((RoutingContextInternal) context).setBody(body);
                context.next();
            });
            connection.ifPresent(known -> known.readsBody(this::tooSlow));
            request.resume();
        }

        private void take(Buffer chunk) {
            if (over) return;
            if (body.length() + chunk.length() > most) {
                over = true;
                tooLarge(context);
            } else if (inFlight.isFull()) {
                over = true;
                context.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
                Problems.send(
                        context.response(),
                        Problem.of(
                                503,
                                "The service receives more data than it has memory for.",
                                "Try again in a few seconds. The limit is taskweaver.http.in-flight of the service."));
            } else {
                inFlight.add(chunk.length());
                body.appendBuffer(chunk);
            }
        }

        private void tooSlow() {
            if (over) return;
            over = true;
            Problems.send(
                    context.response(),
                    Problem.of(
                            408,
                            "The body arrived too slowly.",
                            "Use a faster connection or send a smaller body. The limits are taskweaver.http.minimum-rate"
                                    + " and taskweaver.http.rate-window of the service."));
        }
    }
}
