package io.taskweaver.model.event;

import io.taskweaver.model.Bytes;
import io.taskweaver.model.TaskId;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a user may do to the contexts of a plan. */
public sealed interface ContextChange {
    /**
     * Takes up the contexts of a plan that were exported.
     *
     * @param digest SHA-256 of the exported content, in hexadecimal digits: parts with the same digest belong together
     * @param part from 0
     * @param parts number of parts
     */
    record ImportContext(String digest, int part, int parts, Bytes content) implements ContextChange {
        private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

        public ImportContext {
            if (part < 0 || part >= parts) throw new IllegalArgumentException("part " + part + " of " + parts);
            if (!DIGEST.matcher(digest).matches()) throw new IllegalArgumentException("no digest: " + digest);
        }
    }

    /**
     * Removes the contexts of a plan, with its code, or what is kept of one of its tasks.
     *
     * @param task empty for the plan
     * @param force whether to remove them while the plan runs
     */
    record ClearContext(Optional<TaskId> task, boolean force) implements ContextChange {}
}
