package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SearchLoopTest {
    private static final Duration NEVER = Duration.ofDays(1);

    @Test
    void a_search_that_fails_is_repeated() throws InterruptedException {
        var searched = new CountDownLatch(2);
        try (var loop = new SearchLoop("search", Duration.ofMillis(1), () -> {
            searched.countDown();
            throw new IllegalStateException("no answer");
        })) {
            loop.start();
            searched.await();
        }
    }

    @Test
    void nothing_of_a_search_comes_after_its_end() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var ended = new AtomicBoolean();
        var loop = new SearchLoop("search", NEVER, () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                ended.set(true);
            }
        });
        loop.start();
        begun.await();

        loop.close();

        assertThat(ended).isTrue();
    }

    @Test
    void one_that_a_client_reports_as_an_interrupt_of_its_own_ends_it_too() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var searches = new AtomicInteger();
        var loop = new SearchLoop("search", NEVER, () -> {
            searches.incrementAndGet();
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        });
        loop.start();
        begun.await();

        loop.close();

        assertThat(searches).hasValue(1);
    }

    @Test
    void one_that_was_never_started_can_be_closed() {
        new SearchLoop("search", NEVER, () -> {}).close();
    }
}
