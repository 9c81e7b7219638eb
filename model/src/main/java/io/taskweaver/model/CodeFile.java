package io.taskweaver.model;

import java.util.Optional;

/**
 * One file of the existing code base.
 *
 * @param path relative to the code base's root, '/' separated
 * @param sizeBytes size on disk
 * @param content its text; empty for a binary file or one over the inventory's limit
 */
public record CodeFile(String path, long sizeBytes, Optional<String> content) {}
