package io.taskweaver.wire.context;

import io.taskweaver.model.TaskId;
import java.util.List;

/**
 * Who contributed a fact.
 *
 * @param service that made it known: {@code client}, {@code planner}, {@code interface}, {@code executor}
 * @param tasks tasks and contract nodes that it comes from, if it does
 * @param version version of the plan's code with which it became known
 */
public record Contribution(String service, List<TaskId> tasks, long version) {
    public Contribution {
        tasks = List.copyOf(tasks);
    }

    /** Known from the beginning, of no task. */
    static Contribution of(String service) {
        return new Contribution(service, List.of(), 0);
    }
}
