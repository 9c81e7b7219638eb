package io.taskweaver.scheduling.priority;

import io.taskweaver.model.Task;

/**
 * A task and what hangs on it. Times are minutes from the start of the plan, by estimate.
 *
 * @param place in the order of dispatch, from 1
 * @param earliestStart when it can start if agents never run out (CPM's early start)
 * @param slack by how much it can start later without delaying the whole (CPM's total float); 0 on every longest path
 * @param unlocks tasks that can start as soon as it is merged, all else that they need being there before
 * @param dependents tasks that wait for it, directly or not
 * @param dependentMinutes their estimates together
 */
public record Ranked(
        Task task, int place, long earliestStart, long slack, int unlocks, int dependents, long dependentMinutes) {}
