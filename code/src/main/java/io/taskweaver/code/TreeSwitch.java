package io.taskweaver.code;

import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;

/**
 * Brings a user's clean working tree from one tree to another: all of it, or nothing. Git writes with an index of its own,
 * which takes the place of the user's at the end. Before, a note in the repository says what is under way; where a process
 * was killed in the middle, the next one finds it, and puts the files back.
 */
final class TreeSwitch {
    private final CodeRepository code;
    private final UserRepository user;
    private final Path note;
    private final Path index;
    private final Path lock;
    private final Path ours;

    TreeSwitch(CodeRepository code, UserRepository user) {
        this.code = code;
        this.user = user;
        this.note = user.data().resolve("taskweaver-apply");
        this.index = user.data().resolve("index");
        this.lock = user.data().resolve("index.lock");
        this.ours = user.data().resolve("taskweaver-index");
    }

    /** What became of a switch that was killed. */
    sealed interface Earlier {
        /** There was none, or the files are as they were before it. */
        record Undone() implements Earlier {}

        /** It was as good as complete, and is now. */
        record Complete(String tree, List<EntryChange> changes) implements Earlier {}

        /** Somebody else wrote to these files since. */
        record Changed(List<String> paths) implements Earlier {}
    }

    /** Settles what a killed process left. */
    Earlier settle() throws IOException, InterruptedException {
        if (!Files.exists(note)) return new Earlier.Undone();
        var trees = Files.readString(note).strip().split(" ", -1);
        if (trees.length != 2) {
            // It was killed while it wrote the note, before anything else.
            clear();
            return new Earlier.Undone();
        }
        var changes = code.difference(trees[0], trees[1]);
        // It is made when all files are written.
        if (isOurs()) Files.move(lock, index, StandardCopyOption.ATOMIC_MOVE);
        if (user.inWorkTree().text("write-tree").equals(trees[1])) {
            clear();
            return new Earlier.Complete(trees[1], changes);
        }
        var foreign = toItsEnd(() -> putBack(changes));
        if (!foreign.isEmpty()) return new Earlier.Changed(foreign);
        clear();
        return new Earlier.Undone();
    }

    /** What shows that another program writes the user's index, or was killed while it did. */
    Optional<Path> foreignLock() throws IOException {
        boolean isForeign = Files.exists(lock) && !(Files.exists(note) && isOurs());
        return isForeign ? Optional.of(lock) : Optional.empty();
    }

    /** Whether the lock is that of a killed command which settle() completes: it has the content of our index. */
    private boolean isOurs() throws IOException {
        return Files.exists(lock) && Files.exists(ours) && Files.mismatch(lock, ours) == -1;
    }

    /**
     * Changes the working tree and the index.
     *
     * @param head commit that is checked out; empty in a repository without commits
     * @throws Git.GitException if a filter fails, or the disk is full: then all is as before
     * @throws HalfWrittenException if it cannot be made so
     */
    void to(String old, String tree, Optional<String> head) throws IOException, InterruptedException {
        var changes = code.difference(old, tree);
        Files.writeString(note, old + " " + tree + "\n");
        try {
            // With its time: to Git, a file of the same second or a later one may have changed unseen.
            if (Files.exists(index))
                Files.copy(index, ours, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            else Files.deleteIfExists(ours);
            var git = user.inWorkTree().with(Map.of("GIT_INDEX_FILE", ours.toString()));
            // Files that were put back are as they were, and younger than the index knows.
            git.run(List.of("update-index", "-q", "--refresh"), new byte[0]);
            if (head.isPresent()) git.text("read-tree", "-m", "-u", head.get(), tree);
            else git.text("read-tree", "-m", "-u", tree);
            publish();
        } catch (IOException | InterruptedException e) {
            try {
                toItsEnd(() -> putBack(changes));
                clear();
            } catch (HalfWrittenException second) {
                second.addSuppressed(e);
                throw second;
            }
            throw e;
        }
        clear();
    }

    /**
     * Does something on a thread of its own, which no interrupt reaches: to stop while files are put back would leave what
     * that is there to prevent. Interrupts that come meanwhile are kept for the caller.
     */
    private <T> T toItsEnd(Callable<T> work) throws HalfWrittenException {
        boolean wasInterrupted = Thread.interrupted();
        var task = new FutureTask<>(work);
        Thread.ofPlatform().name("put files back").start(task);
        try {
            while (true)
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    wasInterrupted = true;
                } catch (ExecutionException e) {
                    throw new HalfWrittenException(user.root(), e.getCause());
                }
        } finally {
            if (wasInterrupted) Thread.currentThread().interrupt();
        }
    }

