package io.taskweaver.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Limits concurrent requests to what threads and memory permit. Others wait in a queue, without a thread. Health checks
 * are not limited.
 */
@Singleton
final class RequestQueue {
    private static final int AFTER_THE_BODY = 10;

    private final HttpLimits limits;
    private final InFlight inFlight;
    private final Queue<Turn> waiting = new ArrayDeque<>();
    private int working;
    private long workingBytes;

    RequestQueue(HttpLimits limits, InFlight inFlight) {
        this.limits = limits;
        this.inFlight = inFlight;
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, AFTER_THE_BODY);
    }

    void admit(RoutingContext context) {
        if (Paths.isProbe(context.request().method().name(), context.normalizedPath())) {
            context.next();
            return;
        }
        // It has already ended: nobody would release its slot.
        if (isOver(context)) return;
        var turn = new Turn(context);
        boolean room;
        synchronized (this) {
            room = waiting.size() < limits.queue();
            if (room) waiting.add(turn);
        }
        if (room) turn.begin();
        else turn.refuse();
        proceed();
    }

    /** Whether its client has left, e.g. during authentication. */
    static boolean isOver(RoutingContext context) {
        return context.response().ended() || context.response().closed();
    }

    private void proceed() {
        for (var next = next(); next != null; next = next()) next.run();
    }

    private synchronized @Nullable Turn next() {
        var next = waiting.peek();
        if (next == null || !hasRoom(next)) return null;
        waiting.remove();
        // Atomic, because the client may leave at any time, and releases only what it has.
        next.in = true;
        working++;
        workingBytes += next.bytes;
        return next;
    }

    private boolean hasRoom(Turn next) {
        if (working == 0) return true;
        return working < limits.concurrent()
                && !inFlight.isFull()
                // A parsed body is several times as large.
                && workingBytes + next.bytes <= limits.inFlight().asLongValue() / 2;
    }

    /** A request's slot. */
    private final class Turn {
        private final RoutingContext context;
        private final Context home;
        private final long bytes;
        private long timer;
        /** Whether it was admitted. Guarded by the queue's lock. */
        private boolean in;

        Turn(RoutingContext context) {
            this.context = context;
            this.home = context.vertx().getOrCreateContext();
            var body = context.body().buffer();
            this.bytes = body == null ? 0 : body.length();
        }

        void begin() {
            context.addEndHandler(ended -> leave());
            timer = context.vertx().setTimer(limits.queueTimeout().toMillis(), late -> {
                if (withdraw()) refuse();
            });
        }

        void run() {
            context.vertx().cancelTimer(timer);
            home.runOnContext(go -> {
                if (!isOver(context)) context.next();
            });
        }

        private boolean withdraw() {
            synchronized (RequestQueue.this) {
                return waiting.remove(this);
            }
        }

        private void leave() {
            context.vertx().cancelTimer(timer);
            synchronized (RequestQueue.this) {
                if (!waiting.remove(this) && in) {
                    in = false;
                    working--;
                    workingBytes -= bytes;
                }
            }
            proceed();
        }

        void refuse() {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
            Problems.send(
                    context.response(),
                    Problem.of(
                            503,
                            "The service is busy with other requests.",
                            "Try again in a few seconds. The limits are taskweaver.http.concurrent and"
                                    + " taskweaver.http.queue of the service."));
        }
    }
}
