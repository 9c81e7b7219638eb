package io.taskweaver.runtime;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import io.taskweaver.wire.files.RuntimeFile;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Life cycle of the services in this process: waits until all are ready, writes the runtime file, and waits for the
 * end.
 */
public class Services implements QuarkusApplication {
    private static final Duration READY_LIMIT = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(25);

    @Inject
    SmallRyeHealthReporter health;

    @Inject
    @ConfigProperty(name = "taskweaver.data-dir")
    Path dataFolder;

    @Inject
    @ConfigProperty(name = "taskweaver.training", defaultValue = "false")
    boolean training;

    @Inject
    @ConfigProperty(name = "quarkus.application.version")
    String version;

    @Inject
    @ConfigProperty(name = "taskweaver.executor.drain-timeout", defaultValue = "10s")
    Duration drainTimeout;

    @Override
    public int run(String... arguments) throws IOException {
        if (!awaitReady()) return Standalone.FAILED;
        if (training) return 0;
        var file = runtimeFile();
        file.write(dataFolder);
        System.out.printf(
                "ready after %d ms: services %s, broker %s, registry %s%n",
                Duration.between(file.startedAt(), Instant.now()).toMillis(),
                file.http(),
                file.bootstrap(),
                file.registry());
        Quarkus.waitForExit();
        return 0;
    }

    /** Readiness of every service, as each reports it itself. */
    private boolean awaitReady() {
        long deadline = System.nanoTime() + READY_LIMIT.toNanos();
        SmallRyeHealth found = health.getReadiness();
        while (found.isDown() && !isDownForGood(found)) {
            if (Thread.currentThread().isInterrupted()
                    || System.nanoTime() > deadline
                    || hasGivenUp(health.getLiveness())) {
                System.err.println("error: The services did not become ready: " + why());
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            found = health.getReadiness();
        }
        if (found.isDown()) System.err.println("warning: up, with limitations: " + found.getPayload());
        return true;
    }

    /** Whether a service reports that it is not alive, and so will not become ready. */
    private static boolean hasGivenUp(SmallRyeHealth liveness) {
        return down(liveness)
                .anyMatch(check ->
                        check.containsKey("data") && check.getJsonObject("data").containsKey("why"));
    }

    /** Reasons of services that are down. */
    private String why() {
        return down(health.getHealth())
                .map(check ->
                        check.getString("name") + (check.containsKey("data") ? " " + check.getJsonObject("data") : ""))
                .collect(Collectors.joining(", "));
    }

    /** Whether the missing readiness is only a matter of settings: plans can still be created and read. */
    private static boolean isDownForGood(SmallRyeHealth health) {
        return down(health)
                .allMatch(check -> check.containsKey("data")
                        && !check.getJsonObject("data").getBoolean("retry", true));
    }

    private static Stream<JsonObject> down(SmallRyeHealth health) {
        return health.getPayload().getJsonArray("checks").stream()
                .map(JsonValue::asJsonObject)
                .filter(check -> check.getString("status").equals("DOWN"));
    }

    private RuntimeFile runtimeFile() {
        return new RuntimeFile(
                ProcessHandle.current().pid(),
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()),
                System.getProperty(ServiceSettings.BOOTSTRAP, ""),
                System.getProperty(ServiceSettings.REGISTRY, ""),
                System.getProperty(ServiceSettings.CCOMPAT, ""),
                "http://127.0.0.1:" + System.getProperty(ServiceSettings.HTTP_PORT, ""),
                System.getProperty(ServiceSettings.SIMULATOR, ""),
                version,
                System.getProperty(ServiceSettings.NOTES, "").lines().toList(),
                drainTimeout.toSeconds());
    }
}
