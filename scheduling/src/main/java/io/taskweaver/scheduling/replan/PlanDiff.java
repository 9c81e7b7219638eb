package io.taskweaver.scheduling.replan;

import io.taskweaver.model.Need;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What leads from one plan to another. Ids are those of the new plan, except where something is gone.
 *
 * @param added tasks that are new
 * @param changed tasks that are there in both, with other fields; a task that was only renumbered counts
 * @param removed tasks of the old plan that are gone
 * @param addedNeeds edges that are new between tasks that are in both plans
 * @param removedNeeds edges that are gone between tasks that are in both plans
 * @param contracts components whose contract is not what it was
 * @param touched tasks that are themselves as they were, but stand on something that is not: what has to be looked at
 *     again
 * @param unchanged how many tasks are the same and untouched
 */
public record PlanDiff(
        List<Task> added,
        List<Changed> changed,
        List<Task> removed,
        List<Edge> addedNeeds,
        List<Edge> removedNeeds,
        List<ContractChange> contracts,
        List<Touched> touched,
        int unchanged) {
    public PlanDiff {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
        addedNeeds = List.copyOf(addedNeeds);
        removedNeeds = List.copyOf(removedNeeds);
        contracts = List.copyOf(contracts);
        touched = List.copyOf(touched);
    }

    /** A task in both plans. */
    public record Changed(Task before, Task after, List<FieldChange> fields) {
        public Changed {
            fields = List.copyOf(fields);
        }

        /** Whether the same work has another id now. */
        public boolean isRenumbered() {
            return !before.id().equals(after.id());
        }

        /** Whether what was done for the old one does not do for the new one. */
        public boolean asksForWork() {
            return fields.stream().anyMatch(change -> change.field().asksForWork());
        }
    }

    /** A need, by the task that has it. */
    public record Edge(TaskId task, Need need) {}

    /** @param operations names of operations that were added, removed or described anew */
    public record ContractChange(
            String component, SortedSet<String> added, SortedSet<String> removed, SortedSet<String> changed) {
        public ContractChange {
            added = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(added));
            removed = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(removed));
            changed = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(changed));
        }

        /** Whether callers can rely on everything that they could rely on: then it has only grown. */
        public boolean breaksCallers() {
            return !removed.isEmpty() || !changed.isEmpty();
        }

        /** Whether a class that implements the interface no longer compiles: it has all of the operations, and no others. */
        public boolean breaksImplementers() {
            return !added.isEmpty() || !removed.isEmpty();
        }
    }

    /**
     * A task that stands on something that changed.
     *
     * @param because what leads to it, nearest first: its own lost or new need, a contract, or a task that it needs
     */
    public record Touched(Task task, String because) {}

    /** Whether the plans say the same. */
    public boolean isEmpty() {
        return added.isEmpty()
                && changed.isEmpty()
                && removed.isEmpty()
                && addedNeeds.isEmpty()
                && removedNeeds.isEmpty()
                && contracts.isEmpty();
    }
}
