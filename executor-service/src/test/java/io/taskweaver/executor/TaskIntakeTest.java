package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TaskIntakeTest {
    @Test
    void the_first_consumer_takes_single_orders_and_the_others_share_the_other_slots() {
        assertThat(TaskIntake.batches(8, 2)).containsExactly(1, 7);
        assertThat(TaskIntake.batches(8, 3)).containsExactly(1, 3, 3);
    }

    @Test
    void one_slot_or_one_consumer_takes_single_orders() {
        assertThat(TaskIntake.batches(1, 4)).containsExactly(1);
        assertThat(TaskIntake.batches(8, 1)).containsExactly(1);
    }

    @Test
    void a_batch_is_bounded_however_many_slots_there_are() {
        assertThat(TaskIntake.batches(500, 2)).containsExactly(1, 64);
    }
}
