package io.taskweaver.contexts;

import io.taskweaver.model.FilePath;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which files cannot be beside each other on every system: two whose names differ in case or in how an accent is written
 * alone, and a file in whose place another one has a folder.
 */
final class PathCollisions {
    /** Paths of files that are there, by their folded names. */
    private final TreeMap<String, String> byName = new TreeMap<>();

    /** @param there paths of files that are there */
    PathCollisions(Iterable<String> there) {
        there.forEach(this::add);
    }

    void add(String path) {
        byName.put(FilePath.folded(path), path);
    }

    void remove(String path) {
        byName.remove(FilePath.folded(path), path);
    }

    /** Another file that is the same one where case or accents do not count. */
    Optional<String> twin(String path) {
        return Optional.ofNullable(byName.get(FilePath.folded(path))).filter(other -> !other.equals(path));
    }

    /** A file that is where the path has a folder. */
    Optional<String> above(String path) {
        return FilePath.folders(path).stream()
                .flatMap(folder -> Optional.ofNullable(byName.get(FilePath.folded(folder))).stream())
                .findFirst();
    }

    /** A file that is in a folder of the path's name. */
    Optional<String> below(String path) {
        var folder = FilePath.folded(path) + "/";
        return Optional.ofNullable(byName.ceilingEntry(folder))
                .filter(entry -> entry.getKey().startsWith(folder))
                .map(Map.Entry::getValue);
    }
}
