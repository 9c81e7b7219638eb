package io.taskweaver.context;

/**
 * That something became known of a plan at a version of its code.
 *
 * @param revision version of the contract; 1 for a task
 */
record ContextArrival(int revision) {}
