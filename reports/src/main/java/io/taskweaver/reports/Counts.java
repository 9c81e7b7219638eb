package io.taskweaver.reports;

import io.taskweaver.model.Task;
import io.taskweaver.scheduling.dispatch.TaskStage;
import io.taskweaver.scheduling.projection.PlanView;
import java.util.function.Predicate;

/** Numbers of things in words: "1 task", "5 contracts". */
public final class Counts {
    private Counts() {}

    /** A number with its noun, in the plural where the number asks for it. */
    public static String of(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** Tasks and contracts of a plan, each with its own number. */
    public static String nodes(long tasks, long contracts) {
        return of(tasks, "task") + ", " + of(contracts, "contract");
    }

    /** Tasks and contracts of a plan as far as its events show it. */
    public static String nodes(PlanView view) {
        return nodes(
                view.tasks().stream().filter(task -> isTask(task.task())).count(),
                view.tasks().stream().filter(task -> isContract(task.task())).count());
    }

    /** How much of a plan is finished: "3 of 33 tasks done, 1 of 5 contracts published". */
    public static String finished(PlanView view) {
        return finished(view, Counts::isTask, "task") + " done, " + finished(view, Counts::isContract, "contract")
                + " published";
    }

    private static String finished(PlanView view, Predicate<Task> which, String noun) {
        var all = view.tasks().stream().filter(task -> which.test(task.task())).toList();
        long finished = all.stream()
                .map(task -> task.stage())
                .filter(TaskStage::isFinished)
                .count();
        return finished + " of " + of(all.size(), noun);
    }

    private static boolean isTask(Task task) {
        return task.kind() == Task.Kind.WORK || task.kind() == Task.Kind.RECONCILE;
    }

    private static boolean isContract(Task task) {
        return task.kind() == Task.Kind.CONTRACT;
    }
}
