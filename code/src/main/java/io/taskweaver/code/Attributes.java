package io.taskweaver.code;

import io.taskweaver.model.FileEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The attributes that a tree gives to some of its paths. Git reads them from a work tree only: this is one that has nothing
 * else.
 */
final class Attributes implements AutoCloseable {
    private static final String NAME = ".gitattributes";

    private final CodeRepository code;
    private final TemporaryFolder folder;
    private final boolean mayUnite;

    private Attributes(CodeRepository code, TemporaryFolder folder, boolean mayUnite) {
        this.code = code;
        this.folder = folder;
        this.mayUnite = mayUnite;
    }

    /** Those of the folders that the paths are in. */
    static Attributes of(CodeRepository code, String tree, Iterable<String> paths)
            throws IOException, InterruptedException {
        var folders = new LinkedHashSet<String>();
        folders.add("");
        for (var path : paths) folders.addAll(GitPath.folders(path));
        var index = new java.io.ByteArrayOutputStream();
        boolean mayUnite = false;
        for (var folder : folders) {
            var path = GitPath.within(folder, NAME);
            var entry = code.entry(tree, path).filter(FileEntry::isFile);
            if (entry.isEmpty()) continue;
            mayUnite |= new String(code.bytes(entry.get().object()), StandardCharsets.ISO_8859_1).contains("union");
            index.writeBytes(("100644 " + entry.get().object() + "\t").getBytes(StandardCharsets.US_ASCII));
            index.writeBytes(GitPath.bytes(path));
            index.write(0);
        }
        var made = new Attributes(code, TemporaryFolder.create("attributes"), mayUnite);
        try {
            Files.createDirectory(made.files());
            if (index.size() > 0) made.checkOut(index.toByteArray());
            return made;
        } catch (IOException | InterruptedException e) {
            made.close();
            throw e;
        }
    }

    /** By Git, which knows how to name files that Java cannot name in every locale. */
    private void checkOut(byte[] index) throws IOException, InterruptedException {
        var git = git().with(
                        Map.of("GIT_INDEX_FILE", folder.path().resolve("index").toString()));
        git.piped(index, "update-index", "-z", "--index-info");
        git.bytes("checkout-index", "--all");
    }

    private Path files() {
        return folder.path().resolve("files");
    }

    /** Git with them, on the repository. */
    Git git() {
        // It reads them relative to the folder that it runs in.
        return Git.in(files())
                .options(
                        "--git-dir=" + code.folder().toAbsolutePath(),
                        "-c",
                        "core.bare=false",
                        "--work-tree=" + files());
    }

    /** Whether there may be paths that Git unites. */
    boolean mayUnite() {
        return mayUnite;
    }

    /** Those of the paths whose {@code merge} is {@code union}. */
    List<String> united(List<String> paths) throws IOException, InterruptedException {
        return merging(paths, Set.of("union"));
    }

    /** Those of the paths whose files are merged as a whole only. */
    List<String> whole(List<String> paths) throws IOException, InterruptedException {
        return merging(paths, Set.of("unset", "binary"));
    }

    private List<String> merging(List<String> paths, Set<String> ways) throws IOException, InterruptedException {
        var input = new java.io.ByteArrayOutputStream();
        for (var path : paths) {
            input.writeBytes(GitPath.bytes(path));
            input.write(0);
        }
        if (paths.isEmpty()) return List.of();
        var values = new String(
                        git().piped(input.toByteArray(), "check-attr", "-z", "--stdin", "merge"),
                        StandardCharsets.ISO_8859_1)
                .split("\0", -1);
        var found = new ArrayList<String>();
        for (int i = 0; i < paths.size(); i++) if (ways.contains(values[3 * i + 2])) found.add(paths.get(i));
        return found;
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
