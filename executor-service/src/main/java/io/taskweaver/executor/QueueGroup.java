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

/** The share group that orders are taken by, as the broker has to know it. */
final class QueueGroup {
    private static final Logger LOG = Logger.getLogger(QueueGroup.class);
    private static final int LIMIT_SECONDS = 15;

    private final Admin admin;
    private final String name;
    private final String topic;

    /**
     * @param name of the group
     * @param topic that it takes from
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
     * Makes sure that the group can be used, and begins with the oldest order.
     *
     * @return why it can not be used; empty if it can
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
                        + "'kafka-features.sh upgrade --feature share.version=1'. Or do without, at a price that "
                        + "docs/agents.md names: taskweaver.executor.queue=classic.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException)
                throw (TimeoutException) new TimeoutException(e.getCause().getMessage()).initCause(e);
            LOG.warnf("The broker does not say whether it has share groups: %s", e.getCause());
        }
        beginWithTheOldest();
        warnOfPartitions();
        return Optional.empty();
    }

    /**
     * The broker gives each partition to some members only, and to one alone where there are no more members than
     * partitions. What lies on a partition of busy executors then waits for them, however many others are free.
     */
    private void warnOfPartitions() throws InterruptedException, TimeoutException {
        try {
            var described = admin.describeTopics(List.of(topic)).allTopicNames().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            int partitions = described.values().iterator().next().partitions().size();
            if (partitions > 1)
                LOG.warnf(
                        "The topic %s has %d partitions: an order may wait for a busy executor while another is free. "
                                + "Give it one partition.",
                        topic, partitions);
        } catch (ExecutionException e) {
            LOG.debugf("The partitions of the topic are not known topic=%s", topic);
        }
    }

    private void beginWithTheOldest() throws InterruptedException, TimeoutException {
        var earliest =
                new AlterConfigOp(new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET);
        try {
            admin.incrementalAlterConfigs(
                            Map.of(new ConfigResource(ConfigResource.Type.GROUP, name), List.of(earliest)))
                    .all()
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            LOG.warnf(
                    "The group setting share.auto.offset.reset=earliest could not be made (%s). Orders given before the "
                            + "first executor joined may be left out until the planner repeats them. Set it with "
                            + "'kafka-configs.sh --alter --entity-type groups --entity-name %s --add-config "
                            + "share.auto.offset.reset=earliest'.",
                    e.getCause(), name);
        }
    }
}
