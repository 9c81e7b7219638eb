package io.taskweaver.code;

import io.taskweaver.model.CodeResult;
import io.taskweaver.model.FilePath;
import io.taskweaver.model.storage.StorageFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The branch of an agent as a result: the difference between its tree and the commit that it started from, which has to be
 * on the plan's line. It is fetched into a repository of its own, which is removed; only the files of a result get into
 * the plan's.
 */
public final class RemoteResult {
    private static final String FETCHED = "refs/agent/";
    private static final int SHORT = 10;

    private final RemoteRepository remote;
    private final CodeRepository code;
    private final Start start;
    /** What the start was pushed as, once it is known. */
    private String branch;
    /** What the default branch is at, once it is known. */
    private Optional<String> standard = Optional.empty();

    /**
     * What the agent was given.
     *
     * @param head head of the plan
     * @param pushed commit that was pushed: the head, or one on top of it
     * @param branches that it may have been pushed as, the last attempt's first: a run of an earlier one may go on
     */
    public record Start(String head, String pushed, List<String> branches) {
        public Start {
            branches = List.copyOf(branches);
        }
    }

    /**
     * What a result may have.
     *
     * @param prefix folder whose changes count, '/' separated; empty for the root
     * @param brought commit of the files that users brought along, which are never part of a result
     * @param most bytes that all changed files may have together
     * @param message of its commit
     * @param at date of its commit
     */
    public record Rules(String prefix, Optional<String> brought, long most, String message, Instant at) {}

    /** How it went. */
    public sealed interface Taken {
        record Result(CodeResult code) implements Taken {}

        /** The agent's branch cannot be a result; the reason is for the agent's next attempt as well. */
        record Refused(String reason) implements Taken {}
    }

