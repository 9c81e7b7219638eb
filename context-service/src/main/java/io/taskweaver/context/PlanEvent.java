package io.taskweaver.context;

import io.taskweaver.domain.context.FileChange;
import io.taskweaver.domain.contract.Contract;
import io.taskweaver.domain.document.CodeFile;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.TaskId;
import java.util.List;

/** What the context service hears about a plan. */
sealed interface PlanEvent {
    PlanId plan();

    /**
     * A plan is asked for.
     *
     * @param code text files of the existing code base
     */
    record Submitted(PlanId plan, List<CodeFile> code) implements PlanEvent {
        public Submitted {
            code = List.copyOf(code);
        }
    }

    /** The plan is made. */
    record Created(PlanId plan, Brief brief) implements PlanEvent {}

    /** One node of it. */
    record Planned(PlanId plan, PlannedTask task) implements PlanEvent {}

    /**
     * A contract is there.
     *
     * @param node contract node that it satisfies
     */
    record Published(PlanId plan, TaskId node, Contract contract) implements PlanEvent {}

    /**
     * An attempt succeeded.
     *
     * @param eventId id of the event that says so
     */
    record Completed(PlanId plan, String eventId, TaskId task, int attempt, List<FileChange> changes)
            implements PlanEvent {
        public Completed {
            changes = List.copyOf(changes);
        }
    }
}
