package io.taskweaver.contexts;

import io.taskweaver.model.FileChange;
import io.taskweaver.model.FilePath;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Judges the paths of a result before it is handed in, so that who made it hears what is wrong. */
public final class ResultPaths {
    /** Most files that one result, or one contract, may hold. */
    public static final int MOST_FILES = 20_000;

    private ResultPaths() {}

    /**
     * What is wrong with the number of files that a result or a contract holds.
     *
     * @param what whose files they are, as a sentence begins with it
     * @return a sentence for a person that names the limit; empty if nothing is
     */
    public static Optional<String> tooMany(String what, int files) {
        return files <= MOST_FILES
                ? Optional.empty()
                : Optional.of(what + " has " + files + " files; the limit is " + MOST_FILES + ". Change fewer files.");
    }

    /**
     * What is wrong with the files that a result creates: a name that some system does not take, or a place that another file
     * has, of the result or of those at hand.
     *
     * @param atHand paths of files that were given
     * @return a sentence for a person; empty if nothing is
     */
    public static Optional<String> problem(Collection<String> atHand, List<FileChange> changes) {
        var there = new TreeSet<>(atHand);
        for (var change : changes) if (change.base().isPresent()) there.add(change.path());
        for (var change : changes) if (change.content().isEmpty()) there.remove(change.path());
        var names = new PathCollisions(there);
        for (var change : changes) {
            if (change.content().isEmpty() || there.contains(change.path())) continue;
            var path = change.path();
            var problem = FilePath.problemOfNew(path)
                    .or(() -> names.twin(path).map(other -> beside(other, "many systems treat them as the same file")))
                    .or(() -> names.above(path).map(other -> beside(other, "which is a file, not a folder")))
                    .or(() -> names.below(path).map(other -> beside(other, "for which it is a folder")));
            if (problem.isPresent())
                return problem.map(text -> "In the result, " + FilePath.refused(path, text) + ". Rename the file.");
            names.add(path);
        }
        return Optional.empty();
    }

    private static String beside(String other, String why) {
        return "there is '" + FilePath.visible(other) + "', " + why;
    }
}
