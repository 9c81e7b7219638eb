package io.taskweaver.agents.simulated;

import io.taskweaver.agents.simulated.SimulatedRun.Delivered;
import io.taskweaver.code.Git;
import io.taskweaver.code.TemporaryFolder;
import io.taskweaver.model.FileChange;
import io.taskweaver.prompts.AnswerReader;
import io.taskweaver.prompts.AnswerReading;
import io.taskweaver.prompts.Delivery;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Does the work of runs on a repository, as the service does: clone, change, commit, push. */
final class SimulatedPushes implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SimulatedPushes.class.getName());

    private final RunStore runs;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    SimulatedPushes(RunStore runs) {
        this.runs = runs;
    }

    /** Begins the work of a run, if it has any. */
    void begin(SimulatedRun run) {
        if (run.isToDeliver()) threads.execute(() -> deliver(run));
    }

    private void deliver(SimulatedRun run) {
        try {
            runs.deliver(run.id(), delivered(run, run.remote().orElseThrow()));
        } catch (InterruptedException e) {
            // The server was stopped; the next one with the same data does it.
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The work of a run could not be pushed run=" + run.id(), e);
            runs.deliver(run.id(), new Delivered(Optional.empty(), Optional.of("" + e.getMessage())));
        }
    }

    private static Delivered delivered(SimulatedRun run, Delivery.OnRemote place)
            throws IOException, InterruptedException {
        try (var temporary = TemporaryFolder.create("simulated")) {
            var folder = temporary.path().resolve("clone");
            Git.ofUser(temporary.path())
                    .text(
                            "clone",
                            "--quiet",
                            "--branch",
                            place.branch(),
                            "--single-branch",
                            "--",
                            place.url(),
                            "clone");
            var git = Git.ofUser(folder);
            if (run.fate().strays()) git.text("checkout", "--quiet", "--orphan", "stray");
            for (var change : changes(run.answer())) write(folder, change);
            git.text("add", "--all");
            if (git.text("status", "--porcelain").isEmpty()) return new Delivered(Optional.empty(), Optional.empty());
            git.text("commit", "--quiet", "--message", "Simulated: " + run.attempt());
            var branch = "simulated/" + run.attempt().replaceAll("[^A-Za-z0-9/_-]+", "-") + "-" + run.id();
            git.text("push", "--quiet", "--force", "origin", "HEAD:refs/heads/" + branch);
            return new Delivered(Optional.of(branch), Optional.empty());
        }
    }

    private static List<FileChange> changes(String answer) throws IOException {
        return switch (AnswerReader.read(answer, Map.of())) {
            case AnswerReading.Answer read -> read.changes();
            case AnswerReading.Unreadable(String reason) -> throw new IOException(reason);
        };
    }

    private static void write(Path folder, FileChange change) throws IOException {
        var file = folder.resolve(change.path());
        if (change.content().isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, change.content().get());
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
