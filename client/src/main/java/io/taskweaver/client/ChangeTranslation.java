package io.taskweaver.client;

import io.taskweaver.domain.refine.PlanChange;
import io.taskweaver.events.AddCriterion;
import io.taskweaver.events.AddNeed;
import io.taskweaver.events.DropNeed;
import io.taskweaver.events.FinishTask;
import io.taskweaver.events.MergeTasks;
import io.taskweaver.events.ReestimateTask;
import io.taskweaver.events.ReprioritiseTask;
import io.taskweaver.events.RetitleTask;
import io.taskweaver.events.SplitTask;
import io.taskweaver.events.TaskPart;
import io.taskweaver.events.TaskPriority;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Changes of plans as submissions carry them. */
final class ChangeTranslation {
    private ChangeTranslation() {}

    /** Avro makes a list of a union's branches a list of objects. */
    static List<Object> events(List<PlanChange> changes) {
        return changes.stream().<Object>map(ChangeTranslation::event).toList();
    }

    private static SpecificRecord event(PlanChange change) {
        var task = change.task().value();
        return switch (change) {
            case PlanChange.AddNeed add -> new AddNeed(task, add.on().value(), add.because());
            case PlanChange.DropNeed drop -> new DropNeed(task, drop.on().value(), drop.because());
            case PlanChange.SplitTask split ->
                new SplitTask(
                        task,
                        split.parts().stream()
                                .map(part ->
                                        new TaskPart(part.title(), part.description(), part.criteria(), part.minutes()))
                                .toList());
            case PlanChange.MergeTasks merge ->
                new MergeTasks(
                        task,
                        merge.others().stream().map(other -> other.value()).toList());
            case PlanChange.RetitleTask retitle -> new RetitleTask(task, retitle.title());
            case PlanChange.ReestimateTask estimate -> new ReestimateTask(task, estimate.minutes());
            case PlanChange.ReprioritiseTask importance ->
                new ReprioritiseTask(
                        task, TaskPriority.valueOf(importance.priority().name()));
            case PlanChange.AddCriterion add -> new AddCriterion(task, add.criterion());
            case PlanChange.FinishTask finish -> new FinishTask(task, finish.because());
        };
    }
}
