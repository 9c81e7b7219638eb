package io.taskweaver.code;

import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FilePath;
import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Names that are one file on systems that do not tell upper from lower case, or that compose letters with accents. */
final class NameCollisions {
    private static final int MOST_NAMED = 10;

    private NameCollisions() {}

    /**
     * Two such paths.
     *
     * @param added the one that is new
     * @param there the one that was there, or is new as well
     */
    record Twins(String added, String there) {
        /** Both, for people. */
        String words() {
            boolean looksSame = Normalizer.normalize(added, Normalizer.Form.NFC)
                    .equals(Normalizer.normalize(there, Normalizer.Form.NFC));
            return looksSame
                    ? FilePath.visible(there) + " twice, its accents written in two ways (Unicode NFC and NFD)"
                    : FilePath.visible(there) + " and " + FilePath.visible(added);
        }
    }

    /**
     * What is wrong with a result that has such names, in words that go on from "it"; empty if nothing is.
     *
     * @param twins its new paths that collide with others of its tree
     */
    static Optional<String> problem(List<Twins> twins) {
        if (twins.isEmpty()) return Optional.empty();
        int more = twins.size() - MOST_NAMED;
        var named = twins.stream().limit(MOST_NAMED).map(Twins::words).collect(Collectors.joining("; "));
        return Optional.of("it has new files whose names are those of one file on Windows or macOS: " + named
                + (more > 0 ? "; and " + more + " more" : "")
                + ". Give each file a name that differs in more than upper and lower case and the form of accents");
    }

    /**
     * New paths of a tree that collide with others of it. What the code had side by side before is left as it is.
     *
     * @param before tree without the changes
     * @param after tree with the changes
     */
    static List<Twins> of(CodeRepository code, String before, String after, List<EntryChange> changes)
            throws IOException {
        var folders = new LinkedHashSet<String>();
        for (var change : changes) {
            if (change.before().isPresent() || change.after().isEmpty()) continue;
            folders.add(GitPath.parent(change.path()));
            for (var folder : GitPath.folders(change.path()))
                if (!code.isFolder(before, folder)) folders.add(GitPath.parent(folder));
        }
        var twins = new ArrayList<Twins>();
        for (var folder : folders) collect(code, before, after, folder, changes, twins);
        return twins;
    }

    private static void collect(
            CodeRepository code,
            String before,
            String after,
            String folder,
            List<EntryChange> changes,
            List<Twins> twins)
            throws IOException {
        var old = new HashSet<>(code.names(before, folder).orElse(List.of()));
        var known = new HashMap<String, String>();
        var names = new ArrayList<>(code.names(after, folder).orElse(List.of()));
        names.sort((a, b) -> Boolean.compare(!old.contains(a), !old.contains(b)));
        for (var name : names) {
            var other = known.putIfAbsent(FilePath.folded(name), name);
            if (other == null || old.contains(name)) continue;
            twins.addAll(files(GitPath.within(folder, name), GitPath.within(folder, other), changes));
        }
    }

    /** The files behind two names, which may be those of folders. */
    private static List<Twins> files(String added, String there, List<EntryChange> changes) {
        var twins = new ArrayList<Twins>();
        for (var change : changes) {
            if (change.after().isEmpty()) continue;
            if (change.path().equals(added)) twins.add(new Twins(added, there));
            else if (GitPath.folders(change.path()).contains(added))
                twins.add(new Twins(change.path(), GitPath.moved(change.path(), added, there)));
        }
        return twins;
    }
}
