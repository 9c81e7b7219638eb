package io.taskweaver.agents.command;

import io.taskweaver.agents.RunListener;
import io.taskweaver.code.WorkFolders;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a command of a check, and stops it with all its child processes if it takes too long or prints too much. */
final class CheckCommand {
    private static final int MOST_OUTPUT = 4000;
    private static final int MOST_READ = 64 << 10;
    private static final long FLOOD = 256L << 20;
    private static final Duration LOOK = Duration.ofMillis(50);

    private final RunFolder run;
    private final Environment environment;
    private final OutputTail tail;
    private final Sandbox sandbox;

    CheckCommand(RunFolder run, Environment environment, Sandbox sandbox) {
        this(run, environment, sandbox, message -> {});
    }

    /** @param listener learns what the command prints */
    CheckCommand(RunFolder run, Environment environment, Sandbox sandbox, RunListener listener) {
        this.run = run;
        this.environment = environment;
        this.sandbox = sandbox;
        this.tail = new OutputTail(run, environment.secrets(), listener);
    }

    /** How it ended. */
    sealed interface End {
        /** It exited; {@code printed} is the end of its output, without secrets. */
        record Exited(int code, String printed, FailingLines failing) implements End {}

        /** It was stopped; {@code why} continues a sentence after "it". */
        record Stopped(String why) implements End {}
    }

    /** Runs the command to its end. An interrupt stops it. */
    End run(List<String> command, Path folder, Duration limit) throws IOException, InterruptedException {
        return run(command, folder, limit, sandbox.needsOfCommands());
    }

    /** The same for a command that needs something. */
    End run(List<String> command, Path folder, Duration limit, SandboxNeeds needs)
            throws IOException, InterruptedException {
        var process = new CommandProcess(run);
        long end = System.nanoTime() + limit.toNanos();
        var launch = sandbox.launch(command, run, folder, environment.variables(), needs);
        var script = process.start(launch.command(), folder, launch.variables());
        try {
            while (run.exit().isEmpty()) {
                tail.read();
                if (System.nanoTime() > end) {
                    process.stop();
                    tail.end();
                    return new End.Stopped("did not end within " + Math.round(limit.toMillis() / 1e3) + " s"
                            + (printed(folder).isEmpty()
                                    ? ", and printed nothing."
                                    : ". It printed last:\n" + printed(folder)));
                }
                if (Files.size(run.output()) > FLOOD || Files.size(run.errors()) > FLOOD) {
                    process.stop();
                    tail.end();
                    return new End.Stopped(
                            "printed more than " + (FLOOD >> 20) + " MiB. Have it print less, or write to a"
                                    + " file: 'COMMAND >out.log 2>&1 || { tail -c 20000 out.log; exit 1; }'.");
                }
                // It stores the exit code before it ends, unless somebody killed it.
                if (script.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)
                        && run.exit().isEmpty()) {
                    process.stop();
                    process.sweep();
                    tail.end();
                    return new End.Stopped("was killed, or killed its parent process.");
                }
            }
        } catch (InterruptedException e) {
            process.stop();
            throw e;
        }
        process.sweep();
        tail.end();
        // Nobody asks for them, and what a set-up command leaves in them would be kept with what it made.
        WorkFolders.delete(run.home());
        WorkFolders.delete(run.temporary());
        var failure = sandbox.failure(run.exit().orElseThrow(), tail(run.output(), folder), tail(run.errors(), folder));
        if (failure.isPresent()) throw new IOException(failure.get());
        int code = run.exit().orElseThrow();
        var failing = code == 0
                ? new FailingLines(List.of(), List.of())
                : FailingLines.of(List.of(run.output(), run.errors()), folder, environment::redacted);
        return new End.Exited(code, printed(folder), failing);
    }

    /** The end of its output, without secrets. */
    private String printed(Path folder) throws IOException {
        return (tail(run.output(), folder) + "\n" + tail(run.errors(), folder)).strip();
    }

    /** More is read than is shown: half a secret at the beginning would not be recognised. */
    private String tail(Path file, Path folder) throws IOException {
        try (var channel = Files.newByteChannel(file)) {
            channel.position(Math.max(0, channel.size() - MOST_READ));
            var end = new String(Channels.newInputStream(channel).readNBytes(MOST_READ), StandardCharsets.UTF_8);
            var text = environment.redacted(end.replace(folder.toString(), ".")).strip();
            return text.substring(Math.max(0, text.length() - MOST_OUTPUT / 2)).strip();
        }
    }
}
