package io.taskweaver.domain.schedule;

import io.taskweaver.domain.plan.Need;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.plan.TaskId;
import java.util.List;
import java.util.Optional;

/**
 * What the scheduler knows of a task: no texts, so that very large plans fit in memory.
 *
 * @param needs nodes that have to be satisfied first, each once
 * @param done whether it is satisfied from the start
 * @param standsFor on a reconcile node, the task whose result it brings in
 */
public record Node(
        TaskId id, Task.Kind kind, int estimateMinutes, List<TaskId> needs, boolean done, Optional<TaskId> standsFor) {
    public Node {
        needs = List.copyOf(needs);
    }

    /** The node of a task as the plan states it. */
    public static Node of(Task task) {
        var needs = task.needs().stream()
                .filter(need -> need.reason() != Need.Reason.RECONCILE)
                .map(Need::on)
                .distinct()
                .toList();
        var standsFor = task.needs().stream()
                .filter(need -> need.reason() == Need.Reason.RECONCILE)
                .map(Need::on)
                .findFirst();
        return new Node(task.id(), task.kind(), task.estimateMinutes(), needs, task.done(), standsFor);
    }
}
