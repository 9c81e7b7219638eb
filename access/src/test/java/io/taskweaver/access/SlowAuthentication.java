package io.taskweaver.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Holds requests that ask for it, as a provider does that takes its time to tell who sent one. */
@Singleton
final class SlowAuthentication {
    static final String HEADER = "X-Hold";
    private static final int AFTER_AUTHORIZATION_BEFORE_THE_BODY = 50;

    private final Queue<Held> requests = new ConcurrentLinkedQueue<>();

    /** A request on its way, and how it goes on. */
    record Held(RoutingContext request, Runnable goOn) {}

    void register(@Observes Filters filters) {
        filters.register(this::hold, AFTER_AUTHORIZATION_BEFORE_THE_BODY);
    }

    private void hold(RoutingContext context) {
        if (context.request().headers().contains(HEADER)) {
            var home = context.vertx().getOrCreateContext();
            requests.add(new Held(context, () -> home.runOnContext(known -> context.next())));
        } else {
            context.next();
        }
    }

    Queue<Held> requests() {
        return requests;
    }
}
