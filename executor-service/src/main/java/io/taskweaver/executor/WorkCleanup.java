package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.command.WorkRemains;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Removes what killed executors left in the work folder of this machine. An attempt that was to be continued may have ended
 * elsewhere since, so it is repeated.
 */
final class WorkCleanup {
    private static final Logger LOG = Logger.getLogger(WorkCleanup.class);

    private final String executor;
    private final WorkRemains remains;
    private final Supplier<List<Attempt>> running;
    private final WorkRemains.Journal journal;

    /**
     * @param running attempts here
     * @param journal what the journal says, read to its end
     */
    WorkCleanup(String executor, WorkRemains remains, Supplier<List<Attempt>> running, WorkRemains.Journal journal) {
        this.executor = executor;
        this.remains = remains;
        this.running = running;
        this.journal = journal;
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
