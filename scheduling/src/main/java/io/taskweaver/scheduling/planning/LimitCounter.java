package io.taskweaver.scheduling.planning;

import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.Plan;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.effort.Effort;
import io.taskweaver.model.effort.LimitExceeded;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/** Counts what a plan in the making comes to have, and ends it where that is more than {@link SubmissionLimits} allow. */
final class LimitCounter {
    private static final String SPLIT = "Split the documents into several plans.";
    /** What a field or an entry of a list takes besides its text, bytes; ids of events, times and enums are among them. */
    private static final int OVERHEAD = 16;

    private final SubmissionLimits limits;
    private int needs;
    private long characters;

    LimitCounter(SubmissionLimits limits) {
        this.limits = limits;
    }

    /** A need was found, or one thing that a document says about needs. */
    void need() {
        Effort.step();
        if (++needs > limits.needs())
            throw new LimitExceeded(
                    "needs",
                    limits.needs(),
                    "The tasks have too many dependencies",
                    "Let tasks depend on one task for several, or on none: needs are inferred.");
    }

    /** There will be so many nodes. */
    void nodes(int work, int components) {
        if (components > limits.components())
            throw new LimitExceeded(
                    "components",
                    limits.components(),
                    String.format(Locale.ROOT, "The requirements belong to %,d components", components),
                    "Group requirements under fewer headings, or submit separate plans.");
        if (work + components > limits.tasks())
            throw new LimitExceeded(
                    "tasks",
                    limits.tasks(),
                    String.format(
                            Locale.ROOT, "The documents result in %,d tasks, including contracts", work + components),
                    SPLIT);
    }

    /** A task is complete. */
    void task(Task task) {
        Effort.step();
        characters += task.description().length();
        for (var criterion : task.acceptanceCriteria()) characters += criterion.length();
        if (characters > limits.characters())
            throw new LimitExceeded(
                    "characters",
                    limits.characters(),
                    "The tasks have too much text in total, including repeated text of their parents" + " included",
                    "Shorten the descriptions of tasks with subtasks: each subtask repeats them.");
    }

    /** A plan is complete: each of its records has to fit into a message. */
    void plan(Plan plan) {
        var names = new HashMap<TaskId, Integer>();
        long ids = 0;
        for (var task : plan.tasks())
            ids += SubmissionLimits.utf8Length(task.id().value()) + 2;
        fits(ids, "The ids of all tasks, as the end of the plan may name them,");
        for (var task : plan.tasks()) names.put(task.id(), size(task.id().value()) + size(task.title()));
        for (var task : plan.tasks()) {
            Effort.step();
            long bytes = size(task.title()) + size(task.description()) + texts(task.acceptanceCriteria());
            bytes += texts(task.expectedFiles())
                    + texts(task.tags())
                    + texts(task.checks().outputs());
            bytes += texts(task.headings());
            for (var passage : task.passages())
                bytes += size(passage.text()) + size(passage.name()) + texts(passage.section());
            for (var need : task.needs()) bytes += size(need.on().value()) + size(need.because());
            for (var dependent : task.unlocks()) bytes += names.getOrDefault(dependent, 0);
            fits(bytes, "The event about " + task.id() + ", with its needs and dependents,");
        }
        for (var component : plan.components()) fits(bytes(component), "The component " + component.name());
        long bytes = texts(plan.constraints()) + texts(plan.boundaries());
        for (var notice : plan.notices()) bytes += size(notice.message());
        for (var id : plan.criticalPath()) bytes += size(id.value());
        fits(bytes, "The event about the plan, with constraints and critical path,");
    }

    private static long bytes(ComponentSpec component) {
        long bytes = size(component.name()) + size(component.description());
        for (var operation : component.operations())
            bytes += size(operation.name())
                    + size(operation.description())
                    + size(operation.task().value());
        for (var consumer : component.consumers()) bytes += size(consumer.value());
        return bytes;
    }

    private void fits(long bytes, String what) {
        if (bytes > limits.recordBytes())
            throw new LimitExceeded(
                    "record-bytes",
                    limits.recordBytes(),
                    String.format(Locale.ROOT, "%s has %,d bytes, which is too large for a message", what, bytes),
                    SPLIT);
    }

    private static long texts(List<String> texts) {
        long bytes = 0;
        for (var text : texts) bytes += size(text);
        return bytes;
    }

    private static int size(String text) {
        return (int) SubmissionLimits.utf8Length(text) + OVERHEAD;
    }
}
