package io.taskweaver.domain.context;

import java.util.Optional;

/**
 * A file as an agent left it, with the text it started from.
 *
 * @param path relative to the root of the work, '/' separated, without '..'
 * @param base what the agent saw; empty for a file that it created
 * @param content what it left; empty for a file that it deleted
 */
public record FileChange(String path, Optional<String> base, Optional<String> content) {
    public FileChange {
        if (path.isBlank()
                || path.startsWith("/")
                || java.util.Arrays.asList(path.split("/", -1)).contains(".."))
            throw new IllegalArgumentException("not a path inside the work: '" + path + "'");
    }
}
