package io.taskweaver.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskweaver.client.Connection;
import io.taskweaver.client.ConnectionFile;
import io.taskweaver.wire.rest.TokenFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A local runtime in a folder of its own, which goes with it.
 *
 * @param file what it says of itself
 */
record LocalSystem(Path project, Path dir, Map<String, String> environment, JsonNode file) implements AutoCloseable {
    /** Starts one, with these variables. */
    static LocalSystem up(Path project, Map<String, String> environment) throws IOException, InterruptedException {
        var dir = Files.createTempDirectory("taskweaver-bench-");
        taskweaver(project, dir, environment, "up");
        var file = new ObjectMapper()
                .readTree(dir.resolve(".taskweaver/runtime.json").toFile());
        return new LocalSystem(project, dir, environment, file);
    }

    Connection connection() {
        return Connection.of(ConnectionFile.read(dir.resolve(".taskweaver").resolve(ConnectionFile.OF_RUNTIME))
                .settings());
    }

    /** The file with the token of its REST API. */
    Path token() {
        return TokenFile.in(dir.resolve(".taskweaver")).path();
    }

    /** The runtime's process; the registry's is its child. */
    ProcessHandle process() {
        return ProcessHandle.of(file.path("pid").asLong()).orElseThrow();
    }

    /** Resident memory of the runtime and its children, MiB (1024 x 1024 bytes), as the kernel counts it. */
    long residentMegabytes() {
        var root = process();
        return Stream.concat(Stream.of(root), root.descendants())
                        .mapToLong(process -> BenchFigures.kilobytes(process.pid(), "VmRSS"))
                        .sum()
                / 1024;
    }

    /** How long a command takes, in seconds; what it prints is thrown away. */
    double seconds(String... command) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        taskweaver(project, dir, environment, command);
        return (System.nanoTime() - begin) / 1e9;
    }

    @Override
    public void close() throws InterruptedException {
        try {
            taskweaver(project, dir, environment, "down");
            BenchFigures.delete(dir);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void taskweaver(Path project, Path dir, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var log = dir.resolve(command[0] + ".log");
        var line = Stream.concat(Stream.of(project.resolve("taskweaver").toString()), Stream.of(command))
                .toList();
        var builder = new ProcessBuilder(line)
                .directory(dir.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("TASKWEAVER_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        if (code != 0)
            throw new IllegalStateException(
                    String.join(" ", command) + " ended with " + code + ": " + Files.readString(log));
    }
}
