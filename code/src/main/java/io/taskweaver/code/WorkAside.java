package io.taskweaver.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Work that an agent stashed, or committed to a branch that is not checked out: a result is made of the files of its folder,
 * and has nothing of it. No program is run to find it: the agent may have configured some.
 */
final class WorkAside {
    private static final int MOST_REFERENCES = 100;
    private static final int MOST_PATHS = 1000;
    /** Parent of a stash that has the files which were not tracked. */
    private static final int UNTRACKED = 2;

    private WorkAside() {}

    /**
     * Paths that the agent changed only there.
     *
     * @param root folder of the work tree
     * @param start commit that it was made from
     * @param isMissing whether a path that was changed counts, and is not part of the result
     * @return paths, with where the change is; none if the agent left no repository that can be read
     */
    static Map<String, String> in(Path root, String start, Predicate<String> isMissing) {
        var git = root.resolve(Constants.DOT_GIT);
        var found = new TreeMap<String, String>();
        if (!Files.isDirectory(git, LinkOption.NOFOLLOW_LINKS)) return found;
        try (var repository = (FileRepository)
                        new FileRepositoryBuilder().setGitDir(git.toFile()).build();
                var walk = new RevWalk(repository)) {
            var base = walk.parseCommit(ObjectId.fromString(start));
            var head = repository.resolve(Constants.HEAD);
            for (var reference : references(repository)) {
                var commit = walk.parseCommit(reference.getObjectId());
                // What was checked out in the end counts as it is in the files: the agent knew of it.
                if (commit.equals(base) || head != null && walk.isMergedInto(commit, walk.parseCommit(head))) continue;
                for (var path : changed(repository, walk, base, commit, isStash(reference)))
                    if (found.size() < MOST_PATHS && isMissing.test(path)) found.putIfAbsent(path, where(reference));
            }
        } catch (IOException | RuntimeException e) {
            System.getLogger(WorkAside.class.getName())
                    .log(System.Logger.Level.DEBUG, "The branches of a work tree cannot be read: " + root, e);
        }
        return found;
    }

    /** What is wrong where all that the agent did is there, in words that go on from "it". */
    static String problem(Map<String, String> aside) {
        return "it left its files as they were, and these are the result; its work is "
                + String.join(", ", new TreeSet<>(aside.values()))
                + ". At the end it has to be in the files (git stash pop, git checkout), or deleted";
    }

    private static List<Ref> references(FileRepository repository) throws IOException {
        var all = new ArrayList<>(repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS));
        var stash = repository.exactRef(Constants.R_STASH);
        if (stash != null) all.add(stash);
        return all.subList(0, Math.min(MOST_REFERENCES, all.size()));
    }

    private static boolean isStash(Ref reference) {
        return reference.getName().equals(Constants.R_STASH);
    }

    private static String where(Ref reference) {
        return isStash(reference)
                ? "in a stash"
                : "on branch " + reference.getName().substring(Constants.R_HEADS.length());
    }

    private static Set<String> changed(
            FileRepository repository, RevWalk walk, RevCommit base, RevCommit commit, boolean isStash)
            throws IOException {
        var paths = new TreeSet<String>();
        try (var trees = new TreeWalk(repository)) {
            trees.addTree(base.getTree());
            trees.addTree(commit.getTree());
            collect(trees, paths);
        }
        if (isStash && commit.getParentCount() > UNTRACKED)
            try (var trees = new TreeWalk(repository)) {
                trees.addTree(new EmptyTreeIterator());
                trees.addTree(walk.parseCommit(commit.getParent(UNTRACKED)).getTree());
                collect(trees, paths);
            }
        return paths;
    }

    private static void collect(TreeWalk trees, Set<String> paths) throws IOException {
        trees.setRecursive(true);
        trees.setFilter(TreeFilter.ANY_DIFF);
        while (trees.next()) paths.add(GitPath.text(trees.getRawPath()));
    }
}
