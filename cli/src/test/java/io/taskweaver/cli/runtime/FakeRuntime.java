package io.taskweaver.cli.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;

/** Behaves as the runtime does towards the command line: announces itself, waits, or complains and ends. */
public final class FakeRuntime {
    private FakeRuntime() {}

    /** Runs until it is stopped. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var folder = Path.of(System.getProperty("taskweaver.data-dir"));
        if (System.getProperty("taskweaver.broker.port", "").equals("1")) {
            System.out.println("2026-03-01 INFO starting");
            System.err.println("error: Port 1 for the broker is in use.");
            System.err.println("  Name another with --broker-port.");
            System.exit(4);
        }
        // As the runtime holds its folder; the lock goes with the process.
        var held = FileChannel.open(folder.resolve("runtime.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                .lock();
        var fresh = Files.writeString(folder.resolve("runtime.json.new"), """
                {"pid": %d, "startedAt": "%s", "bootstrap": "127.0.0.1:1", "registry": "http://127.0.0.1:2",
                 "http": "http://127.0.0.1:3", "version": "test"}
                """.formatted(
                        ProcessHandle.current().pid(),
                        ProcessHandle.current().info().startInstant().orElseThrow()));
        Files.move(fresh, folder.resolve("runtime.json"), StandardCopyOption.ATOMIC_MOVE);
        new CountDownLatch(1).await();
        held.release();
    }
}
