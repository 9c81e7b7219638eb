package io.taskweaver.code;

import io.taskweaver.model.CodeResult;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.FilePath;
import io.taskweaver.model.storage.StorageFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.Constants;

/**
 * All files of a tree in a folder, for an agent or a check. The folder is a repository of its own that borrows the objects
 * of the plan's: an agent may commit, branch, reset, or remove {@code .git}, and the result is still the difference between
 * the files and the tree, taken with an index that lies beside the folder.
 *
 * @param root the folder
 * @param index file with the index from which the result is taken
 */
public record WorkTree(Path root, Path index) {
    private static final String REPOSITORY = "a repository of its own";
    /** State of a path that the index has not got. */
    static final String NOTHING = "0 " + "0".repeat(40);

    /** The changes exceed the limit of a result. */
    public static final class TooMuchException extends IOException {
        private static final long serialVersionUID = 1L;

        TooMuchException(String message) {
            super(message);
        }
    }

    /** The files are in a state that no result can be taken from. */
    public static final class UnusableException extends IOException {
        private static final long serialVersionUID = 1L;

        UnusableException(String message) {
            super(message);
        }
    }

    /** The work tree in a folder. */
    public static WorkTree at(Path root) {
        return new WorkTree(root, root.resolveSibling(root.getFileName() + ".index"));
    }

    /**
     * Makes it.
     *
     * @param root folder that does not exist yet
     * @param commit commit that is checked out
     */
    public static WorkTree create(Path root, CodeRepository code, String commit)
            throws IOException, InterruptedException {
        return create(root, code, commit, code.treeOf(commit));
    }

    /**
     * Makes it with the files of a tree.
     *
     * @param commit commit that {@code HEAD} names
     * @param tree the files; what differs from the commit shows as uncommitted
     */
    public static WorkTree create(Path root, CodeRepository code, String commit, String tree)
            throws IOException, InterruptedException {
        var index = root.resolveSibling(root.getFileName() + ".spare");
        try {
            if (new SpareTrees(code.folder()).take(root, index)) {
                var made = make(root, code, commit, tree, Optional.of(index));
                Git.in(root).bytes("clean", "-ffdxq");
                return made;
            }
        } catch (IOException e) {
            // It saves time only: all files are written.
            WorkFolders.delete(root);
        } finally {
            Files.deleteIfExists(index);
        }
        return make(root, code, commit, tree, Optional.empty());
    }

    private static WorkTree make(Path root, CodeRepository code, String commit, String tree, Optional<Path> index)
            throws IOException, InterruptedException {
        layOut(root, code.folder());
        var git = root.resolve(".git");
        Files.writeString(git.resolve("refs/heads/work"), commit + "\n");
        if (index.isPresent()) copyIndex(index.get(), git.resolve("index"));
        Git.in(root).options("-c", "checkout.workers=0").bytes("read-tree", "--reset", "-u", tree);
        var made = at(root);
        copyIndex(git.resolve("index"), made.index());
        return made;
    }

    /** Makes the repository of the folder, without a commit. */
    static void layOut(Path root, Path code) throws IOException {
        var git = root.resolve(".git");
        Files.createDirectories(git.resolve("objects/info"));
        Files.createDirectories(git.resolve("refs/heads"));
        Files.createDirectories(git.resolve("info"));
        BorrowedObjects.borrow(git, code.resolve("objects"));
        var shallow = code.resolve("shallow");
        if (Files.exists(shallow)) Files.copy(shallow, git.resolve("shallow"));
        Files.copy(code.resolve("info/exclude"), git.resolve("info/exclude"));
        Files.writeString(
                git.resolve("config"),
                // Commits of agents are nobody's who has a key, and hooks of the user are for the user's own.
                "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n\thooksPath = /dev/null\n"
                        + "[gc]\n\tauto = 0\n[commit]\n\tgpgSign = false\n[tag]\n\tgpgSign = false\n"
                        + "[user]\n\tname = " + CodeRepository.NAME + "\n\temail = " + CodeRepository.MAIL + "\n");
        Files.writeString(git.resolve("HEAD"), "ref: refs/heads/work\n");
    }

