package io.taskweaver.agents.command;

import io.taskweaver.agents.AgentCode;
import io.taskweaver.agents.Assignment;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.Capabilities;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Interruption;
import io.taskweaver.agents.Lookup;
import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.RunListener;
import io.taskweaver.agents.Secrets;
import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.OwnCommits;
import io.taskweaver.code.PreparedFiles;
import io.taskweaver.code.WorkFolders;
import io.taskweaver.code.WorkTree;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.Preparation;
import io.taskweaver.model.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A coding agent with a command line, described by a file. Each attempt runs in its own Git work tree, and the
 * differences at the end are its result. A run survives this process: after a crash the next process on the machine
 * finds it by its folder.
 */
public final class CommandAgent implements CodingAgent {
    private static final Duration GONE = Duration.ofSeconds(3);
    /** What a shell says of a process that KILL ended. */
    private static final int KILLED = 137;

    /** Time limit of a set-up command, unless its caller sets one. */
    private static final Duration UNPREPARED = Duration.ofHours(1);

    private final String name;
    private final CommandSpec spec;
    private final CommandSettings settings;
    private final Environment environment;
    private final OutputReader reader;
    private final TreePreparation preparation;
    /** Processes that were started here; of others only the folder is known. */
    private final Map<String, Process> started = new ConcurrentHashMap<>();