    private void publish() throws IOException {
        try {
            lockIndex();
        } catch (FileAlreadyExistsException e) {
            throw new Git.GitException("Another program has begun to change the index of " + user.root()
                    + ", and the files are as they were. Run the command again when it has ended. If no git runs there,"
                    + " delete " + lock + " first.");
        }
        try {
            Files.move(lock, index, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // It would keep Git from the index.
            Files.deleteIfExists(lock);
            throw e;
        }
    }

    /** Makes the lock as Git does, with the content that the index is to have; as a link it is never there without. */
    private void lockIndex() throws IOException {
        try {
            Files.createLink(lock, ours);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | IOException e) {
            // A file system without hard links.
            Files.copy(ours, lock, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private void clear() throws IOException {
        Files.deleteIfExists(ours);
        Files.deleteIfExists(user.data().resolve(ours.getFileName() + ".lock"));
        Files.delete(note);
    }

    /**
     * Makes files what they were, as the user's index has them.
     *
     * @return those that are neither what they were nor what they were to become, and stay
     */
    private List<String> putBack(List<EntryChange> changes) throws IOException, InterruptedException {
        var found = new Found(changes);
        var tracked = new ByteArrayOutputStream();
        var foreign = new ArrayList<String>();
        for (var change : changes) {
            var file = GitPath.in(user.root(), change.path());
            boolean isThere = Files.exists(file, LinkOption.NOFOLLOW_LINKS);
            boolean isOld = isThere
                    && change.before().isPresent()
                    && found.holds(change, change.before().get());
            boolean isNew = isThere
                    && change.after().isPresent()
                    && found.isBegun(change, change.after().get());
            if (change.before().isEmpty()) {
                if (isNew) user.delete(file);
            } else if (!isThere || isNew) {
                tracked.writeBytes(GitPath.bytes(change.path()));
                tracked.write(0);
            } else if (!isOld && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) foreign.add(change.path());
        }
        var end = user.inWorkTree().run(List.of("checkout-index", "--force", "-z", "--stdin"), tracked.toByteArray());
        if (end.code() != 0) throw new Git.GitException("git checkout-index failed: " + end.errors());
        return foreign;
    }

    /** What files hold now. */
    private final class Found {
        private final Map<String, String> objects = new HashMap<>();
        private final Map<String, String> raw = new HashMap<>();

        Found(List<EntryChange> changes) throws IOException, InterruptedException {
            var paths = changes.stream()
                    .map(EntryChange::path)
                    .filter(path -> Files.isRegularFile(GitPath.in(user.root(), path), LinkOption.NOFOLLOW_LINKS))
                    .toList();
            hash(paths, objects, "--stdin-paths");
            hash(paths, raw, "--stdin-paths", "--no-filters");
        }

        private void hash(List<String> paths, Map<String, String> into, String... options)
                throws IOException, InterruptedException {
            if (paths.isEmpty()) return;
            var arguments = new ArrayList<String>(List.of("hash-object"));
            arguments.addAll(List.of(options));
            var output = user.inWorkTree()
                    .piped(lines(paths).getBytes(StandardCharsets.US_ASCII), arguments.toArray(String[]::new));
            var names = new String(output, StandardCharsets.US_ASCII).lines().toList();
            for (int i = 0; i < paths.size(); i++) into.put(paths.get(i), names.get(i));
        }

        /** Quoted, for a name may have a line break in it, or end in a carriage return. */
        private static String lines(List<String> paths) {
            return paths.stream()
                    .map(path -> GitPath.quoted(GitPath.bytes(path)) + "\n")
                    .collect(Collectors.joining());
        }

        boolean holds(EntryChange change, FileEntry entry) throws IOException {
            var file = GitPath.in(user.root(), change.path());
            return switch (entry.mode()) {
                case FileEntry.SUBMODULE -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
                case FileEntry.LINK ->
                    Files.isSymbolicLink(file)
                            && Files.readSymbolicLink(file)
                                    .toString()
                                    .equals(new String(code.bytes(entry.object()), StandardCharsets.UTF_8));
                default ->
                    entry.object().equals(objects.get(change.path()))
                            || entry.object().equals(raw.get(change.path()));
            };
        }

        /** Whether it holds the new content, or as much of it as was written. */
        boolean isBegun(EntryChange change, FileEntry entry) throws IOException {
            if (holds(change, entry)) return true;
            var file = GitPath.in(user.root(), change.path());
            if (!entry.isFile() || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) return false;
            long written = Files.size(file);
            if (written >= entry.bytes()) return false;
            var whole = code.bytes(entry.object());
            return Arrays.equals(Files.readAllBytes(file), Arrays.copyOf(whole, (int) written));
        }
    }
}
