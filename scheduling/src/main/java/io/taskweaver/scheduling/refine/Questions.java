package io.taskweaver.scheduling.refine;

import io.taskweaver.model.Document;
import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.Submission;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.requirements.analysis.Analyst;
import io.taskweaver.requirements.analysis.UnsureStatement;
import io.taskweaver.requirements.tasks.TaskCsv;
import io.taskweaver.scheduling.inference.UnsurePairs;
import io.taskweaver.scheduling.planning.Planner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the rules are unsure of in a plan, and nothing else: this is what an agent is asked. Pure.
 *
 * @param statements in document order
 * @param needs in the order of the plan
 * @param leftOut how many more there are than an agent is asked
 */
public record Questions(List<OfStatement> statements, List<OfNeed> needs, int leftOut) {
    /** Most questions of each kind; the least sure are asked. */
    public static final int MOST = 60;

    /**
     * Whether a statement asks for work.
     *
     * @param task what the rules make of it; empty if it is set aside
     */
    public record OfStatement(UnsureStatement statement, Optional<TaskId> task) {
        public SourceSpan at() {
            return statement.at();
        }
    }

    /**
     * Whether a task needs another.
     *
     * @param planned whether the plan has the need
     */
    public record OfNeed(TaskId task, TaskId on, boolean planned, double confidence, String because) {}

    public Questions {
        statements = List.copyOf(statements);
        needs = List.copyOf(needs);
    }

    /** What is unsure of the plan that a submission became. */
    public static Questions of(Submission submission, Plan plan) {
        var statements = statements(submission, plan);
        var needs = needs(submission, plan);
        var asked =
                unsurest(statements, question -> distance(question.statement().sureness()));
        var askedNeeds = unsurest(needs, question -> distance(question.confidence()));
        return new Questions(asked, askedNeeds, statements.size() - asked.size() + needs.size() - askedNeeds.size());
    }

    public boolean isEmpty() {
        return statements.isEmpty() && needs.isEmpty();
    }

    private static double distance(double probability) {
        return Math.abs(probability - 0.5);
    }

    /** Those that are closest to a guess, in their order. */
    private static <Q> List<Q> unsurest(List<Q> questions, Function<Q, Double> distance) {
        if (questions.size() <= MOST) return questions;
        var places = new ArrayList<Integer>();
        for (int i = 0; i < questions.size(); i++) places.add(i);
        places.sort(Comparator.comparing((Integer i) -> distance.apply(questions.get(i)))
                .thenComparing(Comparator.naturalOrder()));
        return places.subList(0, MOST).stream().sorted().map(questions::get).toList();
    }

    private static List<OfStatement> statements(Submission submission, Plan plan) {
        var taskAt = new HashMap<SourceSpan, TaskId>();
        for (var task : plan.tasks()) task.source().ifPresent(at -> taskAt.putIfAbsent(at, task.id()));
        return submission.documents().stream()
                .filter(document -> !TaskCsv.isTaskList(document.content()))
                .flatMap(document -> unsure(document).stream())
                .map(statement -> new OfStatement(statement, Optional.ofNullable(taskAt.get(statement.at()))))
                .toList();
    }

    private static List<UnsureStatement> unsure(Document document) {
        return Analyst.unsure(document);
    }

    private static List<OfNeed> needs(Submission submission, Plan plan) {
        Map<TaskId, Task> tasks = plan.tasks().stream().collect(Collectors.toMap(Task::id, task -> task));
        var possible = Planner.possibleNeeds(submission).stream()
                .map(need -> new OfNeed(need.task(), need.on(), false, need.confidence(), need.because()))
                .collect(Collectors.groupingBy(OfNeed::task));
        var needs = new ArrayList<OfNeed>();
        for (var task : plan.tasks()) {
            if (task.done()) continue;
            for (var need : task.needs())
                if (isUnsure(need) && isOpen(tasks, need.on()))
                    needs.add(new OfNeed(task.id(), need.on(), true, need.confidence(), need.because()));
            for (var need : possible.getOrDefault(task.id(), List.of()))
                if (isOpen(tasks, need.on()) && !has(task, need.on())) needs.add(need);
        }
        return needs;
    }

    private static boolean isOpen(Map<TaskId, Task> tasks, TaskId id) {
        return Optional.ofNullable(tasks.get(id)).filter(task -> !task.done()).isPresent();
    }

    private static boolean has(Task task, TaskId on) {
        return task.needs().stream().anyMatch(need -> need.on().equals(on));
    }

    private static boolean isUnsure(Need need) {
        return switch (need.reason()) {
            case EXPLICIT, CONTRACT, RECONCILE, REFINED -> false;
            case MENTION, LAYER, DEFINITION, FILE, WORDS, ORDER -> need.confidence() < UnsurePairs.SURE;
        };
    }
}
