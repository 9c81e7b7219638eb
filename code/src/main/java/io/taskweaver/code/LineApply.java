package io.taskweaver.code;

import io.taskweaver.code.AppliedLine.Outcome;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.PlanId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.jgit.errors.MissingObjectException;

/**
 * Writes the result of a plan into the repository of a user: as a branch with one commit per commit of the line, or into the
 * working tree. Commits are the line's own where the user's history still ends where the plan started; else each is merged
 * with what the user has by now. Besides the objects and that branch, or those files, nothing of the user's changes.
 */
public final class LineApply {
    private static final int MOST_NAMED = 10;
    private static final int SHORT = 10;

    private final CodeRepository code;
    private final UserRepository user;
    private final PlanLine line;
    private final PlanId plan;
    private final Options options;

    private LineApply(CodeRepository code, UserRepository user, PlanLine line, PlanId plan, Options options) {
        this.code = code;
        this.user = user;
        this.line = line;
        this.plan = plan;
        this.options = options;
    }

    /**
     * How the result is written.
     *
     * @param branch name of the branch; empty for the usual one
     * @param onto what it comes on top of; empty for the commit that is checked out
     * @param squash whether the plan's commits become one
     * @param force whether a branch of that name is replaced, wherever it is
     */
    public record Options(Optional<String> branch, Optional<String> onto, boolean squash, boolean force) {
        public static final Options USUAL = new Options(Optional.empty(), Optional.empty(), false, false);
    }

    /** The usual name of a plan's branch. */
    public static String branchOf(PlanId plan) {
        var name = plan.value().replaceAll("\\.{2,}", "-").replaceAll("\\.$", "-");
        return "taskweaver/" + (name.endsWith(".lock") ? name.replaceAll("\\.lock$", "-lock") : name);
    }

    /**
     * Writes a branch.
     *
     * @param code repository with the line
     */
    public static Outcome toBranch(
            CodeRepository code, PlanLine line, PlanId plan, UserRepository user, Options options)
            throws IOException, InterruptedException {
        try (var scratch = Scratch.of(code, user)) {
            return new LineApply(scratch.code(), user, line, plan, options).toBranch();
        }
    }

    /**
     * Writes into the working tree, which has to be clean; the changes are in the index, and not committed.
     *
     * @param code repository with the line
     */
    public static Outcome toWorkTree(CodeRepository code, PlanLine line, PlanId plan, UserRepository user)
            throws IOException, InterruptedException {
        try (var scratch = Scratch.of(code, user)) {
            return new LineApply(scratch.code(), user, line, plan, Options.USUAL).toWorkTree();
        }
    }

    /**
     * Why no branch could be written, as far as that is known before the plan has run.
     *
     * @param user repository that it would be written into
     */
    public static Optional<Refusal> refusal(UserRepository user, PlanId plan, Options options)
            throws IOException, InterruptedException {
        var branch = options.branch().orElse(branchOf(plan));
        var before = user.isBranchName(branch) ? user.reference(branch) : Optional.<String>empty();
        var refusal = refusal(user, plan, branch, before);
        if (refusal.isPresent() || before.isEmpty() || options.force()) return refusal;
        boolean isOurs = user.lastMove(branch).equals(Optional.of(moved(plan)))
                || user.trailers(before.get(), "Plan").contains(plan.value());
        return isOurs ? Optional.empty() : Optional.of(foreign(plan, branch));
    }

    private static Outcome refused(String reason, String remedy) {
        return new Outcome.Refused(new Refusal(reason, remedy));
    }

