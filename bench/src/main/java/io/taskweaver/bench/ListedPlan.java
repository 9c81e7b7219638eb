package io.taskweaver.bench;

import io.taskweaver.client.Sources;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.model.Limits;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.event.Event;
import io.taskweaver.model.event.PlanEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A plan that is handed in as a list of tasks: what is measured goes the way that a user's list goes. */
final class ListedPlan {
    private final PlanId id;
    private final StringBuilder list = new StringBuilder("id,title,estimated_time,dependencies\n");

    ListedPlan(PlanId id) {
        this.id = id;
    }

    /**
     * Adds a task.
     *
     * @param needs ids of the tasks that it waits for
     */
    void add(String task, int minutes, Collection<String> needs) {
        list.append(task).append(",Part ").append(task).append(',').append(minutes);
        list.append(',').append(String.join(" ", needs)).append('\n');
    }

    /**
     * Hands it in and follows it to its end.
     *
     * @param maxConcurrent most tasks in flight; 0 for as many as there are slots
     * @throws IllegalStateException if it does not complete
     */
    void run(TaskWeaver taskWeaver, String agent, int maxConcurrent, Consumer<Event> listener) throws IOException {
        submit(taskWeaver, agent, maxConcurrent);
        var view = taskWeaver.follow(id, (event, soFar) -> listener.accept(event));
        if (!(view.end().orElse(null) instanceof PlanEvent.PlanCompleted))
            throw new IllegalStateException(id + " did not complete");
    }

    /** Hands it in. */
    void submit(TaskWeaver taskWeaver, String agent, int maxConcurrent) throws IOException {
        var file = Files.createTempFile("tasks-", ".csv");
        try {
            Files.writeString(file, list);
            taskWeaver.submit(TaskWeaver.read(Sources.of(file)).submission(id, options(agent, maxConcurrent)));
        } finally {
            Files.delete(file);
        }
    }

    private static PlanOptions options(String agent, int maxConcurrent) {
        var usual = PlanOptions.DEFAULT;
        return new PlanOptions(
                Optional.empty(),
                agent,
                List.of(),
                Map.of(),
                Set.of(),
                maxConcurrent,
                usual.maxAttempts(),
                usual.attemptTimeout(),
                Limits.NONE,
                usual.basePackage(),
                Optional.empty(),
                Optional.empty());
    }
}
