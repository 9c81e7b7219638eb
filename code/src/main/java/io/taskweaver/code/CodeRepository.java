package io.taskweaver.code;

import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * The repository of one plan: the commits of its line and of its results. It is bare, and holds copies of what the topics
 * carry: whatever is lost can be read again. Several processes may use one folder at a time, as Git's own programs do.
 *
 * <p>Names of objects are full names, in hexadecimal digits. A commit that is here is here with its tree and all files.
 */
public final class CodeRepository implements AutoCloseable {
    /** Name of commits' author and committer. */
    static final String NAME = "TaskWeaver";

    static final String MAIL = "taskweaver@localhost";

    /** Ignored in every work tree, besides what the code base ignores: build output. */
    private static final String EXCLUDED = Stream.concat(BuildOutput.AMBIGUOUS.stream(), BuildOutput.CERTAIN.stream())
                    .sorted()
                    .map(name -> name + "/\n")
                    .collect(Collectors.joining())
            + "*.class\n*.pyc\n.DS_Store\n";

    private final Path folder;
    private final FileRepository repository;
    private final TreeCache trees = new TreeCache();

    private CodeRepository(Path folder, FileRepository repository) {
        this.folder = folder;
        this.repository = repository;
    }

    /** Opens the repository in a folder, and makes it first if there is none. */
    public static CodeRepository open(Path folder) throws IOException {
        var built = (FileRepository)
                new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
        if (!Files.exists(folder.resolve("HEAD"))) create(built, folder);
        return new CodeRepository(folder, built);
    }

    private static void create(FileRepository repository, Path folder) throws IOException {
        Files.createDirectories(folder.resolve("info"));
        Files.writeString(folder.resolve("info/exclude"), EXCLUDED);
        Files.createDirectories(folder.resolve("objects/info"));
        Files.createDirectories(folder.resolve("objects/pack"));
        Files.createDirectories(folder.resolve("refs/heads"));
        write(
                folder.resolve("config"),
                "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n\tcompression = 1\n[gc]\n\tauto = 0\n");
        // Last: what has it is a repository.
        write(folder.resolve("HEAD"), "ref: refs/heads/line\n");
        repository.getConfig();
    }

    private static void write(Path file, String text) throws IOException {
        var made = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new");
        Files.writeString(made, text);
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    }

    public Path folder() {
        return folder;
    }

    /** Whether an object is here. */
    public boolean has(String object) throws IOException {
        return repository.getObjectDatabase().has(ObjectId.fromString(object));
    }

    /** The tree of a commit. */
    public String treeOf(String commit) throws IOException {
        try (var walk = new RevWalk(repository)) {
            return walk.parseCommit(ObjectId.fromString(commit)).getTree().name();
        }
    }

