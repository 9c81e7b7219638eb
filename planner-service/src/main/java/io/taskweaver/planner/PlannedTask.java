package io.taskweaver.planner;

import io.taskweaver.domain.plan.Task;

/**
 * A node as it is kept.
 *
 * @param position place in the plan's order, from 0
 */
record PlannedTask(Task task, int position) {}
