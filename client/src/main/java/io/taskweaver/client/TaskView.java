package io.taskweaver.client;

import io.taskweaver.domain.contract.Contract;
import io.taskweaver.domain.event.PlanEvent;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.plan.TaskId;
import io.taskweaver.domain.plan.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one node of a plan.
 *
 * @param task the node itself; empty while only its attempts are known
 * @param position place in the plan's order, from 0
 * @param state how far it has come
 * @param attempts what is known of its attempts, by number
 * @param contract on a contract node, its newest contract
 */
public record TaskView(
        TaskId id,
        Optional<Task> task,
        int position,
        TaskState state,
        List<AttemptView> attempts,
        Optional<Contract> contract) {
    public TaskView {
        attempts = List.copyOf(attempts);
    }

    static TaskView unknown(TaskId id) {
        return new TaskView(id, Optional.empty(), Integer.MAX_VALUE, TaskState.WAITING, List.of(), Optional.empty());
    }

    /** Its title, or its id while that is all that is known. */
    public String title() {
        return task.map(Task::title).orElse(id.value());
    }

    /** What it does; an unknown node is taken for work. */
    public Task.Kind kind() {
        return task.map(Task::kind).orElse(Task.Kind.WORK);
    }

    /** Its phase, from 1; 0 for contracts and while it is unknown. */
    public int phase() {
        return task.map(Task::phase).orElse(0);
    }

    /** Its newest attempt. */
    public Optional<AttemptView> latest() {
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
    }

    /** The query of the newest attempt that began. */
    public Optional<PlanEvent.TaskStarted> lastStart() {
        return attempts.reversed().stream()
                .flatMap(attempt -> attempt.started().stream())
                .findFirst();
    }

    /** The newest failure. */
    public Optional<PlanEvent.TaskFailed> lastFailure() {
        return attempts.reversed().stream()
                .flatMap(attempt -> attempt.failed().stream())
                .findFirst();
    }

    /** How long all its attempts took together. */
    public Duration duration() {
        return attempts.stream().map(AttemptView::duration).reduce(Duration.ZERO, Duration::plus);
    }

    /** What all its attempts cost, as far as their agents said. */
    public Usage used() {
        return attempts.stream().map(AttemptView::usage).reduce(Usage.NONE, Usage::plus);
    }

    TaskView with(AttemptView attempt) {
        var all = new ArrayList<>(attempts);
        all.removeIf(known -> known.number() == attempt.number());
        all.add(attempt);
        all.sort(Comparator.comparingInt(AttemptView::number));
        return new TaskView(id, task, position, state, all, contract);
    }

    TaskView with(Task planned, int at) {
        return new TaskView(id, Optional.of(planned), at, state, attempts, contract);
    }

    TaskView with(Contract published) {
        return new TaskView(id, task, position, state, attempts, Optional.of(published));
    }

    TaskView with(TaskState reached) {
        return reached == state ? this : new TaskView(id, task, position, reached, attempts, contract);
    }
}
