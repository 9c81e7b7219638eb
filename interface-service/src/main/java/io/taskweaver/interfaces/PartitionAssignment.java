package io.taskweaver.interfaces;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Notices that components may have come over from another instance, whose last contracts this one has not read yet. Told
 * before the first record of a new partition is handed out.
 */
@ApplicationScoped
@Identifier("interface-assignment")
public class Assignment implements KafkaConsumerRebalanceListener {
    private final AtomicBoolean changed = new AtomicBoolean(true);

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) changed.set(true);
    }

    /** Whether it changed since this was last asked. */
    boolean hasChanged() {
        return changed.getAndSet(false);
    }

    /** Says that the change has not been dealt with after all. */
    void stillChanged() {
        changed.set(true);
    }
}
