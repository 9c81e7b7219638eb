package io.taskweaver.planner;

import io.taskweaver.domain.plan.Notice;
import io.taskweaver.domain.plan.Plan;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.PlanOptions;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.plan.TaskId;
import java.time.Instant;
import java.util.List;

/**
 * What is said of a plan besides its nodes; it never changes.
 *
 * @param createdAt when the plan was made
 * @param causationId event that handed the submission in
 * @param workCount work nodes, done ones included
 * @param doneCount work nodes that the document says are done
 * @param firstPhaseWidth work nodes that may run at once in phase 1
 */
record PlanSummary(
        PlanId id,
        String title,
        Instant createdAt,
        String causationId,
        int contractCount,
        int workCount,
        int doneCount,
        int phaseCount,
        int firstPhaseWidth,
        List<TaskId> criticalPath,
        int criticalPathMinutes,
        int totalMinutes,
        List<String> constraints,
        List<String> boundaries,
        List<Notice> notices,
        PlanOptions options) {

    static PlanSummary of(Plan plan, Instant createdAt, String causationId) {
        int contracts = 0;
        int done = 0;
        for (var task : plan.tasks()) {
            if (task.kind() == Task.Kind.CONTRACT) contracts++;
            else if (task.done()) done++;
        }
        return new PlanSummary(
                plan.id(),
                plan.title(),
                createdAt,
                causationId,
                contracts,
                plan.tasks().size() - contracts,
                done,
                plan.phases().size(),
                plan.phases().isEmpty() ? 0 : plan.phases().getFirst().size(),
                plan.criticalPath(),
                plan.criticalPathMinutes(),
                plan.totalMinutes(),
                plan.constraints(),
                plan.boundaries(),
                plan.notices(),
                plan.options());
    }
}
