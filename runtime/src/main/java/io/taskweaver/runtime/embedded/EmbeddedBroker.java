package io.taskweaver.runtime.embedded;

import io.taskweaver.model.storage.StorageFailure;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker in this JVM, listening on the loopback interface only, with its records in a folder. All clients
 * must log in.
 *
 * <p>Controller and broker are two nodes, because only then is a kill of the process safe: the controller starts first
 * and removes the previous broker, then the broker starts.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final int CONTROLLER_ID = 100;
    private static final int BROKER_ID = 1;

    /** Largest record batch on any topic, bytes. A topic may have a smaller limit. */
    public static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(10);

    private final int port;
    private final int controllerPort;
    private final Credential credential;
    private final CompletableFuture<Throwable> died = new CompletableFuture<>();
    private @Nullable ControllerServer controller;
    private @Nullable BrokerServer broker;

    private EmbeddedBroker(int port, int controllerPort, Credential credential) {
        this.port = port;
        this.controllerPort = controllerPort;
        this.credential = credential;
    }

    /**
     * Starts on a free port, with a new random password.
     *
     * @param folder of the records; created if missing
     * @throws StartException with cause and remedy
     */
    public static EmbeddedBroker start(Path folder) {
        return start(folder, 0, Credential.random());
    }

    /**
     * Starts the broker, and returns when clients can use it.
     *
     * @param folder of the records; created if missing
     * @param port port to listen on, 0 for a free one
     * @param credential login of clients from now on; replaces an earlier one
     * @throws StartException with cause and remedy
     */
    public static EmbeddedBroker start(Path folder, int port, Credential credential) {
        var data = new NodeFolders(folder.toAbsolutePath().normalize());
        var brokerSocket = Loopback.bind("broker", port);
        ServerSocketChannel controllerSocket = null;
        EmbeddedBroker starting = null;
        try {
            controllerSocket = Loopback.bind("controller", 0);
            data.prepare(CONTROLLER_ID, BROKER_ID);
            starting = new EmbeddedBroker(Loopback.port(brokerSocket), Loopback.port(controllerSocket), credential);
            starting.startNodes(data, brokerSocket, controllerSocket);
            return starting;
        } catch (RuntimeException | Error e) {
            if (starting != null) starting.stopQuietly(e);
            Loopback.close(brokerSocket);
            Loopback.close(controllerSocket);
            throw explained(e, data);
        }
    }

    /** Address for clients: {@code 127.0.0.1:<port>}. */
    public String bootstrapServers() {
        return NodeSettings.HOST + ":" + port;
    }

    /** Settings of Kafka clients: address and login. */
    public Map<String, String> clientSettings() {
        var settings = new HashMap<>(credential.kafkaSettings());
        settings.put("bootstrap.servers", bootstrapServers());
        return Map.copyOf(settings);
    }

    /** Port that clients connect to. */
    public int port() {
        return port;
    }

    int controllerPort() {
        return controllerPort;
    }

    /** Completes with the reason if the broker dies, e.g. because its disk failed; never after {@link #close()}. */
    public CompletableFuture<Throwable> died() {
        return died.copy();
    }

    /** Stops the broker, then the controller. Records stay. */
    @Override
    public void close() {
        if (broker != null) {
            broker.shutdown(SHUTDOWN_LIMIT);
            broker.awaitShutdown();
            broker = null;
        }
        if (controller != null) {
            controller.shutdown();
            controller.awaitShutdown();
            controller = null;
        }
    }

    private void startNodes(NodeFolders data, ServerSocketChannel brokerSocket, ServerSocketChannel controllerSocket) {
        // Kafka exits the JVM in places without a fault handler, e.g. when its disk fails.
        Exit.setHaltProcedure(this::exitWasAsked);
        Exit.setExitProcedure(this::exitWasAsked);
        SaslProviders.register();
        var nodes = Credential.random();
        var controllerNode = KafkaNode.of(
                NodeSettings.controller(CONTROLLER_ID, data, controllerPort, nodes), controllerSocket, died::complete);
        controller = new ControllerServer(
                controllerNode.shared(), KafkaRaftServer.configSchema(), controllerNode.bootstrap());
        controller.startup();
        PreviousBroker.unregister(controller, BROKER_ID);
        Principal.admit(controller, credential);
        var brokerNode = KafkaNode.of(
                NodeSettings.broker(
                        BROKER_ID, data, port, CONTROLLER_ID, controllerPort, MAX_MESSAGE_BYTES, nodes, credential),
                brokerSocket,
                died::complete);
        broker = new BrokerServer(brokerNode.shared());
        broker.startup();
    }

    private void exitWasAsked(int status, @Nullable String message) {
        var reason = new IllegalStateException("Kafka stopped: " + (message == null ? "status " + status : message));
        died.complete(reason);
        throw reason;
    }

    private void stopQuietly(Throwable because) {
        try {
            close();
        } catch (RuntimeException e) {
            because.addSuppressed(e);
        }
    }

    private static RuntimeException explained(Throwable problem, NodeFolders data) {
        if (problem instanceof StartException known) return known;
        var storage = StorageFailure.behind(problem).or(() -> WriteProbe.failure(data.root()));
        if (storage.isPresent()) return new StartException.DataFolderNotWritable(data.root(), storage.get(), problem);
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            var message = String.valueOf(cause.getMessage());
            if (message.contains("Failed to acquire lock"))
                return new StartException.DataFolderInUse(data.root(), problem);
            if (cause instanceof org.apache.kafka.common.errors.CorruptRecordException
                    || (cause instanceof IOException && message.contains("meta.properties")))
                return new StartException.DataFolderDamaged(data.root(), message, problem);
        }
        return new StartException.DidNotStart(
                "broker",
                String.valueOf(problem.getMessage()),
                "If the data folder " + data.root() + " was changed manually or by a newer version, move it away.",
                problem);
    }
}
