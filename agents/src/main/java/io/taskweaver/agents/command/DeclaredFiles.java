package io.taskweaver.agents.command;

import io.taskweaver.model.BaseCommit;
import io.taskweaver.model.Contract;
import io.taskweaver.model.FileChange;
import io.taskweaver.model.IsolatedContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks of a result's files without running code: declared outputs exist, contracts are unchanged. */
final class DeclaredFiles {
    private DeclaredFiles() {}

    /** Problems, one line each; empty if there are none. */
    static List<String> faults(IsolatedContext given, Optional<BaseCommit> base, List<FileChange> changes)
            throws IOException, InterruptedException {
        var changed = new HashMap<String, FileChange>();
        for (var change : changes) changed.put(change.path(), change);
        var faults = new ArrayList<String>();
        for (var output : given.task().checks().outputs())
            if (!exists(normal(output), given.files(), base, changed))
                faults.add("The file " + output + " does not exist after the run; the task must create it.");
        for (var contract : given.contracts())
            for (var artifact : contract.artifacts()) {
                var change = changed.get(artifact.path());
                if (change != null && !isAsAgreed(artifact, change))
                    faults.add("The file " + artifact.path() + " belongs to the contract of " + contract.component()
                            + ", which other tasks use: do not change it.");
            }
        return faults;
    }

    private static boolean exists(
            String path, Map<String, String> atHand, Optional<BaseCommit> base, Map<String, FileChange> changed)
            throws IOException, InterruptedException {
        var change = changed.get(path);
        if (change != null) return change.content().isPresent();
        return atHand.containsKey(path) || base.isPresent() && isIn(base.get(), path);
    }

    private static boolean isIn(BaseCommit base, String path) throws IOException, InterruptedException {
        var code = Path.of(base.folder());
        // If the code is elsewhere, the file may exist there.
        if (!Files.isDirectory(code)) return true;
        var git = new Git(code);
        return !git.text("ls-tree", "--name-only", base.commit(), "--", path).isEmpty();
    }

    /** {@code ./a//b} is {@code a/b}, as in a {@link FileChange}. */
    private static String normal(String path) {
        return path.replaceAll("(?:^|/)(?:\\./)+", "/").replaceAll("/+", "/").replaceAll("^/", "");
    }

    /** White space and line ends are ignored: formatters may change them. */
    private static boolean isAsAgreed(Contract.Artifact artifact, FileChange change) {
        return change.content()
                .filter(text -> withoutBlanks(text).equals(withoutBlanks(artifact.content())))
                .isPresent();
    }

    private static String withoutBlanks(String text) {
        return text.replaceAll("\\s+", "");
    }
}
