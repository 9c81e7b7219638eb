package io.taskweaver.context;

import io.taskweaver.wire.PlanPartitioner;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.HostInfo;

/** The instance that has a plan. */
sealed interface PlanOwner {
    /** Partitioner for Kafka Streams: the plan's partition. */
    StreamPartitioner<String, Object> PARTITIONER =
            (topic, plan, value, partitions) -> Optional.of(Set.of(PlanPartitioner.partition(plan, partitions)));

    /** This one. */
    record Here(int partition) implements PlanOwner {}

    /**
     * Another one.
     *
     * @param standbys instances that have a copy of its state
     */
    record Elsewhere(String host, int port, List<HostInfo> standbys) implements PlanOwner {
        public Elsewhere {
            standbys = List.copyOf(standbys);
        }
    }

    /** None at the moment. */
    record Nobody(String reason) implements PlanOwner {}

    /**
     * The instance that must answer.
     *
     * @param found the plan's host according to Kafka Streams
     * @param self this instance's advertised address
     * @param passedOn whether another instance forwarded the query: then it is not forwarded again
     */
    static PlanOwner of(KeyQueryMetadata found, HostInfo self, boolean passedOn) {
        if (found.equals(KeyQueryMetadata.NOT_AVAILABLE)) return new Nobody("the partitions are being assigned");
        if (self.equals(found.activeHost())) return new Here(found.partition());
        if (found.activeHost().equals(HostInfo.unavailable()))
            return new Nobody("the instance that has the plan has no advertised address");
        if (passedOn) return new Nobody("the plan is moving to another instance");
        var standbys = found.standbyHosts().stream()
                .filter(host -> !host.equals(self) && !host.equals(HostInfo.unavailable()))
                .sorted(Comparator.comparing(HostInfo::toString))
                .toList();
        return new Elsewhere(found.activeHost().host(), found.activeHost().port(), standbys);
    }
}
