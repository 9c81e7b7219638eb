package io.taskweaver.runtime.embedded;

import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import kafka.server.FaultHandlerFactory;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server$;
import kafka.server.SharedServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.fault.FaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Common parts of controller and broker. Replaces Kafka's main class, so that sockets are bound in advance and a fatal
 * fault is reported instead of exiting the JVM.
 *
 * @param shared the node's metadata log
 * @param bootstrap metadata of a new cluster
 */
record KafkaNode(SharedServer shared, BootstrapMetadata bootstrap) {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaNode.class);

    static KafkaNode of(Map<String, String> settings, ServerSocketChannel socket, Consumer<Throwable> onFatal) {
        var config = new KafkaConfig(settings, false);
        var prepared = KafkaRaftServer.initializeLogDirs(config, LOG, "");
        MetaPropertiesEnsemble ensemble = prepared._1();
        var metrics = Server$.MODULE$.initializeMetrics(
                config, Time.SYSTEM, ensemble.clusterId().orElseThrow());
        var shared = new SharedServer(
                config,
                ensemble,
                Time.SYSTEM,
                metrics,
                CompletableFuture.completedFuture(
                        QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
                QuorumConfig.parseBootstrapServers(config.quorumConfig().bootstrapServers()),
                faults(onFatal),
                bound(socket));
        return new KafkaNode(shared, prepared._2());
    }

    private static ServerSocketFactory bound(ServerSocketChannel socket) {
        return (listener, address, backlog, receiveBuffer) -> socket;
    }

    private static FaultHandlerFactory faults(Consumer<Throwable> onFatal) {
        return (name, fatal, action) -> (FaultHandler) (message, cause) -> {
            LOG.error("Kafka fault in {}: {}", name, message, cause);
            action.run();
            var fault = new IllegalStateException(name + ": " + message, cause);
            if (fatal) onFatal.accept(fault);
            return fault;
        };
    }
}
