package io.taskweaver.executor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.jboss.logging.Logger;

/** The share group of executors, and its settings on the broker. */
final class QueueGroup {
    private static final Logger LOG = Logger.getLogger(QueueGroup.class);
    private static final int LIMIT_SECONDS = 15;

    private final Admin admin;
    private final String name;
    private final String topic;

    /**
     * @param name of the group
     * @param topic that it reads
     */
    QueueGroup(Admin admin, String name, String topic) {
        this.admin = admin;
        this.name = name;
        this.topic = topic;
    }

    String name() {
        return name;
    }

    /**
     * Checks that the group can be used, and sets it to start with the oldest record.
     *
     * @return why it cannot be used; empty if it can
     * @throws TimeoutException if the broker does not answer
     */
    Optional<String> prepare() throws InterruptedException, TimeoutException {
        try {
            var share = admin.describeFeatures()
                    .featureMetadata()
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .finalizedFeatures()
                    .get("share.version");
            if (share == null || share.maxVersionLevel() < 1)
                return Optional.of("The broker has no share groups. Executors need Kafka 4.2 or newer with the feature "
                        + "share.version at 1: upgrade the broker, or enable it with "
                        + "'kafka-features.sh upgrade --feature share.version=1'. Or use a classic group, with the limitations "
                        + "in docs/agents.md: taskweaver.executor.queue=classic.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException)
                throw (TimeoutException) new TimeoutException(e.getCause().getMessage()).initCause(e);
            LOG.warnf("The broker does not say whether it has share groups: %s", e.getCause());
        }
        startFromEarliest();
        warnOfPartitions();
        return Optional.empty();
    }

    /**
     * The broker assigns each partition to only some members, and to a single one if there are no more members than
     * partitions. Attempts on a partition of busy executors then wait for them, even if others are free.
     */
    private void warnOfPartitions() throws InterruptedException, TimeoutException {
        try {
            var described = admin.describeTopics(List.of(topic)).allTopicNames().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            int partitions = described.values().iterator().next().partitions().size();
            if (partitions > 1)
                LOG.warnf(
                        "The topic %s has %d partitions: an attempt may wait for a busy executor while another is free. "
                                + "Recreate it with one partition.",
                        topic, partitions);
        } catch (ExecutionException e) {
            // Reading from it reports what is wrong with it.
            LOG.debugf(e, "The partitions of the topic are not known topic=%s", topic);
        }
    }

    private void startFromEarliest() throws InterruptedException, TimeoutException {
        var earliest =
                new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET);
        try {
            admin.incrementalAlterConfigs(
                            Map.of(new ConfigResource(ConfigResource.Type.GROUP, name), List.of(earliest)))
                    .all()
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            LOG.warnf(
                    "The group setting share.auto.offset.reset=earliest could not be set (%s). Attempts issued before the "
                            + "first executor joined may be skipped until the planner reissues them. Set it with "
                            + "'kafka-configs.sh --alter --entity-type groups --entity-name %s --add-config "
                            + "share.auto.offset.reset=earliest'.",
                    e.getCause(), name);
        }
    }
}
