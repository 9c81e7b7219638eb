package io.taskweaver.code;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a plan, or one of its tasks, changed in the code, for people to read. */
public final class PlanDifference {
    private PlanDifference() {}

    /** How it is written. */
    public enum Form {
        PATCH("--patch"),
        SUMMARY("--stat"),
        NAMES("--name-status");

        private final String option;

        Form(String option) {
            this.option = option;
        }
    }

    /** The difference between base and head. */
    public static byte[] ofPlan(CodeRepository code, PlanLine line, Form form, boolean coloured)
            throws IOException, InterruptedException {
        try (var scratch = Scratch.of(code)) {
            return scratch.code()
                    .git()
                    .bytes(
                            "diff",
                            form.option,
                            "--find-renames",
                            colour(coloured),
                            line.base().commit(),
                            line.head());
        }
    }

    /**
     * The commits of a task, each with its message; empty if none of the line is of this task. Where its result was
     * reconciled, that is the commit of whoever did it.
     */
    public static Optional<byte[]> ofTask(CodeRepository code, PlanLine line, String task, Form form, boolean coloured)
            throws IOException, InterruptedException {
        var commits = line.commits(code).stream()
                .filter(commit -> commit.isOf(task) || commit.isOfReconciliation(task))
                .map(RawCommit::id)
                .toList();
        if (commits.isEmpty()) return Optional.empty();
        try (var scratch = Scratch.of(code)) {
            scratch.code().cutAbove(line.base().commit());
            var arguments = new ArrayList<>(List.of(
                    "log",
                    "--no-walk=unsorted",
                    "--first-parent",
                    "--diff-merges=first-parent",
                    form.option,
                    "--find-renames",
                    colour(coloured)));
            arguments.addAll(commits);
            return Optional.of(scratch.code().git().bytes(arguments.toArray(String[]::new)));
        }
    }

    /** What a result that is not merged changes in the code that it started from. */
    public static byte[] ofResult(CodeRepository code, String commit, Form form, boolean coloured)
            throws IOException, InterruptedException {
        try (var scratch = Scratch.of(code)) {
            var parent = code.parentOf(commit);
            return scratch.code()
                    .git()
                    .bytes(
                            "diff",
                            form.option,
                            "--find-renames",
                            colour(coloured),
                            parent.isPresent() ? code.treeOf(parent.get()) : code.emptyTree(),
                            code.treeOf(commit));
        }
    }

    private static String colour(boolean coloured) {
        return coloured ? "--color=always" : "--color=never";
    }
}
