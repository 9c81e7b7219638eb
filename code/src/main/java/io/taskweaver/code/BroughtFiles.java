package io.taskweaver.code;

import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.FilePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Files of a user that are no part of the code, but that every work tree needs: what Git ignores, such as {@code .env}, or
 * what is not added yet. They travel as a commit of their own, from which nothing of the plan's line descends: its tree has
 * the files in the folder {@code files}, and their permissions in the text {@code permissions}.
 *
 * @param root folder that the paths are relative to: that of the repository
 * @param files paths below the root, '/' separated, with the file to read
 * @param needless paths that were named and are part of the code anyway
 * @param bytes of all files
 */
public record BroughtFiles(Path root, Map<String, Path> files, List<String> needless, long bytes) {
    /** Most files of a plan. */
    public static final int MOST_FILES = 1_000;

    /** Most bytes of all files of a plan: each executor reads them from a topic. */
    public static final long MOST_BYTES = 10L << 20;

    private static final String FILES = "files/";
    private static final String PERMISSIONS = "permissions";
    private static final String USUAL = "rw-r--r--";
    private static final String MESSAGE = "Files that go with the code";

    public BroughtFiles {
        files = Map.copyOf(new TreeMap<>(files));
        needless = List.copyOf(needless);
    }

    /**
     * Searches for the files that patterns match.
     *
     * @param folder folder of the code
     * @param patterns Git pathspecs below the folder
     * @param without files and folders that are never brought, wherever they are
     * @throws CodeSnapshot.RefusedException if a pattern matches nothing, if a file cannot be brought, or if they are too
     *     large; the message says what to do
     */
    public static BroughtFiles find(Path folder, List<String> patterns, Set<Path> without)
            throws IOException, InterruptedException {
        var real = folder.toRealPath();
        var git = Git.ofUser(real);
        if (CodeSnapshot.isInWorkTree(git)) {
            var root = Path.of(git.text("rev-parse", "--show-toplevel")).toRealPath();
            return find(root, git, patterns, CodeSnapshot.outside(root, without));
        }
        // Git lists files by patterns only in a repository.
        try (var temporary = TemporaryFolder.create("bring");
                var empty = CodeRepository.open(temporary.path().resolve("code.git"))) {
            var ours = Git.in(real)
                    .options("-c", "core.bare=false")
                    .with(Map.of("GIT_DIR", empty.folder().toString(), "GIT_WORK_TREE", real.toString()));
            return find(real, ours, patterns, CodeSnapshot.outside(real, without));
        }
    }

    private static BroughtFiles find(Path root, Git git, List<String> patterns, List<String> without)
            throws IOException, InterruptedException {
        var files = new TreeMap<String, Path>();
        var needless = new LinkedHashSet<String>();
        for (var pattern : patterns) {
            var tracked = listed(git, pattern, "--cached");
            var others = listed(git, pattern, "--others");
            others.removeIf(path -> without.stream().anyMatch(left -> GitPath.isIn(path, left) || path.equals(left)));
            if (tracked.isEmpty() && others.isEmpty())
                throw new CodeSnapshot.RefusedException("--bring '" + pattern + "' matches no file below " + root
                        + ". Patterns are relative to the folder of the code.");
            needless.addAll(tracked);
            for (var path : others) files.put(path, file(root, pattern, path));
            if (files.size() > MOST_FILES) throw tooMany(pattern, files.size());
        }
        long bytes = 0;
        for (var file : files.values()) bytes += Files.size(file);
        if (bytes > MOST_BYTES)
            throw new CodeSnapshot.RefusedException(String.format(
                    Locale.ROOT,
                    "The files that --bring names have %,d bytes together; the limit is %,d. Name fewer of them, and let"
                            + " --setup make or fetch the rest.",
                    bytes,
                    MOST_BYTES));
        return new BroughtFiles(root, files, List.copyOf(needless), bytes);
    }

    private static CodeSnapshot.RefusedException tooMany(String pattern, int found) {
        return new CodeSnapshot.RefusedException(String.format(
                Locale.ROOT,
                "--bring '%s' makes it %,d files; the limit is %,d. Name fewer of them, and let --setup make or fetch the"
                        + " rest.",
                pattern,
                found,
                MOST_FILES));
    }

    private static Set<String> listed(Git git, String pattern, String which) throws IOException, InterruptedException {
        var end = git.run(List.of("ls-files", "-z", "--full-name", which, "--", pattern), new byte[0]);
        if (end.code() != 0)
            throw new CodeSnapshot.RefusedException("--bring '" + pattern + "' is not a pattern: " + end.errors());
        var paths = new LinkedHashSet<String>();
        for (var path : GitPath.zeroSeparated(end.output())) paths.add(path);
        return paths;
    }

