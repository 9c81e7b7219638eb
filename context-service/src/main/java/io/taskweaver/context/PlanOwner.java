package io.taskweaver.context;

import io.taskweaver.wire.PlanPartitioner;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.HostInfo;

/** Which instance holds a plan. */
sealed interface Owner {
    /** Where Kafka Streams looks for a key: on the plan's partition. */
    StreamPartitioner<String, Object> PARTITIONER =
            (topic, plan, value, partitions) -> Optional.of(Set.of(PlanPartitioner.partition(plan, partitions)));

    /** This one. */
    record Here(int partition) implements Owner {}

    /** Another one. */
    record Elsewhere(String host, int port) implements Owner {}

    /** None just now. */
    record Nobody(String reason) implements Owner {}

    /**
     * Who is to answer.
     *
     * @param found where Kafka Streams says that the plan is
     * @param self this instance's advertised address
     * @param passedOn whether another instance passed the question on: then it is not passed on again
     */
    static Owner of(KeyQueryMetadata found, HostInfo self, boolean passedOn) {
        if (found.equals(KeyQueryMetadata.NOT_AVAILABLE)) return new Nobody("the partitions are being assigned");
        if (self.equals(found.activeHost())) return new Here(found.partition());
        if (found.activeHost().equals(HostInfo.unavailable()))
            return new Nobody("the instance that holds the plan has no advertised address");
        if (passedOn) return new Nobody("the plan is moving to another instance");
        return new Elsewhere(found.activeHost().host(), found.activeHost().port());
    }
}
