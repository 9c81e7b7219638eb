package io.taskweaver.e2e;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * Three Kafka nodes as processes, each a broker and a controller: any one may die, and what it had confirmed is on the
 * other two. Kafka's own topics have three copies too, of which two have to be in sync.
 */
final class KafkaCluster implements AutoCloseable {
    private static final int NODES = 3;
    private static final Path LIBRARIES = Workspace.PROJECT.resolve("standalone/target/quarkus-app/lib/main");
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final Path folder;
    private final List<Integer> brokerPorts;
    private final List<Integer> controllerPorts;
    private final List<Process> nodes = new ArrayList<>();

    private KafkaCluster(Path folder) throws IOException {
        this.folder = folder;
        var ports = Workspace.freePorts(2 * NODES);
        brokerPorts = ports.subList(0, NODES);
        controllerPorts = ports.subList(NODES, 2 * NODES);
    }

    /** Starts the nodes, and returns when all of them serve. */
    static KafkaCluster start(Path folder) throws Exception {
        var cluster = new KafkaCluster(Files.createDirectories(folder));
        var id = Uuid.randomUuid().toString();
        for (int node = 1; node <= NODES; node++) cluster.format(node, id);
        try {
            for (int node = 1; node <= NODES; node++) cluster.nodes.add(cluster.run(node));
            cluster.awaitWhole();
            return cluster;
        } catch (IOException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** Addresses of all nodes. */
    String bootstrap() {
        return brokerPorts.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /** The node that leads a partition, from 1. */
    int leaderOf(String topic, int partition) throws Exception {
        try (var admin = admin()) {
            return admin.describeTopics(List.of(topic))
                    .topicNameValues()
                    .values()
                    .iterator()
                    .next()
                    .get(30, TimeUnit.SECONDS)
                    .partitions()
                    .get(partition)
                    .leader()
                    .id();
        }
    }

    /** kill -9 of a node. */
    void kill(int node) throws InterruptedException {
        nodes.get(node - 1).destroyForcibly().waitFor();
    }

    /** Starts a node that was killed, and returns when all copies are in sync again. */
    void restart(int node) throws Exception {
        nodes.set(node - 1, run(node));
        awaitWhole();
    }

    private void awaitWhole() {
        await("all nodes serve, and all copies are in sync").atMost(TIMEOUT).until(() -> {
            try (var admin = admin()) {
                if (admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).size() < NODES) return false;
                var names = admin.listTopics().names().get(5, TimeUnit.SECONDS);
                return admin.describeTopics(names).allTopicNames().get(5, TimeUnit.SECONDS).values().stream()
                        .flatMap(topic -> topic.partitions().stream())
                        .allMatch(partition ->
                                partition.isr().size() == partition.replicas().size());
            } catch (ExecutionException | java.util.concurrent.TimeoutException | KafkaException e) {
                return false; // not yet
            }
        });
    }

    private Admin admin() {
        return Admin.create(Map.of(
                "bootstrap.servers", bootstrap(), "request.timeout.ms", "5000", "default.api.timeout.ms", "10000"));
    }

    private Process run(int node) throws IOException {
        return new ProcessBuilder(
                        Workspace.java(),
                        "-Xmx300m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        LIBRARIES + "/*",
                        "kafka.Kafka",
                        settings(node).toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("node-" + node + ".log").toFile()))
                .start();
    }

    private Path settings(int node) throws IOException {
        var voters = new ArrayList<String>();
        for (int i = 1; i <= NODES; i++) voters.add(i + "@127.0.0.1:" + controllerPorts.get(i - 1));
        return Files.writeString(folder.resolve("node-" + node + ".properties"), """
                process.roles=broker,controller
                node.id=%d
                listeners=BROKER://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d
                listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=BROKER
                controller.listener.names=CONTROLLER
                controller.quorum.voters=%s
                log.dirs=%s
                auto.create.topics.enable=false
                default.replication.factor=3
                min.insync.replicas=2
                offsets.topic.replication.factor=3
                offsets.topic.num.partitions=4
                transaction.state.log.replication.factor=3
                transaction.state.log.min.isr=2
                share.coordinator.state.topic.replication.factor=3
                share.coordinator.state.topic.min.isr=2
                share.coordinator.state.topic.num.partitions=4
                group.share.heartbeat.interval.ms=500
                group.share.min.heartbeat.interval.ms=100
                group.initial.rebalance.delay.ms=0
                message.max.bytes=16777216
                replica.fetch.max.bytes=16777216
                """.formatted(
                node, brokerPorts.get(node - 1), controllerPorts.get(node - 1), String.join(",", voters), data(node)));
    }

    private void format(int node, String cluster) throws Exception {
        Files.createDirectories(data(node));
        try (var silent = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setClusterId(cluster)
                    .setNodeId(node)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(data(node).toString())
                    .addDirectory(data(node).toString())
                    .run();
        }
    }

    private Path data(int node) {
        return folder.resolve("node-" + node);
    }

    @Override
    public void close() throws InterruptedException {
        for (var node : nodes) node.destroyForcibly().waitFor();
    }
}
