package io.taskweaver.agents.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A command that survives the process that started it: a small script runs it in its own process group, and stores its
 * process id and exit code. So a later process can wait for it, and stop it with all its child processes. The files of
 * its output exist before its process id is stored: who finds it started can read them.
 */
final class CommandProcess {
    private static final String SCRIPT = """
            run=$1
            shift
            trap : HUP INT TERM
            : >"$run/output" >"$run/errors"
            set -m
            "$@" <"$run/stdin" >"$run/output" 2>"$run/errors" &
            pid=$!
            printf '%-20s\\n' "$pid" 1<>"$run/pid.new" && mv "$run/pid.new" "$run/pid"
            while :; do
              wait "$pid"
              code=$?
              kill -0 "$pid" 2>/dev/null && continue
              if [ "$code" -gt 128 ]; then
                wait "$pid"
                again=$?
                [ "$again" -eq 127 ] || code=$again
              fi
              break
            done
            printf '%-20s\\n' "$code" 1<>"$run/exit.new" && mv "$run/exit.new" "$run/exit"
            """;
    /** Variable that all processes of a run inherit: a daemon leaves the process group, and keeps its environment. */
    private static final String MARK = "TASKWEAVER_RUN";

    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration STARTING = Duration.ofSeconds(10);

    private final RunFolder run;

    CommandProcess(RunFolder run) {
        this.run = run;
    }

    /** Starts a command and waits until it runs. */
    Process start(List<String> command, Path folder, Map<String, String> environment)
            throws IOException, InterruptedException {
        var whole = new ArrayList<>(
                List.of("bash", "-c", SCRIPT, "taskweaver-run", run.path().toString()));
        whole.addAll(command);
        var builder = new ProcessBuilder(whole)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put(MARK, run.path().toString());
        run.reserve();
        var script = builder.start();
        var deadline = Instant.now().plus(STARTING);
        while (!run.isStarted()) {
            if (Instant.now().isAfter(deadline)
                    || script.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS) && !run.isStarted())
                throw new IOException("the command could not be started");
        }
        var began = handle().flatMap(handle -> handle.info().startInstant());
        if (began.isPresent()) run.processBegan(began.get());
        return script;
    }

    /** Whether it still runs. */
    boolean isAlive() throws IOException {
        return handle().isPresent();
    }

    /** The process, unless its id was reused. */
    private Optional<ProcessHandle> handle() throws IOException {
        var pid = run.pid();
        if (pid.isEmpty()) return Optional.empty();
        var began = run.processBegan();
        return ProcessHandle.of(pid.get())
                .filter(ProcessHandle::isAlive)
                .filter(handle ->
                        began.isEmpty() || handle.info().startInstant().equals(began));
    }

    /** Stops it with all its child processes: first TERM, then KILL. */
    void stop() throws IOException, InterruptedException {
        var handle = handle();
        if (handle.isEmpty()) return;
        var all = handle.get().descendants().toList();
        signal("TERM");
        var deadline = Instant.now().plus(GRACE);
        while (run.exit().isEmpty() && Instant.now().isBefore(deadline)) TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        signal("KILL");
        all.forEach(ProcessHandle::destroyForcibly);
        // The script stores the exit code, which waiters read.
        strays().stream().filter(process -> !isScript(process)).forEach(ProcessHandle::destroyForcibly);
        deadline = Instant.now().plus(GRACE);
        while (run.exit().isEmpty() && Instant.now().isBefore(deadline)) TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
    }

    /**
     * Kills what an ended command left running, in its process group or in a session of its own.
     *
     * @return the names of their programs
     */
    List<String> sweep() throws IOException, InterruptedException {
        var strays = strays();
        var names = strays.stream()
                .filter(process -> !isScript(process))
                .flatMap(process -> process.info().command().stream())
                .map(program -> Path.of(program).getFileName().toString())
                .distinct()
                .sorted()
                .toList();
        signal("KILL");
        strays.forEach(ProcessHandle::destroyForcibly);
        return names;
    }

    /**
     * Kills what still runs of a command whose executor ended. Its process group is signalled only while the process itself is
     * there: later, the id may be another one's.
     */
    void endRemains() throws IOException, InterruptedException {
        if (run.processBegan().isPresent()) stop();
        strays().forEach(ProcessHandle::destroyForcibly);
    }

    /** The script that stored the exit code may not have ended yet. */
    private static boolean isScript(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .contains("\0taskweaver-run\0");
        } catch (IOException e) {
            return true; // It has ended.
        }
    }

    /** Processes that inherited the mark of the run. Where the system does not show environments, none. */
    private List<ProcessHandle> strays() {
        var mark = MARK + "=" + run.path() + "\0";
        return ProcessHandle.allProcesses()
                .filter(process -> hasInherited(process.pid(), mark))
                .toList();
    }

    private static boolean hasInherited(long pid, String mark) {
        try {
            var environment = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "environ"));
            return (new String(environment, StandardCharsets.UTF_8) + "\0").contains(mark);
        } catch (IOException e) {
            return false;
        }
    }

    private void signal(String name) throws IOException, InterruptedException {
        var pid = run.pid();
        if (pid.isEmpty()) return;
        new ProcessBuilder(
                        "bash",
                        "-c",
                        "kill -\"$1\" -- \"-$2\"",
                        "taskweaver-stop",
                        name,
                        pid.get().toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
