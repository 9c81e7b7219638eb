package io.taskweaver.contexts;

import java.util.List;

/**
 * What files from elsewhere than a task's result do to a merged context.
 *
 * @param context the context afterwards
 * @param changed files that are different now
 * @param leftOut paths that stayed as they were because the context has something else there
 */
public record ExternalFiles(MergedContext context, List<MergedFile> changed, List<String> leftOut) {
    public ExternalFiles {
        changed = List.copyOf(changed);
        leftOut = List.copyOf(leftOut);
    }
}
