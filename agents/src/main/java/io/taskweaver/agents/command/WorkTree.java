package io.taskweaver.agents.command;

import io.taskweaver.model.BaseCommit;
import io.taskweaver.model.FileChange;
import io.taskweaver.model.FilePath;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Git work tree for one attempt: the plan's base commit, or nothing, plus the files of the context, committed. The
 * differences from that commit at the end are the agent's changes, committed or not.
 */
record WorkTree(Path root, String prefix) {
    /** Build output to ignore without a .gitignore. */
    private static final String EXCLUDED = """
            target/
            build/
            out/
            node_modules/
            __pycache__/
            .venv/
            .gradle/
            .idea/
            *.class
            *.pyc
            .DS_Store
            """;

    private static final String NONE = "0".repeat(40);
    private static final Set<String> PLAIN_FILES = Set.of("100644", "100755");

    /**
     * Changes of an agent; {@code leftOut} lists omitted files with reasons, {@code refused} lists invalid paths with
     * reasons.
     */
    record Changes(List<FileChange> files, List<String> leftOut, List<String> refused) {}

    /** The changes exceed the limit of a result. */
    static final class TooMuchException extends IOException {
        private static final long serialVersionUID = 1L;

        TooMuchException(String message) {
            super(message);
        }
    }

    /**
     * Creates a work tree.
     *
     * @param root folder that does not exist yet
     * @param files files to have in it, path to text
     */
    static WorkTree create(Path root, Optional<BaseCommit> base, Map<String, String> files)
            throws IOException, InterruptedException {
        var tree = base.isPresent() ? checkedOut(root, base.get()) : empty(root);
        for (var file : files.entrySet()) tree.write(file.getKey(), file.getValue());
        var git = new Git(root);
        git.text("add", "--all", "--force", "--", ".");
        git.text("commit", "--quiet", "--allow-empty", "--message", "The code as it is");
        return tree;
    }

    /** A plain folder with these files. */
    static WorkTree plain(Path root, Map<String, String> files) throws IOException {
        Files.createDirectories(root);
        var tree = new WorkTree(root, "");
        for (var file : files.entrySet()) tree.write(file.getKey(), file.getValue());
        return tree;
    }

    private static WorkTree empty(Path root) throws IOException, InterruptedException {
        Files.createDirectories(root);
        var git = new Git(root);
        git.text("init", "--quiet", "--initial-branch=work");
        exclude(root, git);
        return new WorkTree(root, "");
    }

    private static WorkTree checkedOut(Path root, BaseCommit base) throws IOException, InterruptedException {
        var code = Path.of(base.folder());
        if (!Files.isDirectory(code))
            throw new Git.GitException(
                    "the code of the plan, " + code + ", is not on this machine: run an executor where"
                            + " it is, or a checkout of it at the same place");
        var git = new Git(code);
        try (var _ = RepositoryLock.of(code)) {
            git.text("worktree", "prune");
            git.text("worktree", "add", "--quiet", "--detach", "--force", root.toString(), base.commit());
        }
        var prefix = git.text("rev-parse", "--show-prefix");
        Files.createDirectories(root.resolve(prefix));
        return new WorkTree(root, prefix);
    }

    private static void exclude(Path root, Git git) throws IOException, InterruptedException {
        var file = root.resolve(git.text("rev-parse", "--git-path", "info/exclude"));
        Files.createDirectories(file.getParent());
        Files.writeString(file, EXCLUDED);
    }

    private void write(String path, String text) throws IOException {
        var file = inside(path);
        Files.createDirectories(file.getParent());
        if (Files.isSymbolicLink(file)) Files.delete(file);
        Files.writeString(file, text);
    }

    /** Deletes a file, if it is there. */
    void delete(String path) throws IOException {
        Files.deleteIfExists(inside(path));
    }

    /** @throws IOException if a folder of the path is a link, whose target is outside the work tree */
    private Path inside(String path) throws IOException {
        for (var folder : FilePath.folders(new FilePath(path).value())) {
            if (Files.isSymbolicLink(folder().resolve(folder)))
                throw new IOException(
                        FilePath.refused(path, "'" + folder + "' is a link, which may lead out of the work tree"));
        }
        return folder().resolve(path);
    }

    /** Where the agent works. */
    Path folder() {
        return root.resolve(prefix).normalize();
    }

    /** Id of the current commit. */
    String commit() throws IOException, InterruptedException {
        return new Git(root).text("rev-parse", "HEAD");
    }

