package io.taskweaver.code;

import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/** Writes the tree that changes make of another one. The cost is that of the folders on the changed paths. */
final class TreeEdit {
    private final ObjectReader reader;
    private final ObjectInserter inserter;

    TreeEdit(ObjectReader reader, ObjectInserter inserter) {
        this.reader = reader;
        this.inserter = inserter;
    }

    private record Child(int mode, ObjectId object) {
        boolean isTree() {
            return mode == FileMode.TYPE_TREE;
        }
    }

    /** A change below the folder that is being written: what is left of its path, and what is to be there. */
    private record Rest(byte[] path, Optional<FileEntry> entry) {
        int slash() {
            for (int i = 0; i < path.length; i++) if (path[i] == '/') return i;
            return -1;
        }

        Name name() {
            int slash = slash();
            return new Name(slash < 0 ? path : Arrays.copyOf(path, slash));
        }

        Rest below() {
            return new Rest(Arrays.copyOfRange(path, slash() + 1, path.length), entry);
        }
    }

    private record Name(byte[] bytes) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            return Arrays.compareUnsigned(bytes, other.bytes);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Name name && Arrays.equals(bytes, name.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /** The tree with the changes' new entries in it; their old ones are not looked at. */
    ObjectId apply(ObjectId tree, Collection<EntryChange> changes) throws IOException {
        var rests = new ArrayList<Rest>();
        for (var change : changes) rests.add(new Rest(GitPath.bytes(change.path()), change.after()));
        return written(children(tree), rests).orElseGet(this::empty);
    }

    private ObjectId empty() {
        try {
            return inserter.insert(new TreeFormatter());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Empty if nothing is in it. */
    private Optional<ObjectId> written(TreeMap<Name, Child> children, List<Rest> rests) throws IOException {
        var below = new TreeMap<Name, List<Rest>>();
        var here = new TreeMap<Name, Rest>();
        for (var rest : rests) {
            if (rest.slash() < 0) here.put(rest.name(), rest);
            else below.computeIfAbsent(rest.name(), any -> new ArrayList<>()).add(rest.below());
        }
        // A folder in whose place a file comes loses its files first, a file in whose place a folder comes goes first.
        here.forEach((name, rest) -> {
            if (rest.entry().isEmpty()) {
                var there = children.get(name);
                if (there != null && !there.isTree()) children.remove(name);
            }
        });
        for (var folder : below.entrySet()) {
            var there = children.get(folder.getKey());
            var inside = there != null && there.isTree() ? children(there.object()) : new TreeMap<Name, Child>();
            var made = written(inside, folder.getValue());
            if (made.isPresent()) children.put(folder.getKey(), new Child(FileMode.TYPE_TREE, made.get()));
            // Where a file is, nothing is below it that could go.
            else if (there != null && there.isTree()) children.remove(folder.getKey());
        }
        here.forEach((name, rest) -> rest.entry()
                .ifPresent(entry -> children.put(name, new Child(entry.mode(), ObjectId.fromString(entry.object())))));
        return children.isEmpty() ? Optional.empty() : Optional.of(insert(children));
    }

    private ObjectId insert(TreeMap<Name, Child> children) throws IOException {
        var entries = new ArrayList<>(children.entrySet());
        entries.sort(
                (a, b) -> compare(a.getKey().bytes(), a.getValue(), b.getKey().bytes(), b.getValue()));
        var tree = new TreeFormatter();
        for (var entry : entries)
            tree.append(
                    entry.getKey().bytes(),
                    FileMode.fromBits(entry.getValue().mode()),
                    entry.getValue().object());
        return inserter.insert(tree);
    }

    /** The order of a tree: a folder's name counts as if it ended with a slash. */
    private static int compare(byte[] a, Child ofA, byte[] b, Child ofB) {
        int common = Arrays.mismatch(a, b);
        int end = Math.min(a.length, b.length);
        if (common >= 0 && common < end) return Byte.compareUnsigned(a[common], b[common]);
        return Integer.compare(next(a, end, ofA), next(b, end, ofB));
    }

    private static int next(byte[] name, int at, Child of) {
        return at < name.length ? Byte.toUnsignedInt(name[at]) : of.isTree() ? '/' : 0;
    }

    private TreeMap<Name, Child> children(ObjectId tree) throws IOException {
        var children = new TreeMap<Name, Child>();
        var parser = new CanonicalTreeParser();
        parser.reset(reader, tree);
        while (!parser.eof()) {
            var name = new byte[parser.getNameLength()];
            parser.getName(name, 0);
            children.put(new Name(name), new Child(parser.getEntryRawMode(), parser.getEntryObjectId()));
            parser.next();
        }
        return children;
    }
}
