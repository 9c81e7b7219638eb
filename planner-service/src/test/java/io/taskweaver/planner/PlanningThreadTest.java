package io.taskweaver.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.Rejection;
import io.taskweaver.scheduling.planning.Planning;
import io.taskweaver.wire.CurrentWork;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PlanningThreadTest {
    private static final Planning DONE =
            new Planning.Rejected(List.of(new Rejection("done", "", "", Optional.empty())));

    private final CurrentWork work = new CurrentWork(InstantSource.system());

    @Test
    void a_computation_that_does_not_stop_is_given_up_and_others_go_on_without_its_thread() {
        var release = new CountDownLatch(1);
        try (var thread = new PlanningThread(Duration.ofMillis(1), Duration.ofMillis(1), work)) {
            var deaf = thread.begin(new PlanId("deaf"), () -> {
                awaitUninterruptibly(release);
                return DONE;
            });
            var next = thread.begin(new PlanId("next"), () -> DONE);

            await().until(() -> {
                thread.giveUpOverdue();
                return next.result().isPresent();
            });
            assertThat(next.result()).contains(DONE);
            assertThat(deaf.result()).get().isNotEqualTo(DONE);
            assertThat(thread.leftBehind()).isEqualTo(1);
        } finally {
            release.countDown();
        }
    }

    @Test
    void
            a_computation_that_nobody_waits_for_any_more_and_that_does_not_stop_holds_nothing_up_and_is_forgotten_at_its_end() {
        var release = new CountDownLatch(1);
        var begun = new CountDownLatch(1);
        try (var thread = new PlanningThread(Duration.ofMinutes(1), Duration.ofMillis(1), work)) {
            var deaf = thread.begin(new PlanId("deaf"), () -> {
                begun.countDown();
                awaitUninterruptibly(release);
                return DONE;
            });
            awaitUninterruptibly(begun);
            deaf.stop();
            var next = thread.begin(new PlanId("next"), () -> DONE);

            await().until(() -> {
                thread.giveUpOverdue();
                return next.result().isPresent();
            });
            assertThat(thread.leftBehind()).isEqualTo(1);
            await().until(() -> work.oldest().isEmpty());

            release.countDown();
            await().until(() -> thread.leftBehind() == 0);
        } finally {
            release.countDown();
        }
    }

    @Test
    void it_is_known_what_is_planned_and_since_when() {
        var release = new CountDownLatch(1);
        try (var thread = new PlanningThread(Duration.ofMinutes(1), Duration.ofMinutes(1), work)) {
            thread.begin(new PlanId("shop"), () -> {
                awaitUninterruptibly(release);
                return DONE;
            });

            await().until(() -> work.oldest().isPresent());
            assertThat(work.oldest()).map(CurrentWork.Item::what).contains("planning shop");
            assertThat(work.isMovingOn(Duration.ofMinutes(1))).isTrue();
            await().until(() -> !work.isMovingOn(Duration.ZERO));

            release.countDown();
            await().until(() -> work.oldest().isEmpty());
            assertThat(work.isMovingOn(Duration.ZERO)).isTrue();
        } finally {
            release.countDown();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // As a computation would that does not ask whether to stop.
            }
        }
    }
}
