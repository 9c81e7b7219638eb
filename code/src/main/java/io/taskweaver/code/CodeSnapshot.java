package io.taskweaver.code;

import io.taskweaver.model.BaseCommit;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The code of a user as the base of a plan: the commit that is checked out, or one on top of it with what is not committed.
 * Files that {@code .gitignore} excludes are left out. The user's repository is only read; what is new goes into a
 * repository of ours, which borrows the user's objects.
 */
public final class CodeSnapshot {
    /** The same files always make the same commit. */
    public static final Instant EPOCH = Instant.ofEpochSecond(1_700_000_000L);

    public static final String MESSAGE = "The code as it is";

    private CodeSnapshot() {}

    /** The folder cannot be a base; the message says why, and what to do. */
    public static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /**
     * Takes the code of a folder.
     *
     * @param folder root of a working tree, a folder below it, or a folder in no repository
     * @param without files and folders that are not part of the code, wherever they are
     * @param into repository of ours that receives the objects
     * @throws RefusedException if it is in a state that no plan can start from
     */
    public static BaseCommit take(Path folder, Set<Path> without, CodeRepository into)
            throws IOException, InterruptedException {
        var real = folder.toRealPath();
        var git = Git.ofUser(real);
        return isInWorkTree(git) ? ofWorkTree(real, git, without, into) : ofFolder(real, without, into);
    }

    /** The base of a plan that starts from nothing. */
    public static BaseCommit nothing(CodeRepository into) throws IOException {
        return new BaseCommit("", into.commit(into.emptyTree(), List.of(), MESSAGE, EPOCH), "");
    }

    private static BaseCommit ofWorkTree(Path folder, Git git, Set<Path> without, CodeRepository into)
            throws IOException, InterruptedException {
        var top = Path.of(git.text("rev-parse", "--show-toplevel")).toRealPath();
        var data = folder.resolve(git.text("rev-parse", "--git-dir")).normalize();
        refuseUnderWay(top, data);
        if (git.text("rev-parse", "--show-object-format").equals("sha256"))
            throw new RefusedException("The repository " + top + " names objects by SHA-256, which is not supported."
                    + " Make a copy with git init and SHA-1, and name that.");
        var common = folder.resolve(git.text("rev-parse", "--git-common-dir")).normalize();
        borrow(common.resolve("objects"), into);
        var head = head(git);
        if (!git.text("ls-files", "--unmerged").isEmpty())
            throw new RefusedException("There are conflicts in " + top + ". Resolve them, and git add the files.");
        // As the user's own git add would, but into our repository.
        var adding = Git.asUser(top)
                .options(
                        "-c",
                        "core.fsmonitor=false",
                        "-c",
                        "core.splitIndex=false",
                        "-c",
                        "advice.addEmbeddedRepo=false",
                        "-c",
                        "core.fsync=none")
                .with(Map.of(
                        "GIT_DIR",
                        data.toString(),
                        "GIT_OBJECT_DIRECTORY",
                        into.folder().toAbsolutePath().resolve("objects").toString(),
                        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
                        BorrowedObjects.variable(common.resolve("objects").toRealPath())));
        var tree = tree(top, data.resolve("index"), without, adding);
        var partial = PartialClone.of(git);
        if (partial.isPresent()) partial.get().complete(tree, adding, top);
        if (head.isPresent() && git.text("rev-parse", head.get() + "^{tree}").equals(tree)) {
            into.cutAbove(head.get());
            return base(folder, top, head.get());
        }
        var commit = into.commit(tree, head.stream().toList(), MESSAGE, EPOCH);
        into.cutAbove(commit);
        return base(folder, top, commit);
    }

    private static BaseCommit base(Path folder, Path top, String commit) {
        return new BaseCommit(
                folder.toString(), commit, top.relativize(folder).toString().replace('\\', '/'));
    }

    private static BaseCommit ofFolder(Path folder, Set<Path> without, CodeRepository into)
            throws IOException, InterruptedException {
        var commit = into.commit(
                tree(
                        folder,
                        folder.resolve("no index"),
                        without,
                        Git.in(folder)
                                .options("-c", "core.bare=false")
                                .with(Map.of(
                                        "GIT_DIR",
                                        into.folder().toAbsolutePath().toString(),
                                        "GIT_WORK_TREE",
                                        folder.toString()))),
                List.of(),
                MESSAGE,
                EPOCH);
        return new BaseCommit(folder.toString(), commit, "");
    }

