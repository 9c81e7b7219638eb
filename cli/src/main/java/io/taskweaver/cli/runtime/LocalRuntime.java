package io.taskweaver.cli.runtime;

import io.taskweaver.agents.Capabilities;
import io.taskweaver.model.storage.StorageFailure;
import io.taskweaver.wire.files.RuntimeFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The runtime of a data folder: a broker, a registry and all services in a child process. Used if it is up, started if
 * it is not; the last run that uses one that was started for a run stops it.
 */
public final class LocalRuntime implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    /** One that is not up yet holds nothing that a kill could cost. */
    private static final Duration STARTING_STOP_LIMIT = Duration.ofSeconds(3);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    private final RuntimeSettings settings;
    private final FoundRuntime found;
    private final boolean started;
    private final RuntimeLocks locks;

    private LocalRuntime(RuntimeSettings settings, FoundRuntime found, boolean started, RuntimeLocks locks) {
        this.settings = settings;
        this.found = found;
        this.started = started;
        this.locks = locks;
    }

    private record Up(FoundRuntime found, boolean started) {}

    /**
     * Uses the runtime of a data folder.
     *
     * @param staysUp whether it goes on when the last run ends
     * @param busy receives what is waited for
     * @param cancelled whether waiting is to be given up
     * @throws RuntimeProblem if it cannot start
     */
    public static LocalRuntime use(
            RuntimeSettings settings, boolean staysUp, Consumer<String> busy, BooleanSupplier cancelled) {
        DataFolderTrust.check(settings.dataFolder());
        RuntimeLocks locks = null;
        try {
            locks = RuntimeLocks.use(settings.dataFolder());
            var up = RuntimeLocks.alone(settings.dataFolder(), () -> findOrStart(settings, staysUp, busy, cancelled));
            return new LocalRuntime(settings, up.found, up.started, locks);
        } catch (IOException e) {
            close(locks);
            throw new RuntimeProblem(
                    "The data folder " + settings.dataFolder() + " cannot be used: " + StorageFailure.cause(e) + ".",
                    List.of(),
                    StorageFailure.remedy(e, "Make it writable, or name another folder with --data-dir."),
                    e);
        } catch (RuntimeException e) {
            close(locks);
            throw e;
        }
    }

    private static void close(@Nullable RuntimeLocks locks) {
        if (locks == null) return;
        try {
            locks.close();
        } catch (IOException e) {
            // The process's end releases it.
            return;
        }
    }

    private static Up findOrStart(
            RuntimeSettings settings, boolean staysUp, Consumer<String> busy, BooleanSupplier cancelled)
            throws IOException {
        var found = FoundRuntime.in(settings.dataFolder());
        if (found.isPresent()) {
            if (staysUp) RuntimeLocks.stopsWithRuns(settings.dataFolder(), false);
            return new Up(found.get(), false);
        }
        RuntimeLocks.stopsWithRuns(settings.dataFolder(), !staysUp);
        return start(settings, busy, cancelled);
    }

    private static Up start(RuntimeSettings settings, Consumer<String> busy, BooleanSupplier cancelled)
            throws IOException {
        if (!Files.isRegularFile(settings.jar()))
            throw new RuntimeProblem(
                    "The runtime is not built: " + settings.jar() + " is missing.",
                    List.of(),
                    "Run ./taskweaver, which builds it, or run ./mvnw package in " + settings.home() + ".",
                    null);
        var log = new RuntimeLog(settings.dataFolder());
        log.renew();
        makeEmpty(settings.temporary());
        var builder = new ProcessBuilder(shielded(settings.command()))
                .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                .redirectOutput(log.file().toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(settings.environment());
        builder.environment().keySet().removeIf(RuntimeSettings::isOfCluster);
        var child = builder.start();
        try {
            return awaitUp(settings, child, log, busy, cancelled);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop(child.toHandle(), STOP_LIMIT);
            throw new RuntimeProblem("Starting the runtime was interrupted.", List.of(), "", e);
        }
    }

    /**
     * Ctrl-C on a terminal reaches every process in the foreground, and closing the terminal too: the runtime ignores
     * both, and is stopped by who started it, when everything it holds is safe.
     */
    private static List<String> shielded(List<String> command) {
        if (File.separatorChar == '\\') return command;
        var shielded = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
        shielded.addAll(command);
        return shielded;
    }

    /** Runtimes that were killed leave temporary files behind. */
    private static void makeEmpty(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (var left = Files.walk(folder)) {
                for (var path : left.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
            }
        }
        Files.createDirectories(folder);
    }

    private static File nothing() {
        return new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");
    }

    private static Up awaitUp(
            RuntimeSettings settings, Process child, RuntimeLog log, Consumer<String> busy, BooleanSupplier cancelled)
            throws InterruptedException {
        long begun = System.nanoTime();
        busy.accept("starting the runtime");
        while (true) {
            if (child.waitFor(POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS))
                throw notStarted(settings, child.exitValue(), log);
            if (cancelled.getAsBoolean()) {
                busy.accept("stopping the runtime");
                stop(child.toHandle(), STARTING_STOP_LIMIT);
                throw new InterruptedException();
            }
            var file = RuntimeFile.read(settings.dataFolder()).filter(up -> up.pid() == child.pid());
            if (file.isPresent()) {
                file.get().notes().forEach(busy);
                return new Up(new FoundRuntime(file.get(), child.toHandle()), true);
            }
            if (System.nanoTime() - begun > START_LIMIT.toNanos()) {
                stop(child.toHandle(), STOP_LIMIT);
                throw new RuntimeProblem(
                        "The runtime was not ready after " + START_LIMIT.toMinutes() + " minutes and was stopped.",
                        log.complaint(),
                        "Its log is " + log.file() + ".",
                        null);
            }
        }
    }

    /** A runtime whose disk is full cannot write down why it ends. */
    private static RuntimeProblem notStarted(RuntimeSettings settings, int exit, RuntimeLog log) {
        var complaint = log.complaint();
        var storage = storageFailure(settings, complaint);
        return new RuntimeProblem(
                "The runtime did not start (exit code " + exit + ")"
                        + storage.map(failure -> ": " + failure.cause()).orElse("") + ".",
                complaint,
                storage.map(failure -> failure.remedy() + " ").orElse("") + "Its log is " + log.file() + ".",
                null);
    }

    private static Optional<StorageFailure> storageFailure(RuntimeSettings settings, List<String> complaint) {
        return StorageFailure.in(String.join("\n", complaint))
                .or(() -> Capabilities.failureOfWriting(settings.dataFolder()));
    }

    /** What keeps its data folder from being written to, if anything does: it may have had no room to say so. */
    public Optional<StorageFailure> storageFailure() {
        return storageFailure(settings, log().complaint());
    }

    /** Where it keeps its data. */
    public Path dataFolder() {
        return settings.dataFolder();
    }

    /** What it says of itself. */
    public RuntimeFile file() {
        return found.file();
    }

    /** Whether it was started just now. */
    public boolean wasStarted() {
        return started;
    }

    public boolean isAlive() {
        return found.process().isAlive();
    }

    /** Its log. */
    public RuntimeLog log() {
        return new RuntimeLog(settings.dataFolder());
    }

    /** Ends its process without ceremony, if it was started for runs: its data is safe from that. */
    public void kill() {
        if (started) found.process().destroyForcibly();
    }

    /**
     * Stops using it.
     *
     * @param busy receives a message if it is being stopped
     * @return whether it was stopped, because nobody else uses it and it was started for runs only
     */
    public boolean leave(Consumer<String> busy) {
        try {
            if (!isAlive() || !locks.isLastOne()) return false;
            busy.accept("stopping the runtime");
            stop(found.process(), STOP_LIMIT.plus(file().drain()));
            return true;
        } catch (IOException e) {
            throw new RuntimeProblem(
                    "The locks in " + settings.dataFolder() + " cannot be used: " + StorageFailure.cause(e) + ".",
                    List.of(),
                    "The runtime keeps running; stop it with: taskweaver down",
                    e);
        } finally {
            close();
        }
    }

    @Override
    public void close() {
        close(locks);
    }

    /**
     * Stops the runtime of a data folder, whoever uses it.
     *
     * @return whether one was up
     */
    public static boolean stop(Path dataFolder) {
        var found = FoundRuntime.in(dataFolder);
        found.ifPresent(up -> stop(up.process(), STOP_LIMIT.plus(up.file().drain())));
        return found.isPresent();
    }

    /** Asks a runtime to stop, and waits for its end; one that does not end is killed. */
    private static void stop(ProcessHandle process, Duration limit) {
        if (!process.isAlive()) return;
        process.destroy();
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            process.onExit().join();
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for a process does not fail", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
