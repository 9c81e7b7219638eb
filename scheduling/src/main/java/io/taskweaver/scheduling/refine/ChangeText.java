package io.taskweaver.scheduling.refine;

import io.taskweaver.model.PlanChange;
import io.taskweaver.model.TaskId;
import java.util.Locale;
import java.util.stream.Collectors;

/** Changes in words, for people. */
public final class ChangeText {
    private ChangeText() {}

    /** A change as a clause, e.g. {@code FR-002 waits for FR-001 (it needs its table)}. */
    public static String of(PlanChange change) {
        return switch (change) {
            case PlanChange.AddNeed(var task, var on, var because) -> task + " waits for " + on + " (" + because + ")";
            case PlanChange.DropNeed(var task, var on, var because) ->
                task + " does not wait for " + on + " (" + because + ")";
            case PlanChange.SplitTask(var task, var parts) ->
                task + " becomes "
                        + parts.stream().map(part -> "'" + part.title() + "'").collect(Collectors.joining(", "));
            case PlanChange.MergeTasks(var task, var others) ->
                task + " is merged with " + others.stream().map(TaskId::value).collect(Collectors.joining(", "));
            case PlanChange.RetitleTask(var task, var title) -> task + " gets the title '" + title + "'";
            case PlanChange.ReestimateTask(var task, var minutes) -> task + " takes " + minutes + " min";
            case PlanChange.ReprioritiseTask(var task, var priority) ->
                task + " has priority " + priority.name().toLowerCase(Locale.ROOT);
            case PlanChange.AddCriterion(var task, var criterion) -> task + " gets the criterion: " + criterion;
            case PlanChange.FinishTask(var task, var because) -> task + " is finished (" + because + ")";
        };
    }
}
