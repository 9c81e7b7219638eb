package io.taskweaver.interfaces;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Lets go of a registry that does not answer. Encoding and decoding ask it for schemas that they have not seen yet, and
 * its client waits without end.
 */
record RegistryPatience(Duration limit) {

    /**
     * What the question gives.
     *
     * @throws TimeoutException if it takes longer than the limit; a later question is a new request
     */
    <T> T ask(Supplier<T> question) {
        var answer = new CompletableFuture<T>();
        Thread.ofVirtual().name("interface-registry").start(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof java.util.concurrent.TimeoutException)
                throw new TimeoutException("the registry did not answer within " + limit.toSeconds() + " s", e);
            if (e.getCause() instanceof RuntimeException failure) throw failure;
            throw e;
        }
    }
}
