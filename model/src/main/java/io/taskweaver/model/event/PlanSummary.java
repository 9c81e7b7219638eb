package io.taskweaver.model.event;

import io.taskweaver.model.Notice;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import java.util.List;

/**
 * The attributes of a plan besides its nodes. Only its options can change.
 *
 * @param workCount work nodes, done ones included
 * @param doneCount work nodes that the document says are done
 * @param firstPhaseWidth work nodes that may run at once in phase 1
 * @param criticalPath nodes on the longest path, first to last
 * @param totalMinutes estimate of all nodes that are not done
 * @param constraints statements that bind every task
 * @param boundaries what must not be done
 */
public record PlanSummary(
        String title,
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
    public PlanSummary {
        criticalPath = List.copyOf(criticalPath);
        constraints = List.copyOf(constraints);
        boundaries = List.copyOf(boundaries);
        notices = List.copyOf(notices);
    }

    /** The same, of a plan whose options were changed. */
    PlanSummary with(PlanOptions changed) {
        return new PlanSummary(
                title,
                contractCount,
                workCount,
                doneCount,
                phaseCount,
                firstPhaseWidth,
                criticalPath,
                criticalPathMinutes,
                totalMinutes,
                constraints,
                boundaries,
                notices,
                changed);
    }

    public static PlanSummary of(Plan plan) {
        int contracts = 0;
        int done = 0;
        for (var task : plan.tasks()) {
            if (task.kind() == Task.Kind.CONTRACT) contracts++;
            else if (task.done()) done++;
        }
        return new PlanSummary(
                plan.title(),
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