    /** Has the folder's own repository ignore some paths, so that its status shows only what whoever works in it does. */
    public void ignore(List<String> paths) throws IOException {
        var lines = new StringBuilder();
        for (var path : paths)
            // The pattern of a path that is no text, or has several lines, cannot be written.
            if (!path.startsWith("\"") && path.indexOf('\n') < 0)
                lines.append('/')
                        .append(path.replaceAll("[\\\\*?\\[ ]", "\\\\$0"))
                        .append('\n');
        var excluded = root.resolve(".git/info/exclude");
        Files.writeString(excluded, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /**
     * A folder of it, which is made if it is missing.
     *
     * @param prefix '/' separated; empty for the root
     * @throws IOException if a link leads out of the work tree
     */
    public Path folder(String prefix) throws IOException {
        var folder = root.resolve(prefix);
        Files.createDirectories(folder);
        if (!folder.toRealPath().startsWith(root.toRealPath()))
            throw new IOException("the folder '" + FilePath.visible(prefix) + "' is a link that leads out of the code");
        return folder;
    }

    /**
     * The state of the files as a commit. Taken twice, it is the same one.
     *
     * @param parent commit of which the result is a difference
     * @param prefix folder whose changes count, '/' separated; empty for the root
     * @param message of the commit
     * @param at its date
     * @param most bytes that all changed files may have together
     * @throws TooMuchException if they have more
     * @throws UnusableException if whoever worked in it left it in a state that no result can be taken from
     */
    public CodeResult result(CodeRepository code, String parent, String prefix, String message, Instant at, long most)
            throws IOException, InterruptedException {
        return result(code, parent, prefix, message, at, most, PreparedFiles.NONE);
    }

    /**
     * The same of a folder that had more than the tree from the beginning.
     *
     * @param prepared what it had, which is not part of the result: paths that were added never, whatever happened to
     *     them, changed ones if they were not changed again
     */
    public CodeResult result(
            CodeRepository code,
            String parent,
            String prefix,
            String message,
            Instant at,
            long most,
            PreparedFiles prepared)
            throws IOException, InterruptedException {
        if (!Files.isDirectory(root, LinkOption.NOFOLLOW_LINKS))
            throw new UnusableException("it deleted, moved or replaced its work folder, where the result has to be");
        var before = code.treeOf(parent);
        var found = found(code, before, prepared);
        // Two executors may take the result of one run: each with an index of its own.
        var own = Files.createTempFile(index.toAbsolutePath().getParent(), "taking", ".index");
        try {
            return result(code, parent, prefix, message, at, most, prepared, before, found, own);
        } finally {
            Files.deleteIfExists(own);
        }
    }

    private CodeResult result(
            CodeRepository code,
            String parent,
            String prefix,
            String message,
            Instant at,
            long most,
            PreparedFiles prepared,
            String before,
            Map<String, String> found,
            Path own)
            throws IOException, InterruptedException {
        var git = code.git()
                .options("-c", "core.bare=false", "--work-tree=" + root.toAbsolutePath())
                .with(Map.of("GIT_INDEX_FILE", own.toString()));
        if (Files.exists(index)) copyIndex(index, own);
        else {
            Files.delete(own);
            git.text("read-tree", before);
        }
        var inModules = new ModuleFolders(root, own).settle(git);
        // Build tools fetch repositories into folders that are no part of the code anyway; git add refuses to name
        // these.
        var without = new TreeSet<>(prepared.added());
        for (var path : found.keySet()) without.add(GitPath.of(path));
        var ignored = ignored(git, without);
        without.removeAll(ignored);
        found.keySet().removeIf(path -> ignored.contains(GitPath.of(path)));
        add(git, pathspecs(without));
        var output = BuildOutput.in(git, code, before, prepared.added());
        if (!output.ofCode().isEmpty()) add(git, output.pathspecs(), "--force");
        git.piped(SkippedFiles.of(root, code, before), "update-index", "-z", "--index-info");
        var leftOut = new ArrayList<String>(inModules);
        for (var folder : output.folders())
            leftOut.add(FilePath.visible(folder) + " (taken for build output; !/" + FilePath.visible(folder)
                    + "/ in .gitignore makes it part of the code)");
        var nested = new TreeSet<String>();
        found.forEach((path, what) -> {
            if (what.equals(REPOSITORY)) nested.add(path);
            else leftOut.add(FilePath.visible(path) + " (" + what + ")");
        });
        var added = linkSubmodules(git, code, before, nested, leftOut);
        var refusals = withoutRefused(git, code, before);
        for (var refused : refusals.entrySet())
            leftOut.add(FilePath.visible(refused.getKey()) + " (Git refuses it: " + refused.getValue() + ")");
        if (refusals.containsKey(Constants.DOT_GIT_MODULES)) unlink(git, code, before, added, leftOut);
        for (var path : prepared.touched(code, root))
            leftOut.add(FilePath.visible(path) + " (a file that was brought along)");
        var taken = git.text("write-tree");
        var tree = code.edit(taken, UntouchedFiles.restored(code, root, code.difference(before, taken)));
        var result = new ResultTree(code, parent, prefix, prepared, most).of(tree, leftOut, message, at);
        var there = result.changes().stream().map(EntryChange::path).collect(Collectors.toSet());
        there.addAll(prepared.added());
        var aside = WorkAside.in(root, parent, path -> GitPath.isIn(path, prefix) && !there.contains(path));
        if (result.changes().isEmpty() && !aside.isEmpty()) throw new UnusableException(WorkAside.problem(aside));
        return result.leavingOut(aside.entrySet().stream()
                .map(each -> FilePath.visible(each.getKey()) + " (only " + each.getValue() + ")")
                .toList());
    }

    private static void add(Git git, byte[] pathspecs, String... options) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of("add", "--all", "--pathspec-from-file=-", "--pathspec-file-nul"));
        arguments.addAll(List.of(options));
        var end = git.run(arguments, pathspecs);
        if (end.code() == 0) return;
        if (StorageFailure.in(end.errors())
                .filter(failure -> !failure.isOfOneFile())
                .isPresent()) throw new Git.GitException("git add failed: " + end.errors());
        throw new UnusableException("Git does not take the files that it left: " + end.errors());
    }

