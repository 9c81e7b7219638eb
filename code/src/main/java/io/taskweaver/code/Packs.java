package io.taskweaver.code;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.transport.PackedObjectInfo;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Writes and takes up packs of a repository's objects. Packs come from others: nothing in them is trusted. */
final class Packs {
    /** Packs with more objects, or more bytes, stay packs; smaller ones become single files. */
    private static final int MOST_LOOSE = 200;

    private static final int MOST_LOOSE_BYTES = 1 << 20;
    private static final int MOST_LOOSE_OBJECT_BYTES = 16 << 20;
    /** Largest file: it has to fit into an array. */
    private static final int MOST_OBJECT_BYTES = Integer.MAX_VALUE - 8;
    /** Least bytes of an object in a pack: its header, and the least that zlib makes. */
    private static final int LEAST_PACKED_BYTES = 9;

    private final Repository repository;
    private final TreeCache trees;

    Packs(Repository repository, TreeCache trees) {
        this.repository = repository;
        this.trees = trees;
    }

    /**
     * A pack of a commit with its tree. One of many files takes the place of these in the repository: they would be opened
     * one by one ever after, and each takes up a block of the disk.
     *
     * @param without trees whose objects the reader has; what is at the same place of one of them is left out
     */
    byte[] of(String commit, Collection<String> without) throws IOException {
        try (var walk = new RevWalk(repository)) {
            var top = walk.parseCommit(ObjectId.fromString(commit));
            var objects = new LinkedHashSet<RevObject>();
            objects.add(top);
            var known = new ArrayList<ObjectId>();
            for (var tree : without) known.add(ObjectId.fromString(tree));
            collect(walk, top.getTree(), known, objects);
            var bytes = new ByteArrayOutputStream();
            write(objects, bytes);
            var pack = bytes.toByteArray();
            var files = files(objects);
            if (files.size() > MOST_LOOSE) {
                keep(pack);
                for (var file : files) Files.deleteIfExists(file);
            }
            return pack;
        }
    }

    /** The objects that are files of this repository. */
    private List<Path> files(Collection<RevObject> objects) {
        var folder = repository.getDirectory().toPath().resolve("objects");
        return objects.stream()
                .map(object -> folder.resolve(object.name().substring(0, 2))
                        .resolve(object.name().substring(2)))
                .filter(file -> Files.exists(file))
                .toList();
    }

    /**
     * Writes a pack of commits with all of their trees that is not in the tree of the commit before.
     *
     * @param commits in their order
     * @param without tree whose objects the reader has; empty for none
     */
    void write(List<String> commits, Optional<String> without, OutputStream out) throws IOException {
        try (var walk = new RevWalk(repository)) {
            var objects = new LinkedHashSet<RevObject>();
            var before = without.stream().<ObjectId>map(ObjectId::fromString).toList();
            for (var commit : commits) {
                var next = walk.parseCommit(ObjectId.fromString(commit));
                objects.add(next);
                collect(walk, next.getTree(), before, objects);
                before = List.of(next.getTree());
            }
            write(objects, out);
        }
    }

    /** Writes a pack of all of a tree that is not in another one. */
    void writeTree(String tree, String without, OutputStream out) throws IOException {
        try (var walk = new RevWalk(repository)) {
            var objects = new LinkedHashSet<RevObject>();
            collect(walk, ObjectId.fromString(tree), List.of(ObjectId.fromString(without)), objects);
            write(objects, out);
        }
    }

