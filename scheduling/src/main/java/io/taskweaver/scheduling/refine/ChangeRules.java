package io.taskweaver.scheduling.refine;

import io.taskweaver.model.Need;
import io.taskweaver.model.PlanChange;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Which changes hold: the rules that every plan keeps, whoever changes it. */
final class ChangeRules {
    /** A task that takes longer is no task but a project: a working day. */
    private static final int MOST_MINUTES = 480;

    private static final int LONGEST_TITLE = 200;
    private static final int MOST_PARTS = 20;

    private final PlanDraft draft;

    private ChangeRules(PlanDraft draft) {
        this.draft = draft;
    }

    /** The rule that a change breaks, as a sentence; empty if it holds. */
    static Optional<String> refusal(PlanDraft draft, PlanChange change) {
        return new ChangeRules(draft).refusal(change);
    }

    private Optional<String> refusal(PlanChange change) {
        return fixed(change.task()).or(() -> switch (change) {
            case PlanChange.AddNeed add -> addNeed(add);
            case PlanChange.DropNeed drop -> dropNeed(drop);
            case PlanChange.SplitTask split -> split(split);
            case PlanChange.MergeTasks merge -> merge(merge);
            case PlanChange.RetitleTask(var task, var title) -> title(title);
            case PlanChange.ReestimateTask(var task, var minutes) -> minutes(minutes);
            case PlanChange.ReprioritiseTask reprioritise -> Optional.empty();
            case PlanChange.AddCriterion(var task, var criterion) ->
                draft.task(task)
                        .filter(found -> found.acceptanceCriteria().contains(criterion))
                        .map(found -> "It already has this criterion.");
            case PlanChange.FinishTask(var task, var because) -> finish(task);
        });
    }

    /** Why a task is none to change. */
    private Optional<String> fixed(TaskId id) {
        var task = draft.task(id);
        if (task.isEmpty()) return Optional.of("There is no task " + id + ".");
        if (task.get().kind() == Task.Kind.CONTRACT) return Optional.of(id + " is a contract, not work.");
        if (task.get().done()) return Optional.of(id + " is done and cannot be changed.");
        return Optional.empty();
    }

    /** What is finished stands on finished work alone. */
    private Optional<String> finish(TaskId task) {
        return draft.needs(task).stream()
                .filter(need -> need.kind() == Need.Kind.RESULT)
                .map(Need::on)
                .filter(on -> !draft.task(on).map(Task::done).orElse(false))
                .findFirst()
                .map(on -> "It waits for " + on + ", which is not done.");
    }

    private Optional<String> addNeed(PlanChange.AddNeed add) {
        if (add.on().equals(add.task())) return Optional.of("A task cannot need itself.");
        var refusal = fixed(add.on());
        if (refusal.isPresent()) return refusal;
        if (needs(add.task(), add.on()).stream().anyMatch(need -> need.kind() == Need.Kind.RESULT))
            return Optional.of("It already needs that.");
        return reaches(add.on(), add.task()::equals)
                ? Optional.of(add.on() + " waits for " + add.task() + ", directly or indirectly.")
                : Optional.empty();
    }

    private Optional<String> dropNeed(PlanChange.DropNeed drop) {
        var needs = needs(drop.task(), drop.on());
        if (needs.isEmpty()) return Optional.of("It does not need that.");
        for (var need : needs) {
            if (need.reason() == Need.Reason.EXPLICIT)
                return Optional.of("The document says so: " + need.because() + ".");
            if (need.reason() == Need.Reason.CONTRACT) return Optional.of("It implements that contract.");
        }
        return Optional.empty();
    }

    private Optional<String> split(PlanChange.SplitTask split) {
        if (split.parts().size() > MOST_PARTS) return Optional.of("More than " + MOST_PARTS + " parts are too many.");
        var missing = new ArrayList<>(
                draft.task(split.task()).map(Task::acceptanceCriteria).orElse(List.of()));
        for (var part : split.parts()) {
            var refusal = title(part.title()).or(() -> minutes(part.minutes()));
            if (refusal.isPresent()) return refusal;
            for (var criterion : part.criteria())
                if (!missing.remove(criterion)) return Optional.of("It has no remaining criterion: " + criterion);
        }
        return missing.isEmpty() ? Optional.empty() : Optional.of("No part has its criterion: " + missing.getFirst());
    }

    private Optional<String> merge(PlanChange.MergeTasks merge) {
        var members = new HashSet<>(merge.others());
        members.add(merge.task());
        int minutes = 0;
        for (var member : members) {
            var refusal = fixed(member);
            if (refusal.isPresent()) return refusal;
            minutes += draft.task(member).map(Task::estimateMinutes).orElse(0);
        }
        for (var other : merge.others())
            if (draft.task(other).flatMap(Task::operation).isPresent())
                return Optional.of(other + " implements an operation of a contract, which needs a task of its own.");
        for (var member : members)
            for (var need : draft.needs(member))
                if (members.contains(need.on()) && need.reason() == Need.Reason.EXPLICIT)
                    return Optional.of("The document says that " + member + " waits for " + need.on() + ".");
        if (minutes > MOST_MINUTES) return minutes(minutes);
        return loops(members)
                ? Optional.of("Another task needs one of them, and is needed by another of them.")
                : Optional.empty();
    }

    /** Whether a way leads out of a set of tasks and back in: as one task they would wait for themselves. */
    private boolean loops(Set<TaskId> members) {
        for (var member : members)
            for (var need : draft.needs(member))
                if (!members.contains(need.on()) && reaches(need.on(), members::contains)) return true;
        return false;
    }

    private List<Need> needs(TaskId task, TaskId on) {
        return draft.needs(task).stream().filter(need -> need.on().equals(on)).toList();
    }

    /** Whether a task is one that is looked for, or waits for one, directly or not. */
    private boolean reaches(TaskId from, Predicate<TaskId> wanted) {
        var seen = new HashSet<TaskId>(Set.of(from));
        var queue = new ArrayDeque<TaskId>(List.of(from));
        while (!queue.isEmpty()) {
            var task = queue.remove();
            if (wanted.test(task)) return true;
            for (var need : draft.needs(task)) if (seen.add(need.on())) queue.add(need.on());
        }
        return false;
    }

    private static Optional<String> title(String title) {
        if (title.length() > LONGEST_TITLE || title.lines().count() > 1)
            return Optional.of("A title is one line of at most " + LONGEST_TITLE + " characters.");
        return Optional.empty();
    }

    private static Optional<String> minutes(int minutes) {
        return minutes > MOST_MINUTES
                ? Optional.of(minutes + " min exceed the maximum of a task: " + MOST_MINUTES + ".")
                : Optional.empty();
    }
}
