package io.taskweaver.interfaces;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Detects newly assigned partitions, whose latest contracts from another instance were not read yet. Called before the
 * first record of a new partition.
 */
@ApplicationScoped
@Identifier("interface-assignment")
public class PartitionAssignment implements KafkaConsumerRebalanceListener {
    private final AtomicBoolean changed = new AtomicBoolean(true);

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) changed.set(true);
    }

    /** Whether the assignment changed since the last call. */
    boolean hasChanged() {
        return changed.getAndSet(false);
    }

    /** Resets the change, since it was not handled. */
    void stillChanged() {
        changed.set(true);
    }
}
