package io.taskweaver.agents.command;

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
    private static final long FLOOD = 256L << 20;
    private static final Duration LOOK = Duration.ofMillis(50);

    private final RunFolder run;
    private final Environment environment;
    private final Sandbox sandbox;

    CheckCommand(RunFolder run, Environment environment, Sandbox sandbox) {
        this.run = run;
        this.environment = environment;
        this.sandbox = sandbox;
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
                if (System.nanoTime() > end) {
                    process.stop();
                    return new End.Stopped("did not end within " + Math.round(limit.toMillis() / 1e3) + " s.");
                }
                if (Files.size(run.output()) > FLOOD || Files.size(run.errors()) > FLOOD) {
                    process.stop();
                    return new End.Stopped("printed more than " + FLOOD + " bytes.");
                }
                // It stores the exit code before it ends, unless somebody killed it.
                if (script.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)
                        && run.exit().isEmpty()) {
                    process.stop();
                    process.sweep();
                    return new End.Stopped("was killed, or killed its parent process.");
                }
            }
        } catch (InterruptedException e) {
            process.stop();
            throw e;
        }
        process.sweep();
        // Nobody asks for them, and what a set-up command leaves in them would be kept with what it made.
        WorkFolders.delete(run.home());
        WorkFolders.delete(run.temporary());
        var failure = sandbox.failure(run.exit().orElseThrow(), tail(run.output()), tail(run.errors()));
        if (failure.isPresent()) throw new IOException(failure.get());
        var printed = (tail(run.output()) + "\n" + tail(run.errors()))
                .replace(folder.toString(), ".")
                .strip();
        int code = run.exit().orElseThrow();
        var failing = code == 0
                ? new FailingLines(List.of(), List.of())
                : FailingLines.of(List.of(run.output(), run.errors()), folder, environment::redacted);
        return new End.Exited(code, environment.redacted(printed), failing);
    }

    private static String tail(Path file) throws IOException {
        try (var channel = Files.newByteChannel(file)) {
            channel.position(Math.max(0, channel.size() - MOST_OUTPUT / 2));
            return new String(Channels.newInputStream(channel).readNBytes(MOST_OUTPUT / 2), StandardCharsets.UTF_8)
                    .strip();
        }
    }
}
