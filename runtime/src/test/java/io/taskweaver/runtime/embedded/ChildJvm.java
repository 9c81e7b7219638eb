package io.taskweaver.runtime.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own with this one's classes, to be killed without ceremony. It says one line when it is ready. */
record ChildJvm(Process process, String firstLine) implements AutoCloseable {

    static ChildJvm start(Class<?> main, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var line = new BufferedReader(process.inputReader(StandardCharsets.UTF_8)).readLine();
        if (line == null)
            throw new IOException(
                    "the child ended with " + process.onExit().join().exitValue());
        return new ChildJvm(process, line);
    }

    /** kill -9 and wait for the end. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
