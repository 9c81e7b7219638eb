package io.taskweaver.code;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Pushes the branch that an apply made, for a pull request. What others have put on the branch of that name is not lost, and
 * no hook of the user runs.
 */
public final class BranchPush {
    /** Where agents' branches of the plan keep the plan's own name from being one. */
    private static final String SUFFIX = "-result";

    private final UserRepository user;
    private final RemoteRepository remote;
    private final AppliedLine.Outcome.OnBranch made;

    private BranchPush(UserRepository user, RemoteRepository remote, AppliedLine.Outcome.OnBranch made) {
        this.user = user;
        this.remote = remote;
        this.made = made;
    }

    /** How it ended. */
    public sealed interface Pushed {
        /**
         * It is there.
         *
         * @param branch its name there
         * @param into branch there that it is made for
         */
        record There(String branch, String into) implements Pushed {}

        /** Nothing was pushed. */
        record Refused(Refusal refusal) implements Pushed {}
    }

    /**
     * Pushes it.
     *
     * @param made what apply made
     * @param into branch that it is to be merged into; empty for the one that it is on top of if the remote has that, else
     *     the remote's default branch
     * @param force whether a branch of the same name is replaced, whatever it has
     * @throws RemoteException if the remote cannot be used
     */
    public static Pushed push(
            UserRepository user,
            RemoteRepository remote,
            AppliedLine.Outcome.OnBranch made,
            Optional<String> into,
            boolean force)
            throws IOException, InterruptedException {
        return new BranchPush(user, remote, made).push(into, force);
    }

    private Pushed push(Optional<String> into, boolean force) throws IOException, InterruptedException {
        var git = user.git();
        var onto = made.line()
                .onto()
                .replaceFirst("^" + Pattern.quote(remote.remote().name()) + "/", "");
        var there = remote.references(
                git,
                List.of(
                        head(made.branch()),
                        head(made.branch()) + "/*",
                        head(made.branch() + SUFFIX),
                        head(into.orElse(onto.isEmpty() ? "HEAD" : onto))));
        boolean isTaken = there.containsKey(head(made.branch() + SUFFIX))
                || there.keySet().stream().anyMatch(name -> name.startsWith(head(made.branch()) + "/"));
        var branch = isTaken ? made.branch() + SUFFIX : made.branch();
        if (into.isPresent() && !there.containsKey(head(into.get())))
            return refused(
                    remote.remote().name() + " has no branch " + into.get() + ".",
                    "Name one that it has with --base, or push it first.");
        var target = into.or(() -> Optional.of(onto).filter(name -> there.containsKey(head(name))));
        if (target.isEmpty()) target = remote.defaultBranch(git);
        if (target.isEmpty())
            return refused(
                    remote.remote().name() + " has no branch that this could be merged into.",
                    "Push your branch first, or name one with --base.");
        if (target.get().equals(branch))
            return refused("A branch cannot be merged into itself: " + branch + ".", "Name another with --base.");
        var before = Optional.ofNullable(there.get(head(branch)));
        if (before.isPresent() && !force && !isOurs(before.get()))
            return refused(
                    "Branch " + branch + " of " + remote.remote().name() + " is not where an apply left it: it is at "
                            + before.get().substring(0, 10) + ".",
                    "Fetch it and look at it; name another with --branch, or replace it with --force.");
        if (!before.equals(Optional.of(made.commit()))) remote.push(git, made.commit(), branch, before);
        return new Pushed.There(branch, target.get());
    }

    /** Whether nothing is lost: the branch contains it, or an earlier apply made it. */
    private boolean isOurs(String commit) throws IOException, InterruptedException {
        return made.before().equals(Optional.of(commit))
                || user.isAncestor(commit, made.commit())
                || user.wasAt(made.branch(), commit);
    }

    private static String head(String branch) {
        return "refs/heads/" + branch;
    }

    private static Pushed refused(String reason, String remedy) {
        return new Pushed.Refused(new Refusal(reason, remedy));
    }

    /**
     * A commit of the branch.
     *
     * @param title first line of its message
     * @param body the rest, without trailers
     * @param task id of the task whose result it is; empty for others
     */
    public record Commit(String title, String body, Optional<String> task) {}

    /** The commits that an apply made, the oldest first. */
    public static List<Commit> commits(UserRepository user, AppliedLine.Outcome.OnBranch made)
            throws IOException, InterruptedException {
        // The history below may be long, and is not ours to tell.
        var output = user.git()
                .text(
                        "log",
                        "--first-parent",
                        "--reverse",
                        "--format=%s%x01%b%x01%(trailers:key=Task,valueonly,separator=%x2C)%x02",
                        made.base().map(base -> base + "..").orElse("") + made.commit(),
                        "--");
        return output.lines().count() == 0
                ? List.of()
                : List.of(output.split("\u0002", -1)).stream()
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .map(BranchPush::commit)
                        .toList();
    }

    private static Commit commit(String text) {
        var parts = text.split("\u0001", -1);
        var body = parts[1].strip();
        // The last paragraph of a message of ours has trailers, if any.
        int last = body.lastIndexOf("\n\n");
        var end = last < 0 ? body : body.substring(last + 2);
        boolean hasTrailers = !end.isEmpty() && end.lines().allMatch(line -> line.matches("[A-Za-z-]+: .*"));
        var plain = hasTrailers ? body.substring(0, Math.max(0, last)) : body;
        return new Commit(
                parts[0],
                plain.strip(),
                Optional.of(parts[2].strip()).filter(task -> !task.isEmpty() && task.indexOf(',') < 0));
    }
}
