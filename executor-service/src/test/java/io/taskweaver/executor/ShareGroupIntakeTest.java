package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskweaver.wire.connection.ClusterSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ShareGroupIntakeTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void nobody_looks_for_orders_while_the_broker_is_away() {
        var reachable = new AtomicBoolean();
        var asked = new AtomicInteger();
        var nobody = new ClusterSettings(Map.of("bootstrap.servers", "127.0.0.1:1"));
        try (var intake = new ShareGroupIntake(
                nobody,
                "group",
                1,
                1,
                new Slots(1),
                () -> {
                    asked.incrementAndGet();
                    return reachable.get();
                },
                () -> true,
                order -> ShareGroupIntake.Taken.DONE)) {
            intake.start();
            intake.open();
            await().atMost(LIMIT).until(() -> asked.get() > 0);
            assertThat(consumers()).isZero();
            reachable.set(true);
            await().atMost(LIMIT).until(() -> consumers() == 1);
            reachable.set(false);
            await().atMost(LIMIT).until(() -> consumers() == 0);
        }
    }

    private static long consumers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("consumer_background_thread"))
                .count();
    }

    @Test
    void the_first_consumer_takes_single_orders_and_the_others_share_the_other_slots() {
        assertThat(ShareGroupIntake.batches(8, 2)).containsExactly(1, 7);
        assertThat(ShareGroupIntake.batches(8, 3)).containsExactly(1, 3, 3);
    }

    @Test
    void one_slot_or_one_consumer_takes_single_orders() {
        assertThat(ShareGroupIntake.batches(1, 4)).containsExactly(1);
        assertThat(ShareGroupIntake.batches(8, 1)).containsExactly(1);
    }

    @Test
    void a_batch_is_bounded_however_many_slots_there_are() {
        assertThat(ShareGroupIntake.batches(500, 2)).containsExactly(1, 64);
    }
}
