package io.taskweaver.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotBlank;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;

class PlanPartitionerTest {

    @Property
    void a_plain_plan_key_goes_where_kafkas_default_puts_it(
            @ForAll @NotBlank String plan, @ForAll @IntRange(min = 1, max = 64) int partitions) {
        var key = plan.replace('/', '-');

        assertThat(PlanPartitioner.partition(EventKeys.plan(key), partitions))
                .isEqualTo(BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), partitions));
    }

    @Property
    void all_keys_of_a_plan_go_to_one_partition(
            @ForAll @NotBlank String plan,
            @ForAll @NotBlank String task,
            @ForAll @IntRange(min = 1, max = 64) int partitions) {
        var planId = plan.replace('/', '-');
        var taskId = task.replace('/', '-');

        assertThat(PlanPartitioner.partition(EventKeys.planAnd(planId, taskId), partitions))
                .isEqualTo(PlanPartitioner.partition(EventKeys.attempt(planId, taskId, 3), partitions))
                .isEqualTo(PlanPartitioner.partition(EventKeys.plan(planId), partitions));
    }
}
