package io.taskweaver.domain.document;

/**
 * A document as a tree of sections.
 *
 * @param root level 0, holds what stands before the first heading
 * @param lines number of lines of the document
 */
public record Outline(String path, Section root, int lines) {}
