package io.taskweaver.context;

import java.util.List;
import java.util.Map;

/**
 * A plan's merged context for readers.
 *
 * @param files path to text
 * @param deleted deleted files of the code base
 */
record MergedView(long version, String digest, Map<String, String> files, List<String> deleted) {}
