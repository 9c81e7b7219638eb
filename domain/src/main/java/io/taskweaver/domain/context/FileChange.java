package io.taskweaver.domain.context;

import java.util.Arrays;
import java.util.Optional;

/**
 * A file as an agent left it, with the text it started from. A path that leads out of the work or into the repository's own
 * data is refused with an {@link IllegalArgumentException}.
 *
 * @param path relative to the root of the work, '/' separated, without '..' and outside '.git'; a leading './' and
 *     doubled separators are taken out
 * @param base what the agent saw; empty for a file that it created
 * @param content what it left; empty for a file that it deleted
 */
public record FileChange(String path, Optional<String> base, Optional<String> content) {
    public FileChange {
        path = checked(path);
    }

    private static String checked(String path) {
        var segments = Arrays.stream(path.split("/", -1))
                .filter(segment -> !segment.isEmpty() && !segment.equals("."))
                .toList();
        if (path.startsWith("/")
                || path.endsWith("/")
                || path.indexOf('\\') >= 0
                || path.chars().anyMatch(Character::isISOControl)
                || segments.isEmpty()
                || segments.contains("..")
                || segments.getFirst().equalsIgnoreCase(".git"))
            throw new IllegalArgumentException("not a path inside the work: '" + path + "'");
        return String.join("/", segments);
    }
}
