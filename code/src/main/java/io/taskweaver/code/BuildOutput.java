package io.taskweaver.code;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Files that our own rules take for build output by the name of a folder, though no {@code .gitignore} of the code says so.
 * Such a folder may as well hold scripts of the build. Where the code has it, its files are part of a result like all others;
 * where it has not, the folder is named instead of being passed over.
 *
 * @param ofCode paths of files that belong to the code
 * @param folders paths of folders that are left out
 */
record BuildOutput(List<String> ofCode, Set<String> folders) {
    /** Names that are also those of folders which people write. The other ones that are ignored never are. */
    static final Set<String> AMBIGUOUS = Set.of("target", "build", "out");

    static final Set<String> CERTAIN = Set.of("node_modules", "__pycache__", ".venv", ".gradle", ".idea");

    /**
     * Finds it among what the index has not got.
     *
     * @param git with the work tree, and the index that all other files were added to
     * @param before tree that the work began with
     * @param added paths that are never part of a result, nor worth a word
     */
    static BuildOutput in(Git git, CodeRepository code, String before, Collection<String> added)
            throws IOException, InterruptedException {
        var here = new TreeSet<String>();
        var folders = new TreeSet<String>();
        for (var path : others(git, List.of("--directory", "--no-empty-directory"), List.of())) {
            var folder = folder(path);
            if (folder.isEmpty() || isIn(path, added)) continue;
            if (code.isFolder(before, folder.get())) here.add(folder.get());
            else folders.add(folder.get());
        }
        var ofCode = new ArrayList<String>();
        if (!here.isEmpty())
            for (var path : others(git, List.of(), here))
                // What ends so is a repository of its own.
                if (!isSlashed(path) && !isIn(path, added)) ofCode.add(path);
        return new BuildOutput(ofCode, folders);
    }

    /** Input of {@code git add} that names the files. */
    byte[] pathspecs() {
        return literal(ofCode);
    }

    private static List<String> others(Git git, List<String> options, Collection<String> below)
            throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of("ls-files", "-z", "--others", "--exclude-per-directory=.gitignore"));
        arguments.addAll(options);
        arguments.add("--");
        for (var folder : below) arguments.add(":(top,literal)" + folder);
        return GitPath.zeroSeparated(git.bytes(arguments.toArray(String[]::new)));
    }

    private static byte[] literal(Collection<String> paths) {
        var specs = new ByteArrayOutputStream();
        for (var path : paths) {
            specs.writeBytes(":(top,literal)".getBytes(StandardCharsets.UTF_8));
            specs.writeBytes(GitPath.bytes(path));
            specs.write(0);
        }
        return specs.toByteArray();
    }

    /** The outermost folder of a path that is taken for build output, unless something else on the way to it is for certain. */
    private static Optional<String> folder(String path) {
        var plain = isSlashed(path) ? path.substring(0, path.length() - 1) : path;
        var all = new ArrayList<>(GitPath.folders(plain));
        if (isSlashed(path)) all.add(plain);
        for (var folder : all) {
            var name = folder.substring(folder.lastIndexOf('/') + 1);
            if (CERTAIN.contains(name)) return Optional.empty();
            if (AMBIGUOUS.contains(name)) return Optional.of(folder);
        }
        return Optional.empty();
    }

    private static boolean isIn(String path, Collection<String> added) {
        var plain = isSlashed(path) ? path.substring(0, path.length() - 1) : path;
        return added.contains(plain) || GitPath.folders(plain).stream().anyMatch(added::contains);
    }

    private static boolean isSlashed(String path) {
        return path.endsWith("/");
    }
}
