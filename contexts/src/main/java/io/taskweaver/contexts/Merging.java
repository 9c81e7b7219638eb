package io.taskweaver.contexts;

import java.util.List;

/**
 * What a contribution does to a merged context.
 *
 * @param context the context afterwards
 * @param outcome what to tell about the contribution
 * @param changed files that are different now
 * @param settled what to remember; empty if the contribution was settled before
 */
public record Merging(MergedContext context, Settlement outcome, List<MergedFile> changed, List<Settlement> settled) {
    public Merging {
        changed = List.copyOf(changed);
        settled = List.copyOf(settled);
    }
}
