package io.taskweaver.agents.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Finds the processes of a run, wherever they went: a daemon leaves its process group, its session, its folder and its
 * parent, closes its files, and may clear its environment. What it keeps are its limits, which the kernel hands on to each
 * child. So the command starts with a value for one of them that no other run has: the time that a process with real-time
 * scheduling may run without a pause, here decades. It needs neither rights nor a process that stays, which a control group
 * or a sub-reaper would, and whoever continues the run finds it too.
 *
 * <p>Where that limit cannot be set, the variable that all processes of a run inherit has to do, and what they have open in
 * the run's folder.
 */
final class RunProcesses {
    /** Name of the variable. */
    static final String VARIABLE = "TASKWEAVER_RUN";

    private static final String LIMIT = "Max realtime timeout";
    /** All have 16 digits, and none is infinite: a limit can be lowered without rights, but not raised. */
    private static final long LEAST = 1L << 50;

    private static final Duration TICK = Duration.ofMillis(100);

    private final RunFolder run;
    private final String limit;

    RunProcesses(RunFolder run) {
        this.run = run;
        this.limit = limit(run.path());
    }

    /** Value of the limit for a run, in microseconds. */
    static String limit(Path run) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256").digest(run.toString().getBytes(StandardCharsets.UTF_8));
            long number = Long.parseUnsignedLong(HexFormat.of().formatHex(digest, 0, 8), 16);
            return Long.toString(LEAST + (number & (LEAST - 1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Those that run now, without the script that waits for the command. Where there is no {@code /proc}, none. */
    List<ProcessHandle> running() throws IOException {
        var self = ProcessHandle.current();
        var folder = run.isUnmarked() ? Optional.of(run.path().toRealPath()) : Optional.<Path>empty();
        var since = run.processBegan().orElse(Instant.MAX);
        return ProcessHandle.allProcesses()
                .filter(process -> !process.equals(self))
                .filter(process -> {
                    var about = about(process);
                    return isLimited(about)
                            || !isScript(about)
                                    && (hasVariable(about)
                                            || folder.isPresent()
                                                    && beganAfter(process, since)
                                                    && uses(about, folder.get()));
                })
                .filter(process -> !hasEnded(about(process)))
                .toList();
    }

    private static Path about(ProcessHandle process) {
        return Path.of("/proc", Long.toString(process.pid()));
    }

    private boolean isLimited(Path about) {
        return read(about.resolve("limits"))
                .lines()
                .anyMatch(line -> line.startsWith(LIMIT) && line.contains(" " + limit + " "));
    }

    private boolean hasVariable(Path about) {
        return ("\0" + read(about.resolve("environ")) + "\0").contains("\0" + VARIABLE + "=" + run.path() + "\0");
    }

    private static boolean isScript(Path about) {
        return read(about.resolve("cmdline")).contains("\0" + CommandProcess.SCRIPT_NAME + "\0");
    }

    /** Its parent did not ask how; it does nothing any more. */
    private static boolean hasEnded(Path about) {
        var stat = read(about.resolve("stat"));
        // The name of the program before it may have any characters.
        int state = stat.lastIndexOf(')') + 2;
        return state >= stat.length() || stat.charAt(state) == 'Z' || stat.charAt(state) == 'X';
    }

    private static boolean beganAfter(ProcessHandle process, Instant since) {
        return process.info().startInstant().orElse(Instant.MIN).plus(TICK).isAfter(since);
    }

    /** Whether it works in a folder, or has a file of it open. */
    private static boolean uses(Path about, Path folder) {
        for (var each : List.of("cwd", "root", "exe")) if (leadsInto(about.resolve(each), folder)) return true;
        try (var open = Files.newDirectoryStream(about.resolve("fd"))) {
            for (var each : open) if (leadsInto(each, folder)) return true;
            return false;
        } catch (IOException | DirectoryIteratorException e) {
            return false; // It has ended, or is another user's.
        }
    }

    private static boolean leadsInto(Path link, Path folder) {
        try {
            return Files.readSymbolicLink(link).startsWith(folder);
        } catch (IOException e) {
            return false;
        }
    }

    /** Name of its program. */
    static String program(ProcessHandle process) {
        return process.info()
                .command()
                .map(program -> Path.of(program).getFileName().toString())
                .orElseGet(() -> read(about(process).resolve("comm")).strip());
    }

    /** Empty if it has ended, or is another user's. */
    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
