package io.taskweaver.agents.command;

import io.taskweaver.code.RepositoryState;
import io.taskweaver.model.FilePath;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** What a run changed outside of its work tree, as far as it is cheap to see: files beside it, and remotes to push to. */
final class OutsideChanges {
    private static final int MOST = 10;

    private OutsideChanges() {}

    /** A sentence for each kind. */
    static List<String> found(RunFolder run) throws IOException {
        var found = new ArrayList<String>();
        var beside = beside(run);
        if (!beside.isEmpty()) found.add("It wrote beside its work folder: " + listed(beside) + ".");
        var remotes = RepositoryState.remotes(run.work().resolve(".git"));
        if (!remotes.isEmpty())
            found.add("It added remotes to its work folder, and may have pushed to them: " + listed(remotes) + ".");
        return found;
    }

    private static List<String> beside(RunFolder run) throws IOException {
        var names = new ArrayList<String>();
        try (var files = Files.newDirectoryStream(run.path())) {
            for (var file : files) {
                var name = file.getFileName().toString();
                if (!run.isOwn(name)) names.add(FilePath.visible(name));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        names.sort(null);
        return names;
    }

    private static String listed(List<String> all) {
        var shown = String.join(", ", all.subList(0, Math.min(MOST, all.size())));
        return all.size() > MOST ? shown + ", and " + (all.size() - MOST) + " more" : shown;
    }
}
