package io.taskweaver.executor;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jboss.logging.Logger;

/**
 * The topic of the journal, as the broker has it. Versions before compacted it, which keeps the last of two runs or outcomes of
 * an attempt, while the first counts: an executor that starts later would take another run for the one that counts.
 */
final class JournalTopic {
    private static final Logger LOG = Logger.getLogger(JournalTopic.class);
    private static final int LIMIT_SECONDS = 15;

    private final Admin admin;
    private final String topic;

    JournalTopic(Admin admin, String topic) {
        this.admin = admin;
        this.topic = topic;
    }

    /**
     * Checks that all entries are kept. Where the broker does not say so, it is taken for granted.
     *
     * @return why the topic cannot be used; empty if it can
     * @throws TimeoutException if the broker does not answer
     */
    Optional<String> problem() throws InterruptedException, TimeoutException {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            var settings = admin.describeConfigs(List.of(resource)).all().get(LIMIT_SECONDS, TimeUnit.SECONDS);
            return Optional.ofNullable(settings.get(resource))
                    .map(config -> config.get(TopicConfig.CLEANUP_POLICY_CONFIG))
                    .map(ConfigEntry::value)
                    .filter(value -> value.contains(TopicConfig.CLEANUP_POLICY_COMPACT))
                    .map(this::isCompacted);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException)
                throw (TimeoutException) new TimeoutException(e.getCause().getMessage()).initCause(e);
            LOG.warnf(
                    "Whether the topic %s is compacted, which it must not be, is not known (%s).%s",
                    topic,
                    e.getCause(),
                    e.getCause() instanceof AuthorizationException
                            ? " Grant this user DescribeConfigs of the topic, or check it with 'taskweaver topics"
                                    + " apply'."
                            : "");
            return Optional.empty();
        }
    }

    private String isCompacted(String policy) {
        return "The topic " + topic + " is compacted (cleanup.policy=" + policy
                + "), as in earlier versions: of two runs of an"
                + " attempt the later one would be kept, while the first counts, and agents could be paid twice. Change"
                + " it with: taskweaver topics apply";
    }
}
