package io.taskweaver.agents.command;

import io.taskweaver.agents.Attempt;
import io.taskweaver.code.WorkFolders;
import io.taskweaver.model.storage.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What executors that were killed left in the work folder, which those of one machine may share. The folder of a check is used
 * only by the process that made it. The folder of a run is continued by the next executor, and goes when its attempt is over.
 */
public final class WorkRemains {
    private static final System.Logger LOG = System.getLogger(WorkRemains.class.getName());
    private static final String LOCK = ".lock";
    private static final String REMOVED = ".removed";

    /** Age of a run that this journal does not know: it may be one of another cluster, which continues it. */
    private static final Duration FORGOTTEN = Duration.ofDays(30);

    private final Path work;
    private final boolean keep;
    /** So that each is logged once. */
    private final Set<Path> unremovable = ConcurrentHashMap.newKeySet();

    /**
     * What is known of attempts.
     *
     * @param over those whose runs nobody awaits any more
     * @param unfinished those whose runs somebody will await
     * @param archived plans that have no attempts any more
     */
    public record Known(Collection<Attempt> over, Collection<Attempt> unfinished, Collection<String> archived) {
        public Known {
            over = List.copyOf(over);
            unfinished = List.copyOf(unfinished);
            archived = List.copyOf(archived);
        }
    }

    /** Looks up what is known of attempts. */
    @FunctionalInterface
    public interface Journal {
        Known known() throws InterruptedException;
    }

    /**
     * @param work folder of agents and checks
     * @param keep whether their folders are kept
     */
    public WorkRemains(Path work, boolean keep) {
        this.work = work.toAbsolutePath().normalize();
        this.keep = keep;
    }

    /**
     * Removes the folders of checks that no process uses.
     *
     * @return those that were removed
     */
    public List<Path> removeChecks() throws InterruptedException {
        var removed = new ArrayList<Path>();
        if (keep) return removed;
        for (var kind : List.of(Verification.FOLDER, ContractCheck.FOLDER))
            try {
                removed.addAll(CheckFolder.removeUnused(work.resolve(kind), ""));
            } catch (IOException | UncheckedIOException e) {
                unremoved(work.resolve(kind), e);
            }
        return removed;
    }

    /**
     * Removes the folders of runs that nobody will continue, and ends what still runs in them.
     *
     * @param running attempts of this process
     * @param journal asked only if there are folders of other attempts
     * @return those that were removed
     */
    public List<Path> removeRuns(Collection<Attempt> running, Journal journal) throws InterruptedException {
        if (keep) return List.of();
        var held = names(running);
        var others = all().stream().filter(path -> !held.contains(name(path))).toList();
        if (others.isEmpty()) return List.of();
        var attempts = journal.known();
        var over = names(attempts.over());
        var unfinished = names(attempts.unfinished());
        var archived = attempts.archived().stream()
                .map(plan -> FolderName.of(plan) + ".")
                .toList();
        var removed = new ArrayList<Path>();
        for (var path : others) {
            var name = name(path);
            try {
                if (path.toString().endsWith(REMOVED)
                        || over.contains(name)
                        || archived.stream().anyMatch(name::startsWith)
                        || !unfinished.contains(name) && isForgotten(path)) {
                    remove(path);
                    if (!path.toString().endsWith(LOCK)) removed.add(path);
                }
            } catch (NoSuchFileException e) {
                continue; // Another executor removed it.
            } catch (IOException | UncheckedIOException e) {
                unremoved(path, e);
            }
        }
        return removed;
    }

    private static Set<String> names(Collection<Attempt> attempts) {
        return attempts.stream().map(attempt -> FolderName.of(attempt.id())).collect(Collectors.toUnmodifiableSet());
    }

    private static String name(Path path) {
        var name = path.getFileName().toString();
        return name.endsWith(LOCK) ? name.substring(0, name.length() - LOCK.length()) : name;
    }

    /** Folders of runs, and files that lock them, of all agents. */
    private List<Path> all() {
        var all = new ArrayList<Path>();
        try (var agents = Files.newDirectoryStream(work, WorkRemains::isOfAgent)) {
            for (var agent : agents)
                try (var runs = Files.newDirectoryStream(agent)) {
                    runs.forEach(all::add);
                }
        } catch (NoSuchFileException e) {
            return all;
        } catch (IOException | DirectoryIteratorException e) {
            unremoved(work, e);
        }
        return all;
    }

    private static boolean isOfAgent(Path folder) {
        var name = folder.getFileName().toString();
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && !name.equals(Verification.FOLDER)
                && !name.equals(ContractCheck.FOLDER);
    }

    private static boolean isForgotten(Path path) throws IOException {
        var latest = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
        if (!latest.isBefore(Instant.now().minus(FORGOTTEN))) return false;
        return !Files.isDirectory(path) || !new CommandProcess(new RunFolder(path)).isAlive();
    }

    /**
     * Renamed first: another executor that releases it at the same time keeps its work tree for the next run, which then must be
     * whole.
     */
    private static void remove(Path path) throws IOException, InterruptedException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(path);
            return;
        }
        if (path.toString().endsWith(REMOVED)) {
            WorkFolders.delete(path);
            return;
        }
        new CommandProcess(new RunFolder(path)).endRemains();
        var renamed = path.resolveSibling(UUID.randomUUID() + REMOVED);
        Files.move(path, renamed, StandardCopyOption.ATOMIC_MOVE);
        WorkFolders.delete(renamed);
    }

    private void unremoved(Path path, Exception cause) {
        if (unremovable.add(path))
            LOG.log(
                    System.Logger.Level.WARNING,
                    "What an earlier run left in {0} cannot be removed: {1}",
                    path,
                    cause instanceof IOException e ? StorageFailure.explained(e) : cause.toString());
    }
}