    private static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        RefusedException(String reason) {
            super(reason);
        }
    }

    private RemoteResult(RemoteRepository remote, CodeRepository code, Start start) {
        this.remote = remote;
        this.code = code;
        this.start = start;
        this.branch = start.branches().getFirst();
    }

    /**
     * Takes it.
     *
     * @param answered where the agent says that its work is; at least one
     * @throws RemoteException if the remote cannot be used
     */
    public static Taken take(
            RemoteRepository remote, CodeRepository code, Start start, List<AgentBranch> answered, Rules rules)
            throws IOException, InterruptedException {
        try (var folder = TemporaryFolder.create("remote");
                var scratch = CodeRepository.open(folder.path().resolve("git"))) {
            return new Taken.Result(new RemoteResult(remote, code, start).take(scratch, answered, rules));
        } catch (RefusedException e) {
            return new Taken.Refused(String.valueOf(e.getMessage()));
        } catch (WorkTree.TooMuchException e) {
            return new Taken.Refused(
                    "The agent's branch is too large: " + e.getMessage() + ". Change fewer or smaller files.");
        } catch (WorkTree.UnusableException e) {
            return new Taken.Refused("The agent's branch cannot be used: " + e.getMessage() + ".");
        }
    }

    private CodeResult take(CodeRepository scratch, List<AgentBranch> answered, Rules rules)
            throws IOException, InterruptedException, RefusedException {
        lend(scratch);
        var git = RemoteBranches.git(scratch);
        var tips = tips(git, answered);
        if (tips.size() == 1 && tips.containsKey(start.pushed())) return result(start.pushed(), start.head(), rules);
        var refspecs = new ArrayList<String>();
        for (var tip : tips.entrySet()) refspecs.add("+" + tip.getValue() + ":" + FETCHED + refspecs.size());
        remote.fetch(git, refspecs);
        var tip = last(git, refspecs.size(), answered);
        var parent = parent(git, tip);
        refuseForeign(git, tip, parent);
        takeUp(scratch, tip, rules.most());
        return result(tip, parent, rules);
    }

    /** Lets the scratch repository read what the plan's has, and know of its commits. */
    private void lend(CodeRepository scratch) throws IOException {
        var folder = scratch.folder();
        BorrowedObjects.borrow(folder, code.folder().resolve("objects"));
        var shallow = code.folder().resolve("shallow");
        if (Files.exists(shallow)) Files.copy(shallow, folder.resolve("shallow"));
        scratch.head(start.pushed());
    }

    /** Commits that the answers lead to, each with one reference that points to it. */
    private Map<String, String> tips(Git git, List<AgentBranch> answered)
            throws IOException, InterruptedException, RefusedException {
        var places = new ArrayList<List<String>>();
        for (var each : answered) {
            var refs = new ArrayList<String>();
            each.requestOf(remote.remote().url()).ifPresent(number -> {
                refs.add("refs/pull/" + number + "/head");
                refs.add("refs/merge-requests/" + number + "/head");
            });
            if (each.branch().isPresent()) {
                var name = "refs/heads/" + each.branch().get();
                if (git.run(List.of("check-ref-format", name), new byte[0]).code() != 0)
                    throw new RefusedException("The agent answered with an invalid branch name: "
                            + each.branch().get());
                refs.add(name);
            }
            places.add(refs);
        }
        var asked = new LinkedHashSet<String>();
        places.forEach(asked::addAll);
        for (var name : start.branches()) asked.add("refs/heads/" + name);
        asked.add("HEAD");
        var there = remote.references(git, asked);
        branch = start.branches().stream()
                .filter(name -> there.containsKey("refs/heads/" + name))
                .findFirst()
                .orElse(branch);
        var own = "refs/heads/" + branch;
        standard = Optional.ofNullable(there.get("HEAD"));
        var tips = new LinkedHashMap<String, String>();
        for (var refs : places)
            refs.stream()
                    .filter(there::containsKey)
                    .findFirst()
                    .ifPresent(ref -> tips.putIfAbsent(there.get(ref), ref));
        // A service may merge its pull request itself, and remove its branch.
        if (tips.isEmpty() && there.containsKey(own) && !there.get(own).equals(start.pushed()))
            tips.put(there.get(own), own);
        if (tips.isEmpty())
            throw new RefusedException("The agent answered with " + listed(answered) + ", which is not in "
                    + remote.remote().url() + ". Push the branch to that repository.");
        return tips;
    }

    private static String listed(List<AgentBranch> answered) {
        return String.join(
                ", ", answered.stream().map(AgentBranch::toString).distinct().toList());
    }

    /** Of several branches, the one that contains all others. */
    private static String last(Git git, int fetched, List<AgentBranch> answered)
            throws IOException, InterruptedException, RefusedException {
        var tips = new ArrayList<String>();
        for (int i = 0; i < fetched; i++) tips.add(git.text("rev-parse", FETCHED + i + "^{commit}"));
        for (var candidate : tips) {
            boolean hasAll = true;
            for (var other : tips) hasAll &= isAncestor(git, other, candidate);
            if (hasAll) return candidate;
        }
        throw new RefusedException("The agent answered with several branches, none of which contains the others ("
                + listed(answered) + "). Push one branch with all changes.");
    }

    private static boolean isAncestor(Git git, String commit, String of) throws IOException, InterruptedException {
        return git.run(List.of("merge-base", "--is-ancestor", commit, of), new byte[0])
                        .code()
                == 0;
    }

    /** The commit of the line that the work is based on. */
    private String parent(Git git, String tip) throws IOException, InterruptedException, RefusedException {
        if (isAncestor(git, start.pushed(), tip)) return start.head();
        var base = git.run(List.of("merge-base", start.pushed(), tip), new byte[0]);
        var commit = new String(base.output(), StandardCharsets.US_ASCII).strip();
        if (base.code() != 0 || !start.pushed().equals(start.head()) || !code.isAncestor(commit, start.head()))
            throw new RefusedException("The agent's branch, commit " + brief(tip) + ", is not based on branch "
                    + branch + ", commit " + brief(start.pushed())
                    + ", nor on an earlier commit of the plan. Start from that branch.");
        return commit;
    }

    /**
     * Refuses work of others that would come along: of a branch that was started from, or merged into the agent's. Only the
     * user's own commit can have such successors, and only merges can bring others.
     */
    private void refuseForeign(Git git, String tip, String parent)
            throws IOException, InterruptedException, RefusedException {
        var commits = new HashSet<String>();
        boolean isMerged = false;
        for (var line : git.text("rev-list", "--parents", tip, "^" + start.pushed())
                .lines()
                .toList()) {
            var names = line.split(" ", -1);
            commits.add(names[0]);
            isMerged |= names.length > 2;
        }
        boolean isAtRoot = code.parentOf(parent).isEmpty();
        var current = standard;
        if (commits.isEmpty())
            throw new RefusedException("The agent's branch, commit " + brief(tip)
                    + ", has no commits of its own. Commit the changes to a branch, push it, and answer with that"
                    + " branch.");
        if (!(isMerged || isAtRoot) || current.isEmpty()) return;
        if (code.isAncestor(current.get(), start.pushed())) return;
        if (commits.contains(current.get())) throw foreign(current.get());
        try {
            remote.fetch(git, List.of("+HEAD:refs/default"), "--shallow-exclude=refs/heads/" + branch);
        } catch (RemoteException e) {
            // All of it is part of what was pushed, or the server cannot tell.
            if (e.isTransient() || e.reason() == RemoteException.Cause.CREDENTIALS) throw e;
            return;
        }
        for (var commit : git.text("rev-list", "refs/default").lines().toList())
            if (commits.contains(commit)) throw foreign(commit);
    }

    private RefusedException foreign(String commit) {
        return new RefusedException(
                "The agent's branch contains commits of the default branch that are not part of the plan's code, such as "
                        + brief(commit) + ". Start from branch " + branch + ", and merge nothing else.");
    }

    /** Copies the files of the branch that the plan's repository has not. */
    private void takeUp(CodeRepository scratch, String tip, long most)
            throws IOException, InterruptedException, RefusedException {
        var before = scratch.treeOf(start.pushed());
        for (var refused : GitRefusals.in(scratch, scratch.difference(before, scratch.treeOf(tip)))
                .entrySet())
            throw new RefusedException("The agent's branch holds what Git refuses: "
                    + FilePath.visible(refused.getKey()) + ": " + refused.getValue() + ". Correct the file.");
        var pack = scratch.pack(tip, List.of(before));
        if (pack.length > most)
            throw new WorkTree.TooMuchException(
                    "what it adds has " + pack.length + " bytes, compressed; the limit is " + most);
        try {
            code.unpack(pack);
        } catch (IOException e) {
            if (StorageFailure.behind(e).isPresent()) throw e;
            throw new RefusedException("The agent's branch contains objects that Git refuses: " + e.getMessage());
        }
    }

    private CodeResult result(String tip, String parent, Rules rules) throws IOException {
        var brought = rules.brought().isEmpty()
                ? PreparedFiles.NONE
                : new PreparedFiles(
                        List.copyOf(BroughtFiles.in(code, rules.brought().get()).keySet()), List.of(), rules.brought());
        return new ResultTree(code, parent, rules.prefix(), brought, rules.most())
                .of(code.treeOf(tip), List.of(), rules.message(), rules.at());
    }

    private static String brief(String commit) {
        return commit.substring(0, SHORT);
    }
}
