package io.taskweaver.context;

import java.util.List;
import java.util.Map;

/**
 * A plan's merged context as readers get it.
 *
 * @param files path to text
 * @param deleted files of the code base that are gone
 */
record MergedView(long version, String digest, Map<String, String> files, List<String> deleted) {}
