package io.taskweaver.scheduling.refine;

import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanChange;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.refine.PlanningPass.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The changes that answers about needs make in a plan, each held against the rules. */
final class NeedAnswers {
    private record Pair(TaskId task, TaskId on) {}

    private final Questions questions;
    private final Map<TaskId, Task> tasks;
    private final SourceLines lines;
    private final List<Outcome> outcomes;
    private final Set<Pair> answered = new HashSet<>();
    private final List<PlanChange> changes = new ArrayList<>();
    private PlanDraft draft;

    /**
     * @param plan with what was answered about statements
     * @param tasks of the plan that was asked about
     * @param outcomes receives what becomes of each answer
     */
    NeedAnswers(Questions questions, Plan plan, Map<TaskId, Task> tasks, SourceLines lines, List<Outcome> outcomes) {
        this.questions = questions;
        this.tasks = tasks;
        this.lines = lines;
        this.outcomes = outcomes;
        draft = new PlanDraft(plan);
    }

    List<PlanChange> changes(List<Answers.OfNeed> answers) {
        var allowed = new ArrayList<Answers.OfNeed>();
        for (var answer : answers) {
            var refusal = refusal(answer);
            if (refusal.isPresent()) outcomes.add(new Outcome.Refused(answer, refusal.get()));
            else allowed.add(answer);
        }
        // What goes first makes room: a need may close a circle only with one that does not hold.
        allowed.sort(Comparator.comparing(answer -> answer.verdict() != Answers.Verdict.NOT_NEEDED));
        for (var answer : allowed) outcomes.add(outcome(answer));
        return changes;
    }

    private Outcome outcome(Answers.OfNeed answer) {
        var wanted = wanted(answer);
        if (wanted.isEmpty()) return new Outcome.Confirmed(answer);
        var tried = draft.copy();
        for (var change : wanted) {
            var broken = ChangeRules.refusal(tried, change);
            if (broken.isPresent()) return new Outcome.Refused(answer, broken.get());
            tried.apply(change);
        }
        draft = tried;
        changes.addAll(wanted);
        return new Outcome.Changed(answer);
    }

    private Optional<String> refusal(Answers.OfNeed answer) {
        boolean asked = questions.needs().stream()
                .anyMatch(question ->
                        question.task().equals(answer.task()) && question.on().equals(answer.on()));
        if (!asked) return Optional.of("Whether " + answer.task() + " needs " + answer.on() + " was not asked.");
        for (var source : answer.sources()) {
            var unknown = lines.unknown(source);
            if (unknown.isPresent()) return unknown;
            if (!isOf(source, answer.task()) && !isOf(source, answer.on()))
                return Optional.of(source + " is neither of " + answer.task() + " nor of " + answer.on() + ".");
        }
        return answered.add(new Pair(answer.task(), answer.on()))
                ? Optional.empty()
                : Optional.of("There is another answer for this need before.");
    }

    private boolean isOf(SourceSpan source, TaskId id) {
        return Optional.ofNullable(tasks.get(id))
                .flatMap(Task::source)
                .filter(at -> SourceLines.overlap(at, source))
                .isPresent();
    }

    /** What is to be changed for an answer to hold; nothing if it does. */
    private List<PlanChange> wanted(Answers.OfNeed answer) {
        var because = because(answer);
        var add = new PlanChange.AddNeed(answer.task(), answer.on(), because);
        var drop = new PlanChange.DropNeed(answer.task(), answer.on(), because);
        boolean has = has(answer.task(), answer.on());
        return switch (answer.verdict()) {
            case NEEDED -> has ? List.of() : List.of(add);
            case NOT_NEEDED -> has ? List.of(drop) : List.of();
            case REVERSED -> {
                var other = new PlanChange.AddNeed(answer.on(), answer.task(), because);
                if (!has) yield has(answer.on(), answer.task()) ? List.of() : List.of(other);
                yield List.of(drop, other);
            }
        };
    }

    /** The reason with its lines, so that a reader of the plan finds them. */
    private static String because(Answers.OfNeed answer) {
        return answer.because() + ", "
                + answer.sources().stream().map(SourceSpan::toString).collect(Collectors.joining(", "));
    }

    private boolean has(TaskId task, TaskId on) {
        return draft.needs(task).stream().anyMatch(need -> need.on().equals(on));
    }
}