    /** The files as a tree. The user's index says which ones are unchanged, so that few have to be read. */
    private static String tree(Path top, Path index, Set<Path> without, Git git)
            throws IOException, InterruptedException {
        try (var temporary = TemporaryFolder.create("index")) {
            var ours = temporary.path().resolve("index");
            if (Files.exists(index)) WorkTree.copyIndex(index, ours);
            var adding = git.with(Map.of("GIT_INDEX_FILE", ours.toString()));
            var left = outside(top, without);
            if (!left.isEmpty() && Files.exists(ours)) {
                var arguments = new ArrayList<>(
                        List.of("rm", "-r", "--cached", "--quiet", "--force", "--ignore-unmatch", "--"));
                for (var path : left)
                    arguments.add(":(top,literal)" + new String(GitPath.bytes(path), StandardCharsets.UTF_8));
                adding.bytes(arguments.toArray(String[]::new));
            }
            left.removeAll(WorkTree.ignored(adding, left));
            adding.piped(WorkTree.pathspecs(left), "add", "--all", "--pathspec-from-file=-", "--pathspec-file-nul");
            return adding.text("write-tree");
        }
    }

    static List<String> outside(Path top, Set<Path> without) throws IOException {
        var left = new ArrayList<String>();
        for (var each : without) {
            if (!Files.exists(each)) continue;
            var real = each.toRealPath();
            if (real.startsWith(top) && !real.equals(top))
                left.add(GitPath.of(top.relativize(real).toString()));
        }
        return left;
    }

    private static void borrow(Path objects, CodeRepository into) throws IOException {
        BorrowedObjects.borrow(into.folder(), objects.toRealPath());
    }

    private static void refuseUnderWay(Path top, Path data) throws IOException {
        var underWay = UnderWay.in(data);
        if (underWay.isPresent())
            throw new RefusedException(underWay.get().isUnderWay() + " in " + top + ". "
                    + underWay.get().remedy() + ".");
    }

    static boolean isInWorkTree(Git git) throws IOException, InterruptedException {
        var end = git.run(List.of("rev-parse", "--is-inside-work-tree"), new byte[0]);
        if (end.code() == 0) {
            if (new String(end.output(), StandardCharsets.US_ASCII).strip().equals("true")) return true;
        } else {
            // With a path, a file .git names a repository that is not there.
            if (end.errors().contains("not a git repository (or any")) return false;
            throw new RefusedException("Git cannot use the repository of the code: "
                    + end.errors()
                    + "\nCorrect that, and see it with: git status. If it was moved, git worktree repair may help;"
                    + " without its .git, a folder is taken as it is.");
        }
        throw new RefusedException(
                "This is a repository without a working tree. Name a checkout of it: git worktree add DIR makes one.");
    }

    /** The commit of HEAD; empty in a repository without commits. */
    private static Optional<String> head(Git git) throws InterruptedException, IOException {
        try {
            return Optional.of(git.text("rev-parse", "--verify", "--quiet", "HEAD^{commit}"));
        } catch (Git.GitException e) {
            var named = git.run(List.of("rev-parse", "--verify", "--quiet", "HEAD"), new byte[0]);
            if (named.code() != 0) return Optional.empty();
            throw new RefusedException("HEAD is commit "
                    + new String(named.output(), StandardCharsets.US_ASCII).strip()
                    + ", which the repository has not got: it is damaged. git fsck says what is missing; a new clone has"
                    + " all of it.");
        }
    }

    /** The same base, from which tasks start with files of an earlier run in place of the code's own. */
    public static BaseCommit overlaid(BaseCommit base, Map<String, byte[]> files, CodeRepository into)
            throws IOException {
        var tree = into.treeOf(base.commit());
        var changes = new ArrayList<EntryChange>();
        for (var file : files.entrySet()) {
            var path = base.prefix().isEmpty() ? file.getKey() : base.prefix() + "/" + file.getKey();
            var there = into.entry(tree, path);
            var mode = there.filter(FileEntry::isFile).map(FileEntry::mode).orElse(FileEntry.FILE);
            var now = into.file(file.getValue(), mode);
            if (there.filter(now::isSame).isEmpty()) changes.add(new EntryChange(path, there, Optional.of(now)));
        }
        if (changes.isEmpty()) return base;
        var commit = into.commit(into.edit(tree, changes), List.of(base.commit()), "What an earlier run merged", EPOCH);
        return new BaseCommit(base.folder(), base.commit(), base.prefix(), commit);
    }
}
