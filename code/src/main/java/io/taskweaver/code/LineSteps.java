package io.taskweaver.code;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The commits of a line that belong on top of a commit of the user: those that its history does not have, after the work
 * that was not committed when the plan started.
 *
 * @param steps in their order
 * @param note what a person should know of the work that was not committed
 */
record LineSteps(List<LineRebase.Step> steps, Optional<String> note) {
    /** Whether a commit is in the history that the steps come on top of. */
    @FunctionalInterface
    interface History {
        boolean has(String commit) throws IOException, InterruptedException;
    }

    /** The steps on top of nothing: the line begins with all of the code that it started from. */
    static LineSteps ofAll(CodeRepository code, PlanLine line) throws IOException {
        var base = RawCommit.read(code, line.base().commit());
        var steps = new ArrayList<LineRebase.Step>();
        steps.add(new LineRebase.Step(base, Optional.empty(), true));
        return withLine(steps, line.commits(code), base.tree(), Optional.empty());
    }

    /** The steps on top of a history. */
    static LineSteps on(History history, CodeRepository code, PlanLine line) throws IOException, InterruptedException {
        var commits = line.commits(code);
        for (int i = commits.size() - 1; i >= 0; i--)
            if (history.has(commits.get(i).id()))
                return withLine(
                        new ArrayList<>(),
                        commits.subList(i + 1, commits.size()),
                        commits.get(i).tree(),
                        Optional.empty());
        var base = RawCommit.read(code, line.base().commit());
        var work = new ArrayList<LineRebase.Step>();
        var note = Optional.<String>empty();
        for (var at = base; at.isSnapshot() && !history.has(at.id()); ) {
            var parents = at.parents();
            if (parents.isEmpty() || !code.isComplete(parents.getFirst())) {
                note = Optional.of(
                        parents.isEmpty()
                                ? "The plan started from files without a history: only what it changed is taken."
                                : "The commit that the plan started from is not in this repository: of the work that was"
                                        + " not committed then, nothing is taken.");
                break;
            }
            var parent = RawCommit.read(code, parents.getFirst());
            work.addFirst(new LineRebase.Step(at, Optional.of(parent.tree()), true));
            at = parent;
        }
        return withLine(work, commits, base.tree(), note);
    }

    private static LineSteps withLine(
            List<LineRebase.Step> steps, List<RawCommit> commits, String tree, Optional<String> note) {
        var before = tree;
        for (var commit : commits) {
            steps.add(new LineRebase.Step(commit, Optional.of(before), false));
            before = commit.tree();
        }
        return new LineSteps(steps, note);
    }
}