    private Outcome toBranch() throws IOException, InterruptedException {
        var branch = options.branch().orElse(branchOf(plan));
        var onto = onto();
        if (onto.isEmpty() && options.onto().isPresent())
            return refused(
                    "There is no commit " + options.onto().get() + " in " + user.root() + ".",
                    "Name a branch, a tag or a commit with --onto; git branch --all lists branches.");
        var before = user.isBranchName(branch) ? user.reference(branch) : Optional.<String>empty();
        var refusal = refusal(user, plan, branch, before);
        if (refusal.isPresent()) return new Outcome.Refused(refusal.get());

        var steps = steps(onto);
        var rebased = LineRebase.of(code, user, steps.steps(), onto);
        var applied = applied(rebased, steps, onto);
        if (rebased.commits().isEmpty()) return new Outcome.Nothing(applied);
        var commits = options.squash() && applied.commits() > 1
                ? squashed(rebased, onto)
                : rebased.commits().stream().map(LineRebase.Written::id).toList();
        var head = commits.getLast();
        if (before.isPresent() && !options.force() && !isOurs(branch, before.get(), head))
            return new Outcome.Refused(foreign(plan, branch));
        if (before.isPresent()
                && !options.force()
                && !before.get().equals(head)
                && !rebased.unfit().isEmpty())
            return refused(
                    "The branch " + branch + " is as an earlier apply left it, and not all of its commits fit on "
                            + applied.onto() + " any more: " + unfit(rebased) + ".",
                    "It stays. Write what fits to another with --branch, or replace it with --force; --onto names"
                            + " another commit to come on top of.");
        var uncommitted = uncommitted(head, onto);
        if (!before.equals(Optional.of(head))) {
            deliver(commits, onto);
            var stays = user.move(branch, head, before, moved(plan));
            if (stays.isPresent()) return new Outcome.Refused(stays.get());
        }
        return new Outcome.OnBranch(branch, head, onto, before, uncommitted, applied);
    }

