package io.taskweaver.domain.refine;

import io.taskweaver.domain.plan.Checks;
import io.taskweaver.domain.plan.Need;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.plan.TaskId;
import java.util.List;
import java.util.Optional;

/** A copy of a task in the making; what is not set stays as it was. */
final class TaskEdit {
    private final Task original;
    private TaskId id;
    private String title;
    private String description;
    private List<String> criteria;
    private Optional<String> operation;
    private Task.Priority priority;
    private int minutes;
    private List<Need> needs;
    private List<String> files;
    private Checks checks;
    private List<String> tags;
    private boolean done;

    TaskEdit(Task original) {
        this.original = original;
        this.id = original.id();
        this.title = original.title();
        this.description = original.description();
        this.criteria = original.acceptanceCriteria();
        this.operation = original.operation();
        this.priority = original.priority();
        this.minutes = original.estimateMinutes();
        this.needs = original.needs();
        this.files = original.expectedFiles();
        this.checks = original.checks();
        this.tags = original.tags();
        this.done = original.done();
    }

    /** The task as it was. */
    Task original() {
        return original;
    }

    TaskEdit id(TaskId id) {
        this.id = id;
        return this;
    }

    TaskEdit title(String title) {
        this.title = title;
        return this;
    }

    TaskEdit description(String description) {
        this.description = description;
        return this;
    }

    TaskEdit criteria(List<String> criteria) {
        this.criteria = criteria;
        return this;
    }

    TaskEdit withoutOperation() {
        this.operation = Optional.empty();
        return this;
    }

    TaskEdit finished() {
        this.done = true;
        return this;
    }

    TaskEdit priority(Task.Priority priority) {
        this.priority = priority;
        return this;
    }

    TaskEdit minutes(int minutes) {
        this.minutes = minutes;
        return this;
    }

    TaskEdit needs(List<Need> needs) {
        this.needs = needs;
        return this;
    }

    TaskEdit files(List<String> files) {
        this.files = files;
        return this;
    }

    TaskEdit checks(Checks checks) {
        this.checks = checks;
        return this;
    }

    TaskEdit tags(List<String> tags) {
        this.tags = tags;
        return this;
    }

    Task task() {
        return new Task(
                id,
                original.kind(),
                title,
                description,
                criteria,
                original.component(),
                operation,
                priority,
                minutes,
                needs,
                original.unlocks(),
                original.phase(),
                original.critical(),
                done,
                files,
                checks,
                tags,
                original.source());
    }
}
