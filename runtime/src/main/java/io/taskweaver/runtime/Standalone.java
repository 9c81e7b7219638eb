package io.taskweaver.runtime;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.taskweaver.model.storage.StorageFailure;
import io.taskweaver.runtime.embedded.StartException;
import io.taskweaver.runtime.embedded.WriteProbe;
import io.taskweaver.wire.rest.TokenFile;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Starts the whole system in this process: the data folder, broker and registry, topics and schemas, the services.
 * Stops it in reverse order. Start reading here.
 */
@QuarkusMain
public final class Standalone {
    /** Exit code: it could not start, or lost its broker or registry. */
    static final int FAILED = 4;

    private static final Duration STOP_LIMIT = Duration.ofSeconds(35);

    private Standalone() {}

    public static void main(String[] arguments) {
        int exit;
        try {
            OpenFiles.check();
            var settings = Settings.of(System.getProperties(), System.getenv());
            try (var folder = DataFolder.take(settings.dataFolder())) {
                exit = run(settings, folder, arguments);
            }
        } catch (StartException e) {
            exit = failed(e.getMessage(), e.hint());
        } catch (IllegalArgumentException e) {
            exit = failed(e.getMessage(), "Correct the setting.");
        } catch (RuntimeException e) {
            exit = defect(e);
        } catch (IOException e) {
            exit = failed(
                    "The data folder cannot be used: " + StorageFailure.cause(e) + ".",
                    StorageFailure.remedy(e, "Check its permissions and the free space on its disk."));
        }
        System.exit(exit);
    }

    private static int run(Settings settings, DataFolder folder, String[] arguments) throws IOException {
        var stopped = new CountDownLatch(1);
        folder.removeRuntimeFile();
        var token = TokenFile.in(folder.path());
        ensure(token);
        var ports = Ports.choose(folder.path(), settings, folder::note);
        var logins = Logins.of(folder.path());
        try (var infrastructure = Infrastructure.start(settings, ports, logins)) {
            ClientFile.write(settings, infrastructure, logins, ports.http(), token);
            // The JVM would end while this thread still stops the broker.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> await(stopped), "stop"));
            infrastructure.onLoss(reason -> lost(reason, folder));
            ServiceSettings.publish(settings, infrastructure, ports.http(), token, folder.notes());
            return services(arguments);
        } finally {
            folder.removeRuntimeFile();
            stopped.countDown();
        }
    }

    private static void ensure(TokenFile token) {
        try {
            token.ensure();
        } catch (IOException e) {
            throw new StartException(
                    "The file " + token.path() + " with the token of the REST API cannot be read or written: " + e
                            + ".",
                    "Give this user read and write access, or remove it to generate a new one.",
                    e);
        }
    }

    /** Runs until a shutdown is requested, and returns when the services have stopped. */
    private static int services(String[] arguments) {
        var exit = new AtomicInteger();
        Quarkus.run(Services.class, (code, failure) -> exit.set(code(code, failure)), arguments);
        return exit.get();
    }

    private static int code(int code, @Nullable Throwable failure) {
        if (failure == null) return code;
        var root = failure;
        while (root.getCause() != null) root = root.getCause();
        if (root instanceof QuarkusBindException taken)
            return failed(
                    "Another program took port " + taken.getPort() + ", which was free when this one started.",
                    "Start again: another port is chosen, unless quarkus.http.port sets this one.");
        var storage = StorageFailure.behind(failure);
        return failed(
                "The services did not start: "
                        + storage.map(known -> known.cause() + ".").orElse(messageOf(root)),
                storage.map(StorageFailure::remedy).orElse("See the lines above."));
    }

    /** Reports an invalid setting without Java type names. */
    private static String messageOf(Throwable failure) {
        var message = failure.getMessage();
        return failure instanceof IllegalArgumentException && message != null ? message : failure.toString();
    }

    /** An unexplained failure, with a diagnosis of the disk. */
    private static int defect(RuntimeException e) {
        e.printStackTrace();
        var storage = StorageFailure.behind(e);
        return failed(
                "It could not start: "
                        + storage.map(failure -> failure.cause() + ".").orElse(e.toString()),
                storage.map(StorageFailure::remedy).orElse("See the lines above."));
    }

    private static void lost(String reason, DataFolder folder) {
        folder.removeRuntimeFile();
        // The failure itself may not contain the reason.
        var storage = StorageFailure.in(reason).or(() -> WriteProbe.failure(folder.path()));
        var why = storage.map(failure -> reason + ". The data folder " + folder.path() + " cannot be written to: "
                        + failure.cause() + ".")
                .orElse(reason);
        // Services would wait for the broker endlessly; their state is on disk already.
        Runtime.getRuntime()
                .halt(failed(
                        why,
                        storage.map(StorageFailure::remedy).orElse("Start again; plans continue where they stopped.")));
    }

    private static int failed(@Nullable String message, String hint) {
        System.err.println("error: " + message);
        if (!hint.isEmpty()) System.err.println("  " + hint);
        System.err.flush();
        return FAILED;
    }

    private static void await(CountDownLatch stopped) {
        try {
            if (!stopped.await(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS))
                System.err.println("Stopping took longer than " + STOP_LIMIT.toSeconds() + " s and was aborted.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
