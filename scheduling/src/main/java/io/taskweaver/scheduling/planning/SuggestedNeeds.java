package io.taskweaver.scheduling.planning;

import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import io.taskweaver.model.SourceSpan;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.inference.Inference;
import io.taskweaver.scheduling.inference.Inferred;
import io.taskweaver.scheduling.inference.Subject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Needs between the tasks of a plan that can be inferred but that the plan does not wait for. */
public final class SuggestedNeeds {
    private static final Comparator<Task> IN_DOCUMENTS = Comparator.comparing(
                    (Task task) -> task.source().map(SourceSpan::path).orElse(""))
            .thenComparingInt(task -> task.source().map(SourceSpan::firstLine).orElse(0));

    private SuggestedNeeds() {}

    /**
     * As many as are as right as they are complete.
     *
     * @param order whether the order of the tasks' sources says something
     */
    public static Map<TaskId, List<Need>> of(Plan plan, Inference.Order order) {
        var tasks = new ArrayList<>(plan.tasks().stream()
                .filter(task -> task.kind() == Task.Kind.WORK)
                .toList());
        if (order == Inference.Order.LISTED) tasks.sort(IN_DOCUMENTS);
        var suggested = new LinkedHashMap<TaskId, List<Need>>();
        for (var edge :
                Inference.edges(tasks.stream().map(SuggestedNeeds::subject).toList(), order)) {
            var task = tasks.get(edge.of());
            var on = tasks.get(edge.on()).id();
            boolean known = task.needs().stream().anyMatch(need -> need.on().equals(on));
            if (known || task.done()) continue;
            suggested
                    .computeIfAbsent(task.id(), key -> new ArrayList<>())
                    .add(new Need(on, Need.Kind.RESULT, reason(edge.basis()), edge.because(), edge.confidence()));
        }
        return suggested;
    }

    /** What inference reads of a task. */
    static Subject subject(Task task) {
        var text = new StringBuilder(task.description().equals(task.title()) ? "" : task.description());
        task.acceptanceCriteria().forEach(criterion -> text.append("\n").append(criterion));
        return new Subject(task.title(), text.toString(), urgency(task.priority()));
    }

    private static int urgency(Task.Priority priority) {
        return switch (priority) {
            case CRITICAL -> 3;
            case HIGH -> 2;
            case MEDIUM -> 1;
            case LOW -> 0;
        };
    }

    static Need.Reason reason(Inferred.Basis basis) {
        return switch (basis) {
            case DEFINITION -> Need.Reason.DEFINITION;
            case FILE -> Need.Reason.FILE;
            case WORDS -> Need.Reason.WORDS;
            case LAYER, WHOLE -> Need.Reason.LAYER;
            case ORDER -> Need.Reason.ORDER;
        };
    }
}
