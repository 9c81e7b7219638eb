package io.taskweaver.client.replan;

import io.taskweaver.model.CodeFile;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanChange;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.Submission;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.planning.PlanIds;
import io.taskweaver.scheduling.replan.Comparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A new plan that goes on from an earlier run: what that run merged and the documents have not changed stays finished,
 * its files are the code that the rest builds on.
 *
 * @param plan id of the new plan: that of the earlier one if it is the same plan, to be gone on with
 * @param finished changes that mark tasks as finished, each after those that it needs
 * @param code the code base with the files that the earlier run made
 * @param merged files of the earlier run, if the plan continues it
 * @param replaced files of the code base that differ from what the earlier run made of them, and are taken from that
 */
public record Continuation(
        PlanId plan, List<PlanChange> finished, List<CodeFile> code, List<CodeFile> merged, List<String> replaced) {
    public Continuation {
        finished = List.copyOf(finished);
        code = List.copyOf(code);
        merged = List.copyOf(merged);
        replaced = List.copyOf(replaced);
    }

    /**
     * Finds out what stays.
     *
     * @param submission what is handed in now; its id is that of a plan from nothing
     * @param fresh its plan from nothing
     * @param anew whether it is to be another plan even if the earlier one is the same
     */
    public static Continuation of(EarlierRun earlier, Submission submission, Plan fresh, boolean anew) {
        var before = earlier.plan();
        var goneOn = inOrder(fresh, before.finishedBefore());
        boolean isSame = !anew && before.plan().id().equals(id(submission.plan(), goneOn));
        var finished = isSame ? goneOn : inOrder(fresh, Comparison.finished(before.plan(), fresh, before.merged()));
        var because = "merged by " + before.plan().id();
        var changes = new ArrayList<PlanChange>();
        for (var task : finished) changes.add(new PlanChange.FinishTask(task, because));
        if (finished.isEmpty())
            return new Continuation(submission.plan(), changes, submission.code(), List.of(), List.of());
        var replaced = new ArrayList<String>();
        var code = overlaid(submission.code(), earlier.merged(), replaced);
        return new Continuation(id(submission.plan(), finished), changes, code, earlier.merged(), replaced);
    }

    private static PlanId id(PlanId fromNothing, Set<TaskId> finished) {
        return finished.isEmpty() ? fromNothing : PlanIds.continued(fromNothing, finished);
    }

    private static Set<TaskId> inOrder(Plan plan, Set<TaskId> which) {
        var ordered = new LinkedHashSet<TaskId>();
        for (var task : plan.tasks()) if (which.contains(task.id())) ordered.add(task.id());
        return ordered;
    }

    private static List<CodeFile> overlaid(List<CodeFile> code, List<CodeFile> merged, List<String> replaced) {
        Map<String, CodeFile> files = new LinkedHashMap<>();
        code.forEach(file -> files.put(file.path(), file));
        for (var file : merged) {
            var there = files.put(file.path(), file);
            if (there != null && !there.content().equals(file.content())) replaced.add(file.path());
        }
        return List.copyOf(files.values());
    }
}