    /**
     * Has the index say what submodules are at, and names repositories of which it cannot.
     *
     * @return those that were not there before
     */
    private Set<String> linkSubmodules(
            Git git, CodeRepository code, String before, Set<String> nested, List<String> leftOut)
            throws IOException, InterruptedException {
        var added = new TreeSet<String>();
        if (nested.isEmpty()) return added;
        var submodules = Submodules.of(root);
        var links = new ByteArrayOutputStream();
        for (var path : nested) {
            var there = code.entry(before, GitPath.of(path)).filter(entry -> entry.mode() == FileEntry.SUBMODULE);
            var at = there.isPresent() || submodules.paths().contains(path)
                    ? submodules.at(path, there.map(FileEntry::object))
                    : new Submodules.At.Unusable(REPOSITORY);
            switch (at) {
                case Submodules.At.Unusable(String why) -> leftOut.add(FilePath.visible(path) + " (" + why + ")");
                case Submodules.At.Commit(String id) -> {
                    links.writeBytes(
                            indexLine(Integer.toOctalString(FileEntry.SUBMODULE) + " " + id, GitPath.of(path)));
                    if (there.isEmpty()) added.add(path);
                }
            }
        }
        git.piped(links.toByteArray(), "update-index", "-z", "--index-info");
        return added;
    }

    /** Leaves out submodules that the {@code .gitmodules} of the tree has not got, since the new one is left out. */
    private static void unlink(Git git, CodeRepository code, String before, Set<String> added, List<String> leftOut)
            throws IOException, InterruptedException {
        var file = code.entry(before, Constants.DOT_GIT_MODULES).filter(FileEntry::isFile);
        var known = file.isPresent() ? Submodules.paths(code.bytes(file.get().object())) : Set.<String>of();
        var links = new ByteArrayOutputStream();
        for (var path : added) {
            if (known.contains(path)) continue;
            leftOut.add(FilePath.visible(path) + " (a submodule of the .gitmodules that Git refuses)");
            links.writeBytes(indexLine(NOTHING, GitPath.of(path)));
        }
        git.piped(links.toByteArray(), "update-index", "-z", "--index-info");
    }

    /**
     * Makes the index hold what the tree has where Git would refuse what the index has: that is to be in no tree.
     *
     * @return the paths, with what Git says of each
     */
    private static Map<String, String> withoutRefused(Git git, CodeRepository code, String before)
            throws IOException, InterruptedException {
        var raw = GitPath.zeroSeparated(git.bytes(
                "diff-index",
                "--cached",
                "--raw",
                "--no-abbrev",
                "--no-renames",
                // Else it reads the .gitmodules of whoever worked there, and fails where that is no good.
                "--ignore-submodules=none",
                "-z",
                before));
        var changes = new ArrayList<EntryChange>();
        for (int i = 0; i + 1 < raw.size(); i += 2) {
            var path = raw.get(i + 1);
            if (!GitRefusals.isOfGit(path)) continue;
            var state = raw.get(i).split(" ", -1);
            int mode = Integer.parseInt(state[1], 8);
            if (mode != 0)
                changes.add(new EntryChange(path, code.entry(before, path), Optional.of(code.stored(mode, state[3]))));
        }
        var refused = GitRefusals.in(code, changes);
        if (refused.isEmpty()) return refused;
        var restored = new ByteArrayOutputStream();
        for (var path : refused.keySet()) {
            var entry = code.entry(before, path);
            restored.writeBytes(indexLine(
                    entry.map(there -> Integer.toOctalString(there.mode()) + " " + there.object())
                            .orElse(NOTHING),
                    path));
        }
        git.piped(restored.toByteArray(), "update-index", "-z", "--index-info");
        return refused;
    }

