package io.taskweaver.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.wire.PlanPartitioner;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.Test;

class PlanOwnerTest {
    private static final HostInfo SELF = new HostInfo("a", 1);
    private static final HostInfo OTHER = new HostInfo("b", 2);

    @Test
    void a_plan_of_ones_own_is_answered_here() {
        assertThat(PlanOwner.of(at(SELF), SELF, false)).isEqualTo(new PlanOwner.Here(3));
    }

    @Test
    void a_plan_of_another_instance_is_asked_for_there() {
        assertThat(PlanOwner.of(at(OTHER), SELF, false)).isEqualTo(new PlanOwner.Elsewhere("b", 2, List.of()));
    }

    @Test
    void instances_with_a_copy_are_asked_next() {
        var found = new KeyQueryMetadata(OTHER, Set.of(SELF, new HostInfo("c", 3), HostInfo.unavailable()), 3);

        assertThat(PlanOwner.of(found, SELF, false))
                .isEqualTo(new PlanOwner.Elsewhere("b", 2, List.of(new HostInfo("c", 3))));
    }

    @Test
    void a_question_is_passed_on_once() {
        assertThat(PlanOwner.of(at(OTHER), SELF, true)).isInstanceOf(PlanOwner.Nobody.class);
    }

    @Test
    void nobody_answers_while_partitions_move() {
        assertThat(PlanOwner.of(KeyQueryMetadata.NOT_AVAILABLE, SELF, false)).isInstanceOf(PlanOwner.Nobody.class);
    }

    @Test
    void an_owner_without_an_address_can_not_be_asked() {
        assertThat(PlanOwner.of(at(HostInfo.unavailable()), SELF, false)).isInstanceOf(PlanOwner.Nobody.class);
    }

    @Test
    void a_plan_is_looked_for_where_its_events_go() {
        for (var plan : new String[] {"p1", "p2", "some-plan"})
            assertThat(PlanOwner.PARTITIONER.partitions("any", plan, new Object(), 6))
                    .contains(Set.of(PlanPartitioner.partition(plan + "/task", 6)));
    }

    private static KeyQueryMetadata at(HostInfo host) {
        return new KeyQueryMetadata(host, Set.of(), 3);
    }
}
