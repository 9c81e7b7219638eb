package io.taskweaver.scheduling.planning;

import io.taskweaver.model.Plan;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.requirements.tasks.TaskDraft;
import io.taskweaver.requirements.tasks.TaskEntry;
import io.taskweaver.requirements.tasks.TaskList;
import io.taskweaver.requirements.tasks.TaskListBuilder;
import io.taskweaver.requirements.tasks.TaskPriority;
import io.taskweaver.requirements.tasks.TaskStatus;
import java.util.Map;
import java.util.Optional;

/** A plan as a list of tasks: contracts among them, in the plan's order. */
public final class TaskLists {
    private TaskLists() {}

    /** The tasks of a plan that was not run: they are done as far as the documents say so. */
    public static TaskList of(Plan plan) {
        return of(plan, Map.of());
    }

    /** The tasks of a plan, with the states that are known of them. */
    public static TaskList of(Plan plan, Map<TaskId, TaskStatus> states) {
        var builder = new TaskListBuilder().title(plan.title());
        plan.tasks().forEach(task -> builder.add(draft(task, states)));
        plan.constraints().forEach(builder::constraint);
        plan.boundaries().forEach(builder::boundary);
        return builder.build().list();
    }

    private static TaskDraft draft(Task task, Map<TaskId, TaskStatus> states) {
        var otherwise = task.done() ? TaskStatus.DONE : TaskStatus.PENDING;
        var draft = new TaskDraft(task.id().value(), task.title());
        draft.entry()
                .kind(task.kind() == Task.Kind.CONTRACT ? TaskEntry.Kind.CONTRACT : TaskEntry.Kind.WORK)
                .description(task.description())
                .criteria(task.acceptanceCriteria())
                .priority(priority(task.priority()))
                .phase(task.phase())
                .status(states.getOrDefault(task.id(), otherwise))
                .tags(task.tags())
                .minutes(task.estimateMinutes())
                .component(task.component())
                .operation(task.operation())
                .files(task.expectedFiles())
                .verify(task.checks().command())
                .outputs(task.checks().outputs())
                .section(String.join(" > ", task.headings()))
                .passages(task.passages())
                .source(task.source());
        task.needs().forEach(need -> draft.dependsOn(need.on().value(), Optional.empty()));
        return draft;
    }

    private static TaskPriority priority(Task.Priority priority) {
        return switch (priority) {
            case CRITICAL -> TaskPriority.CRITICAL;
            case HIGH -> TaskPriority.HIGH;
            case MEDIUM -> TaskPriority.MEDIUM;
            case LOW -> TaskPriority.LOW;
        };
    }
}
