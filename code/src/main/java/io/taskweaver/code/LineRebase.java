package io.taskweaver.code;

import io.taskweaver.model.FilePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * The commits of a line on top of a commit of the user. Each is merged three ways with what is there by then. One that does
 * not fit is left out, and so, in its turn, is what changes the files that it would have brought.
 */
final class LineRebase {
    private final CodeRepository code;
    private final UserRepository user;
    private final List<Written> written = new ArrayList<>();
    private final List<AppliedLine.Unfit> unfit = new ArrayList<>();
    private final List<String> present = new ArrayList<>();
    private final Map<String, String> united = new TreeMap<>();
    /** Paths of commits that were left out, with the title of the last one. */
    private final Map<String, String> lost = new LinkedHashMap<>();

    private @Nullable String at;
    private @Nullable String tree;

    private LineRebase(CodeRepository code, UserRepository user, Optional<String> onto) throws IOException {
        this.code = code;
        this.user = user;
        if (onto.isPresent()) {
            at = onto.get();
            tree = code.treeOf(onto.get());
        }
    }

    /**
     * A commit to be put on top of others.
     *
     * @param before tree of its parent; empty if it has none
     * @param isWork whether it is work of the user that was not committed when the plan started
     */
    record Step(RawCommit commit, Optional<String> before, boolean isWork) {}

    /** A commit as it was written. */
    record Written(String id, Step step) {}

    /**
     * What was written.
     *
     * @param head last commit; empty if there is none
     * @param commits in their order
     * @param unfit what was left out
     * @param present titles of commits whose changes were there already
     * @param united paths at whose same place both sides had added something, with the rule that united them
     */
    record Rebased(
            Optional<String> head,
            List<Written> commits,
            List<AppliedLine.Unfit> unfit,
            List<String> present,
            Map<String, String> united) {}

    /**
     * Writes the commits.
     *
     * @param code repository of ours that has, or borrows, all that is needed
     * @param onto commit of the user; empty in a repository without commits
     */
    static Rebased of(CodeRepository code, UserRepository user, List<Step> steps, Optional<String> onto)
            throws IOException, InterruptedException {
        var rebase = new LineRebase(code, user, onto);
        for (var step : steps) rebase.add(step);
        return new Rebased(Optional.ofNullable(rebase.at), rebase.written, rebase.unfit, rebase.present, rebase.united);
    }

    private void add(Step step) throws IOException, InterruptedException {
        var commit = step.commit();
        if (tree == null || step.before().equals(Optional.of(tree))) {
            write(step, commit.tree());
            return;
        }
        var before = step.before().orElseGet(this::emptyTree);
        complete(before, tree, commit.tree());
        switch (TreeMerge.of(code, before, tree, commit.tree())) {
            case TreeMerge.Outcome.Merged merged -> {
                if (merged.tree().equals(tree)) present.add(commit.title());
                else {
                    united.putAll(merged.united());
                    write(step, merged.tree());
                }
            }
            case TreeMerge.Outcome.Conflicted conflicted -> {
                var paths = new TreeSet<String>();
                var needed = new TreeSet<String>();
                for (var conflict : conflicted.conflicts()) {
                    paths.add(FilePath.visible(conflict.path()));
                    var by = lost.get(conflict.path());
                    if (by != null) needed.add(by);
                }
                unfit.add(new AppliedLine.Unfit(commit.title(), List.copyOf(paths), List.copyOf(needed)));
                for (var change : code.difference(before, commit.tree())) lost.put(change.path(), commit.title());
            }
        }
    }

    private String emptyTree() {
        try {
            return code.emptyTree();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Step step, String merged) throws IOException {
        var commit = step.commit();
        var parent = Optional.ofNullable(at);
        boolean isSame = commit.tree().equals(merged)
                && commit.parents().equals(parent.stream().toList());
        var id = isSame ? commit.id() : commit.rewritten(code, merged, parent);
        written.add(new Written(id, step));
        at = id;
        tree = merged;
    }

    /** Has a partial clone fetch what the merge reads. */
    private void complete(String... trees) throws IOException, InterruptedException {
        if (!user.isPartial()) return;
        var blobs = new TreeSet<String>();
        try (var walk = new TreeWalk(code.repository())) {
            for (var each : trees) walk.addTree(ObjectId.fromString(each));
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            while (walk.next())
                for (int side = 0; side < trees.length; side++) {
                    int mode = walk.getRawMode(side);
                    if (mode == 0 || mode == FileMode.TYPE_TREE || mode == FileMode.TYPE_GITLINK) continue;
                    var id = walk.getObjectId(side);
                    if (!code.has(id.name())) blobs.add(id.name());
                }
        } catch (MissingObjectException e) {
            throw new Git.GitException("the repository " + user.root()
                    + " is a partial clone without some of its folders; fetch them with: git fetch --refetch");
        }
        user.complete(blobs);
    }
}
