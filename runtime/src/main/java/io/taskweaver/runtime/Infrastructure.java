package io.taskweaver.runtime;

import io.taskweaver.agents.simulated.SimulatedCodegenServer;
import io.taskweaver.agents.simulated.SimulatorSettings;
import io.taskweaver.runtime.embedded.EmbeddedBroker;
import io.taskweaver.runtime.embedded.EmbeddedRegistry;
import io.taskweaver.runtime.embedded.RegistryApplication;
import io.taskweaver.runtime.embedded.StartException;
import io.taskweaver.wire.admin.AdminChange;
import io.taskweaver.wire.admin.AdminException;
import io.taskweaver.wire.admin.TopicAdmin;
import io.taskweaver.wire.connection.ClusterSettings;
import java.io.IOException;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Infrastructure of the services: broker, registry, topics and schemas, simulated agent. */
record Infrastructure(EmbeddedBroker broker, EmbeddedRegistry registry, Optional<SimulatedCodegenServer> simulator)
        implements AutoCloseable {
    /** Each partition costs requests, and a single process gains nothing from a second one. */
    private static final int DEFAULT_PARTITIONS = 1;

    /**
     * Starts everything, broker and registry at the same time.
     *
     * @param logins of clients
     * @throws StartException with cause and remedy; nothing is left running
     */
    static Infrastructure start(Settings settings, Ports ports, Logins logins) {
        var simulator = settings.simulator().map(Infrastructure::simulator);
        var folder = settings.dataFolder();
        var broker = CompletableFuture.supplyAsync(
                () -> EmbeddedBroker.start(folder.resolve("kafka"), ports.broker(), logins.broker()),
                Infrastructure::thread);
        var registry = CompletableFuture.supplyAsync(
                () -> EmbeddedRegistry.start(
                        application(settings), folder.resolve("registry"), ports.registry(), logins.registry()),
                Infrastructure::thread);
        try {
            var started = new Infrastructure(join(broker), join(registry), simulator);
            started.prepareTopics(settings);
            return started;
        } catch (RuntimeException e) {
            simulator.ifPresent(SimulatedCodegenServer::close);
            closeWhenStarted(registry);
            closeWhenStarted(broker);
            throw e;
        }
    }

    private static RegistryApplication application(Settings settings) {
        var located = RegistryApplication.located();
        return settings.training() ? located.forTraining() : located;
    }

    private static SimulatedCodegenServer simulator(java.util.Map<String, String> settings) {
        try {
            return SimulatedCodegenServer.start(SimulatorSettings.from(settings));
        } catch (IllegalArgumentException e) {
            throw new StartException(
                    "A setting of the simulated agent is wrong: " + e.getMessage(),
                    "Correct the setting taskweaver.simulator.*, or the variable TASKWEAVER_SIMULATOR_*.",
                    e);
        } catch (IOException e) {
            throw new StartException(
                    "The simulated agent did not start: " + e.getMessage(),
                    "Choose another port or folder for it, or disable it with taskweaver.simulator.enabled=false.",
                    e);
        }
    }

    private void prepareTopics(Settings settings) {
        var client = new HashMap<>(broker.clientSettings());
        client.put(ClusterSettings.REGISTRY_URL, registry.url());
        client.put(ClusterSettings.REGISTRY_USERNAME, registry.credential().username());
        client.put(ClusterSettings.REGISTRY_PASSWORD, registry.credential().password());
        client.put(ClusterSettings.TOPIC_PREFIX, settings.topicPrefix());
        var changes = explained(() -> TopicAdmin.apply(
                new ClusterSettings(client), settings.partitions().orElse(DEFAULT_PARTITIONS), 1, false));
        changes.stream()
                .filter(AdminChange::wrote)
                .limit(1)
                .forEach(_ -> System.out.println("topics and schemas are new or changed"));
        // A folder of an earlier version has more partitions than the default: reported only if the user set a number.
        if (settings.partitions().isPresent())
            changes.stream()
                    .filter(change -> change.kind() == AdminChange.Kind.TOPIC_DIFFERS)
                    .forEach(System.out::println);
    }

    private static void thread(Runnable task) {
        Thread.ofPlatform().name("start").start(task);
    }

    private static <T> T join(CompletableFuture<T> starting) {
        return explained(() -> {
            try {
                return starting.join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof RuntimeException known) throw known;
                throw e;
            }
        });
    }

    private static <T> T explained(Supplier<T> starting) {
        try {
            return starting.get();
        } catch (AdminException e) {
            throw new StartException(String.valueOf(e.getMessage()), e.hint(), e);
        }
    }

    private static void closeWhenStarted(CompletableFuture<? extends AutoCloseable> starting) {
        starting.handle((started, failed) -> {
                    if (started != null) closeQuietly(started);
                    return null;
                })
                .join();
    }

    private static void closeQuietly(AutoCloseable started) {
        try {
            started.close();
        } catch (Exception e) {
            System.err.println("Stopping failed: " + e);
        }
    }

    /** Completes when the broker or the registry is lost for good. */
    void onLoss(Consumer<String> listener) {
        var _ = broker.died().thenAccept(reason -> listener.accept("The broker died: " + reason.getMessage()));
        var _ = registry.died().thenAccept(reason -> listener.accept("The registry died: " + reason.getMessage()));
    }

    /** Stops everything, the broker last. */
    @Override
    public void close() {
        simulator.ifPresent(SimulatedCodegenServer::close);
        closeQuietly(registry);
        closeQuietly(broker);
    }
}
