package io.taskweaver.wire.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RetriesTest {
    private static final int TOGETHER = 20;

    private final AtomicInteger looks = new AtomicInteger();
    private final CountDownLatch looking = new CountDownLatch(1);
    private final CountDownLatch found = new CountDownLatch(1);
    private final Retries retries = new Retries(
            RetriesTest.class,
            "test",
            new ClusterSettings(Map.of("bootstrap.servers", "127.0.0.1:1")),
            (failure, cluster) -> look());

    private ConnectionProblem look() {
        looks.incrementAndGet();
        looking.countDown();
        try {
            found.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new ConnectionProblem("The broker hangs.", "Read its log.");
    }

    private void fail() {
        retries.failed(new TimeoutException("expired"));
    }

    @Test
    void of_many_that_fail_together_one_looks_for_the_reason() throws InterruptedException {
        var threads = new ArrayList<Thread>();
        // All but the one that looks have nothing to wait for.
        var others = new CountDownLatch(TOGETHER - 1);
        for (int i = 0; i < TOGETHER; i++)
            threads.add(Thread.ofVirtual().start(() -> {
                fail();
                others.countDown();
            }));
        others.await();
        looking.await();

        assertThat(looks).hasValue(1);
        found.countDown();
        for (var thread : threads) thread.join();
        assertThat(retries.reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("The broker hangs."));
    }

    @Test
    void what_is_found_after_all_is_well_again_is_not_said() throws InterruptedException {
        var late = Thread.ofVirtual().start(this::fail);
        looking.await();

        retries.over();
        found.countDown();
        late.join();

        assertThat(retries.reason()).isEmpty();
    }
}