    private final Set<String> awaited = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    CommandAgent(String name, CommandSpec spec, CommandSettings settings, Map<String, String> inherited) {
        this.name = name;
        this.spec = spec;
        this.settings = settings;
        this.environment = new Environment(inherited).redacting(spec.secrets());
        this.reader = new OutputReader(name, spec);
        this.preparation = new TreePreparation(settings.setups(), settings.mostSetups(), settings.sandbox(), inherited);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean worksInFolder() {
        return true;
    }

    @Override
    public boolean startsWhenAwaited() {
        return true;
    }

    @Override
    public Secrets secrets() {
        return environment.secrets();
    }

    /** Path of its program; empty if not installed. */
    public Optional<Path> program() {
        return Capabilities.find(
                new CommandPlaceholders(spec.values()).fill(spec.program()).orElse(spec.program()),
                environment.variables());
    }

    /** The program as named in the file. */
    public String programName() {
        return spec.program();
    }

    /** One line for people. */
    public String about() {
        return spec.about();
    }

    @Override
    public Lookup find(Attempt attempt) {
        var id = runId(attempt);
        return folder(id).isCreated() ? new Lookup.Found(id) : new Lookup.Absent();
    }

    @Override
    public Optional<Outcome.Unsuccessful> prepare(Attempt attempt, Assignment assignment, Duration limit)
            throws InterruptedException {
        if (assignment.code().isEmpty()) return Optional.empty();
        var code = assignment.code().get();
        // Without a set-up, a work tree takes no longer than the process that starts in it.
        if (code.preparation().setup().isEmpty()) return Optional.empty();
        var run = folder(runId(attempt));
        // Another executor of this machine may prepare the same attempt; what it made is as good.
        try (var lock = PathLock.acquire(run.lock())) {
            if (run.isCreated() || isPrepared(run, code)) return Optional.empty();
            return made(run, code, limit);
        } catch (IOException e) {
            return Optional.of(failed(e));
        }
    }

    @Override
    public void abandon(Attempt attempt) {
        var id = runId(attempt);
        if (!folder(id).isStarted()) release(id);
    }

    @Override
    public Creation create(Attempt attempt, Assignment assignment) throws InterruptedException {
        var id = runId(attempt);
        var run = folder(id);
        if (run.isCreated()) return new Creation.Created(id);
        if (program().isEmpty())
            return new Creation.Refused(new Outcome.NotConfigured(
                    "The program '" + spec.program() + "' of the agent '" + name + "' is not installed here.",
                    "Install it on the machines of the executors, or set its path in " + name
                            + ".yaml; then resume the plan."));
        try (var lock = PathLock.acquire(run.lock())) {
            if (run.isCreated()) return new Creation.Created(id);
            if (assignment.code().isEmpty()) withoutCode(run);
            else {
                var code = assignment.code().get();
                boolean prepared = code.preparation().setup().isPresent() && isPrepared(run, code);
                var failed = prepared ? Optional.<Outcome.Unsuccessful>empty() : made(run, code, UNPREPARED);
                if (failed.isPresent()) return new Creation.Refused(failed.get());
            }
            Files.writeString(run.prompt(), new AsideFile(run).write(assignment));
            var stdin = spec.stdin().flatMap(values(attempt, run)::fill);
            Files.writeString(run.stdin(), stdin.orElse(""));
            run.create(attempt);
            return new Creation.Created(id);
        } catch (IOException e) {
            return new Creation.Refused(failed(e));
        }
    }

    /** Starts the command of a run that was created, by this process or by one that was killed. */
    private void start(String id, RunFolder run) throws IOException, InterruptedException {
        if (run.isStarted() || !run.isCreated()) return;
        try (var lock = PathLock.acquire(run.lock())) {
            var attempt = run.created();
            if (closed || run.isStarted() || attempt.isEmpty() || run.stopped().isPresent()) return;
            var values = values(attempt.get(), run);
            var folder = workFolder(run);
            var launch =
                    settings.sandbox().launch(values.arguments(spec), run, folder, environment.variables(), needs());
            var variables = new HashMap<>(launch.variables());
            spec.environment().forEach((key, text) -> values.fill(text).ifPresent(value -> variables.put(key, value)));
            started.put(id, new CommandProcess(run).start(launch.command(), folder, variables));
        }
    }

    /** Also the scripts that the file itself names. */
    private SandboxNeeds needs() {
        var needs = spec.sandbox();
        var read = new ArrayList<>(needs.read());
        for (var argument : spec.command())
            for (var text : argument.texts())
                if (text.startsWith("/") && text.indexOf('{') < 0 && Files.isRegularFile(Path.of(text))) read.add(text);
        return new SandboxNeeds(read, needs.write(), needs.copy(), needs.variables(), needs.network());
    }

    /** A work tree of an empty repository of its own. */
    private static void withoutCode(RunFolder run) throws IOException, InterruptedException {
        discard(run);
        Files.createDirectories(run.path());
        try (var own = CodeRepository.open(run.code())) {
            var tree = own.emptyTree();
            var commit = own.commit(tree, List.of(), "Nothing", Instant.EPOCH);
            WorkTree.create(run.work(), own, commit, tree);
            begin(run, new AgentCode(own, commit, tree, ""));
        }
    }

    /** Makes and prepares the work tree of a run; of one that cannot be prepared nothing is left. */
    private Optional<Outcome.Unsuccessful> made(RunFolder run, AgentCode code, Duration limit)
            throws IOException, InterruptedException {
        discard(run);
        Files.createDirectories(run.path());
        var tree = WorkTree.create(run.work(), code.repository(), code.commit(), code.tree());
        switch (preparation.prepare(tree, code, limit)) {
            case TreePreparation.Prepared.Failed(String reason) -> {
                discard(run);
                return Optional.of(new Outcome.SetupFailed(reason));
            }
            case TreePreparation.Prepared.Ready(PreparedFiles files) -> run.prepared(files);
        }
        begin(run, code);
        return Optional.empty();
    }

    /** Written last: a work tree whose run has begun is complete. */
    private static void begin(RunFolder run, AgentCode code) throws IOException {
        run.begin(new RunFolder.Begun(
                code.repository().folder().toAbsolutePath(), code.commit(), code.prefix(), Instant.now()));
    }

    private static boolean isPrepared(RunFolder run, AgentCode code) throws IOException {
        return run.begun().filter(begun -> begun.commit().equals(code.commit())).isPresent();
    }

    private CommandPlaceholders values(Attempt attempt, RunFolder run) throws IOException {
        var values = new HashMap<>(spec.values());
        values.put("prompt", Files.readString(run.prompt()));
        values.put("prompt-file", run.prompt().toString());
        values.put("folder", workFolder(run).toString());
        values.put("plan", attempt.plan());
        values.put("task", attempt.task());
        values.put("attempt", Integer.toString(attempt.number()));
        return new CommandPlaceholders(values);
    }

    /** Where the code is in the work tree of a run. */
    private static Path workFolder(RunFolder run) throws IOException {
        return WorkTree.at(run.work())
                .folder(run.begun().map(RunFolder.Begun::prefix).orElse(""));
    }

    @Override
    public Outcome await(String runId, Duration limit, RunListener listener) throws InterruptedException {
        awaited.add(runId);
        try {
            var outcome = awaited(runId, limit, listener);
            if (outcome instanceof Outcome.TimedOut) cancel(runId);
            return outcome;
        } catch (IOException e) {
            return failed(e);
        } finally {
            awaited.remove(runId);
        }
    }

    private Outcome awaited(String runId, Duration limit, RunListener listener)
            throws IOException, InterruptedException {
        var run = folder(runId);
        start(runId, run);
        if (!run.isStarted() && run.stopped().isPresent()) return ended(runId, run, KILLED, List.of());
        if (!run.isStarted() && closed) return interrupted();
        if (!run.isStarted())
            return new Outcome.InfraFailed("The run " + runId + " of agent " + name + " is not on this machine.");
        var process = new CommandProcess(run);
        var tail = new OutputTail(run, hiding(run).secrets(), listener);
        long begin = System.nanoTime();
        long lastOutput = begin;
        long seen = -1;
        long gone = 0;
        while (run.exit().isEmpty()) {
            long now = System.nanoTime();
            tail.read();
            if (closed) return interrupted();
            if (now - begin > limit.toNanos()) {
                tail.end();
                return new Outcome.TimedOut(
                        "Agent " + name + " did not end within " + limit.toSeconds() + " s.", limit);
            }
            long size = size(run.output()) + size(run.errors());
            if (size != seen) {
                listener.active(
                        seen < 0
                                ? "Agent " + name + " is working."
                                : "Agent " + name + " has printed " + size + " bytes.");
                lastOutput = now;
                seen = size;
            }
            if (size > spec.mostOutput()) stop(run, process, RunFolder.Stop.TOO_MUCH_OUTPUT);
            else if (spec.stall().isPositive()
                    && now - lastOutput > spec.stall().toNanos()) stop(run, process, RunFolder.Stop.STALLED);
            else if (process.isAlive()) gone = 0;
            else if (gone == 0) gone = now;
            else if (now - gone > GONE.toNanos()) {
                process.sweep();
                tail.end();
                return run.stopped().isPresent()
                        ? ended(runId, run, KILLED, List.of())
                        : new Outcome.InfraFailed("Agent " + name + " was killed, and left no exit code.");
            }
            pause(runId);
        }
        var left = process.sweep();
        tail.end();
        return ended(runId, run, run.exit().orElseThrow(), left);
    }

    private void pause(String runId) throws InterruptedException {
        var script = started.get(runId);
        if (script == null) TimeUnit.NANOSECONDS.sleep(settings.pollInterval().toNanos());
        else script.waitFor(settings.pollInterval().toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void stop(RunFolder run, CommandProcess process, RunFolder.Stop why)
            throws IOException, InterruptedException {
        try {
            if (run.exit().isEmpty()) run.stop(why);
        } finally {
            // Nobody may have looked yet for what it left.
            process.stop();
        }
    }

    private Outcome ended(String runId, RunFolder run, int code, List<String> left)
            throws IOException, InterruptedException {
        var stopped = run.stopped();
        if (stopped.isPresent())
            return switch (stopped.get()) {
                case CANCELLED -> new Outcome.Cancelled("Agent " + name + " was stopped.");
                case TOO_MUCH_OUTPUT ->
                    new Outcome.TaskFailed("Agent " + name + " printed more than " + spec.mostOutput()
                            + " bytes and was stopped. Set another limit with 'most-output' in its file.");
                case STALLED ->
                    new Outcome.TimedOut(
                            "Agent " + name + " printed nothing for "
                                    + spec.stall().toSeconds()
                                    + " s and was stopped. Set another limit with 'stall' in its file.",
                            Duration.ZERO);
                case CLOSED -> interrupted();
            };
        // Before anything is cut out of it: half a secret would not be recognised.
        var hiding = hiding(run);
        var end = new OutputReader.End(code, hiding.redacted(text(run.output())), hiding.redacted(text(run.errors())));
        var unmade = settings.sandbox().failure(code, end.output(), end.errors());
        if (unmade.isPresent())
            return new Outcome.InfraFailed("Agent " + name + " was not started: " + unmade.get() + ".");
        var prompt = Files.exists(run.prompt()) ? Files.readString(run.prompt()) : "";
        return switch (reader.read(end, prompt)) {
            case OutputReader.Reading.Failure(Outcome.Unsuccessful outcome) -> outcome.masked(hiding.secrets());
            case OutputReader.Reading.Answer(String answer, Usage usage) -> changed(runId, run, answer, usage, left);
        };
    }

    private Outcome.Interrupted interrupted() {
        return new Outcome.Interrupted("Agent " + name + " was stopped with its executor.", false);
    }

    private Outcome changed(String runId, RunFolder run, String answer, Usage usage, List<String> left)
            throws IOException, InterruptedException {
        var hiding = hiding(run);
        var outside = new ArrayList<>(OutsideChanges.found(run));
        if (!left.isEmpty())
            outside.add("It left processes running, which were stopped: " + String.join(", ", left) + ".");
        try {
            var code = result(runId, run);
            return new Outcome.Succeeded(
                    answer,
                    Optional.of(code),
                    hiding.redacted(summary(run, answer, code.leftOut(), outside, hiding)),
                    List.of(),
                    usage);
        } catch (WorkTree.TooMuchException e) {
            return unusable(
                    e.getMessage() + ". Change fewer or smaller files, and exclude build output with .gitignore.",
                    usage);
        } catch (WorkTree.UnusableException e) {
            return unusable(e.getMessage() + ".", usage);
        }
    }

    private Outcome unusable(String why, Usage usage) {
        return new Outcome.TaskFailed(
                environment.redacted("The result of agent " + name + " cannot be used: " + why), usage);
    }

    /** The environment of a run, which also hides what was brought into its folder. */
    private Environment hiding(RunFolder run) throws IOException {
        var brought = run.prepared().brought();
        var begun = run.begun();
        if (brought.isEmpty() || begun.isEmpty()) return environment;
        try (var code = CodeRepository.open(begun.get().repository())) {
            return TreePreparation.hiding(environment, code, Preparation.NONE.bringing(List.of(), brought.get()));
        }
    }

    private CodeResult result(String runId, RunFolder run) throws IOException, InterruptedException {
        var begun = run.begun().orElseThrow(() -> new IOException("the start state of the run is lost"));
        // Opening a repository that is gone would make an empty one.
        if (!Files.isDirectory(begun.repository()))
            throw new IOException("the repository " + begun.repository() + " of the run is gone");
        try (var code = CodeRepository.open(begun.repository())) {
            var message = "Result of " + runId.replace('~', '/');
            return WorkTree.at(run.work())
                    .result(code, begun.commit(), begun.prefix(), message, begun.at(), settings.most(), run.prepared());
        }
    }

    private String summary(RunFolder run, String answer, List<String> leftOut, List<String> outside, Environment hiding)
            throws IOException {
        var begun = run.begun();
        var messages =
                begun.isPresent() ? OwnCommits.messages(run.work(), begun.get().commit()) : List.<String>of();
        // Before they are shortened: half a secret would not be recognised.
        var commits = messages.stream().map(hiding::redacted).toList();
        var summary = RunSummary.of(commits, answer, spec.output().format() != CommandSpec.Format.TEXT, leftOut);
        return outside.isEmpty() ? summary : (summary + "\n" + String.join("\n", outside)).strip();
    }

    /** The output, or its end if it is too long. */
    private String text(Path file) throws IOException {
        if (!Files.exists(file)) return "";
        try (var channel = Files.newByteChannel(file)) {
            long from = Math.max(0, channel.size() - spec.mostOutput());
            channel.position(from);
            var bytes = java.nio.channels.Channels.newInputStream(channel).readNBytes((int) (spec.mostOutput()));
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Nothing before it prints something. */
    private static long size(Path file) {
        return file.toFile().length();
    }

    @Override
    public void cancel(String runId) throws InterruptedException {
        stop(runId, RunFolder.Stop.CANCELLED);
    }

    @Override
    public Interruption interrupt(String runId) throws InterruptedException {
        var why = stop(runId, RunFolder.Stop.CLOSED);
        return why.filter(RunFolder.Stop.CLOSED::equals).isPresent()
                ? new Interruption.Stopped(interrupted())
                : new Interruption.Over();
    }

    /** Why the run is stopped: the first reason counts; empty if it is not, since it ended by itself or is not here. */
    private Optional<RunFolder.Stop> stop(String runId, RunFolder.Stop why) throws InterruptedException {
        var run = folder(runId);
        if (!run.isCreated()) return Optional.empty();
        // Not while it is started.
        try (var lock = PathLock.acquire(run.lock())) {
            if (run.isStarted()) stop(run, new CommandProcess(run), why);
            else run.stop(why);
            return run.stopped();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop the run " + runId + " of " + name, e);
        }
    }

    @Override
    public void release(String runId) {
        started.remove(runId);
        try {
            if (settings.keep()) {
                // They may have copies of credentials.
                WorkFolders.delete(folder(runId).home());
                WorkFolders.delete(folder(runId).temporary());
                return;
            }
            var run = folder(runId);
            try {
                run.remove(repository(run));
            } finally {
                Files.deleteIfExists(run.lock());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the folder of the run " + runId + " of " + name, e);
        }
    }

    private static Optional<Path> repository(RunFolder run) {
        try {
            return run.begun().map(RunFolder.Begun::repository);
        } catch (IOException | DateTimeException e) {
            return Optional.empty(); // Only that its work tree is of no further use.
        }
    }

    private static void discard(RunFolder run) throws IOException {
        WorkFolders.delete(run.path());
    }

    /** Stops all runs of this process, whatever fails: an executor that leaves must not leave paid runs. */
    @Override
    public void close() {
        closed = true;
        var held = new HashSet<>(started.keySet());
        held.addAll(awaited);
        UncheckedIOException failure = null;
        for (var id : held) {
            try {
                var run = folder(id);
                // Another executor may have ended the attempt, and removed it.
                if (run.isStarted()) stop(run, new CommandProcess(run), RunFolder.Stop.CLOSED);
            } catch (NoSuchFileException e) {
                continue; // Another executor removed it in this moment.
            } catch (IOException e) {
                var unstopped = new UncheckedIOException("cannot stop the run " + id + " of " + name, e);
                if (failure == null) failure = unstopped;
                else failure.addSuppressed(unstopped);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        if (failure != null) throw failure;
    }

    private RunFolder folder(String runId) {
        return new RunFolder(settings.folder().resolve(name).resolve(FolderName.of(runId)));
    }

    private static String runId(Attempt attempt) {
        return attempt.id().replace('/', '~');
    }

    private Outcome.InfraFailed failed(IOException e) {
        var failed = Outcome.InfraFailed.of("Agent " + name + " cannot work here", e);
        return new Outcome.InfraFailed(environment.redacted(failed.reason()), failed.storage());
    }
}
