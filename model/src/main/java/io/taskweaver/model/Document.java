package io.taskweaver.model;

/**
 * One text that a user submitted.
 *
 * @param path as the user named it
 * @param content the whole text
 */
public record Document(String path, String content) {}
