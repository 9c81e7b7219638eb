package io.taskweaver.code;

import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;

/**
 * Files that hold what they held at the beginning, but that {@code git add} stores with other line ends: attributes or
 * settings say {@code text}, and the code was committed without heeding them. Such a file is no change, as Git itself takes
 * none for one until it is touched.
 */
final class UntouchedFiles {
    private UntouchedFiles() {}

    /** How a tree of files has to change so that it has them as they were. */
    static List<EntryChange> restored(CodeRepository code, Path root, List<EntryChange> changes) throws IOException {
        var restored = new ArrayList<EntryChange>();
        // New attributes are there to take effect.
        if (changes.stream().anyMatch(change -> isAttributes(change.path()))) return restored;
        for (var change : changes)
            if (isStoredAnew(change)
                    && isAsItWas(
                            GitPath.in(root, change.path()), change.before().get()))
                restored.add(new EntryChange(change.path(), change.after(), change.before()));
        return restored;
    }

    private static boolean isAttributes(String path) {
        return path.equals(Constants.DOT_GIT_ATTRIBUTES) || path.endsWith("/" + Constants.DOT_GIT_ATTRIBUTES);
    }

    private static boolean isStoredAnew(EntryChange change) {
        return change.before().isPresent()
                && change.after().isPresent()
                && change.before().get().mode() == change.after().get().mode()
                && change.before().get().bytes() != change.after().get().bytes();
    }

    private static boolean isAsItWas(Path file, FileEntry before) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) != before.bytes()) return false;
        try (var content = Files.newInputStream(file);
                var hashing = new ObjectInserter.Formatter()) {
            return hashing.idFor(Constants.OBJ_BLOB, before.bytes(), content)
                    .name()
                    .equals(before.object());
        }
    }
}
