package io.taskweaver.code;

import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;

/**
 * What a work tree has besides the files of its tree before anybody works in it: files that were brought along, and what a
 * set-up command made and changed. None of it is part of a result.
 *
 * @param added paths that the tree has not got, of files and of whole folders
 * @param changed paths that the tree has, with what they hold there and what they hold in the folder
 * @param brought commit of the {@link BroughtFiles} among them
 */
public record PreparedFiles(List<String> added, List<EntryChange> changed, Optional<String> brought) {
    /** The work tree is its tree. */
    public static final PreparedFiles NONE = new PreparedFiles(List.of(), List.of(), Optional.empty());

    /** A file that is shorter says nothing: an agent may make the same one. */
    private static final int LEAST_TELLING_BYTES = 16;

    public PreparedFiles {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
    }

    /** What a folder has besides a tree, whatever Git ignores. */
    public static PreparedFiles of(WorkTree work, CodeRepository code, String tree)
            throws IOException, InterruptedException {
        var own = Files.createTempFile(work.index().toAbsolutePath().getParent(), "prepared", ".index");
        try {
            WorkTree.copyIndex(work.index(), own);
            var git = code.git()
                    .options(
                            "-c",
                            "core.bare=false",
                            "--work-tree=" + work.root().toAbsolutePath())
                    .with(Map.of("GIT_INDEX_FILE", own.toString()));
            git.run(List.of("update-index", "-q", "--refresh"), new byte[0]);
            var changed = new ArrayList<EntryChange>();
            for (var path :
                    GitPath.zeroSeparated(git.bytes("diff-files", "-z", "--name-only", "--ignore-submodules"))) {
                var before = code.entry(tree, path);
                var after = onDisk(file(work.root(), path));
                if (!before.equals(after)) changed.add(new EntryChange(path, before, after));
            }
            var added = new ArrayList<String>();
            for (var path : GitPath.zeroSeparated(git.bytes("ls-files", "-z", "--others", "--directory")))
                added.add(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
            return new PreparedFiles(added, changed, Optional.empty());
        } finally {
            Files.deleteIfExists(own);
        }
    }

    /** The file that a path means. */
    static Path file(Path root, String path) throws IOException {
        if (path.startsWith("\""))
            throw new IOException("the name of the file " + path + " is not UTF-8, and cannot be copied");
        return root.resolve(path);
    }

    static Optional<FileEntry> onDisk(Path file) throws IOException {
        try (var hashing = new ObjectInserter.Formatter()) {
            if (Files.isSymbolicLink(file)) {
                var target = Files.readSymbolicLink(file).toString().getBytes(StandardCharsets.UTF_8);
                var id = hashing.idFor(Constants.OBJ_BLOB, target.length, new ByteArrayInputStream(target));
                return Optional.of(new FileEntry(FileEntry.LINK, id.name(), target.length));
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) return Optional.empty();
            long bytes = Files.size(file);
            try (var in = Files.newInputStream(file)) {
                int mode = Files.isExecutable(file) ? FileEntry.EXECUTABLE : FileEntry.FILE;
                return Optional.of(new FileEntry(
                        mode, hashing.idFor(Constants.OBJ_BLOB, bytes, in).name(), bytes));
            }
        }
    }

    /** Both together. */
    public PreparedFiles with(List<String> more, Optional<String> commit) {
        var all = new TreeSet<>(added);
        for (var path : more) if (GitPath.folders(path).stream().noneMatch(all::contains)) all.add(path);
        return new PreparedFiles(List.copyOf(all), changed, commit);
    }

    /**
     * Whether it may be laid over the files of another tree: that has nothing where files are added, and the same where
     * files are changed.
     */
    public boolean fits(CodeRepository code, String tree) throws IOException {
        for (var change : changed) {
            var there = code.entry(tree, change.path());
            if (change.before().isEmpty()
                    || there.filter(change.before().get()::isSame).isEmpty()) return false;
        }
        for (var path : added) {
            if (code.entry(tree, path).isPresent() || code.isFolder(tree, path)) return false;
            for (var folder : GitPath.folders(path))
                if (code.entry(tree, folder).isPresent()) return false;
        }
        return true;
    }

    /** Changes of the code's own files, by their path. */
    Map<String, EntryChange> changes() {
        var changes = new HashMap<String, EntryChange>();
        for (var change : changed) changes.put(change.path(), change);
        return changes;
    }

    /** Names of the blobs of brought files: who finds one of them under another path has a copy. */
    Set<String> broughtBlobs(CodeRepository code) throws IOException {
        if (brought.isEmpty()) return Set.of();
        return BroughtFiles.in(code, brought.get()).values().stream()
                .filter(entry -> entry.bytes() >= LEAST_TELLING_BYTES)
                .map(FileEntry::object)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Brought files that are gone from a folder, or hold something else there. */
    List<String> touched(CodeRepository code, Path root) throws IOException {
        if (brought.isEmpty()) return List.of();
        var touched = new ArrayList<String>();
        for (var file : BroughtFiles.in(code, brought.get()).entrySet())
            if (onDisk(root.resolve(file.getKey()))
                    .filter(now -> now.object().equals(file.getValue().object()))
                    .isEmpty()) touched.add(file.getKey());
        return touched;
    }
}
