package io.taskweaver.cli.runtime;

import io.taskweaver.wire.files.RuntimeFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A runtime that is up.
 *
 * @param file what it says of itself
 * @param process the process that wrote it
 */
public record FoundRuntime(RuntimeFile file, ProcessHandle process) {
    private static final boolean LINUX = System.getProperty("os.name", "").startsWith("Linux");

    /**
     * The runtime of a data folder: what its file says counts if the process that wrote it lives and holds the folder, not
     * another one that has the same number.
     *
     * @throws RuntimeProblem if others than this user could have written the file
     */
    public static Optional<FoundRuntime> in(Path dataFolder) {
        DataFolderTrust.check(dataFolder);
        return RuntimeFile.read(dataFolder)
                .flatMap(file -> ProcessHandle.of(file.pid())
                        .filter(ProcessHandle::isAlive)
                        .filter(process -> wrote(file, process))
                        .filter(_ -> RuntimeLocks.isHeldByRuntime(dataFolder))
                        .map(process -> new FoundRuntime(file, process)));
    }

    /** Whether there is none yet, since another command is starting it. */
    public static boolean isStarting(Path dataFolder) {
        return RuntimeLocks.isStarting(dataFolder);
    }

    private static boolean wrote(RuntimeFile file, ProcessHandle process) {
        var info = process.info();
        var written = file.startedAt();
        boolean isOlder = info.startInstant()
                .map(started -> written.equals(Instant.EPOCH) || !started.isAfter(written.plusSeconds(2)))
                .orElse(true);
        return isOlder
                && info.user().equals(ProcessHandle.current().info().user())
                && info.commandLine()
                        .map(line -> line.contains("quarkus-run.jar"))
                        // Windows does not show it; on Linux it is a thread of the kernel.
                        .orElse(!LINUX);
    }
}
