package io.taskweaver.agents.command;

import io.taskweaver.model.BaseCommit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Captures the state of a user's repository as the base of a plan, without changing anything there. */
public final class Repositories {
    /** The same files always give the same commit. */
    private static final String EPOCH = "1700000000 +0000";

    private Repositories() {}

    /**
     * The code of a folder as a commit: HEAD, or if files differ from it, a new commit of the working tree, kept by a
     * reference below {@code refs/taskweaver}. Excludes files in .gitignore.
     *
     * @return empty if the folder is in no working tree
     * @throws IOException if git cannot be run, or fails
     */
    public static Optional<BaseCommit> base(Path code) throws IOException, InterruptedException {
        var folder = code.toRealPath();
        var git = new Git(folder);
        if (!isInWorkTree(git)) return Optional.empty();
        var head = head(git);
        var commit = asItIs(git, head);
        return Optional.of(new BaseCommit(folder.toString(), commit));
    }

    /**
     * Repositories that an agent can read with a work tree of a folder's code: the whole repository of the folder, and
     * for a linked work tree also the one with its history.
     *
     * @param folder by its real path
     * @return real paths; the folder alone if it is in no working tree
     * @throws IOException if git cannot be run, or refuses the repository
     */
    public static Set<Path> handedOutWith(Path folder) throws IOException, InterruptedException {
        var git = new Git(folder);
        if (!isInWorkTree(git)) return Set.of(folder);
        var top = Path.of(git.text("rev-parse", "--show-toplevel")).toRealPath();
        var history = folder.resolve(git.text("rev-parse", "--git-common-dir")).toRealPath();
        return history.startsWith(top) ? Set.of(top) : Set.of(top, history);
    }

    private static boolean isInWorkTree(Git git) throws IOException, InterruptedException {
        try {
            return git.text("rev-parse", "--is-inside-work-tree").equals("true");
        } catch (Git.GitException e) {
            if (String.valueOf(e.getMessage()).contains("not a git repository")) return false;
            throw e;
        }
    }

    /** The commit of HEAD; empty in a repository without commits. */
    private static Optional<String> head(Git git) throws InterruptedException, IOException {
        try {
            return Optional.of(git.text("rev-parse", "--verify", "--quiet", "HEAD^{commit}"));
        } catch (Git.GitException e) {
            return Optional.empty();
        }
    }

    private static String asItIs(Git git, Optional<String> head) throws IOException, InterruptedException {
        var index = Files.createTempFile("taskweaver", ".index");
        try {
            Files.delete(index);
            var top = new Git(Path.of(git.text("rev-parse", "--show-toplevel")));
            var apart = top.with(
                    Map.of("GIT_INDEX_FILE", index.toString(), "GIT_AUTHOR_DATE", EPOCH, "GIT_COMMITTER_DATE", EPOCH));
            if (head.isPresent()) apart.text("read-tree", head.get());
            apart.text("add", "--all", "--", ".");
            var tree = apart.text("write-tree");
            if (head.isPresent() && tree.equals(top.text("rev-parse", head.get() + "^{tree}"))) return head.get();
            var commit = head.isPresent()
                    ? apart.text("commit-tree", tree, "-p", head.get(), "-m", "The code as it is")
                    : apart.text("commit-tree", tree, "-m", "The code as it is");
            top.text("update-ref", "refs/taskweaver/" + tree, commit);
            return commit;
        } finally {
            Files.deleteIfExists(index);
        }
    }
}