    /** What {@code git update-index} reads of a path. */
    static byte[] indexLine(String state, String path) {
        var line = new ByteArrayOutputStream();
        line.writeBytes((state + "\t").getBytes(StandardCharsets.US_ASCII));
        line.writeBytes(GitPath.bytes(path));
        line.write(0);
        return line.toByteArray();
    }

    /**
     * Copies an index with its time. A file that is changed in the second in which it was written, and keeps its size, is
     * seen only because the index is not younger than it (Git's "racy git" problem).
     */
    static void copyIndex(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(to, Files.getLastModifiedTime(from));
    }

    /** Which of some paths Git ignores; {@code git add} refuses to name these, even to leave them out. */
    static Set<String> ignored(Git git, Collection<String> paths) throws IOException, InterruptedException {
        if (paths.isEmpty()) return Set.of();
        var input = new ByteArrayOutputStream();
        for (var path : paths) {
            input.writeBytes(GitPath.bytes(path));
            input.write(0);
        }
        var end = git.run(List.of("check-ignore", "-z", "--stdin"), input.toByteArray());
        return Set.copyOf(GitPath.zeroSeparated(end.output()));
    }

    /** All files, without some. */
    static byte[] pathspecs(Collection<String> without) {
        var specs = new ByteArrayOutputStream();
        specs.writeBytes(":/\0".getBytes(StandardCharsets.UTF_8));
        for (var path : without) {
            specs.writeBytes(":(exclude,top,literal)".getBytes(StandardCharsets.UTF_8));
            specs.writeBytes(GitPath.bytes(path));
            specs.write(0);
        }
        return specs.toByteArray();
    }

    /**
     * What cannot be part of a result, with the reason. Folders below the root that are repositories: Git would run programs
     * that these configure, also in submodules, whose commit may be part of it. Where the tree has a folder of files, only the repository's
     * own data is in the way of them, and removed. And what is neither file nor link, which Git passes over in silence. On
     * the way, files and folders get back the right to be read.
     */
    private Map<String, String> found(CodeRepository code, String before, PreparedFiles prepared) throws IOException {
        var found = new TreeMap<String, String>();
        var added = Set.copyOf(prepared.added());
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (directory.equals(root)) return FileVisitResult.CONTINUE;
                if (directory.getFileName().toString().equals(".git")) return FileVisitResult.SKIP_SUBTREE;
                if (added.contains(GitPath.of(root.relativize(directory).toString())))
                    return FileVisitResult.SKIP_SUBTREE;
                var data = directory.resolve(".git");
                if (!Files.exists(data, LinkOption.NOFOLLOW_LINKS)) return FileVisitResult.CONTINUE;
                var path = root.relativize(directory).toString();
                if (code.isFolder(before, path)) {
                    WorkFolders.delete(data);
                    return FileVisitResult.CONTINUE;
                }
                found.put(path, REPOSITORY);
                return FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                // Git would refuse all of the result for it.
                if (attributes.isRegularFile() && !Files.isReadable(file))
                    file.toFile().setReadable(true);
                if (attributes.isOther()) {
                    var path = root.relativize(file).toString();
                    if (!added.contains(GitPath.of(path))) found.put(path, "a pipe, socket or device");
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                // Git passes over a folder that it cannot read, and takes what the code has there for deleted.
                if (WorkFolders.makeAccessible(file)) Files.walkFileTree(file, this);
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    /** Whether the target of a link is outside of the tree, as the data of the repository is. */
    public static boolean leadsOut(String link, String target) {
        if (target.startsWith("/") || target.indexOf('\0') >= 0) return true;
        if (FilePath.leadsIntoRepository(target)) return true;
        int depth = FilePath.folders(link).size();
        boolean named = false;
        for (var part : target.split("/", -1)) {
            if (part.isEmpty() || part.equals(".")) continue;
            // A named part may be a link itself: its parent is then unknown.
            if (part.equals("..") && (named || --depth < 0)) return true;
            named |= !part.equals("..");
        }
        return false;
    }

    /**
     * Ends its use. What the next one of the same code can be made of is kept.
     *
     * @param repository folder of the repository that it was made from
     */
    public void recycle(Path repository) throws IOException, InterruptedException {
        new SpareTrees(repository).put(this);
    }

    /** Removes what {@link #recycle} kept. */
    public static void removeSpares(Path repository) throws IOException {
        new SpareTrees(repository).clear();
    }

    /** Removes it. */
    public void remove() throws IOException {
        WorkFolders.delete(root);
        Files.deleteIfExists(index);
    }
}
