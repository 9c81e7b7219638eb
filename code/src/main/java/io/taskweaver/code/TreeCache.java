package io.taskweaver.code;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/**
 * The trees of a repository that were read last, as they are without compression: a merge reads the same few again and
 * again, and each is a file of its own.
 */
final class TreeCache {
    private static final int MOST_BYTES = 8 << 20;
    private static final int LARGEST = MOST_BYTES / 8;

    private final Map<ObjectId, byte[]> trees = new LinkedHashMap<>(16, 0.75f, true);
    private int bytes;

    /** A reader of the repository that looks here first. */
    ObjectReader reader(Repository repository) {
        var stored = repository.newObjectReader();
        return new ObjectReader.Filter() {
            @Override
            protected ObjectReader delegate() {
                return stored;
            }

            @Override
            public ObjectReader newReader() {
                return reader(repository);
            }

            @Override
            public ObjectLoader open(AnyObjectId object, int type) throws IOException {
                if (type != Constants.OBJ_TREE) return stored.open(object, type);
                var known = get(object);
                if (known != null) return new ObjectLoader.SmallObject(type, known);
                var loader = stored.open(object, type);
                if (loader.getSize() <= LARGEST) put(object, loader.getCachedBytes());
                return loader;
            }
        };
    }

    private synchronized byte @Nullable [] get(AnyObjectId tree) {
        return trees.get(tree);
    }

    private synchronized void put(AnyObjectId tree, byte[] content) {
        if (trees.putIfAbsent(tree.copy(), content) == null) bytes += content.length;
        for (var eldest = trees.entrySet().iterator(); bytes > MOST_BYTES; eldest.remove())
            bytes -= eldest.next().getValue().length;
    }
}
