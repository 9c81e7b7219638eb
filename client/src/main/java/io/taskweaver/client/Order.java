package io.taskweaver.client;

import io.taskweaver.domain.plan.Limits;
import io.taskweaver.domain.plan.Task.Priority;
import io.taskweaver.domain.plan.TaskId;
import java.util.Optional;

/** What a user may tell a plan that is under way. */
public sealed interface Order {
    /** Stop for good. */
    record Cancel(String reason) implements Order {}

    /** Give a task up; an attempt that runs is stopped. */
    record CancelTask(TaskId task, String reason) implements Order {}

    /** Start no further task; what runs goes on. */
    record Pause(String reason) implements Order {}

    /** Do not start a task before it is approved; an attempt that runs goes on. */
    record PauseTask(TaskId task, String reason) implements Order {}

    /**
     * Go on after a pause.
     *
     * @param limits those that take the place of the plan's; its time counts from then
     */
    record Resume(Limits limits) implements Order {}

    /** Give a failed task further attempts; a plan that failed goes on with it. */
    record Retry(TaskId task) implements Order {}

    /**
     * Let a task that waits for a person go on.
     *
     * @param answer text to add to the task's query
     */
    record Approve(TaskId task, Optional<String> answer) implements Order {}

    /** Prefer this plan's tasks over other plans', or less. */
    record Prioritise(Priority priority) implements Order {}
}