    private static Path file(Path root, String pattern, String path) throws IOException {
        if (path.endsWith("/"))
            throw refused(pattern, path, "it is a repository of its own. Name the files in it that tasks need.");
        if (path.startsWith("\"")) throw refused(pattern, path, "its name is not UTF-8. Rename it.");
        if (FilePath.leadsIntoRepository(path)) throw refused(pattern, path, "it leads into .git on some systems.");
        var file = root.resolve(path);
        // What a link leads to may not be where the work tree is.
        if (!Files.isRegularFile(file))
            throw refused(
                    pattern, path, "it is no file and no link to one. Name the files themselves that tasks need.");
        if (!Files.isReadable(file)) throw refused(pattern, path, "it cannot be read. Change its permissions.");
        return file;
    }

    private static CodeSnapshot.RefusedException refused(String pattern, String path, String why) {
        return new CodeSnapshot.RefusedException(
                "--bring '" + pattern + "' matches " + FilePath.visible(path) + ", which cannot be brought: " + why);
    }

    /** Whether there is no file to bring. */
    public boolean isEmpty() {
        return files.isEmpty();
    }

    /** Paths of the files, in their order. */
    public List<String> paths() {
        return files.keySet().stream().sorted().toList();
    }

    /** Stores them as a commit. The same files always make the same commit. */
    public String store(CodeRepository into) throws IOException {
        var changes = new ArrayList<EntryChange>();
        var permissions = new StringBuilder();
        for (var path : paths()) {
            var file = files.get(path);
            if (file == null) continue;
            changes.add(added(FILES + path, into.file(Files.readAllBytes(file), FileEntry.FILE)));
            permissions.append(permissions(file)).append(' ').append(path).append('\n');
        }
        changes.add(
                added(PERMISSIONS, into.file(permissions.toString().getBytes(StandardCharsets.UTF_8), FileEntry.FILE)));
        return into.commit(into.edit(into.emptyTree(), changes), List.of(), MESSAGE, CodeSnapshot.EPOCH);
    }

    private static EntryChange added(String path, FileEntry entry) {
        return new EntryChange(path, Optional.empty(), Optional.of(entry));
    }

    private static String permissions(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix"))
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        return Files.isExecutable(file) ? "rwxr-xr-x" : USUAL;
    }

    /** Entries of the files of a commit, by their path. */
    public static Map<String, FileEntry> in(CodeRepository code, String commit) throws IOException {
        var entries = new TreeMap<String, FileEntry>();
        code.eachFile(code.treeOf(commit), (path, entry) -> {
            if (path.startsWith(FILES) && entry.isFile()) entries.put(path.substring(FILES.length()), entry);
        });
        return entries;
    }

    /**
     * Writes the files of a commit into a work tree.
     *
     * @return their paths
     * @throws IOException if one of them cannot be written, or would be written through a link
     */
    public static List<String> write(CodeRepository code, String commit, Path root) throws IOException {
        var entries = in(code, commit);
        var permissions = permissions(code, commit);
        for (var entry : entries.entrySet()) {
            var path = entry.getKey();
            for (var folder : FilePath.folders(path))
                if (Files.isSymbolicLink(root.resolve(folder)))
                    throw new IOException("the file " + FilePath.visible(path) + " cannot be brought: '"
                            + FilePath.visible(folder) + "' is a link in the code");
            var file = root.resolve(path);
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                throw new IOException(
                        "the file " + FilePath.visible(path) + " cannot be brought: it is a folder in the code");
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            create(file, code.bytes(entry.getValue().object()), permissions.getOrDefault(path, USUAL));
        }
        return List.copyOf(entries.keySet());
    }

    /** Deletes the files of a commit from a work tree where they hold what they held, with the folders that they leave empty. */
    public static void removeUnchanged(CodeRepository code, String commit, Path root) throws IOException {
        for (var file : in(code, commit).entrySet())
            if (PreparedFiles.onDisk(root.resolve(file.getKey()))
                    .filter(now -> now.object().equals(file.getValue().object()))
                    .isPresent()) WorkFolders.deleteFile(root.resolve(file.getKey()), root);
    }

    /** Nobody may read more of it at any moment than the user's file permits. */
    private static void create(Path file, byte[] bytes, String permissions) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.write(file, bytes);
            return;
        }
        var owner = Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
        Files.write(file, bytes);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static Map<String, String> permissions(CodeRepository code, String commit) throws IOException {
        var entry = code.entry(code.treeOf(commit), PERMISSIONS);
        var permissions = new HashMap<String, String>();
        if (entry.isEmpty()) return permissions;
        var text = new String(code.bytes(entry.get().object()), StandardCharsets.UTF_8);
        for (var line : text.split("\n", -1)) {
            int end = line.indexOf(' ');
            if (end == USUAL.length()) permissions.put(line.substring(end + 1), line.substring(0, end));
        }
        return permissions;
    }
}
