package io.taskweaver.wire.rest;

import java.util.List;
import java.util.Map;

/**
 * What the tasks of a plan have made so far, as the context service answers it.
 *
 * @param version how many merges it has seen
 * @param digest SHA-256 over the files, hex
 * @param files path to text, the existing code included
 * @param deleted files of the code base that are gone
 */
public record MergedView(long version, String digest, Map<String, String> files, List<String> deleted) {
    /** Of a plan of which nothing is merged. */
    public static final MergedView NONE = new MergedView(0, "", Map.of(), List.of());
}
