package io.taskweaver.code;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The repository of a user, which receives the result of a plan. It is worked on by the user's own git, so that work trees,
 * partial and shallow clones and every way to store references are as Git has them. No hook runs.
 */
public final class UserRepository {
    /** What Git says where a file that keeps others from writing is there. */
    private static final Pattern LOCK = Pattern.compile("Unable to create '(.+\\.lock)': File exists");

    private final Git git;
    private final Path data;
    private final Path common;
    private final Path objects;
    private final Optional<Path> top;
    private final boolean partial;

    private UserRepository(Path folder, Git found) throws IOException, InterruptedException {
        this.data = folder.resolve(path(found, "--git-dir")).toRealPath();
        this.common = folder.resolve(path(found, "--git-common-dir")).toRealPath();
        this.objects = folder.resolve(path(found, "--git-path", "objects")).normalize();
        this.top = found.text("rev-parse", "--is-inside-work-tree").equals("true")
                ? Optional.of(Path.of(path(found, "--show-toplevel")))
                : Optional.empty();
        this.git = at(Git.ofUser(root()));
        this.partial = PartialClone.of(this.git).isPresent();
    }

    /** A path as Git prints it, which may end in a blank. */
    private static String path(Git git, String... what) throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of("rev-parse"));
        arguments.addAll(List.of(what));
        var printed = new String(git.bytes(arguments.toArray(String[]::new)), StandardCharsets.UTF_8);
        return printed.endsWith("\n") ? printed.substring(0, printed.length() - 1) : printed;
    }

    /** What a folder is. */
    public sealed interface Found {
        /** It is in a repository. */
        record InRepository(UserRepository repository) implements Found {}

        /** It is in none that a plan's result can be written to. */
        record InNone(Refusal refusal) implements Found {}
    }

    /** The repository that a folder is in, with or without a working tree. */
    public static Found find(Path folder) throws IOException, InterruptedException {
        if (!Files.isDirectory(folder))
            return none("There is no folder " + folder + ".", "Name the folder of your repository with --code DIR.");
        var unusable = FolderNames.refusal(folder);
        if (unusable.isPresent()) return new Found.InNone(unusable.get());
        var real = folder.toRealPath();
        var git = Git.ofUser(real);
        var end = git.run(List.of("rev-parse", "--show-object-format"), new byte[0]);
        if (end.code() != 0) {
            if (end.errors().contains("not a git repository"))
                return none(
                        real + " is in no Git repository.",
                        "Name your repository with --code DIR, or make one there: git init, git add --all, git commit.");
            return none(
                    "Git cannot use the repository of " + real + ": " + end.errors(),
                    "Correct that, and see it with: git status. Or name another folder with --code DIR.");
        }
        if (new String(end.output(), StandardCharsets.UTF_8).strip().equals("sha256"))
            return none(
                    "The repository of " + real + " names objects by SHA-256, which is not supported.",
                    "Write patches with taskweaver patch --out DIR, and apply them with git am.");
        var repository = new UserRepository(real, git);
        return FolderNames.refusal(repository.objects())
                .<Found>map(Found.InNone::new)
                .orElseGet(() -> new Found.InRepository(repository));
    }

    private static Found none(String reason, String remedy) {
        return new Found.InNone(new Refusal(reason, remedy));
    }

    /**
     * Git with the repository named. Commands that look for it below a working tree do not all write where they find it, such
     * as {@code index-pack} of Git 2.39, and a configured working tree need not be where it is found from.
     */
    private Git at(Git of) {
        return top.isPresent() ? of.with(Map.of("GIT_DIR", data.toString())) : of;
    }

    /** Root of the working tree, or the folder of a repository without one. */
    public Path root() {
        return top.orElse(data);
    }

    boolean hasWorkTree() {
        return top.isPresent();
    }

    Git git() {
        return git;
    }

    /** Git at the root of the working tree, with the user's line ends and filters. */
    Git inWorkTree() {
        return at(Git.asUser(root()));
    }

    /** Folder with what belongs to this working tree: its index, and what is under way. */
    Path data() {
        return data;
    }

    /** Folder with the objects. */
    Path objects() {
        return objects;
    }

    /**
     * Lets a repository of ours read what is here. It must not have been read from before.
     *
     * @param others further folders with objects
     */
    void lend(CodeRepository to, Path... others) throws IOException {
        var folders = new ArrayList<Path>();
        for (var other : others) folders.add(other.toRealPath());
        folders.add(objects.toRealPath());
        BorrowedObjects.borrow(to.folder(), folders.toArray(Path[]::new));
    }

    /** Lets a repository of ours, which was just made, read what is here. */
    public void lendTo(CodeRepository to) throws IOException {
        lend(to);
    }

    /** Whether a commit is here, with all of its files. */
    public boolean has(String commit) throws IOException, InterruptedException {
        return !partial && !present(List.of(commit)).isEmpty();
    }

    /** Which of some objects are here. */
    Set<String> present(Collection<String> ids) throws IOException, InterruptedException {
        var input = String.join("\n", ids) + "\n";
        var output = git.piped(input.getBytes(StandardCharsets.US_ASCII), "cat-file", "--batch-check");
        return new String(output, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.endsWith(" missing"))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .collect(Collectors.toSet());
    }

    /** Has a partial clone fetch files that it left at its remote; asking for them does that. */
    void complete(Collection<String> blobs) throws IOException, InterruptedException {
        if (!partial || blobs.isEmpty()) return;
        var lacking = new TreeSet<>(blobs);
        lacking.removeAll(present(blobs));
        if (!lacking.isEmpty())
            throw new Git.GitException("the repository " + root() + " is a partial clone, and " + lacking.size()
                    + " of its files cannot be fetched from its remote");
    }

    boolean isPartial() {
        return partial;
    }

    /** The commit that a name means; empty if it means none. */
    Optional<String> commit(String name) throws IOException, InterruptedException {
        var end = git.run(
                List.of("rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"), new byte[0]);
        var text = new String(end.output(), StandardCharsets.UTF_8).strip();
        return end.code() == 0 && !text.isEmpty()
                ? Optional.of(text.lines().toList().getLast())
                : Optional.empty();
    }

    /** The name of the branch that is checked out; empty if none is. */
    Optional<String> branch() throws IOException, InterruptedException {
        var end = git.run(List.of("symbolic-ref", "--quiet", "--short", "HEAD"), new byte[0]);
        return end.code() == 0
                ? Optional.of(new String(end.output(), StandardCharsets.UTF_8).strip())
                : Optional.empty();
    }

    /** Whether the history of one commit contains another, which may not be here. */
    boolean isAncestor(String commit, String of) throws IOException, InterruptedException {
        if (present(List.of(commit)).isEmpty()) return false;
        return git.run(List.of("merge-base", "--is-ancestor", commit, of), new byte[0])
                        .code()
                == 0;
    }

    /** What is under way in the working tree, if a merge or something like it is. */
    Optional<UnderWay> underWay() throws IOException {
        return UnderWay.in(data);
    }

    /** Where a branch is checked out, or being rebased or bisected; empty if it is not in use. */
    Optional<String> use(String branch) throws IOException, InterruptedException {
        String at = "";
        for (var line : git.text("worktree", "list", "--porcelain").split("\n", -1)) {
            if (line.startsWith("worktree ")) at = line.substring("worktree ".length());
            if (line.equals("branch refs/heads/" + branch)) return Optional.of("checked out in " + workTree(at));
        }
        for (var each : dataOfWorkTrees())
            for (var file : List.of("rebase-merge/head-name", "rebase-apply/head-name", "BISECT_START")) {
                if (!Files.exists(each.resolve(file))) continue;
                var name = Files.readString(each.resolve(file)).strip();
                if (name.equals("refs/heads/" + branch) || name.equals(branch))
                    return Optional.of("being " + (file.startsWith("BISECT") ? "bisected" : "rebased"));
            }
        return Optional.empty();
    }

    /** Git names the main working tree by where its repository is, which may be elsewhere, as a submodule's is. */
    private String workTree(String named) throws IOException {
        for (var path : List.of(Path.of(named), Path.of(named, ".git")))
            if (Files.isDirectory(path) && path.toRealPath().equals(data)) return root().toString();
        return named;
    }

    private List<Path> dataOfWorkTrees() throws IOException {
        var all = new ArrayList<>(List.of(common));
        var linked = common.resolve("worktrees");
        if (Files.isDirectory(linked))
            try (var folders = Files.list(linked)) {
                all.addAll(folders.toList());
            }
        return all;
    }

    /** A branch that keeps another from existing, since the name of one is a folder of the other. */
    Optional<String> inTheWayOf(String branch) throws IOException, InterruptedException {
        for (int slash = branch.indexOf('/'); slash >= 0; slash = branch.indexOf('/', slash + 1)) {
            var above = branch.substring(0, slash);
            if (reference(above).isPresent()) return Optional.of(above);
        }
        var below = git.text("for-each-ref", "--count=1", "--format=%(refname)", "refs/heads/" + branch + "/");
        return below.isEmpty() ? Optional.empty() : Optional.of(below.substring("refs/heads/".length()));
    }

    /** What a branch points to; empty if there is none. */
    Optional<String> reference(String branch) throws IOException, InterruptedException {
        var end = git.run(List.of("show-ref", "--verify", "--hash", "refs/heads/" + branch), new byte[0]);
        return end.code() == 0
                ? Optional.of(new String(end.output(), StandardCharsets.US_ASCII).strip())
                : Optional.empty();
    }

    /** Whether a branch is another name of something else. */
    boolean isAlias(String branch) throws IOException, InterruptedException {
        return git.run(List.of("symbolic-ref", "--quiet", "refs/heads/" + branch), new byte[0])
                        .code()
                == 0;
    }

    /** Why a branch was last moved, as its log says; empty if it has none. */
    Optional<String> lastMove(String branch) throws IOException, InterruptedException {
        var end = git.run(
                List.of("log", "--walk-reflogs", "--max-count=1", "--format=%gs", "refs/heads/" + branch, "--"),
                new byte[0]);
        var text = new String(end.output(), StandardCharsets.UTF_8).strip();
        return end.code() == 0 && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    /** Whether a branch was at a commit, as its log says. */
    boolean wasAt(String branch, String commit) throws IOException, InterruptedException {
        var end = git.run(List.of("log", "--walk-reflogs", "--format=%H", "refs/heads/" + branch, "--"), new byte[0]);
        return end.code() == 0
                && new String(end.output(), StandardCharsets.US_ASCII).lines().anyMatch(commit::equals);
    }

    /** Values of a trailer of a commit's message. */
    List<String> trailers(String commit, String key) throws IOException, InterruptedException {
        return git.text("log", "--max-count=1", "--format=%(trailers:key=" + key + ",valueonly)", commit, "--")
                .lines()
                .map(String::strip)
                .toList();
    }

    boolean isBranchName(String branch) throws IOException, InterruptedException {
        return !branch.startsWith("-")
                && !branch.equals("HEAD")
                && git.run(List.of("check-ref-format", "refs/heads/" + branch), new byte[0])
                                .code()
                        == 0;
    }

    /** Takes up a pack, and makes sure that nothing is missing of a commit or tree. */
    void take(byte[] pack, String object) throws IOException, InterruptedException {
        try (var quarantine = Quarantine.in(objects)) {
            var end = quarantine.of(git).run(List.of("index-pack", "--stdin", "--fsck-objects"), pack);
            if (end.code() != 0 && end.errors().contains("fsck error"))
                throw new Git.GitException("Git refuses what is to come into " + root() + ": "
                        + GitRefusals.explained(end.errors())
                        + ".\ntaskweaver changes shows which commit brings it. taskweaver patch writes the commits as"
                        + " patches, of which git am takes the others.");
            if (end.code() != 0) throw new Git.GitException("git index-pack failed in " + root() + ": " + end.errors());
            quarantine.release();
        }
        var arguments = new ArrayList<>(List.of("rev-list", "--objects", "--quiet", object, "--not", "--all"));
        if (partial) arguments.add(1, "--exclude-promisor-objects");
        git.bytes(arguments.toArray(String[]::new));
    }

    /** Deletes a file of the working tree, and the folders that it leaves empty. */
    void delete(Path file) throws IOException {
        Files.delete(file);
        for (var above = file.getParent(); above != null && !above.equals(root()); above = above.getParent())
            try (var inside = Files.list(above)) {
                if (inside.findAny().isPresent()) return;
                Files.delete(above);
            }
    }

    /**
     * Moves a branch. Where another command has just moved it to the same commit, that does as well.
     *
     * @param why for its log
     * @param from where it is expected to be; empty if there is to be none
     * @return why it stays where it is, if it does
     */
    Optional<Refusal> move(String branch, String to, Optional<String> from, String why)
            throws IOException, InterruptedException {
        var end = git.with(
                        Map.of("GIT_COMMITTER_NAME", CodeRepository.NAME, "GIT_COMMITTER_EMAIL", CodeRepository.MAIL))
                .run(
                        List.of(
                                "update-ref",
                                "--create-reflog",
                                "-m",
                                why,
                                "refs/heads/" + branch,
                                to,
                                from.orElse("0".repeat(40))),
                        new byte[0]);
        var now = end.code() == 0 ? Optional.of(to) : reference(branch);
        if (now.equals(Optional.of(to))) return Optional.empty();
        if (!now.equals(from))
            return Optional.of(new Refusal(
                    "Another command has just "
                            + (from.isEmpty() ? "made" : now.isEmpty() ? "deleted" : "moved") + " the branch " + branch
                            + " of " + root() + ".",
                    "See what it has with git log " + branch + ", and run the command again."));
        var lock = LOCK.matcher(end.errors());
        if (lock.find())
            return Optional.of(new Refusal(
                    "Another program is writing the branch " + branch + " of " + root()
                            + ", or was killed while it did.",
                    "Run the command again. If no git runs there, delete " + lock.group(1) + " first."));
        throw new Git.GitException("The branch " + branch + " of " + root() + " cannot be written: " + end.errors());
    }
}
