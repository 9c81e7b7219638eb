package io.taskweaver.executor;

import io.taskweaver.code.GitPath;
import io.taskweaver.code.GitRefusals;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.FilePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the files of a text answer into the code that the attempt started from. What an answer cannot express stays: the
 * executable bit, and the kind of line ends. Nothing is written through a link, or in place of a folder.
 */
final class AnsweredFiles {
    /** A longer file was not shown to the agent as text. */
    private static final long LONGEST_TEXT = 16L << 20;

    private final StartCode start;

    private AnsweredFiles(StartCode start) {
        this.start = start;
    }

    /** How it went. */
    sealed interface Written {
        record Tree(String tree) implements Written {}

        /** A file cannot be where the answer has it. */
        record Refused(String reason) implements Written {}
    }

    /**
     * The tree with the files of an answer.
     *
     * @param changes whole files, by their paths in the plan
     */
    static Written write(StartCode start, List<FileChange> changes) throws IOException, InterruptedException {
        return new AnsweredFiles(start).write(changes);
    }

    private Written write(List<FileChange> changes) throws IOException, InterruptedException {
        // First: a file may come in place of a folder whose files go, or the other way round.
        var tree = start.repository().edit(start.tree(), deletions(changes));
        var written = new ArrayList<EntryChange>();
        for (var change : changes) {
            if (change.content().isEmpty()) continue;
            var plain = start.at().inTree(change.path());
            var path = GitPath.of(plain);
            var there = start.repository().entry(tree, path);
            var problem = problem(tree, plain, there);
            if (problem.isPresent())
                return new Written.Refused(
                        "In the result, " + FilePath.refused(change.path(), problem.get()) + ". Rename the file.");
            var file = file(there, change.content().get());
            if (there.filter(file::isSame).isEmpty()) written.add(new EntryChange(path, there, Optional.of(file)));
        }
        for (var refused : GitRefusals.in(start.repository(), written).entrySet())
            return new Written.Refused("In the result, Git refuses '" + FilePath.visible(refused.getKey()) + "': "
                    + refused.getValue() + ". Correct the file.");
        return new Written.Tree(start.repository().edit(tree, written));
    }

    private List<EntryChange> deletions(List<FileChange> changes) throws IOException {
        var deleted = new ArrayList<EntryChange>();
        for (var change : changes) {
            if (change.content().isPresent()) continue;
            var path = GitPath.of(start.at().inTree(change.path()));
            var there = start.repository().entry(start.tree(), path);
            if (there.isPresent()) deleted.add(new EntryChange(path, there, Optional.empty()));
        }
        return deleted;
    }

    private Optional<String> problem(String tree, String plain, Optional<FileEntry> there) throws IOException {
        for (var folder : FilePath.folders(plain)) {
            var blocking = start.repository().entry(tree, GitPath.of(folder));
            if (blocking.isPresent())
                return Optional.of("there is '" + FilePath.visible(folder) + "', which is " + kind(blocking.get())
                        + ", not a folder");
        }
        if (start.repository().isFolder(tree, GitPath.of(plain))) return Optional.of("there is a folder of that name");
        return there.filter(entry -> entry.mode() == FileEntry.SUBMODULE).map(entry -> "it is a repository of its own");
    }

    private static String kind(FileEntry entry) {
        return switch (entry.mode()) {
            case FileEntry.LINK -> "a symbolic link";
            case FileEntry.SUBMODULE -> "a repository of its own";
            default -> "a file";
        };
    }

    /** A link is replaced by a file of its name. */
    private FileEntry file(Optional<FileEntry> there, String text) throws IOException {
        var before = there.isPresent() ? start.repository().text(there.get(), LONGEST_TEXT) : Optional.<String>empty();
        var now = before.map(old -> LineEnding.of(old).unlessOnlyEndingsChange(text, old))
                .orElse(text);
        var mode = there.filter(FileEntry::isFile).map(FileEntry::mode).orElse(FileEntry.FILE);
        return start.repository().file(now.getBytes(StandardCharsets.UTF_8), mode);
    }
}
