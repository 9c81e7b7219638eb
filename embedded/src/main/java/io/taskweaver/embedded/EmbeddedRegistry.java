package io.taskweaver.embedded;

import io.taskweaver.wire.files.OwnerFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real schema registry as a process beside this one, on the loopback interface only, its schemas in a folder. It speaks
 * its own API and Confluent's, answers only whoever logs in, refuses schemas that can not read older data, ends with this process, and is started again
 * when it ends by itself.
 */
public final class EmbeddedRegistry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRegistry.class);
    /** So many starts in a row without one that led to an answer, and it will not do. */
    private static final int MOST_FAILURES = 20;

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int TRIES_FOR_A_FREE_PORT = 3;

    private final RegistryApplication application;
    private final Path folder;
    private final int port;
    private final Credential credential;
    private final CompletableFuture<Throwable> died = new CompletableFuture<>();
    private RegistryProcess process;
    /** Outside of the lock, which is held while the registry starts again. */
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedRegistry(RegistryApplication application, Path folder, int port, Credential credential) {
        this.application = application;
        this.folder = folder;
        this.port = port;
        this.credential = credential;
        this.process = RegistryProcess.start(application, folder, port, credential);
    }

    /**
     * Starts on a free port, for clients with a password that is random at each start.
     *
     * @param application what to run
     * @param folder where the schemas are; made if missing
     * @throws StartException saying what is wrong and what to do
     */
    public static EmbeddedRegistry start(RegistryApplication application, Path folder) {
        return start(application, folder, 0, Credential.random());
    }

    /**
     * Starts and returns when it answers and enforces backward compatibility.
     *
     * @param application what to run
     * @param folder where the schemas are; made if missing
     * @param port port to listen on, 0 for a free one
     * @param credential what every request has to show, by HTTP basic authentication
     * @throws StartException saying what is wrong and what to do
     */
    public static EmbeddedRegistry start(
            RegistryApplication application, Path folder, int port, Credential credential) {
        var data = folder.toAbsolutePath().normalize();
        try {
            OwnerFolder.create(data);
            OwnerFolder.create(data.resolve(RegistryApplication.TEMPORARY));
            WriteProbe.write(data);
        } catch (IOException e) {
            throw new StartException.DataFolderNotWritable(data, e);
        }
        PidFile.in(data).endOrphan();
        var registry =
                port == 0 ? onFreePort(application, data, credential) : onPort(application, data, port, credential);
        try {
            registry.enforceBackwardCompatibility();
        } catch (RuntimeException e) {
            registry.close();
            throw e;
        }
        registry.watch();
        return registry;
    }

    private static EmbeddedRegistry onPort(
            RegistryApplication application, Path folder, int port, Credential credential) {
        // The registry itself would say so only seconds later.
        return new EmbeddedRegistry(application, folder, Loopback.freePort("registry", port), credential);
    }

    private static EmbeddedRegistry onFreePort(RegistryApplication application, Path folder, Credential credential) {
        for (int attempt = 1; ; attempt++) {
            try {
                return new EmbeddedRegistry(application, folder, Loopback.freePort("registry", 0), credential);
            } catch (StartException.PortInUse takenMeanwhile) {
                if (attempt == TRIES_FOR_A_FREE_PORT) throw takenMeanwhile;
            }
        }
    }

    /** Base URL of the registry's own API, what {@code apicurio.registry.url} takes. */
    public String url() {
        return base() + "/apis/registry/v3";
    }

    /** Base URL of the API that Confluent's clients speak, what {@code schema.registry.url} takes. */
    public String confluentUrl() {
        return base() + "/apis/ccompat/v7";
    }

    /** What each request has to show. */
    public Credential credential() {
        return credential;
    }

    /** Port that both APIs are on. */
    public int port() {
        return port;
    }

    /** Id of its process. */
    public synchronized long pid() {
        return process.pid();
    }

    /** Completes with the reason when it ended by itself and can not be started again; never after {@link #close()}. */
    public CompletableFuture<Throwable> died() {
        return died.copy();
    }

    /** Stops the process. What is registered stays. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) return;
        synchronized (this) {
            process.stop();
        }
    }

    private String base() {
        return "http://" + NodeSettings.HOST + ":" + port;
    }

    private void watch() {
        var _ = process.onExit()
                .thenRunAsync(
                        this::startAgain,
                        task -> Thread.ofVirtual().name("registry-restart").start(task))
                .exceptionally(defect -> {
                    died.complete(defect);
                    return null;
                });
    }

    private synchronized void startAgain() {
        var problem = new RuntimeException("it was never tried");
        for (int failures = 0; failures < MOST_FAILURES; failures++) {
            if (closed.get()) return;
            LOG.warn("The registry ended by itself and is started again");
            try {
                process = RegistryProcess.start(application, folder, port, credential);
                watch();
                return;
            } catch (StartException.DataFolderDamaged e) {
                died.complete(e);
                return;
            } catch (RuntimeException e) {
                problem = e;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        died.complete(new IllegalStateException(
                "The registry ended by itself and did not start again in " + MOST_FAILURES
                        + " tries, the last time because: " + problem.getMessage(),
                problem));
    }

    private void enforceBackwardCompatibility() {
        var request = HttpRequest.newBuilder(URI.create(confluentUrl() + "/config"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .header("Authorization", credential.basicAuthorization())
                .PUT(HttpRequest.BodyPublishers.ofString("{\"compatibility\":\"BACKWARD\"}"))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200)
                // A database that is damaged in part opens, and fails with the first statement.
                throw RegistryProcess.damage(folder, answer.body())
                        .orElseGet(() -> new StartException.DidNotStart(
                                "registry",
                                "it refused to enforce compatibility: " + answer.statusCode() + " " + answer.body(),
                                "Look at its log in " + folder + ".",
                                null));
        } catch (IOException e) {
            throw new StartException.DidNotStart(
                    "registry", "it stopped answering.", "Look at its log in " + folder + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the registry started", e);
        }
    }
}
