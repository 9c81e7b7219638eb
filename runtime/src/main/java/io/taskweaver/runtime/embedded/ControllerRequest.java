package io.taskweaver.runtime.embedded;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import kafka.server.ControllerServer;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.controller.Controller;
import org.apache.kafka.controller.ControllerRequestContext;

/** A request to the controller in this process, before the broker starts. */
@FunctionalInterface
interface ControllerRequest<T> {
    Duration PAUSE = Duration.ofMillis(20);

    CompletableFuture<T> send(Controller controller, ControllerRequestContext context);

    /**
     * The answer of an active controller; one that has just started may take a moment to become active.
     *
     * @param deadline in the clock of {@link System#nanoTime()}
     */
    static <T> T await(ControllerServer controller, ControllerRequest<T> request, long deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        var context =
                new ControllerRequestContext(new RequestHeaderData(), KafkaPrincipal.ANONYMOUS, OptionalLong.empty());
        while (true) {
            try {
                return request.send(controller.controller(), context)
                        .get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof NotControllerException)) throw e;
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
