package io.taskweaver.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RequestBody;
import io.vertx.ext.web.RoutingContext;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Turns and who has them, where clients leave at the worst moments. */
class RequestQueueTest {
    private final RequestQueue admission = admission();

    private static RequestQueue admission() {
        var limits = new SmallRyeConfigBuilder()
                .withMapping(HttpLimits.class)
                .withConverter(Duration.class, 100, new DurationConverter())
                .withConverter(MemorySize.class, 100, new MemorySizeConverter())
                .withSources(new PropertiesConfigSource(Map.of("taskweaver.http.concurrent", "1"), "test", 100))
                .build()
                .getConfigMapping(HttpLimits.class);
        return new RequestQueue(limits, new InFlight(limits));
    }

    @Test
    void a_request_waits_until_the_one_before_it_has_ended() {
        var first = new Client();
        var second = new Client();
        first.asks();
        second.asks();
        assertThat(first.served).isTrue();
        assertThat(second.served).isFalse();

        first.leaves();
        assertThat(second.served).isTrue();
    }

    @Test
    void a_client_that_leaves_while_it_is_let_in_gives_its_turn_back() {
        var working = new Client();
        var leaving = new Client();
        working.asks();
        leaving.asks();
        // The first that is done once it is let in.
        leaving.whenItsTimerIsCancelled = leaving::leaves;
        working.leaves();

        assertOneAtATime();
    }

    @Test
    void a_client_that_left_before_it_asks_takes_no_turn() {
        var gone = new Client();
        gone.over = true;
        gone.asks();

        assertThat(gone.served).isFalse();
        assertOneAtATime();
    }

    @Test
    void a_client_that_leaves_while_it_waits_takes_no_turn() {
        var working = new Client();
        var leaving = new Client();
        working.asks();
        leaving.asks();
        leaving.leaves();
        working.leaves();

        assertThat(leaving.served).isFalse();
        assertOneAtATime();
    }

    /** No turn is lost, and none given back twice. */
    private void assertOneAtATime() {
        var first = new Client();
        var second = new Client();
        first.asks();
        second.asks();
        assertThat(first.served).as("a turn is free").isTrue();
        assertThat(second.served).as("and only one").isFalse();
        first.leaves();
    }

    /** A client on an event loop that does at once what it is given. Answers what the admission asks of it and no more. */
    private final class Client {
        private boolean served;
        private boolean over;
        private Runnable whenItsTimerIsCancelled = () -> {};
        private Runnable whenItEnds = () -> {};

        void asks() {
            admission.admit(context());
        }

        void leaves() {
            over = true;
            whenItEnds.run();
        }

        private RoutingContext context() {
            Function<Object[], Object> isOver = none -> over;
            var response = as(HttpServerResponse.class, Map.of("ended", isOver, "closed", isOver));
            var request = as(HttpServerRequest.class, Map.of("method", none -> HttpMethod.POST));
            var body = as(RequestBody.class, Map.of("buffer", none -> null));
            var home = as(Context.class, Map.of("runOnContext", arguments -> {
                handler(arguments[0]).handle(null);
                return null;
            }));
            var vertx = as(
                    Vertx.class,
                    Map.of(
                            "getOrCreateContext",
                            none -> home,
                            "setTimer",
                            arguments -> 1L,
                            "cancelTimer",
                            arguments -> {
                                var then = whenItsTimerIsCancelled;
                                whenItsTimerIsCancelled = () -> {};
                                then.run();
                                return true;
                            }));
            var answers = new HashMap<String, Function<Object[], Object>>();
            answers.put("response", none -> response);
            answers.put("request", none -> request);
            answers.put("body", none -> body);
            answers.put("vertx", none -> vertx);
            answers.put("normalizedPath", none -> "/api/test");
            answers.put("next", none -> {
                served = true;
                return null;
            });
            answers.put("addEndHandler", arguments -> {
                whenItEnds = () -> handler(arguments[0]).handle(null);
                return 0;
            });
            return as(RoutingContext.class, answers);
        }

        @SuppressWarnings("unchecked")
        private static Handler<Object> handler(Object given) {
            return (Handler<Object>) given;
        }

        private static <T> T as(Class<T> type, Map<String, Function<Object[], Object>> answers) {
            return type.cast(
                    Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        var answer = answers.get(method.getName());
                        if (answer == null) throw new UnsupportedOperationException(method.getName());
                        return answer.apply(arguments == null ? new Object[0] : arguments);
                    }));
        }
    }
}
