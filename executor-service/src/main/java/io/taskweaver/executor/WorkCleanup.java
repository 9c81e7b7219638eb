package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.command.WorkRemains;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Removes what killed executors left in the work folder of this machine, at the start and at every interval: an attempt that
 * was to be continued may have ended elsewhere since.
 */
final class WorkCleanup implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(WorkCleanup.class);

    private final String executor;
    private final WorkRemains remains;
    private final Supplier<List<Attempt>> running;
    private final WorkRemains.Journal journal;
    private final Thread thread;

    /**
     * @param running attempts here
     * @param journal what the journal says, read to its end
     */
    WorkCleanup(
            String executor,
            WorkRemains remains,
            Supplier<List<Attempt>> running,
            WorkRemains.Journal journal,
            Duration interval) {
        this.executor = executor;
        this.remains = remains;
        this.running = running;
        this.journal = journal;
        this.thread = Thread.ofVirtual().name("work-cleanup").unstarted(() -> loop(interval));
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void loop(Duration interval) {
        try {
            while (true) {
                cleanSafely();
                Thread.sleep(interval);
            }
        } catch (InterruptedException e) {
            LOG.debugf("The cleanup of work folders ended executor=%s", executor);
        }
    }

    private void cleanSafely() throws InterruptedException {
        try {
            clean();
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "The cleanup of work folders failed and is retried executor=%s", executor);
        }
    }

    /** Cleans once. */
    void clean() throws InterruptedException {
        var removed = new ArrayList<>(remains.removeChecks());
        removed.addAll(remains.removeRuns(running.get(), journal));
        if (removed.isEmpty()) return;
        LOG.infof(
                "Folders that killed executors left were removed executor=%s folders=%s",
                executor,
                removed.stream()
                        .map(Path::getFileName)
                        .map(Path::toString)
                        .sorted()
                        .collect(Collectors.joining(",")));
    }
}
