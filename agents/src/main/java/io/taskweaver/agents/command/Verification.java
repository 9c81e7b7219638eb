package io.taskweaver.agents.command;

import io.taskweaver.domain.context.FileChange;
import io.taskweaver.domain.plan.BaseCommit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Checks a result by a command of the user: in a fresh work tree that holds the code, the files at hand and the changes, and
 * nothing else that the agent may have left behind.
 */
public final class Verification {
    private static final int MOST_OUTPUT = 4000;
    private static final long FLOOD = 256L << 20;
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Path folder;
    private final boolean keep;
    private final Environment environment;

    /** What came of it. */
    public sealed interface Verdict {
        /** The command succeeded. */
        record Passed() implements Verdict {}

        /** It did not; the reason holds the end of its output, without secrets. */
        record Failed(String reason) implements Verdict {}

        /** It could not be run here. */
        record Impossible(String reason) implements Verdict {}
    }

    /**
     * @param folder folder for work trees
     * @param keep whether work trees stay
     * @param inherited variables of this process
     */
    public Verification(Path folder, boolean keep, Map<String, String> inherited) {
        this.folder = folder.toAbsolutePath().normalize().resolve("verify");
        this.keep = keep;
        this.environment = new Environment(inherited);
    }

    /**
     * Runs the command. Interrupting it stops it with all that it started.
     *
     * @param name name of the work tree's folder, one for each attempt
     * @param files files at hand, path to text
     * @param limit how long it may take
     */
    public Verdict run(
            String name,
            String command,
            Optional<BaseCommit> base,
            Map<String, String> files,
            List<FileChange> changes,
            Duration limit)
            throws InterruptedException {
        var run = new RunFolder(folder.resolve(name.replace('/', '~')));
        try {
            remove(run, base);
            Files.createDirectories(run.path());
            var tree = WorkTree.create(run.work(), base, present(files, changes));
            for (var change : changes)
                if (change.content().isEmpty())
                    Files.deleteIfExists(tree.folder().resolve(change.path()));
            Files.writeString(run.stdin(), "");
            return verdict(command, run, tree, limit);
        } catch (IOException e) {
            return new Verdict.Impossible(environment.redacted("The result could not be verified: " + e.getMessage()));
        } finally {
            if (!keep) removeQuietly(run, base);
        }
    }

    private static Map<String, String> present(Map<String, String> files, List<FileChange> changes) {
        var present = new TreeMap<>(files);
        for (var change : changes) change.content().ifPresent(text -> present.put(change.path(), text));
        return present;
    }

    private Verdict verdict(String command, RunFolder run, WorkTree tree, Duration limit)
            throws IOException, InterruptedException {
        var process = new CommandProcess(run);
        long end = System.nanoTime() + limit.toNanos();
        var script =
                process.start(List.of("bash", "-c", command), tree.folder(), new HashMap<>(environment.variables()));
        try {
            while (run.exit().isEmpty()) {
                if (System.nanoTime() > end) {
                    process.stop();
                    return new Verdict.Failed("'" + command + "' did not end within " + limit + ".");
                }
                if (Files.size(run.output()) > FLOOD || Files.size(run.errors()) > FLOOD) {
                    process.stop();
                    return new Verdict.Failed("'" + command + "' printed more than " + FLOOD + " bytes.");
                }
                script.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            process.stop();
            throw e;
        }
        process.sweep();
        int code = run.exit().orElseThrow();
        if (code == 0) return new Verdict.Passed();
        var said = (tail(run.output()) + "\n" + tail(run.errors())).strip();
        return new Verdict.Failed(
                environment.redacted("'" + command + "' failed on the result with exit code " + code + ":\n" + said));
    }

    private static String tail(Path file) throws IOException {
        try (var channel = Files.newByteChannel(file)) {
            channel.position(Math.max(0, channel.size() - MOST_OUTPUT / 2));
            return new String(
                            java.nio.channels.Channels.newInputStream(channel).readNBytes(MOST_OUTPUT / 2),
                            StandardCharsets.UTF_8)
                    .strip();
        }
    }

    private static void remove(RunFolder run, Optional<BaseCommit> base) throws IOException, InterruptedException {
        if (!Files.exists(run.path())) return;
        WorkTree.at(run.work(), "").remove(base);
        WorkTree.Folders.delete(run.path());
    }

    /** What is left behind is removed at the next try of the same attempt; it is no reason to fail. */
    private static void removeQuietly(RunFolder run, Optional<BaseCommit> base) throws InterruptedException {
        try {
            remove(run, base);
        } catch (IOException e) {
            System.getLogger(Verification.class.getName())
                    .log(System.Logger.Level.WARNING, "A folder could not be removed: " + run.path(), e);
        }
    }
}
