package io.taskweaver.model;

/**
 * One operation of a component's interface.
 *
 * @param name a Java identifier in lower camel case
 * @param description what it does, in the document's words
 * @param task work node that implements it
 */
public record Operation(String name, String description, TaskId task) {}
