package io.taskweaver.code;

import io.taskweaver.model.PlanId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The branches that a plan pushes for agents: {@code taskweaver/PLAN/TASK-ATTEMPT}, and one for its base. */
public final class RemoteBranches {
    private static final String BASE = "base";
    private static final int LONGEST = 60;
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9_-]|\\.(?!\\.|lock$|$)){0,80}");

    private RemoteBranches() {}

    private static String folder(PlanId plan) {
        return LineApply.branchOf(plan) + "/";
    }

    /** Branch of what the plan starts from. */
    public static String ofBase(PlanId plan) {
        return folder(plan) + BASE;
    }

    /** Branch that an attempt starts from. */
    public static String ofAttempt(PlanId plan, String task, int attempt) {
        return folder(plan) + named(task) + "-" + attempt;
    }

    /** An id as part of a name of a branch. */
    private static String named(String task) {
        if (SAFE.matcher(task).matches()) return task;
        var plain = task.replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
        return plain.substring(0, Math.min(plain.length(), LONGEST)) + String.format("-%08x", task.hashCode());
    }

    /**
     * Pushes what a plan starts from, out of the repository of its submitter, which has the history.
     *
     * @param code repository of ours that has the commit
     */
    public static void pushBase(
            RemoteRepository remote, UserRepository user, CodeRepository code, PlanId plan, String commit)
            throws IOException, InterruptedException {
        var objects = BorrowedObjects.variable(code.folder().toAbsolutePath().resolve("objects"));
        remote.push(user.git().with(Map.of("GIT_ALTERNATE_OBJECT_DIRECTORIES", objects)), commit, ofBase(plan));
    }

    /** Pushes the start of an attempt, on top of what the remote has of the plan. */
    public static void pushStart(RemoteRepository remote, CodeRepository code, String commit, String branch)
            throws IOException, InterruptedException {
        remote.push(git(code), commit, branch);
    }

    static Git git(CodeRepository code) {
        return Git.ofUser(code.folder()).options("--git-dir=" + code.folder().toAbsolutePath());
    }

    /**
     * Removes the branches that were pushed for a plan.
     *
     * @param folder in which git is run
     * @param tasks ids of all its nodes
     * @return names of those that were removed
     */
    public static List<String> remove(RemoteRepository remote, Path folder, PlanId plan, Collection<String> tasks)
            throws IOException, InterruptedException {
        var git = Git.ofUser(folder);
        var start = "refs/heads/" + folder(plan);
        var names = tasks.stream().map(RemoteBranches::named).collect(Collectors.toSet());
        var ours = remote.references(git, List.of(start + "*")).keySet().stream()
                .filter(reference -> reference.startsWith(start))
                .map(reference -> reference.substring(start.length()))
                .filter(name -> name.equals(BASE) || names.contains(name.replaceFirst("-\\d+$", "")))
                .map(name -> folder(plan) + name)
                .toList();
        remote.delete(git, ours);
        return ours;
    }

    /** Whether the code that a plan starts from has work that is not committed. */
    public static boolean isUncommitted(UserRepository user, String commit) throws IOException, InterruptedException {
        return !user.commit("HEAD").equals(Optional.of(commit));
    }

    /** The address that a repository pushes to under a name; empty if it has no such remote. */
    public static Optional<String> address(UserRepository user, String name) throws IOException, InterruptedException {
        return address(user, List.of("remote", "get-url", "--push", "--end-of-options", name));
    }

    /** The address that a repository fetches from under a name, which names the project; empty if it has no such remote. */
    public static Optional<String> addressOfProject(UserRepository user, String name)
            throws IOException, InterruptedException {
        return address(user, List.of("remote", "get-url", "--end-of-options", name));
    }

    private static Optional<String> address(UserRepository user, List<String> command)
            throws IOException, InterruptedException {
        var end = user.git().run(command, new byte[0]);
        if (end.code() != 0) return Optional.empty();
        var url = new String(end.output(), StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("");
        // Git reads a relative path from the root of the working tree.
        return Optional.of(
                url.startsWith("./") || url.startsWith("../") || (!url.contains(":") && !url.startsWith("/"))
                        ? user.root().resolve(url).normalize().toString()
                        : url);
    }

    /** Names of a repository's remotes. */
    public static List<String> names(UserRepository user) throws IOException, InterruptedException {
        return user.git().text("remote").lines().filter(name -> !name.isBlank()).toList();
    }
}