    /**
     * Differences from a commit.
     *
     * @param limit bytes that all changed files may have together, before and after
     */
    Changes since(String commit, long limit) throws IOException, InterruptedException {
        var git = new Git(root);
        git.text("add", "--all", "--", ".");
        var raw = new String(
                git.bytes("diff", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev", "--no-ext-diff", commit),
                StandardCharsets.UTF_8);
        var entries = new ArrayList<Entry>();
        var leftOut = new LinkedHashSet<String>();
        var parts = raw.split("\0", -1);
        for (int i = 0; i + 1 < parts.length; i += 2) {
            var entry = Entry.of(parts[i], parts[i + 1]);
            var problem = entry.problem(prefix);
            if (problem.isPresent()) leftOut.add(entry.path + " (" + problem.get() + ")");
            else entries.add(entry);
        }
        var refused = new ArrayList<String>();
        return new Changes(read(git, entries, limit, leftOut, refused), List.copyOf(leftOut), refused);
    }

    private List<FileChange> read(Git git, List<Entry> entries, long limit, Set<String> leftOut, List<String> refused)
            throws IOException, InterruptedException {
        var changes = new ArrayList<FileChange>();
        if (entries.isEmpty()) return changes;
        try (var blobs = new Blobs(git.start("cat-file", "--batch"), limit)) {
            for (var entry : entries) {
                var base = blobs.text(entry.before);
                var content = blobs.text(entry.after);
                if (base.binary() || content.binary()) leftOut.add(entry.path + " (not text in UTF-8)");
                else add(changes, entry, base.text(), content.text(), refused);
            }
        }
        return changes;
    }

    private void add(
            List<FileChange> changes, Entry entry, Optional<String> base, Optional<String> text, List<String> refused) {
        try {
            changes.add(new FileChange(entry.path.substring(prefix.length()), base, text));
        } catch (IllegalArgumentException e) {
            refused.add(String.valueOf(e.getMessage()));
        }
    }

    /** Removes it. */
    void remove(Optional<BaseCommit> base) throws IOException, InterruptedException {
        if (base.isPresent() && Files.isDirectory(Path.of(base.get().folder())) && Files.exists(root)) {
            var code = Path.of(base.get().folder());
            try (var _ = RepositoryLock.of(code)) {
                new Git(code).text("worktree", "remove", "--force", "--force", root.toString());
            }
        }
        Folders.delete(root);
    }

    /** A changed file as {@code git diff --raw} gives it. */
    private record Entry(String oldMode, String newMode, String before, String after, String path) {
        static Entry of(String columns, String path) {
            var column = columns.substring(1).split(" ", -1);
            return new Entry(column[0], column[1], column[2], column[3], path);
        }

        Optional<String> problem(String prefix) {
            if (!path.startsWith(prefix)) return Optional.of("outside of the code of the plan");
            for (var mode : List.of(oldMode, newMode))
                if (!PLAIN_FILES.contains(mode) && !mode.equals("000000"))
                    return Optional.of(mode.equals("120000") ? "a symbolic link" : "a repository of its own");
            if (before.equals(after)) return Optional.of("only its mode changed");
            return Optional.empty();
        }
    }

    /** Reads objects, one after the other, from one process. */
    private static final class Blobs implements AutoCloseable {
        private final Process process;
        private final DataInputStream in;
        private final long limit;
        private long read;

        record Blob(Optional<String> text, boolean binary) {}

        Blobs(Process process, long limit) {
            this.process = process;
            this.in = new DataInputStream(new java.io.BufferedInputStream(process.getInputStream()));
            this.limit = limit;
        }

        Blob text(String name) throws IOException {
            if (name.startsWith(NONE)) return new Blob(Optional.empty(), false);
            process.getOutputStream().write((name + "\n").getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
            var header = line().split(" ", -1);
            if (header.length < 3) throw new Git.GitException("git has no object " + name);
            long size = Long.parseLong(header[2]);
            read += size;
            if (read > limit)
                throw new TooMuchException(
                        "the changed files have more than " + limit + " bytes, before and after together");
            var bytes = in.readNBytes((int) size);
            in.readByte();
            return decoded(bytes);
        }

        private String line() throws IOException {
            var line = new StringBuilder();
            for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) line.append((char) c);
            return line.toString();
        }

        private static Blob decoded(byte[] bytes) {
            for (byte one : bytes) if (one == 0) return new Blob(Optional.empty(), true);
            try {
                var text = StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
                return new Blob(Optional.of(text), false);
            } catch (CharacterCodingException e) {
                return new Blob(Optional.empty(), true);
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /** Deletes folders. */
    static final class Folders {
        private Folders() {}

        static void delete(Path folder) throws IOException {
            if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) return;
            try (var files = Files.walk(folder)) {
                for (var file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
            }
        }
    }
}
