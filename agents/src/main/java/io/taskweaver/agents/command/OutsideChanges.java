package io.taskweaver.agents.command;

import io.taskweaver.code.RepositoryState;
import io.taskweaver.model.FilePath;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What changed outside of a run's work tree while it ran, as far as it is cheap to see: repositories that the work tree
 * borrows from, of which plans only read, files beside the work tree, and remotes that were added to push to. A person may
 * have done the first, so that it is said when it happened, not who did it.
 */
final class OutsideChanges {
    private static final int MOST = 10;

    private OutsideChanges() {}

    /** Remembers how it is at the start of a run that could change it. */
    static void begin(RunFolder run) throws IOException {
        var states = new LinkedHashMap<String, Map<String, String>>();
        for (var repository : watched(run))
            states.put(repository.toString(), RepositoryState.of(repository).entries());
        run.outside(states);
    }

    /** The repositories of people whose objects it borrows. */
    private static List<Path> watched(RunFolder run) throws IOException {
        var own = run.begun().map(begun -> begun.repository().toAbsolutePath().normalize());
        var found = new ArrayList<Path>();
        for (var objects : Sandbox.borrowed(run.work().resolve(".git/objects"))) {
            var folder = objects.normalize().getParent();
            if (folder != null && own.filter(folder::equals).isEmpty() && Files.isRegularFile(folder.resolve("HEAD")))
                found.add(folder);
        }
        return found;
    }

    /** What is different at its end, a sentence each. */
    static List<String> found(RunFolder run) throws IOException {
        var found = new ArrayList<String>();
        for (var state : run.outside().entrySet()) {
            var folder = Path.of(state.getKey());
            if (!Files.isDirectory(folder)) continue;
            var differences = RepositoryState.of(folder).since(RepositoryState.of(new TreeMap<>(state.getValue())));
            if (!differences.isEmpty())
                found.add("While it ran, the repository " + shown(folder) + " changed: " + listed(differences) + ".");
        }
        var beside = beside(run);
        if (!beside.isEmpty()) found.add("It wrote beside its work folder: " + listed(beside) + ".");
        var remotes = RepositoryState.remotes(run.work().resolve(".git"));
        if (!remotes.isEmpty())
            found.add("It added remotes to its work folder, and may have pushed to them: " + listed(remotes) + ".");
        return found;
    }

    private static String shown(Path repository) {
        var above = repository.endsWith(".git") ? repository.getParent() : null;
        return FilePath.visible((above == null ? repository : above).toString());
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
