package io.taskweaver.runtime.embedded;

import io.taskweaver.model.storage.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One run of the registry's process: start, readiness, stop. */
final class RegistryProcess {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration STOP_LIMIT_OF_TRAINING = Duration.ofMinutes(2);
    private static final Duration PROBE_PAUSE = Duration.ofMillis(50);
    private static final String LOG = "registry.log";

    /** Quarkus's log message when it listens. */
    private static final String LISTENING = "Listening on: http://" + NodeSettings.HOST + ":";

    /**
     * H2's messages about a file that is not a database, is truncated or partially overwritten: error codes
     * FILE_CORRUPTED, FILE_VERSION_ERROR, IO_EXCEPTION, depending on what it reads first.
     */
    private static final Pattern DAMAGE =
            Pattern.compile("File corrupted|\\[(?:90028|90030|90031|90048)-\\d+]|Reading from file|The write format");

    private final Process process;
    private final Path folder;
    private final int port;
    private final Credential credential;
    private final Duration stopLimit;

    private RegistryProcess(Process process, Path folder, int port, Credential credential, Duration stopLimit) {
        this.process = process;
        this.folder = folder;
        this.port = port;
        this.credential = credential;
        this.stopLimit = stopLimit;
    }

    /**
     * Starts the process, and returns when it answers.
     *
     * @throws StartException if it exits, or does not answer in time
     */
    static RegistryProcess start(RegistryApplication application, Path folder, int port, Credential credential) {
        var builder = new ProcessBuilder(application.command(port))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(LOG).toFile());
        var environment = builder.environment();
        environment.clear();
        environment.putAll(RegistryApplication.environment(System.getenv()));
        try {
            var started = new RegistryProcess(
                    builder.start(),
                    folder,
                    port,
                    credential,
                    application.training() ? STOP_LIMIT_OF_TRAINING : STOP_LIMIT);
            PidFile.in(folder).write(started.process.toHandle());
            started.sendSecrets();
            started.awaitReady();
            return started;
        } catch (IOException e) {
            throw new StartException.DataFolderNotWritable(folder, e);
        }
    }

    /** Standard input stays open: the process sees its end when this one dies. */
    private void sendSecrets() {
        try {
            RegistryMain.writeSettings(RegistryApplication.secrets(credential), process.getOutputStream());
        } catch (IOException ended) {
            // It exited before it read; waiting for its answer reports the reason.
            return;
        }
    }

    CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    long pid() {
        return process.pid();
    }

    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(stopLimit.toMillis(), TimeUnit.MILLISECONDS)) kill();
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
        PidFile.in(folder).remove();
    }

    private void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** The last lines that it wrote, for an error message. */
    String lastLines() {
        try {
            var lines = Files.readAllLines(folder.resolve(LOG), StandardCharsets.UTF_8);
            return lines.stream().skip(Math.max(0, lines.size() - 200)).collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        // Until then another user's program may have the port and would receive the password.
        await(this::listens, deadline);
        var probe = HttpRequest.newBuilder(
                        URI.create("http://" + NodeSettings.HOST + ":" + port + "/apis/registry/v3/system/info"))
                .header("Authorization", credential.basicAuthorization())
                .timeout(Duration.ofSeconds(5))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            await(() -> answers(http, probe), deadline);
        }
    }

    private void await(BooleanSupplier condition, long deadline) {
        if (!process.isAlive()) throw explained();
        while (!condition.getAsBoolean()) {
            if (ended()) throw explained();
            if (System.nanoTime() > deadline) {
                kill();
                throw new StartException.DidNotStart(
                        "registry",
                        "it did not answer within " + START_LIMIT.toSeconds() + " s.",
                        "Read " + folder.resolve(LOG) + ".",
                        null);
            }
        }
    }

    /** Whether it reports in its log that it listens; only this user can write the log, and it starts empty. */
    private boolean listens() {
        try {
            var log = Files.readString(folder.resolve(LOG), StandardCharsets.ISO_8859_1);
            int at = log.indexOf(LISTENING + port);
            int end = at + LISTENING.length() + String.valueOf(port).length();
            return at >= 0 && (end == log.length() || !Character.isDigit(log.charAt(end)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers(HttpClient http, HttpRequest probe) {
        try {
            return http.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the registry started", e);
        }
    }

    /** Waits shortly for the exit of the process, as the pause between two probes. */
    private boolean ended() {
        try {
            process.onExit().get(PROBE_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException running) {
            return false;
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the registry started", e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private StartException explained() {
        PidFile.in(folder).remove();
        var log = lastLines();
        if (log.contains("Port " + port + " seems to be in use") || log.contains("Address already in use"))
            return new StartException.PortInUse("registry", port, null);
        if (log.contains("Database may be already in use")) return new StartException.DataFolderInUse(folder, null);
        var storage = StorageFailure.in(log).or(() -> WriteProbe.failure(folder));
        if (storage.isPresent()) return new StartException.DataFolderNotWritable(folder, storage.get(), null);
        return damage(folder, log)
                .orElseGet(() -> new StartException.DidNotStart(
                        "registry",
                        "its process ended with code " + process.exitValue() + ".",
                        "Read " + folder.resolve(LOG) + ".",
                        null));
    }

    /** Diagnosis of an unreadable database, from the registry's log or an answer. */
    static Optional<StartException> damage(Path folder, String words) {
        var sign = DAMAGE.matcher(words);
        // An I/O error that the file did not cause.
        if (!sign.find() || StorageFailure.in(words).isPresent()) return Optional.empty();
        return Optional.of(new StartException.DataFolderDamaged(
                folder, "the database of schemas cannot be read (" + sign.group() + ")", null));
    }
}
