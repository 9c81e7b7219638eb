package io.taskweaver.runtime.embedded;

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
 * A real schema registry as a child process, on the loopback interface only, with its schemas in a folder. It has its
 * own API and Confluent's, requires a login, refuses schemas that cannot read older data, exits with this process, and
 * is restarted when it dies.
 */
public final class EmbeddedRegistry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRegistry.class);
    /** Maximum number of consecutive failed starts. */
    private static final int MOST_FAILURES = 20;

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int TRIES_FOR_A_FREE_PORT = 3;

    private final RegistryApplication application;
    private final Path folder;
    private final int port;
    private final Credential credential;
    private final CompletableFuture<Throwable> died = new CompletableFuture<>();
    private RegistryProcess process;
    /** Outside the lock, which is held during a restart of the registry. */
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedRegistry(RegistryApplication application, Path folder, int port, Credential credential) {
        this.application = application;
        this.folder = folder;
        this.port = port;
        this.credential = credential;
        this.process = RegistryProcess.start(application, folder, port, credential);
    }

    /**
     * Starts on a free port, with a new random password.
     *
     * @param application of the registry
     * @param folder of the schemas; created if missing
     * @throws StartException with cause and remedy
     */
    public static EmbeddedRegistry start(RegistryApplication application, Path folder) {
        return start(application, folder, 0, Credential.random());
    }

    /**
     * Starts the registry, and returns when it answers and enforces backward compatibility.
     *
     * @param application of the registry
     * @param folder of the schemas; created if missing
     * @param port port to listen on, 0 for a free one
     * @param credential required of every request, by HTTP basic authentication
     * @throws StartException with cause and remedy
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
        // The registry itself would report it only seconds later.
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

    /** Base URL of the registry's own API, for {@code apicurio.registry.url}. */
    public String url() {
        return base() + "/apis/registry/v3";
    }

    /** Base URL of Confluent's API, for {@code schema.registry.url}. */
    public String confluentUrl() {
        return base() + "/apis/ccompat/v7";
    }

    /** The login required of each request. */
    public Credential credential() {
        return credential;
    }

    /** Port of both APIs. */
    public int port() {
        return port;
    }

    /** Process id. */
    public synchronized long pid() {
        return process.pid();
    }

    /** Completes with the reason if it died and cannot be restarted; never after {@link #close()}. */
    public CompletableFuture<Throwable> died() {
        return died.copy();
    }

    /** Stops the process. Schemas stay. */
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
        var problem = new RuntimeException("it was never started");
        for (int failures = 0; failures < MOST_FAILURES; failures++) {
            if (closed.get()) return;
            LOG.warn("The registry died and is restarted");
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
                "The registry died and could not be restarted in " + MOST_FAILURES + " attempts. The last error: "
                        + problem.getMessage(),
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
                // A partially damaged database opens, and fails at the first statement.
                throw RegistryProcess.damage(folder, answer.body())
                        .orElseGet(() -> new StartException.DidNotStart(
                                "registry",
                                "it refused to enforce compatibility: " + answer.statusCode() + " " + answer.body(),
                                "Read its log in " + folder + ".",
                                null));
        } catch (IOException e) {
            throw new StartException.DidNotStart(
                    "registry", "it stopped answering.", "Read its log in " + folder + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the registry started", e);
        }
    }
}
