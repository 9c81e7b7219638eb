package io.taskweaver.wire.rest;

import java.util.List;
import java.util.Map;

/**
 * What the tasks of a plan have made so far, as the context service answers it.
 *
 * @param version how many merges it has seen
 * @param tree full object name of its Git tree
 * @param files path to text, the existing code included; relative to the folder that the plan is about
 * @param other files that are not text in UTF-8
 * @param deleted files of the code base that are gone
 */
public record MergedView(
        long version, String tree, Map<String, String> files, List<String> other, List<String> deleted) {
    /** Of a plan of which nothing is merged. */
    public static final MergedView NONE = new MergedView(0, "", Map.of(), List.of(), List.of());
}
