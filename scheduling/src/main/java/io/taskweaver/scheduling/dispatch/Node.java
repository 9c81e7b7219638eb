package io.taskweaver.scheduling.dispatch;

import io.taskweaver.model.Need;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.TaskKinds;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the scheduler knows of a task: no texts, so that very large plans fit in memory.
 *
 * @param needs nodes that have to be satisfied first, each once
 * @param done whether it is satisfied from the start
 * @param standsFor on a reconcile node, the task whose result it brings in
 * @param files on a reconcile node, the paths that it brings together; on work, those that it is expected to touch
 * @param kinds of its {@link TaskKinds}, those that the plan's options name
 */
public record Node(
        TaskId id,
        Task.Kind kind,
        int estimateMinutes,
        List<TaskId> needs,
        boolean done,
        Optional<TaskId> standsFor,
        Set<String> files,
        Set<String> kinds) {
    public Node {
        needs = List.copyOf(needs);
        files = Set.copyOf(files);
        kinds = Set.copyOf(kinds);
    }

    /** A node of which no files are known. */
    public Node(
            TaskId id,
            Task.Kind kind,
            int estimateMinutes,
            List<TaskId> needs,
            boolean done,
            Optional<TaskId> standsFor,
            Set<String> kinds) {
        this(id, kind, estimateMinutes, needs, done, standsFor, Set.of(), kinds);
    }

    /** A node that verifies the plan's code. */
    static Node verification(TaskId id) {
        return new Node(id, Task.Kind.VERIFY, 0, List.of(), false, Optional.empty(), Set.of());
    }

    /** Whether both reconcile the same files: the later result would conflict with the earlier one. */
    boolean reconcilesWith(Node other) {
        return kind == Task.Kind.RECONCILE
                && other.kind == Task.Kind.RECONCILE
                && files.stream().anyMatch(other.files::contains);
    }

    /** The node of a task as the plan states it. */
    public static Node of(Task task, PlanOptions options) {
        var needs = task.needs().stream()
                .filter(need -> need.reason() != Need.Reason.RECONCILE)
                .map(Need::on)
                .distinct()
                .toList();
        var standsFor = task.needs().stream()
                .filter(need -> need.reason() == Need.Reason.RECONCILE)
                .map(Need::on)
                .findFirst();
        var kinds = TaskKinds.of(task);
        kinds.retainAll(task.kind() == Task.Kind.VERIFY ? Set.of() : options.kindsNamed());
        boolean changes = task.kind() == Task.Kind.RECONCILE || task.kind() == Task.Kind.WORK;
        var files = changes ? Set.copyOf(task.expectedFiles()) : Set.<String>of();
        return new Node(task.id(), task.kind(), task.estimateMinutes(), needs, task.done(), standsFor, files, kinds);
    }
}
