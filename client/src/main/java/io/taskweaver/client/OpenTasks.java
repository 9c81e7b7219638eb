package io.taskweaver.client;

import io.taskweaver.client.replan.EarlierPlan;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.projection.PlanView;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The tasks of a plan whose work is not in its code. What the code has decides first; which other tasks there are, and which
 * are done without a change, says the newest state that is known.
 *
 * @param ids in the order of the plan
 * @param isNow whether that state is the one of now, and not what a run wrote at its end
 */
public record OpenTasks(List<String> ids, boolean isNow) {
    /** Where nothing is known of a plan but its code. */
    public static final OpenTasks NONE = new OpenTasks(List.of(), true);

    public OpenTasks {
        ids = List.copyOf(ids);
    }

    /**
     * As a running system has it.
     *
     * @param inCode ids of tasks whose work is in the code
     */
    public static OpenTasks of(PlanView view, Set<String> inCode) {
        return new OpenTasks(
                without(
                        view.tasks().stream()
                                .filter(task -> task.task().kind() == Task.Kind.WORK
                                        && !task.task().done()
                                        && !task.stage().isFinished())
                                .map(task -> task.id()),
                        inCode),
                true);
    }

    /**
     * As a run wrote it.
     *
     * @param inCode ids of tasks whose work is in the code
     */
    public static OpenTasks of(EarlierPlan written, Set<String> inCode) {
        return new OpenTasks(
                without(
                        written.plan().tasks().stream()
                                .filter(task -> task.kind() == Task.Kind.WORK && !task.done())
                                .map(Task::id)
                                .filter(task -> !written.merged().contains(task)),
                        inCode),
                false);
    }

    private static List<String> without(Stream<TaskId> tasks, Set<String> inCode) {
        return tasks.map(TaskId::value).filter(task -> !inCode.contains(task)).toList();
    }

    public boolean isEmpty() {
        return ids.isEmpty();
    }
}
