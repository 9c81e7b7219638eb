package io.taskweaver.code;

import io.taskweaver.model.FilePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.util.FS;

/** Folders of submodules that are not checked out. Git passes over what is in them, without a word. */
record ModuleFolders(Path root, Path index) {
    private static final int MOST_NAMED = 10;

    /**
     * Makes those ordinary folders that the {@code .gitmodules} of the work tree does not name any more.
     *
     * @return what others hold, which cannot be part of a result
     */
    List<String> settle(Git git) throws IOException, InterruptedException {
        var leftOut = new ArrayList<String>();
        var modules = Submodules.of(root).paths();
        for (var path : linked()) {
            // One that is no text has no submodule that could be checked out.
            if (path.startsWith("\"")) continue;
            var folder = root.resolve(path);
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) || Files.exists(folder.resolve(".git"))) continue;
            var files = files(folder);
            if (files.isEmpty()) continue;
            if (modules.contains(path)) leftOut.addAll(named(path, files));
            else git.piped(WorkTree.indexLine(WorkTree.NOTHING, path), "update-index", "-z", "--index-info");
        }
        return leftOut;
    }

    private List<String> linked() throws IOException {
        var paths = new ArrayList<String>();
        var entries = DirCache.read(index.toFile(), FS.DETECTED);
        for (int i = 0; i < entries.getEntryCount(); i++) {
            var entry = entries.getEntry(i);
            if (FileMode.GITLINK.equals(entry.getRawMode())) paths.add(GitPath.of(entry.getPathString()));
        }
        return paths;
    }

    private List<String> files(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            return all.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static List<String> named(String module, List<String> files) {
        var why = " (in the submodule " + FilePath.visible(module) + ", which is not checked out)";
        var named = new ArrayList<String>();
        files.stream().limit(MOST_NAMED).forEach(file -> named.add(FilePath.visible(file) + why));
        if (files.size() > MOST_NAMED)
            named.add((files.size() - MOST_NAMED) + " more files in " + FilePath.visible(module) + why);
        return named;
    }
}