    /** What of the working tree is in the way of merging the branch there. */
    private Optional<AppliedLine.Uncommitted> uncommitted(String head, Optional<String> onto)
            throws IOException, InterruptedException {
        if (!user.hasWorkTree()) return Optional.empty();
        try {
            var checkedOut = user.commit("HEAD");
            var tree = code.treeOf(head);
            var ofBranch = code.difference(treeOf(onto), tree).stream()
                    .map(EntryChange::path)
                    .collect(Collectors.toSet());
            var paths = new TreeSet<>(changed());
            paths.retainAll(ofBranch);
            paths.addAll(inTheWay(treeOf(checkedOut), tree));
            return paths.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new AppliedLine.Uncommitted(List.copyOf(paths), isWorkOfBase(checkedOut)));
        } catch (Git.GitException | MissingObjectException e) {
            // Of files or history that Git cannot read it says so itself when the branch is merged.
            return Optional.empty();
        }
    }

    private String treeOf(Optional<String> commit) throws IOException {
        return commit.isPresent() ? code.treeOf(commit.get()) : code.emptyTree();
    }

    private static String unfit(LineRebase.Rebased rebased) {
        return named(rebased.unfit().stream().map(AppliedLine.Unfit::title).toList());
    }

    private Optional<String> onto() throws IOException, InterruptedException {
        return user.commit(options.onto().orElse("HEAD"));
    }

    private static Refusal foreign(PlanId plan, String branch) {
        return new Refusal(
                "A branch " + branch + " exists, and is not where an earlier apply of plan " + plan + " left it.",
                "Name another with --branch, or replace it with --force; git log " + branch + " shows what it has.");
    }

    private static Optional<Refusal> refusal(UserRepository user, PlanId plan, String branch, Optional<String> before)
            throws IOException, InterruptedException {
        if (!Files.isWritable(user.objects()))
            return Optional.of(new Refusal(
                    "The repository " + user.root() + " cannot be written to: its folder " + user.objects()
                            + " is not yours to write.",
                    "Change its permissions, or name a clone of yours with --code DIR."));
        if (!user.isBranchName(branch))
            return Optional.of(new Refusal(
                    "'" + branch + "' cannot be the name of a branch.",
                    "Name another with --branch, e.g. --branch " + branchOf(plan) + "."));
        var inTheWay = user.inTheWayOf(branch);
        if (inTheWay.isPresent())
            return Optional.of(new Refusal(
                    "There is a branch " + inTheWay.get() + ", so there cannot be a branch " + branch + ".",
                    "Name another with --branch, e.g. --branch "
                            + branchOf(plan).replace('/', '-') + ", or rename that one: git" + " branch --move "
                            + inTheWay.get() + " NEW."));
        if (before.isPresent() && user.isAlias(branch))
            return Optional.of(new Refusal(
                    "The branch " + branch + " is another name of a branch.", "Name another with --branch."));
        return user.use(branch)
                .map(use -> new Refusal(
                        "The branch " + branch + " is " + use + ".",
                        "Name another with --branch, and merge it: git merge NAME. To change the files that are checked"
                                + " out, use --work-tree."));
    }

    private static String moved(PlanId plan) {
        return "taskweaver apply: plan " + plan;
    }

    /** Whether a branch contains no commits of others. */
    private boolean isOurs(String branch, String at, String head) throws IOException, InterruptedException {
        if (at.equals(head)) return true;
        if (user.lastMove(branch).equals(Optional.of(moved(plan)))) return true;
        return line.commits(code).stream().anyMatch(commit -> commit.id().equals(at));
    }

    private LineSteps steps(Optional<String> onto) throws IOException, InterruptedException {
        if (onto.isEmpty()) return LineSteps.ofAll(code, line);
        var known = new HashSet<String>();
        var asked = new ArrayList<String>();
        asked.add(line.base().commit());
        for (var commit : line.commits(code)) asked.add(commit.id());
        known.addAll(user.present(asked));
        return LineSteps.on(
                commit -> (known.contains(commit) || !asked.contains(commit)) && user.isAncestor(commit, onto.get()),
                code,
                line);
    }

    private AppliedLine applied(LineRebase.Rebased rebased, LineSteps steps, Optional<String> onto)
            throws IOException, InterruptedException {
        int work = (int) rebased.commits().stream()
                .filter(commit -> commit.step().isWork())
                .count();
        var notes = new ArrayList<>(steps.note().stream().toList());
        var name = options.onto().isPresent()
                ? options.onto().get()
                : user.branch().orElse("");
        if (onto.isEmpty()) name = "";
        else if (name.isEmpty()) name = onto.get().substring(0, SHORT);
        return new AppliedLine(
                name,
                rebased.commits().size() - work,
                work,
                rebased.unfit(),
                rebased.present(),
                rebased.united(),
                origin(),
                notes);
    }

    private Optional<String> origin() throws IOException, InterruptedException {
        var at = RawCommit.read(code, line.base().commit());
        while (at.isSnapshot() && !at.parents().isEmpty()) {
            var parent = at.parents().getFirst();
            if (!code.has(parent)) return Optional.empty();
            at = RawCommit.read(code, parent);
        }
        return at.isSnapshot() || user.present(List.of(at.id())).isEmpty() ? Optional.empty() : Optional.of(at.id());
    }

    /** The work of the user, and one commit of all that the plan made. */
    private List<String> squashed(LineRebase.Rebased rebased, Optional<String> onto) throws IOException {
        var commits = new ArrayList<String>();
        var message = new StringBuilder("Result of plan " + plan + "\n");
        var trailers = new StringBuilder();
        for (var written : rebased.commits()) {
            if (written.step().isWork()) commits.add(written.id());
            else {
                message.append(message.indexOf("\n* ") < 0 ? "\n* " : "* ")
                        .append(written.step().commit().title())
                        .append('\n');
                written.step().commit().tasks().forEach(task -> trailers.append("Task: " + task + "\n"));
            }
        }
        message.append('\n').append(trailers).append("Plan: " + plan + "\n");
        var parent = commits.isEmpty() ? onto.stream().toList() : List.of(commits.getLast());
        var last = rebased.head().orElseThrow();
        commits.add(code.commit(code.treeOf(last), parent, message.toString(), code.dateOf(last)));
        return commits;
    }

    private void deliver(List<String> commits, Optional<String> onto) throws IOException, InterruptedException {
        var pack = new ByteArrayOutputStream();
        code.packs().write(commits, onto.isPresent() ? Optional.of(code.treeOf(onto.get())) : Optional.empty(), pack);
        user.take(pack.toByteArray(), commits.getLast());
    }

    private Outcome toWorkTree() throws IOException, InterruptedException {
        if (!user.hasWorkTree())
            return refused(
                    "The repository " + user.root() + " has no working tree.",
                    "Write a branch instead, without --work-tree, or name a checkout of it with --code DIR.");
        var underWay = user.underWay();
        if (underWay.isPresent())
            return refused(
                    underWay.get().isUnderWay() + " in " + user.root() + ".",
                    underWay.get().remedy() + ". Or write a branch instead, without --work-tree.");
        var only = LockFile.tryAcquire(user.data().resolve("taskweaver-apply.lock"));
        if (only.isEmpty())
            return refused(
                    "Another taskweaver apply is writing the working tree of " + user.root() + ".",
                    "Run the command again when it has ended.");
        try (var _ = only.get()) {
            return toOwnWorkTree();
        }
    }

    private Outcome toOwnWorkTree() throws IOException, InterruptedException {
        var trees = new TreeSwitch(code, user);
        var lock = trees.foreignLock();
        if (lock.isPresent())
            return refused(
                    "Another program is changing the index of " + user.root() + ", or was killed while it did.",
                    "Run the command again when it has ended. If no git runs there, delete " + lock.get() + " first.");
        var earlier = trees.settle();
        if (earlier instanceof TreeSwitch.Earlier.Changed(var paths))
            return refused(
                    "An earlier command was killed while it wrote the working tree of " + user.root()
                            + ", and these files have changed since: " + named(paths) + ".",
                    "Move them out of the way, and run the command again: it puts back what was half written.");
        var head = user.commit("HEAD");
        var changed = changed();
        boolean isWritten = earlier instanceof TreeSwitch.Earlier.Complete;
        if (!changed.isEmpty() && !isWritten) return unclean(changed, head);

        var steps = steps(head);
        var rebased = LineRebase.of(code, user, steps.steps(), head);
        var applied = applied(rebased, steps, head);
        if (rebased.commits().isEmpty()) return new Outcome.Nothing(applied);
        var last = rebased.head().orElseThrow();
        var old = treeOf(head);
        var tree = code.treeOf(last);
        if (earlier instanceof TreeSwitch.Earlier.Complete(var written, var changes))
            return written.equals(tree)
                    ? new Outcome.InWorkTree(user.root(), changes.size(), applied)
                    : unclean(changed, head);
        if (tree.equals(old)) return new Outcome.Nothing(applied);
        var inTheWay = inTheWay(old, tree);
        if (!inTheWay.isEmpty() && isWorkOfBase(head)) return unclean(inTheWay, head);
        if (!inTheWay.isEmpty())
            return refused(
                    "Files that are not tracked are in the way: " + named(inTheWay) + ".",
                    "Move or delete them, or write a branch instead, without --work-tree.");
        var pack = new ByteArrayOutputStream();
        code.packs().writeTree(tree, old, pack);
        user.take(pack.toByteArray(), tree);
        var changes = code.difference(old, tree);
        trees.to(old, tree, head);
        boolean hasModules = changes.stream()
                .anyMatch(change -> change.after()
                        .filter(entry -> entry.mode() == FileEntry.SUBMODULE)
                        .isPresent());
        return new Outcome.InWorkTree(
                user.root(),
                changes.size(),
                hasModules
                        ? applied.noting(
                                "Submodules are to be at other commits; check them out with: git submodule update")
                        : applied);
    }

    /** Tracked files that differ from what is checked out, or whose new state is in the index. */
    private List<String> changed() throws IOException, InterruptedException {
        var status = user.inWorkTree()
                .bytes("status", "--porcelain=v1", "-z", "--untracked-files=no", "--ignore-submodules=dirty");
        var paths = new ArrayList<String>();
        boolean isOrigin = false;
        for (var entry : new String(status, StandardCharsets.UTF_8).split("\0", -1)) {
            if (entry.length() > 3 && !isOrigin) paths.add(entry.substring(3));
            isOrigin = !isOrigin && entry.length() > 1 && (entry.startsWith("R") || entry.startsWith("C"));
        }
        return paths;
    }

    private Outcome unclean(List<String> changed, Optional<String> head) throws IOException, InterruptedException {
        if (isWorkOfBase(head))
            return refused(
                    "The working tree of " + user.root()
                            + " holds the work that was not committed when the plan started, so its result would be mixed"
                            + " with it.",
                    "Commit that work (git add --all, git commit), and run the command again: it then adds what the plan"
                            + " changed. Or write a branch instead, without --work-tree: it begins with that work.");
        return refused(
                "Files in " + user.root() + " have changes that are not committed: " + named(changed) + ".",
                "Commit them, or put them aside with git stash; or write a branch instead, without --work-tree.");
    }

    /** Whether the files are those that the plan started from. */
    private boolean isWorkOfBase(Optional<String> head) throws IOException, InterruptedException {
        var base = RawCommit.read(code, line.base().commit());
        if (!base.isSnapshot() || head.isEmpty() || !base.parents().equals(List.of(head.get()))) return false;
        for (var change : code.difference(code.treeOf(head.get()), base.tree())) {
            if (change.path().startsWith("\"")) continue;
            var file = user.root().resolve(change.path());
            if (change.after().isEmpty()
                    ? Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    : !holds(file, change.after().get())) return false;
        }
        var names = code.difference(code.treeOf(head.get()), base.tree()).stream()
                .map(EntryChange::path)
                .collect(Collectors.toSet());
        return names.containsAll(changed());
    }

    private boolean holds(Path file, FileEntry entry) throws IOException, InterruptedException {
        if (!entry.isFile()) return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && user.inWorkTree().text("hash-object", "--", file.toString()).equals(entry.object());
    }

    /** Files of the user that are not in the old tree, and where the new one has something. */
    private List<String> inTheWay(String old, String tree) throws IOException {
        var found = new TreeSet<String>();
        for (var change : code.difference(old, tree)) {
            if (change.after().isEmpty() || change.before().isPresent()) continue;
            var path = change.path();
            for (var folder : GitPath.folders(path)) {
                var file = GitPath.in(user.root(), folder);
                boolean isOther = Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                        && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
                if (isOther && code.entry(old, folder).isEmpty()) found.add(folder);
            }
            var file = GitPath.in(user.root(), path);
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) continue;
            if (code.isFolder(old, path)) found.addAll(untracked(file, old));
            else if (!isBelowTrackedLink(path, old)) found.add(path);
        }
        return List.copyOf(found);
    }

    /** What is found below a tracked link is not where the path will be. */
    private boolean isBelowTrackedLink(String path, String old) throws IOException {
        for (var folder : GitPath.folders(path)) if (code.entry(old, folder).isPresent()) return true;
        return false;
    }

    private List<String> untracked(Path folder, String old) throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(each -> !Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                var path = GitPath.of(user.root().relativize(file).toString().replace('\\', '/'));
                if (code.entry(old, path).isEmpty()) found.add(path);
            }
        }
        return found;
    }

    private static String named(List<String> paths) {
        return paths.stream().limit(MOST_NAMED).collect(Collectors.joining(", "))
                + (paths.size() > MOST_NAMED ? " and " + (paths.size() - MOST_NAMED) + " more" : "");
    }
}
