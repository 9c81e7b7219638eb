package io.taskweaver.code;

import io.taskweaver.model.BaseCommit;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.PlanId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A repository of a user, and the line of a plan that started from it. */
final class UserAndLine implements AutoCloseable {
    static final PlanId PLAN = new PlanId("shop");

    final Path user;
    final Git git;
    private final CodeRepository code;
    private @Nullable BaseCommit base;
    private String head = "";
    private int second = 1_800_000_000;

    UserAndLine(Path folder) throws Exception {
        this(folder, true);
    }

    /** @param commits whether the user has committed something */
    UserAndLine(Path folder, boolean commits) throws Exception {
        user = Files.createDirectories(folder.resolve("user repository"));
        git = Git.in(user);
        git.text("init", "--quiet", "--initial-branch=main");
        if (commits) {
            write("a.txt", "one\ntwo\nthree\n");
            write("src/b.txt", "b\n");
            commit("first");
        }
        code = CodeRepository.open(folder.resolve("data/code/shop"));
    }

    void write(String path, String text) throws IOException {
        var file = user.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    String commit(String message) throws Exception {
        git.text("add", "--all");
        git.text("commit", "--quiet", "--message", message);
        return git.text("rev-parse", "HEAD");
    }

    /** The plan starts from the code as it is now. */
    UserAndLine start() throws Exception {
        return startFrom(user);
    }

    /** The same, from the code in a folder. */
    UserAndLine startFrom(Path folder) throws Exception {
        base = CodeSnapshot.take(folder, Set.of(), code);
        head = base.commit();
        LineFolder.write(code.folder(), base);
        code.head(head);
        return this;
    }

    CodeRepository code() {
        return code;
    }

    String base() {
        return line().base().commit();
    }

    String head() {
        return head;
    }

    PlanLine line() {
        return new PlanLine(java.util.Objects.requireNonNull(base), head);
    }

    /** A result is merged: a text per path, or none where it is deleted. */
    UserAndLine merged(String title, Map<String, String> texts) throws Exception {
        var changes = new ArrayList<EntryChange>();
        var tree = code.treeOf(head);
        for (var text : texts.entrySet()) {
            var before = code.entry(tree, text.getKey());
            var after = text.getValue().isEmpty()
                    ? Optional.<FileEntry>empty()
                    : Optional.of(code.file(text.getValue().getBytes(StandardCharsets.UTF_8), FileEntry.FILE));
            changes.add(new EntryChange(text.getKey(), before, after));
        }
        return changed(title, changes);
    }

    UserAndLine changed(String title, List<EntryChange> changes) throws Exception {
        var tree = code.edit(code.treeOf(head), changes);
        var message = title + "\n\nDone as asked.\n\nTask: " + title.split(" ")[0] + "\n";
        head = code.commit(tree, List.of(head), message, Instant.ofEpochSecond(second++));
        code.head(head);
        return this;
    }

    UserRepository repository() throws Exception {
        return repository(user);
    }

    static UserRepository repository(Path folder) throws Exception {
        if (UserRepository.find(folder) instanceof UserRepository.Found.InRepository in) return in.repository();
        throw new AssertionError("no repository: " + folder);
    }

    AppliedLine.Outcome branch() throws Exception {
        return branch(LineApply.Options.USUAL);
    }

    AppliedLine.Outcome branch(LineApply.Options options) throws Exception {
        return LineApply.toBranch(code, line(), PLAN, repository(), options);
    }

    AppliedLine.Outcome workTree() throws Exception {
        return LineApply.toWorkTree(code, line(), PLAN, repository());
    }

    /** All but the objects: files of the repository and of the working tree, with their bytes. */
    Map<String, String> state() throws Exception {
        var state = new java.util.TreeMap<String, String>();
        try (var files = Files.walk(user)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var path = user.relativize(file).toString();
                if (!path.startsWith(".git/objects/"))
                    state.put(path, Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return state;
    }

    /** What fsck of the user's repository complains of. */
    String fsck() throws Exception {
        var end = git.run(List.of("fsck", "--strict", "--full", "--no-progress"), new byte[0]);
        return end.code() + new String(end.output(), StandardCharsets.UTF_8) + end.errors();
    }

    @Override
    public void close() {
        code.close();
    }
}
