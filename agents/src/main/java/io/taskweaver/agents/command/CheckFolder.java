package io.taskweaver.agents.command;

import io.taskweaver.model.BaseCommit;
import io.taskweaver.model.FileChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A fresh work tree with the code, the files of the context and a result, without other files of an agent. */
final class CheckFolder {
    private final RunFolder run;
    private final Optional<BaseCommit> base;

    /**
     * @param folder folder of the kind of check
     * @param name unique per attempt
     */
    CheckFolder(Path folder, String name, Optional<BaseCommit> base) {
        this.run = new RunFolder(folder.resolve(name.replace('/', '~')));
        this.base = base;
    }

    RunFolder run() {
        return run;
    }

    /**
     * Makes it.
     *
     * @param files files of the context, path to text
     * @param repository whether it must be a Git repository even if the plan starts from none
     * @return folder of the code
     */
    Path make(Map<String, String> files, List<FileChange> changes, boolean repository)
            throws IOException, InterruptedException {
        remove();
        Files.createDirectories(run.path());
        var present = new TreeMap<>(files);
        for (var change : changes) change.content().ifPresent(text -> present.put(change.path(), text));
        var tree = repository || base.isPresent()
                ? WorkTree.create(run.work(), base, present)
                : WorkTree.plain(run.work(), present);
        for (var change : changes) if (change.content().isEmpty()) tree.delete(change.path());
        Files.writeString(run.stdin(), "");
        return tree.folder();
    }

    /** Remains are removed at the next run of the same attempt; they are no reason to fail. */
    void removeQuietly() throws InterruptedException {
        try {
            remove();
        } catch (IOException e) {
            System.getLogger(CheckFolder.class.getName())
                    .log(System.Logger.Level.WARNING, "A folder could not be removed: " + run.path(), e);
        }
    }

    private void remove() throws IOException, InterruptedException {
        if (!Files.exists(run.path())) return;
        WorkTree.at(run.work(), "").remove(base);
        WorkTree.Folders.delete(run.path());
    }
}