    private void write(LinkedHashSet<RevObject> objects, OutputStream out) throws IOException {
        var config = new PackConfig(repository);
        // In a result no two objects are versions of one file: there is nothing to find.
        config.setDeltaCompress(objects.size() > MOST_LOOSE);
        try (var writer = new PackWriter(config, repository.newObjectReader())) {
            writer.setDeltaBaseAsOffset(true);
            writer.setUseBitmaps(false);
            writer.preparePack(objects.iterator());
            writer.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, out);
        }
    }

    /** Adds the trees and blobs of a tree that are not at the same place of one of the others. */
    private void collect(RevWalk walk, ObjectId tree, List<ObjectId> known, LinkedHashSet<RevObject> objects)
            throws IOException {
        if (known.contains(tree)) return;
        objects.add(walk.lookupTree(tree));
        try (var reader = trees.reader(repository);
                var entries = new TreeWalk(reader)) {
            entries.addTree(tree);
            for (var each : known) entries.addTree(each);
            while (entries.next()) {
                int mode = entries.getRawMode(0);
                if (mode == 0 || mode == FileMode.TYPE_GITLINK || isKnown(entries)) continue;
                if (mode == FileMode.TYPE_TREE) {
                    objects.add(walk.lookupTree(entries.getObjectId(0)));
                    entries.enterSubtree();
                } else objects.add(walk.lookupBlob(entries.getObjectId(0)));
            }
        }
    }

    private static boolean isKnown(TreeWalk entries) {
        for (int i = 1; i < entries.getTreeCount(); i++) if (entries.idEqual(0, i)) return true;
        return false;
    }

    /**
     * Takes up a pack, of whoever may write to the topic. What is here already stays.
     *
     * @throws IOException if it is damaged, or holds what Git refuses; nothing of it is here then
     */
    void unpack(byte[] pack) throws IOException {
        int objects = objects(pack);
        try {
            if (pack.length > MOST_LOOSE_BYTES || objects > MOST_LOOSE || !loosen(pack)) keep(pack);
        } catch (RuntimeException e) {
            // JGit believes the numbers in it.
            throw new IOException("a pack of " + pack.length + " bytes is damaged", e);
        }
    }

    private void keep(byte[] pack) throws IOException {
        try (var inserter = repository.newObjectInserter()) {
            var parser = inserter.newPackParser(new ByteArrayInputStream(pack));
            parser.setObjectChecker(new TreeChecker());
            parser.setMaxObjectSizeLimit(MOST_OBJECT_BYTES);
            parser.parse(NullProgressMonitor.INSTANCE);
            inserter.flush();
        }
    }

    /** Number of objects, from the header of a pack. */
    private static int objects(byte[] pack) throws IOException {
        if (pack.length < 12) throw new IOException("a pack of " + pack.length + " bytes is no pack");
        int objects = ByteBuffer.wrap(pack).getInt(8);
        if (objects < 0 || objects > pack.length / LEAST_PACKED_BYTES)
            throw new IOException("a pack of " + pack.length + " bytes cannot hold what its header says");
        return objects;
    }

    /** Stores the objects of a pack as files; false if one of them is too large to be held in memory beside others. */
    private boolean loosen(byte[] pack) throws IOException {
        try (var memory = new InMemoryRepository(new DfsRepositoryDescription("pack"));
                var parsing = memory.newObjectInserter();
                var reader = memory.newObjectReader();
                var inserter = repository.newObjectInserter()) {
            var parser = parsing.newPackParser(new ByteArrayInputStream(pack));
            parser.setObjectChecker(new TreeChecker());
            parser.setMaxObjectSizeLimit(MOST_LOOSE_OBJECT_BYTES);
            parser.parse(NullProgressMonitor.INSTANCE);
            parsing.flush();
            var objects = parser.getSortedObjectList((a, b) -> Integer.compare(order(b), order(a)));
            for (var object : objects) insert(inserter, reader, object);
            inserter.flush();
            return true;
        } catch (TooLargeObjectInPackException e) {
            return false;
        }
    }

    /** Commits are stored last: one that is here is complete. */
    private static int order(PackedObjectInfo object) {
        return switch (object.getType()) {
            case Constants.OBJ_BLOB -> 2;
            case Constants.OBJ_TREE -> 1;
            default -> 0;
        };
    }

    private static void insert(ObjectInserter inserter, ObjectReader reader, PackedObjectInfo object)
            throws IOException {
        inserter.insert(object.getType(), reader.open(object).getBytes());
    }
}
