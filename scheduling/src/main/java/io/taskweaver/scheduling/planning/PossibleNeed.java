package io.taskweaver.scheduling.planning;

import io.taskweaver.model.TaskId;

/**
 * A need that a plan does not have although something speaks for it.
 *
 * @param because the words that speak for it
 * @param confidence 0 to 1
 */
public record PossibleNeed(TaskId task, TaskId on, String because, double confidence) {}
