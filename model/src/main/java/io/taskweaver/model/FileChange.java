package io.taskweaver.model;

import java.util.Optional;

/**
 * A file as an agent left it, with the text it started from. A path that is no {@link FilePath} is refused with an {@link
 * IllegalArgumentException}.
 *
 * @param path a {@link FilePath}; a leading './' and doubled separators are taken out
 * @param base what the agent saw; empty for a file that it created
 * @param content what it left; empty for a file that it deleted
 */
public record FileChange(String path, Optional<String> base, Optional<String> content) {
    public FileChange {
        path = FilePath.of(path).value();
    }

    /** The same of a result: a file that it creates has a name that every system takes, or it is refused as well. */
    public static FileChange ofResult(String path, Optional<String> base, Optional<String> content) {
        var change = new FileChange(path, base, content);
        if (base.isEmpty())
            FilePath.problemOfNew(change.path()).ifPresent(problem -> {
                throw new IllegalArgumentException(FilePath.refused(path, problem));
            });
        return change;
    }
}
