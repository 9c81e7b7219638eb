package io.taskweaver.wire.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.wire.Topics;
import org.junit.jupiter.api.Test;

class TopicSettingsTest {

    @Test
    void the_queue_of_orders_alone_has_one_partition_whatever_is_asked_for() {
        assertThat(Topics.all())
                .filteredOn(topic -> TopicSettings.partitions(topic, 7, false) != 7)
                .containsExactly(Topics.TASK_READY);
        assertThat(TopicSettings.partitions(Topics.TASK_READY, 7, false)).isEqualTo(1);
        assertThat(TopicSettings.partitions(Topics.TASK_READY, 7, true))
                .as("of a classic group")
                .isEqualTo(7);
    }

    @Test
    void what_is_compacted_is_kept_and_the_rest_goes_by_age() {
        assertThat(TopicSettings.of(Topics.TASK_PLANNED, 1)).containsEntry("retention.ms", "-1");
        assertThat(TopicSettings.of(Topics.TASK_READY, 1))
                .containsEntry("cleanup.policy", "delete")
                .containsEntry(
                        "retention.ms",
                        Long.toString(Topics.TASK_READY.retention().toMillis()));
    }

    @Test
    void with_three_copies_a_record_is_confirmed_by_two() {
        assertThat(TopicSettings.of(Topics.TASK_READY, 3)).containsEntry("min.insync.replicas", "2");
        assertThat(TopicSettings.of(Topics.TASK_READY, 1)).containsEntry("min.insync.replicas", "1");
    }
}
