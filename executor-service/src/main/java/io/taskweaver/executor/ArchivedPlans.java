package io.taskweaver.executor;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.event.PlanEvent.PlanArchived;
import io.taskweaver.model.storage.StorageFailure;
import io.taskweaver.wire.DecodedRecord;
import io.taskweaver.wire.TopicFollower;
import io.taskweaver.wire.connection.ClusterSettings;
import io.taskweaver.wire.output.OutputFolder;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Follows which plans are archived: what their agents printed is removed from the data folder of this machine. Reads from
 * the beginning, because plans may be archived while no executor runs here.
 */
final class ArchivedPlans {
    private static final Logger LOG = Logger.getLogger(ArchivedPlans.class);

    private final OutputFolder outputs;
    private final Set<String> plans = ConcurrentHashMap.newKeySet();
    private final TopicFollower<PlanArchived> follower;

    ArchivedPlans(ClusterSettings cluster, OutputFolder outputs) {
        this.outputs = outputs;
        this.follower =
                new TopicFollower<>(cluster, "executor-archived", PlanArchived.class, Optional.empty(), this::apply);
    }

    TopicFollower<PlanArchived> follower() {
        return follower;
    }

    /** Ids of the archived plans. */
    Set<String> plans() {
        return Set.copyOf(plans);
    }

    private void apply(ConsumerRecord<byte[], byte[]> source, DecodedRecord<PlanArchived> reading) {
        switch (reading) {
            case DecodedRecord.Understood<PlanArchived>(var archived) -> remove(archived.plan());
            // Nothing is decided by it here: only files stay until they are old.
            case DecodedRecord.Refused<PlanArchived> refused ->
                LOG.warnf(
                        "An archived plan cannot be read partition=%d offset=%d: %s",
                        source.partition(), source.offset(), refused.cause());
            case DecodedRecord.Tombstone<PlanArchived> none -> {}
        }
    }

    private void remove(PlanId plan) {
        plans.add(plan.value());
        try {
            outputs.remove(plan);
        } catch (IOException e) {
            LOG.warnf(
                    "The output of an archived plan cannot be removed plan=%s: %s", plan, StorageFailure.explained(e));
        }
    }
}
