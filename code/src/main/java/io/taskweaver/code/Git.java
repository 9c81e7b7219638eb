package io.taskweaver.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs {@code git} in a folder, without prompts, hooks, signing, line end conversion and filters. A repository of ours is
 * read without the configuration of user and system, so that every machine gets the same.
 */
public final class Git {
    private static final int MOST_ERRORS = 8192;
    private static final int SIGNALLED = 128;
    private static final int INTERRUPT = 2;
    private static final int TERMINATE = 15;
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "GIT_TERMINAL_PROMPT", "0",
            "GIT_OPTIONAL_LOCKS", "0",
            "GIT_LFS_SKIP_SMUDGE", "1",
            "LC_ALL", "C",
            "GIT_AUTHOR_NAME", "TaskWeaver",
            "GIT_AUTHOR_EMAIL", "taskweaver@localhost",
            "GIT_COMMITTER_NAME", "TaskWeaver",
            "GIT_COMMITTER_EMAIL", "taskweaver@localhost");
    private static final Map<String, String> OURS =
            Map.of("GIT_CONFIG_NOSYSTEM", "1", "GIT_CONFIG_GLOBAL", "/dev/null", "GIT_ATTR_NOSYSTEM", "1");
    /**
     * Git reads these files from the home folder without being configured to. What is lost in a power failure can be read
     * again from the topics, and waiting for the disk takes most of the time.
     */
    private static final List<String> NOTHING_OF_USER = List.of(
            "-c", "core.attributesFile=/dev/null", "-c", "core.excludesFile=/dev/null", "-c", "core.fsync=none");

    private static final List<String> PLAIN = List.of(
            "-c", "core.hooksPath=/dev/null",
            "-c", "core.autocrlf=false",
            "-c", "core.fsmonitor=false",
            "-c", "core.untrackedCache=false",
            "-c", "core.splitIndex=false",
            "-c", "core.quotePath=false",
            "-c", "core.protectHFS=true",
            "-c", "core.protectNTFS=true",
            "-c", "filter.lfs.clean=",
            "-c", "filter.lfs.smudge=",
            "-c", "filter.lfs.process=",
            "-c", "filter.lfs.required=false",
            "-c", "advice.addEmbeddedRepo=false",
            "-c", "gc.auto=0",
            "-c", "maintenance.auto=false",
            "-c", "commit.gpgSign=false");

    /** Nothing that would change what the user's own programs of Git make of files, or how they store their index. */
    private static final List<String> AS_USER = List.of(
            "-c", "core.hooksPath=/dev/null",
            "-c", "gc.auto=0",
            "-c", "maintenance.auto=false",
            "-c", "submodule.recurse=false");

    private final Path folder;
    private final List<String> common;
    private final List<String> options;
    private final Map<String, String> variables;
    private final Optional<Duration> limit;

    private Git(
            Path folder,
            List<String> common,
            List<String> options,
            Map<String, String> variables,
            Optional<Duration> limit) {
        this.folder = folder;
        this.common = common;
        this.options = List.copyOf(options);
        this.variables = Map.copyOf(variables);
        this.limit = limit;
    }

    /** In a repository of ours. */
    public static Git in(Path folder) {
        return new Git(folder, PLAIN, NOTHING_OF_USER, OURS, Optional.empty());
    }

    /** In a repository of a user, with the user's configuration. */
    public static Git ofUser(Path folder) {
        return new Git(folder, PLAIN, List.of(), Map.of(), Optional.empty());
    }

    /** In the working tree of a user, with the user's line ends and filters: for files that the user is to work with. */
    static Git asUser(Path folder) {
        return new Git(folder, AS_USER, List.of(), Map.of("GIT_LFS_SKIP_SMUDGE", "0"), Optional.empty());
    }

    /** The same with variables of git. */
    public Git with(Map<String, String> more) {
        var all = new HashMap<>(variables);
        all.putAll(more);
        return new Git(folder, common, options, all, limit);
    }

    /** The same with options before the command. */
    public Git options(String... more) {
        var all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return new Git(folder, common, all, variables, limit);
    }

    /** The same for commands that are killed after a time, with what they started. */
    Git within(Duration time) {
        return new Git(folder, common, options, variables, Optional.of(time));
    }

    /** Git could not be run, or failed. */
    public static class GitException extends IOException {
        private static final long serialVersionUID = 1L;

        public GitException(String message) {
            super(message);
        }
    }

    /** A signal that asks to stop ended it, as Ctrl-C does to all programs of a terminal at once. */
    public static final class StoppedException extends GitException {
        private static final long serialVersionUID = 1L;

        StoppedException(String message) {
            super(message);
        }
    }

    /** A command took longer than its limit. */
    static final class TimeoutException extends GitException {
        private static final long serialVersionUID = 1L;

        TimeoutException(String message) {
            super(message);
        }
    }

    /**
     * How a command ended.
     *
     * @param code exit code
     * @param errors the beginning of what it said
     */
    public record End(int code, byte[] output, String errors) {}

    /**
     * Output of a command, trimmed.
     *
     * @throws GitException if it fails; the message is git's own
     */
    public String text(String... arguments) throws IOException, InterruptedException {
        return new String(bytes(arguments), StandardCharsets.UTF_8).strip();
    }

    /** Output of a command. */
    public byte[] bytes(String... arguments) throws IOException, InterruptedException {
        return checked(run(List.of(arguments), new byte[0]), arguments);
    }

    /** Output of a command that reads its standard input. */
    public byte[] piped(byte[] input, String... arguments) throws IOException, InterruptedException {
        return checked(run(List.of(arguments), input), arguments);
    }

    private byte[] checked(End end, String... arguments) throws GitException {
        if (end.code() == SIGNALLED + INTERRUPT || end.code() == SIGNALLED + TERMINATE)
            throw new StoppedException("git " + arguments[0] + " was stopped in " + folder);
        if (end.code() != 0)
            throw new GitException("git " + arguments[0] + " failed in " + folder + ": " + end.errors());
        return end.output();
    }

    /** Runs a command to its end. An interrupt stops it. */
    public End run(List<String> arguments, byte[] input) throws IOException, InterruptedException {
        var process = start(arguments);
        var isOverdue = new AtomicBoolean();
        var watch = limit.map(time -> Thread.ofVirtual().start(() -> {
            try {
                if (process.waitFor(time)) return;
                isOverdue.set(true);
                kill(process);
            } catch (InterruptedException e) {
                // It ended.
            }
        }));
        try {
            var errors = new Errors(process.getErrorStream());
            var writer = Thread.ofVirtual().start(() -> {
                try (var in = process.getOutputStream()) {
                    in.write(input);
                } catch (IOException e) {
                    // It ended without reading all; its exit code says whether that is a failure.
                }
            });
            // A thread that reads a pipe itself is not stopped by an interrupt.
            var output = new FutureTask<>(process.getInputStream()::readAllBytes);
            Thread.ofVirtual().start(output);
            var read = output.get();
            int code = process.waitFor();
            writer.join();
            if (isOverdue.get())
                throw new TimeoutException("git " + arguments.getFirst() + " took longer than "
                        + limit.orElseThrow().toSeconds() + " s and was stopped");
            return new End(code, read, errors.text());
        } catch (ExecutionException e) {
            throw new IOException("the output of git " + arguments.getFirst() + " cannot be read", e.getCause());
        } finally {
            watch.ifPresent(Thread::interrupt);
            kill(process);
        }
    }

    /** Programs that it started, such as ssh, keep its streams open. */
    private static void kill(Process process) {
        if (!process.isAlive()) return;
        var below = process.descendants().toList();
        process.destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
    }

    private Process start(List<String> arguments) throws IOException {
        var command = new ArrayList<String>(List.of("git"));
        command.addAll(common);
        command.addAll(options);
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        // Variables such as GIT_DIR would lead into another repository.
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().putAll(ENVIRONMENT);
        builder.environment().putAll(variables);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new GitException(unrunnable(e));
        }
    }

    /** With a folder to run it in, only the program itself can be what does not exist. */
    private String unrunnable(IOException e) {
        if (!Files.isDirectory(folder)) return "the folder " + folder + " does not exist";
        var message = String.valueOf(e.getMessage());
        var remedy = message.contains("No such file or directory") ? ": install it, agents work in Git work trees" : "";
        return "git cannot be run (" + message + ")" + remedy;
    }

    /** Reads a stream on a separate thread, so that the other stream never blocks. */
    private static final class Errors {
        private final Thread thread;
        private byte[] read = new byte[0];

        Errors(InputStream stream) {
            thread = Thread.ofVirtual().start(() -> {
                try {
                    read = stream.readNBytes(MOST_ERRORS);
                    stream.transferTo(OutputStream.nullOutputStream());
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
