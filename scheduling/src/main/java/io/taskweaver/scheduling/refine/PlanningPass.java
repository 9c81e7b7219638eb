package io.taskweaver.scheduling.refine;

import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanChange;
import io.taskweaver.model.Ruling;
import io.taskweaver.model.Rulings;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.Submission;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.planning.Planner;
import io.taskweaver.scheduling.planning.Planning;
import io.taskweaver.scheduling.refine.Answers.Answer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Plans again with what an agent answers. Start reading at {@link #apply}: each answer has to be about something that was
 * asked and has to name its lines, and the plan keeps all that was not asked about: tasks with their ids, and needs that
 * documents state. An answer that breaks a rule is refused, and the others count. The same answers always give the same plan.
 */
public final class PlanningPass {
    private final Submission submission;
    private final Plan before;
    private final List<PlanChange> finished;
    private final Questions questions;
    private final String by;
    private final SourceLines lines;
    private final Map<TaskId, Task> tasks;
    private final Map<Answers.OfStatement, Ruling> held = new LinkedHashMap<>();
    private final List<Outcome> outcomes = new ArrayList<>();

    /** What became of an answer. */
    public sealed interface Outcome {
        Answer answer();

        /** The plan is what it says, and was not before. */
        record Changed(Answer answer) implements Outcome {}

        /** The plan was what it says already. */
        record Confirmed(Answer answer) implements Outcome {}

        /**
         * It breaks a rule.
         *
         * @param reason which, as a sentence
         */
        record Refused(Answer answer, String reason) implements Outcome {}
    }

    /**
     * A plan after an agent was asked.
     *
     * @param submission with what holds of the answers, so that the same plan is made of it again
     * @param changes to make in that plan, what is finished included
     * @param outcomes one for each answer
     */
    public record Refined(Submission submission, List<PlanChange> changes, Plan plan, List<Outcome> outcomes) {
        public Refined {
            changes = List.copyOf(changes);
            outcomes = List.copyOf(outcomes);
        }
    }

    private PlanningPass(
            Submission submission, Plan before, List<PlanChange> finished, Questions questions, String by) {
        this.submission = submission;
        this.before = before;
        this.finished = List.copyOf(finished);
        this.questions = questions;
        this.by = by;
        lines = new SourceLines(submission.documents());
        tasks = before.tasks().stream().collect(Collectors.toMap(Task::id, task -> task));
    }

    /**
     * Applies answers.
     *
     * @param plan of the submission, with what is finished
     * @param finished changes that mark what is finished
     * @param by name of the agent
     */
    public static Refined apply(
            Submission submission,
            Plan plan,
            List<PlanChange> finished,
            Questions questions,
            Answers answers,
            String by) {
        return new PlanningPass(submission, plan, finished, questions, by).apply(answers);
    }

    private Refined apply(Answers answers) {
        hold(List.copyOf(rulings(answers).entrySet()));
        var ruled = submission.with(new Rulings(by, List.copyOf(held.values())));
        var planned = planned(held.values()).orElseThrow();
        for (var answer : held.keySet()) outcomes.add(outcome(answer));
        var changes = new ArrayList<>(finished);
        changes.addAll(titles());
        changes.addAll(
                new NeedAnswers(questions, Refinery.refine(planned, changes).plan(), tasks, lines, outcomes)
                        .changes(answers.needs()));
        var refined = Refinery.refine(planned, changes);
        return new Refined(ruled, refined.accepted(), refined.plan(), inOrder(answers));
    }

    private List<Outcome> inOrder(Answers answers) {
        var places = new HashMap<Answer, Integer>();
        for (var answer : answers.statements()) places.putIfAbsent(answer, places.size());
        for (var answer : answers.needs()) places.putIfAbsent(answer, places.size());
        return outcomes.stream()
                .sorted(Comparator.comparingInt(outcome -> places.getOrDefault(outcome.answer(), 0)))
                .toList();
    }

    private Outcome outcome(Answers.OfStatement answer) {
        boolean planned =
                question(answer.source()).flatMap(Questions.OfStatement::task).isPresent();
        boolean same = planned ? answer.is() == Ruling.Kind.WORK : answer.is() == Ruling.Kind.CONTEXT;
        return same && answer.title().isEmpty() ? new Outcome.Confirmed(answer) : new Outcome.Changed(answer);
    }

    /** The rulings of the answers about statements that break no rule by themselves. */
    private Map<Answers.OfStatement, Ruling> rulings(Answers answers) {
        var rulings = new LinkedHashMap<Answers.OfStatement, Ruling>();
        var ruled = new HashSet<SourceSpan>();
        for (var answer : answers.statements()) {
            var refusal = refusal(answer, ruled);
            if (refusal.isPresent()) outcomes.add(new Outcome.Refused(answer, refusal.get()));
            else rulings.put(answer, ruling(answer));
        }
        return rulings;
    }

    private Optional<Questions.OfStatement> question(SourceSpan source) {
        return questions.statements().stream()
                .filter(question -> SourceLines.contains(question.at(), source))
                .findFirst();
    }

    private Ruling ruling(Answers.OfStatement answer) {
        var at = question(answer.source()).orElseThrow().at();
        // A task that is there keeps its id, which may be made of its title; the plan changes that afterwards.
        var title = made(at).isEmpty() ? answer.title() : Optional.<String>empty();
        return new Ruling(at, answer.is(), title, answer.of().flatMap(this::source), answer.because());
    }

    private Optional<SourceSpan> source(TaskId id) {
        return Optional.ofNullable(tasks.get(id)).flatMap(Task::source);
    }

    /** The tasks that were made of a statement. */
    private List<TaskId> made(SourceSpan at) {
        return before.tasks().stream()
                .filter(task -> task.source().filter(at::equals).isPresent())
                .map(Task::id)
                .toList();
    }

    private List<PlanChange> titles() {
        var titles = new ArrayList<PlanChange>();
        held.forEach((answer, ruling) -> answer.title()
                .ifPresent(title ->
                        made(ruling.at()).forEach(task -> titles.add(new PlanChange.RetitleTask(task, title)))));
        return titles;
    }

    private Optional<String> refusal(Answers.OfStatement answer, Set<SourceSpan> ruled) {
        var unknown = lines.unknown(answer.source());
        if (unknown.isPresent()) return unknown;
        var question = question(answer.source());
        if (question.isEmpty()) return Optional.of(answer.source() + " was not asked about.");
        if (answer.is() != Ruling.Kind.WORK) {
            var stated = statedNeed(question.get().at());
            if (stated.isPresent()) return stated;
        }
        if (answer.title().isPresent() && made(question.get().at()).size() > 1)
            return Optional.of("Several tasks were made of it, which cannot have one title.");
        if (answer.is() == Ruling.Kind.PART) {
            var misplaced = misplaced(question.get(), answer);
            if (misplaced.isPresent()) return misplaced;
        }
        return ruled.add(question.get().at())
                ? Optional.empty()
                : Optional.of("There is another answer for these lines before.");
    }

    /** Why a statement is no part of a task. */
    private Optional<String> misplaced(Questions.OfStatement question, Answers.OfStatement answer) {
        var id = answer.of().orElseThrow();
        var whole = Optional.ofNullable(tasks.get(id)).filter(task -> task.kind() == Task.Kind.WORK);
        if (whole.isEmpty()) return Optional.of("There is no task " + id + ".");
        if (whole.get().done()) return Optional.of(id + " is done and cannot be changed.");
        var source = whole.get().source();
        if (source.isEmpty() || !source.get().path().equals(question.at().path()))
            return Optional.of(id + " is not stated in " + question.at().path() + ".");
        return source.get().equals(question.at())
                ? Optional.of("A statement cannot be a part of itself.")
                : Optional.empty();
    }

    /** A need of what was made of a statement, or on it, that a document states. */
    private Optional<String> statedNeed(SourceSpan at) {
        var made = made(at);
        for (var task : before.tasks())
            for (var need : task.needs())
                if (need.reason() == Need.Reason.EXPLICIT && (made.contains(task.id()) || made.contains(need.on())))
                    return Optional.of("The document says that " + task.id() + " needs " + need.on() + ".");
        return Optional.empty();
    }

    /** Holds rulings of which the plan keeps all that was not asked about: all together, else as many as do. */
    private void hold(List<Map.Entry<Answers.OfStatement, Ruling>> some) {
        if (some.isEmpty()) return;
        var tried = new ArrayList<>(held.values());
        some.forEach(entry -> tried.add(entry.getValue()));
        var broken = broken(tried);
        if (broken.isEmpty()) some.forEach(entry -> held.put(entry.getKey(), entry.getValue()));
        else if (some.size() == 1)
            outcomes.add(new Outcome.Refused(some.getFirst().getKey(), broken.get()));
        else {
            hold(some.subList(0, some.size() / 2));
            hold(some.subList(some.size() / 2, some.size()));
        }
    }

    private Optional<Plan> planned(Collection<Ruling> rulings) {
        return Planner.plan(submission.with(new Rulings(by, List.copyOf(rulings))))
                        instanceof Planning.Planned(var plan)
                ? Optional.of(plan)
                : Optional.empty();
    }

    /** What rulings break of the plan, as a sentence. */
    private Optional<String> broken(Collection<Ruling> rulings) {
        var after = planned(rulings);
        if (after.isEmpty()) return Optional.of("There would be no plan.");
        var planned = after.get().tasks().stream()
                .flatMap(task -> task.source().stream())
                .collect(Collectors.toSet());
        for (var ruling : rulings)
            if (ruling.of().filter(whole -> !planned.contains(whole)).isPresent())
                return Optional.of("What " + ruling.at() + " would be a part of is not planned.");
        var ruled = rulings.stream().map(Ruling::at).collect(Collectors.toSet());
        Map<TaskId, Task> now = after.get().tasks().stream().collect(Collectors.toMap(Task::id, task -> task));
        for (var task : before.tasks()) {
            if (task.kind() == Task.Kind.CONTRACT
                    || task.source().filter(ruled::contains).isPresent()) continue;
            var kept = now.get(task.id());
            if (kept == null) return Optional.of(task.id() + " would be lost, about which nothing was asked.");
            var needs = kept.needs().stream().map(Need::on).collect(Collectors.toSet());
            for (var need : task.needs())
                if (need.reason() == Need.Reason.EXPLICIT && !needs.contains(need.on()))
                    return Optional.of(
                            "The need of " + task.id() + " for " + need.on() + " would be lost, which is stated.");
        }
        return Optional.empty();
    }
}