    /**
     * Declares that the parents of a commit are not here: they belong to the repository of a user.
     *
     * @param base first commit of the line
     */
    public void cutAbove(String base) throws IOException {
        var file = folder.resolve("shallow");
        var known = Files.exists(file) ? new TreeSet<>(Files.readAllLines(file)) : new TreeSet<String>();
        if (known.add(base)) {
            var made = Files.createTempFile(folder, "shallow", ".new");
            Files.write(made, known);
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** What a path holds in a tree; empty if it holds nothing, or is a folder. */
    public Optional<FileEntry> entry(String tree, String path) throws IOException {
        try (var reader = reader()) {
            var at = ObjectId.fromString(tree);
            var parts = parts(GitPath.bytes(path));
            for (int i = 0; i < parts.size(); i++) {
                var found = child(reader, at, parts.get(i));
                if (found.isEmpty()) return Optional.empty();
                var mode = found.get().getEntryRawMode();
                at = found.get().getEntryObjectId();
                if (i == parts.size() - 1)
                    return mode == FileMode.TYPE_TREE ? Optional.empty() : Optional.of(entry(reader, mode, at));
                if (mode != FileMode.TYPE_TREE) return Optional.empty();
            }
            return Optional.empty();
        }
    }

    /** Whether a path is a folder in a tree; the empty path is its root. */
    public boolean isFolder(String tree, String path) throws IOException {
        return names(tree, path).isPresent();
    }

    /** Names in a folder of a tree; empty if there is no such folder. */
    Optional<List<String>> names(String tree, String path) throws IOException {
        try (var reader = reader()) {
            var at = ObjectId.fromString(tree);
            for (var part : path.isEmpty() ? List.<byte[]>of() : parts(GitPath.bytes(path))) {
                var found = child(reader, at, part);
                if (found.isEmpty() || found.get().getEntryRawMode() != FileMode.TYPE_TREE) return Optional.empty();
                at = found.get().getEntryObjectId();
            }
            var names = new ArrayList<String>();
            var parser = new CanonicalTreeParser();
            for (parser.reset(reader, at); !parser.eof(); parser.next()) names.add(GitPath.text(name(parser)));
            return Optional.of(names);
        }
    }

    private static Optional<CanonicalTreeParser> child(ObjectReader reader, ObjectId tree, byte[] name)
            throws IOException {
        var parser = new CanonicalTreeParser();
        for (parser.reset(reader, tree); !parser.eof(); parser.next())
            if (java.util.Arrays.equals(name(parser), name)) return Optional.of(parser);
        return Optional.empty();
    }

    private static byte[] name(CanonicalTreeParser parser) {
        var name = new byte[parser.getNameLength()];
        parser.getName(name, 0);
        return name;
    }

    private static List<byte[]> parts(byte[] path) {
        var parts = new ArrayList<byte[]>();
        int from = 0;
        for (int i = 0; i <= path.length; i++)
            if (i == path.length || path[i] == '/') {
                parts.add(java.util.Arrays.copyOfRange(path, from, i));
                from = i + 1;
            }
        return parts;
    }

    private static FileEntry entry(ObjectReader reader, int mode, ObjectId object) throws IOException {
        long bytes = mode == FileMode.TYPE_GITLINK ? 0 : reader.getObjectSize(object, Constants.OBJ_BLOB);
        // Old repositories hold other permissions, which mean the same.
        int known = (mode & FileMode.TYPE_MASK) == FileMode.TYPE_FILE
                ? (mode & 0100) == 0 ? FileEntry.FILE : FileEntry.EXECUTABLE
                : mode;
        return new FileEntry(known, object.name(), bytes);
    }

    /** What a tree would say of an object that is here. */
    FileEntry stored(int mode, String object) throws IOException {
        try (var reader = reader()) {
            return entry(reader, mode, ObjectId.fromString(object));
        }
    }

    /** Receives a file of a tree. */
    @FunctionalInterface
    public interface FileVisitor {
        void file(String path, FileEntry entry) throws IOException;
    }

    /** Visits all files of a tree, in the order of their bytes. */
    public void eachFile(String tree, FileVisitor visitor) throws IOException {
        try (var reader = reader();
                var walk = new TreeWalk(reader)) {
            walk.addTree(ObjectId.fromString(tree));
            walk.setRecursive(true);
            while (walk.next())
                visitor.file(
                        GitPath.text(walk.getRawPath()),
                        entry(walk.getObjectReader(), walk.getRawMode(0), walk.getObjectId(0)));
        }
    }

    /** Names of the blobs of a tree's files that a rule picks by their path, in the order of paths' bytes. No file is opened. */
    public Map<String, String> blobs(String tree, Predicate<String> picked) throws IOException {
        var blobs = new LinkedHashMap<String, String>();
        try (var reader = reader();
                var walk = new TreeWalk(reader)) {
            walk.addTree(ObjectId.fromString(tree));
            walk.setRecursive(true);
            while (walk.next()) {
                var path = GitPath.text(walk.getRawPath());
                if (picked.test(path)) blobs.put(path, walk.getObjectId(0).name());
            }
        }
        return blobs;
    }

    /**
     * What a commit changes, in the order of paths' bytes. Who names the commits need not be trusted.
     *
     * @param parent commit to compare it with; empty for all of its files
     * @return empty if one of them is no commit, or if a part of what changes is not here
     */
    public Optional<List<EntryChange>> changes(Optional<String> parent, String commit) throws IOException {
        try {
            return Optional.of(difference(parent.isPresent() ? treeOf(parent.get()) : emptyTree(), treeOf(commit)));
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return Optional.empty();
        }
    }

    /** What differs between two trees, in the order of paths' bytes. */
    public List<EntryChange> difference(String before, String after) throws IOException {
        var changes = new ArrayList<EntryChange>();
        if (before.equals(after)) return changes;
        try (var reader = reader();
                var walk = new TreeWalk(reader)) {
            walk.addTree(ObjectId.fromString(before));
            walk.addTree(ObjectId.fromString(after));
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            while (walk.next()) {
                var old = entryOf(walk, 0);
                var now = entryOf(walk, 1);
                if (!old.equals(now)) changes.add(new EntryChange(GitPath.text(walk.getRawPath()), old, now));
            }
        }
        return changes;
    }

    /** Paths that differ between two trees, in the order of their bytes. Cheaper than {@link #difference}: no file is opened. */
    List<PathChange> changedPaths(String before, String after) throws IOException {
        var changes = new ArrayList<PathChange>();
        try (var reader = reader();
                var walk = new TreeWalk(reader)) {
            walk.addTree(ObjectId.fromString(before));
            walk.addTree(ObjectId.fromString(after));
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            while (walk.next()) {
                int mode = walk.getRawMode(1);
                changes.add(new PathChange(GitPath.text(walk.getRawPath()), mode != 0 && mode != FileMode.TYPE_TREE));
            }
        }
        return changes;
    }

    private static Optional<FileEntry> entryOf(TreeWalk walk, int side) throws IOException {
        int mode = walk.getRawMode(side);
        return mode == 0 || mode == FileMode.TYPE_TREE
                ? Optional.empty()
                : Optional.of(entry(walk.getObjectReader(), mode, walk.getObjectId(side)));
    }

    /** The bytes of a blob. */
    public byte[] bytes(String blob) throws IOException {
        return repository.open(ObjectId.fromString(blob), Constants.OBJ_BLOB).getBytes();
    }

    /**
     * The text of a file.
     *
     * @param most bytes that it may have
     * @return empty if it is longer, or is not text in UTF-8
     */
    public Optional<String> text(FileEntry entry, long most) throws IOException {
        return entry.isFile() && entry.bytes() <= most ? Texts.of(bytes(entry.object())) : Optional.empty();
    }

    /** Stores a blob. */
    public String blob(byte[] bytes) throws IOException {
        try (var inserter = repository.newObjectInserter()) {
            var id = inserter.insert(Constants.OBJ_BLOB, bytes);
            inserter.flush();
            return id.name();
        }
    }

    /** Stores the text of a file. */
    public FileEntry file(byte[] bytes, int mode) throws IOException {
        return new FileEntry(mode, blob(bytes), bytes.length);
    }

    /** Stores the empty tree. */
    public String emptyTree() throws IOException {
        try (var inserter = repository.newObjectInserter()) {
            var id = inserter.insert(new TreeFormatter());
            inserter.flush();
            return id.name();
        }
    }

    /** Stores the tree that new entries make of a tree. */
    public String edit(String tree, Collection<EntryChange> changes) throws IOException {
        if (changes.isEmpty()) return tree;
        try (var inserter = repository.newObjectInserter();
                var reader = reader()) {
            var id = new TreeEdit(reader, inserter).apply(ObjectId.fromString(tree), changes);
            inserter.flush();
            return id.name();
        }
    }

    /**
     * Stores a commit. The same arguments make the same commit everywhere.
     *
     * @param at its date, of which whole seconds count
     */
    public String commit(String tree, List<String> parents, String message, Instant at) throws IOException {
        var commit = new CommitBuilder();
        commit.setTreeId(ObjectId.fromString(tree));
        for (var parent : parents) commit.addParentId(ObjectId.fromString(parent));
        var person = new PersonIdent(NAME, MAIL, at, ZoneOffset.UTC);
        commit.setAuthor(person);
        commit.setCommitter(person);
        commit.setEncoding(StandardCharsets.UTF_8);
        commit.setMessage(message);
        try (var inserter = repository.newObjectInserter()) {
            var id = inserter.insert(commit);
            inserter.flush();
            return id.name();
        }
    }

    /** The first parent of a commit; empty if it has none, or none that is part of the plan's code. */
    public Optional<String> parentOf(String commit) throws IOException {
        try (var walk = new RevWalk(repository)) {
            var parsed = walk.parseCommit(ObjectId.fromString(commit));
            return parsed.getParentCount() == 0
                    ? Optional.empty()
                    : Optional.of(parsed.getParent(0).name());
        }
    }

    /** Date of a commit. */
    public Instant dateOf(String commit) throws IOException {
        try (var walk = new RevWalk(repository)) {
            return walk.parseCommit(ObjectId.fromString(commit))
                    .getCommitterIdent()
                    .getWhenAsInstant();
        }
    }

    /** Whether a commit is another one, or one of its ancestors, as far as these are here. */
    public boolean isAncestor(String commit, String of) throws IOException {
        try (var walk = new RevWalk(repository)) {
            return walk.isMergedInto(
                    walk.parseCommit(ObjectId.fromString(commit)), walk.parseCommit(ObjectId.fromString(of)));
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return false;
        }
    }

    /**
     * A pack of a commit with its tree.
     *
     * @param without trees whose objects the reader has; what is at the same place of one of them is left out
     */
    public byte[] pack(String commit, Collection<String> without) throws IOException {
        return packs().of(commit, without);
    }

    /**
     * Takes up a pack. What is here already stays.
     *
     * @throws IOException if it is damaged, holds what Git refuses, or cannot be stored
     */
    public void unpack(byte[] pack) throws IOException {
        packs().unpack(pack);
    }

    /** Packs of its objects. */
    Packs packs() {
        return new Packs(repository, trees);
    }

    /** Sets the branch of the line, for people and programs that read the folder. */
    public void head(String commit) throws IOException {
        // Not by JGit: a lock that a killed process left would hold the branch for ever.
        var file = folder.resolve("refs/heads/line");
        var made = Files.createTempFile(folder, "line", ".new");
        Files.writeString(made, commit + "\n");
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The commit of the line's branch; empty if there is none. */
    public Optional<String> head() throws IOException {
        var id = repository.resolve("refs/heads/line");
        return Optional.ofNullable(id).map(ObjectId::name);
    }

    /** As JGit has it: for commits as their bytes are. */
    Repository repository() {
        return repository;
    }

    private ObjectReader reader() {
        return trees.reader(repository);
    }

    /** A program of Git that works on this repository. */
    Git git() {
        return Git.in(folder).options("--git-dir=" + folder.toAbsolutePath());
    }

    /**
     * Whether it is a commit whose tree can be read.
     *
     * @throws IOException for another reason than its absence
     */
    public boolean isComplete(String commit) throws IOException {
        try {
            return has(commit) && has(treeOf(commit));
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            return false;
        }
    }

    void writeTo(OutputStream out, String blob) throws IOException {
        repository.open(ObjectId.fromString(blob), Constants.OBJ_BLOB).copyTo(out);
    }

    @Override
    public void close() {
        repository.close();
    }
}
