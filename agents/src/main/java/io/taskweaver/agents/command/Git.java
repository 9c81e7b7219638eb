package io.taskweaver.agents.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs {@code git} in a folder, without prompts, hooks, signing and line end conversion. */
final class Git {
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "GIT_TERMINAL_PROMPT", "0",
            "GIT_OPTIONAL_LOCKS", "0",
            "LC_ALL", "C",
            "GIT_AUTHOR_NAME", "TaskWeaver",
            "GIT_AUTHOR_EMAIL", "taskweaver@localhost",
            "GIT_COMMITTER_NAME", "TaskWeaver",
            "GIT_COMMITTER_EMAIL", "taskweaver@localhost");
    private static final List<String> PLAIN = List.of(
            "-c", "core.hooksPath=/dev/null",
            "-c", "core.autocrlf=false",
            "-c", "core.fsmonitor=false",
            "-c", "core.quotePath=false",
            "-c", "gc.auto=0",
            "-c", "commit.gpgSign=false");

    private final Path folder;
    private final Map<String, String> variables;

    Git(Path folder) {
        this(folder, Map.of());
    }

    private Git(Path folder, Map<String, String> variables) {
        this.folder = folder;
        this.variables = variables;
    }

    /** The same with variables of git. */
    Git with(Map<String, String> more) {
        return new Git(folder, more);
    }

    /** Git could not be run, or failed. */
    static final class GitException extends IOException {
        private static final long serialVersionUID = 1L;

        GitException(String message) {
            super(message);
        }
    }

    /**
     * Output of a command, trimmed.
     *
     * @throws GitException if it fails; the message is git's own
     */
    String text(String... arguments) throws IOException, InterruptedException {
        return new String(bytes(arguments), StandardCharsets.UTF_8).strip();
    }

    /** Output of a command. */
    byte[] bytes(String... arguments) throws IOException, InterruptedException {
        var process = start(arguments);
        process.getOutputStream().close();
        try {
            var errors = new Reader(process.getErrorStream());
            var output = process.getInputStream().readAllBytes();
            int code = process.waitFor();
            if (code != 0)
                throw new GitException("git " + arguments[0] + " failed in " + folder + ": " + errors.text());
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    /** A running command, for interactive use. */
    Process start(String... arguments) throws IOException {
        var command = new ArrayList<String>(List.of("git"));
        command.addAll(PLAIN);
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        // Variables such as GIT_DIR would lead into another repository.
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().putAll(ENVIRONMENT);
        builder.environment().putAll(variables);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new GitException(
                    "git cannot be run (" + e.getMessage() + "): install it, agents work in Git work trees");
        }
    }

    /** Reads a stream on a separate thread, so that the other stream never blocks. */
    private static final class Reader {
        private final Thread thread;
        private byte[] read = new byte[0];

        Reader(InputStream stream) {
            thread = Thread.ofVirtual().start(() -> {
                try {
                    read = stream.readNBytes(8192);
                    stream.transferTo(java.io.OutputStream.nullOutputStream());
                } catch (IOException e) {
                    // The process died; its output so far suffices.
                }
            });
        }

        String text() throws InterruptedException {
            thread.join();
            return new String(read, StandardCharsets.UTF_8).strip();
        }
    }
}
