package io.taskweaver.requirements.document;

/**
 * A link from a line of a document to one of its headings.
 *
 * @param line where it stands, from 1
 * @param heading line of the heading that it leads to
 * @param title the heading's words
 */
public record Link(int line, int heading, String title) {}
