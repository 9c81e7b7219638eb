package io.taskweaver.client;

import java.util.Map;

/**
 * The merged files of a plan.
 *
 * @param version how many merges it has seen
 * @param digest SHA-256 over the files, hex
 * @param files path to text, the existing code included
 */
public record MergedContext(long version, String digest, Map<String, String> files) {
    /** The context of a plan of which nothing is merged. */
    public static final MergedContext NONE = new MergedContext(0, "", Map.of());

    public MergedContext {
        files = Map.copyOf(files);
    }
}
