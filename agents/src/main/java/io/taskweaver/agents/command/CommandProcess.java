package io.taskweaver.agents.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * A command that survives the process that started it: a small script runs it in its own process group, and stores its
 * process id and exit code. So a later process can wait for it, and stop it with all its child processes. The files of
 * its output exist before its process id is stored: who finds it started can read them.
 */
final class CommandProcess {
    private static final String SCRIPT = """
            run=$1
            limit=$2
            shift 2
            trap : HUP INT TERM
            : >"$run/output" >"$run/errors"
            set -m
            (
              ulimit -R "$limit" 2>/dev/null ||
                prlimit --pid "$BASHPID" --rttime="$limit:$limit" 2>/dev/null ||
                : >"$run/unmarked"
              exec "$@"
            ) <"$run/stdin" >"$run/output" 2>"$run/errors" &
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
    static final String SCRIPT_NAME = "taskweaver-run";
    /** A process may start others while it is looked for. */
    private static final int MOST_SEARCHES = 10;

    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration STARTING = Duration.ofSeconds(10);

    private final RunFolder run;

    CommandProcess(RunFolder run) {
        this.run = run;
    }

    /** Starts a command and waits until it runs. Interrupted before that, it leaves nothing running; after that, the command. */
    Process start(List<String> command, Path folder, Map<String, String> environment)
            throws IOException, InterruptedException {
        var whole = new ArrayList<>(
                List.of("bash", "-c", SCRIPT, SCRIPT_NAME, run.path().toString(), RunProcesses.limit(run.path())));
        whole.addAll(command);
        var builder = new ProcessBuilder(whole)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().put(RunProcesses.VARIABLE, run.path().toString());
        run.reserve();
        var script = builder.start();
        try {
            awaitStart(script);
        } catch (IOException e) {
            discard(script);
            throw e;
        } catch (InterruptedException e) {
            // A paid run that began goes on: whoever continues it finds it by its process id.
            if (run.isStarted()) noteBegin();
            else discard(script);
            throw e;
        }
        noteBegin();
        return script;
    }

    /** Ends a command without a process id, which no later process would find. */
    private void discard(Process script) throws IOException {
        script.destroyForcibly();
        killStrays();
    }

    private void noteBegin() throws IOException {
        var began = handle().flatMap(handle -> handle.info().startInstant());
        if (began.isPresent()) run.processBegan(began.get());
    }

    private void awaitStart(Process script) throws IOException, InterruptedException {
        var deadline = Instant.now().plus(STARTING);
        while (!run.isStarted()) {
            if (Instant.now().isAfter(deadline)
                    || script.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS) && !run.isStarted())
                throw new IOException("the command could not be started");
        }
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
        if (handle.isEmpty()) {
            killStrays();
            return;
        }
        var all = handle.get().descendants().toList();
        signal("TERM");
        var deadline = Instant.now().plus(GRACE);
        while (run.exit().isEmpty() && Instant.now().isBefore(deadline)) TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        signal("KILL");
        all.forEach(ProcessHandle::destroyForcibly);
        killStrays();
        deadline = Instant.now().plus(GRACE);
        while (run.exit().isEmpty() && Instant.now().isBefore(deadline)) TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
    }

    /**
     * Kills what an ended command left running, in its process group or in a session of its own.
     *
     * @return the names of their programs
     */
    List<String> sweep() throws IOException, InterruptedException {
        signal("KILL");
        return killStrays();
    }

    /**
     * Kills what still runs of a command whose executor ended. Its process group is signalled only while the process itself is
     * there: later, the id may be another one's.
     */
    void endRemains() throws IOException, InterruptedException {
        if (run.processBegan().isPresent()) stop();
        killStrays();
    }

    /** Not the script: it stores the exit code, which waiters read. */
    private List<String> killStrays() throws IOException {
        var processes = new RunProcesses(run);
        var killed = new HashSet<ProcessHandle>();
        var names = new TreeSet<String>();
        for (int searches = 0; searches < MOST_SEARCHES; searches++) {
            var found = processes.running().stream().filter(killed::add).toList();
            if (found.isEmpty()) break;
            for (var process : found) {
                names.add(RunProcesses.program(process));
                process.destroyForcibly();
            }
        }
        return List.copyOf(names);
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
