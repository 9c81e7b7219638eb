package io.taskweaver.agents.command;

import io.taskweaver.model.Contract;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.IsolatedContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Checks of a result's files without running code: declared outputs exist, contracts are unchanged. */
final class DeclaredFiles {
    private DeclaredFiles() {}

    /** Problems, one line each; empty if there are none. */
    static List<String> faults(IsolatedContext given, CheckedCode code) throws IOException {
        var changed = new HashMap<String, EntryChange>();
        for (var each : code.changes()) changed.put(each.path(), each.change());
        var faults = new ArrayList<String>();
        for (var output : given.task().checks().outputs())
            if (!code.has(normal(output)))
                faults.add("The file " + output + " does not exist after the run; the task must create it.");
        for (var contract : given.contracts())
            for (var artifact : contract.files()) {
                var change = changed.get(artifact.path());
                if (change != null && !isAsAgreed(artifact, change, code))
                    faults.add("The file " + artifact.path() + " belongs to the contract of " + contract.component()
                            + ", which other tasks use: do not change it.");
            }
        return faults;
    }

    /** {@code ./a//b} is {@code a/b}, as in a tree. */
    private static String normal(String path) {
        return path.replaceAll("(?:^|/)(?:\\./)+", "/")
                .replaceAll("/+", "/")
                .replaceAll("^/", "")
                .replaceAll("/$", "");
    }

    /** White space and line ends are ignored: formatters may change them. */
    private static boolean isAsAgreed(Contract.Artifact artifact, EntryChange change, CheckedCode code)
            throws IOException {
        return code.text(change)
                .filter(text -> withoutBlanks(text).equals(withoutBlanks(artifact.content())))
                .isPresent();
    }

    private static String withoutBlanks(String text) {
        return text.replaceAll("\\s+", "");
    }
}
