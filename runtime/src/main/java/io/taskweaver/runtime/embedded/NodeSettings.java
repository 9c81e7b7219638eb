package io.taskweaver.runtime.embedded;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Kafka's settings of the two nodes: for one machine, little memory, large messages, and share groups that take tasks
 * which run for minutes. Both listeners require a login: clients use their {@link Credential}, the two nodes one that
 * only this process knows.
 */
final class NodeSettings {
    static final String BROKER_LISTENER = "BROKER";
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    /** An address, not a name: with a name clients would try IPv6 first. */
    static final String HOST = "127.0.0.1";

    private static final String CLIENT_MECHANISM = "SCRAM-SHA-512";
    private static final String NODE_MECHANISM = "PLAIN";

    /** Session timeout of a broker: longer than a busy machine may stall both nodes. */
    private static final Duration SESSION = Duration.ofSeconds(18);

    private static final Duration HEARTBEAT = Duration.ofMillis(500);

    /**
     * A connection uses a file descriptor of this process before login: without a limit another user of the machine
     * could exhaust them, for log files and other servers too. Kafka queues further connections.
     */
    static final int BROKER_CONNECTIONS = 400;

    /** The broker is the only client. */
    static final int CONTROLLER_CONNECTIONS = 32;

    private static final int MIB = 1024 * 1024;

    private NodeSettings() {}

    static Map<String, String> controller(int nodeId, NodeFolders folder, int controllerPort, Credential nodes) {
        var all = shared(nodeId, nodes);
        all.put("process.roles", "controller");
        all.put("max.connections", Integer.toString(CONTROLLER_CONNECTIONS));
        all.put("num.partitions", "4");
        all.put("default.replication.factor", "1");
        all.put("log.dirs", folder.controller().toString());
        all.put("listeners", CONTROLLER_LISTENER + "://" + HOST + ":" + controllerPort);
        all.put("controller.quorum.voters", nodeId + "@" + HOST + ":" + controllerPort);
        return all;
    }

    static Map<String, String> broker(
            int nodeId,
            NodeFolders folder,
            int brokerPort,
            int controllerId,
            int controllerPort,
            int maxMessageBytes,
            Credential nodes,
            Credential clients) {
        var all = shared(nodeId, nodes);
        all.put("process.roles", "broker");
        all.put("max.connections", Integer.toString(BROKER_CONNECTIONS));
        all.put("log.dirs", folder.broker().toString());
        all.put("listeners", BROKER_LISTENER + "://" + HOST + ":" + brokerPort);
        all.put("inter.broker.listener.name", BROKER_LISTENER);
        all.put("sasl.mechanism.inter.broker.protocol", CLIENT_MECHANISM);
        all.put("listener.name.broker.sasl.enabled.mechanisms", CLIENT_MECHANISM);
        // The broker's coordinators are its clients too.
        all.put("listener.name.broker.scram-sha-512.sasl.jaas.config", clients.scramLogin());
        all.put("controller.quorum.voters", controllerId + "@" + HOST + ":" + controllerPort);
        all.put("message.max.bytes", Integer.toString(maxMessageBytes));
        all.put("replica.fetch.max.bytes", Integer.toString(maxMessageBytes));
        shareGroups(all);
        consumerGroups(all);
        smallFootprint(all);
        return all;
    }

    private static Map<String, String> shared(int nodeId, Credential nodes) {
        var all = new HashMap<String, String>();
        all.put("node.id", Integer.toString(nodeId));
        all.put(
                "listener.security.protocol.map",
                BROKER_LISTENER + ":SASL_PLAINTEXT," + CONTROLLER_LISTENER + ":SASL_PLAINTEXT");
        // SCRAM needs metadata, which the nodes can read only after login.
        all.put("sasl.mechanism.controller.protocol", NODE_MECHANISM);
        all.put("listener.name.controller.sasl.enabled.mechanisms", NODE_MECHANISM);
        all.put(
                "listener.name.controller.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + nodes.username()
                        + "\" password=\"" + nodes.password() + "\" user_" + nodes.username() + "=\""
                        + nodes.password() + "\";");
        all.put("controller.listener.names", CONTROLLER_LISTENER);
        all.put("broker.session.timeout.ms", Long.toString(SESSION.toMillis()));
        all.put("broker.heartbeat.interval.ms", Long.toString(HEARTBEAT.toMillis()));
        // The defaults are for busy clusters: each metadata change would wait 25 ms, and an idle cluster would write
        // twice a second.
        all.put("controller.quorum.append.linger.ms", "1");
        all.put("metadata.max.idle.interval.ms", "5000");
        // Topics are created by one admin step with the right settings, never by a typo.
        all.put("auto.create.topics.enable", "false");
        all.put("num.network.threads", "2");
        all.put("num.io.threads", "4");
        all.put("background.threads", "2");
        all.put("queued.max.requests", "64");
        all.put("metric.reporters", "");
        return all;
    }

    private static void shareGroups(Map<String, String> all) {
        all.put("share.coordinator.state.topic.replication.factor", "1");
        all.put("share.coordinator.state.topic.min.isr", "1");
        all.put("share.coordinator.state.topic.num.partitions", "4");
        // Members learn their partitions with a heartbeat: a first task would wait for the default of 5 s.
        all.put("group.share.heartbeat.interval.ms", "500");
        all.put("group.share.min.heartbeat.interval.ms", "100");
        all.put("group.share.assignment.interval.ms", "0");
        all.put("group.share.initialize.retry.interval.ms", "1000");
        all.put("group.share.session.timeout.ms", "10000");
        all.put("group.share.min.session.timeout.ms", "5000");
        all.put("group.share.min.record.lock.duration.ms", "1000");
        all.put("group.share.max.record.lock.duration.ms", "3600000");
        // A redelivered task finds its journal, so redelivery costs nothing: permit many restarts.
        all.put("group.share.delivery.count.limit", "10");
        all.put("group.share.max.delivery.count.limit", "25");
    }

    private static void consumerGroups(Map<String, String> all) {
        all.put("offsets.topic.replication.factor", "1");
        all.put("offsets.topic.num.partitions", "4");
        all.put("transaction.state.log.replication.factor", "1");
        all.put("transaction.state.log.min.isr", "1");
        all.put("transaction.state.log.num.partitions", "4");
        all.put("group.initial.rebalance.delay.ms", "0");
        all.put("group.min.session.timeout.ms", "1000");
        all.put("group.coordinator.threads", "1");
    }

    private static void smallFootprint(Map<String, String> all) {
        all.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 * MIB));
        all.put("log.segment.bytes", Integer.toString(64 * MIB));
        all.put("log.index.size.max.bytes", Integer.toString(MIB));
        all.put("offsets.load.buffer.size", Integer.toString(MIB));
        all.put("share.coordinator.load.buffer.size", Integer.toString(MIB));
        all.put("transaction.state.log.load.buffer.size", Integer.toString(MIB));
    }
}
