package io.taskweaver.contexts;

import io.taskweaver.model.Need;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The attempt whose conflict a reconcile task resolves.
 *
 * @param task task whose result conflicts
 * @param attempt number of its attempt
 */
public record ResolvedAttempt(TaskId task, int attempt) {
    private static final Pattern FORM = Pattern.compile("(.+)-reconcile-([1-9][0-9]{0,8})");

    /**
     * What a task resolves, by its id, which is {@code <task>-reconcile-<attempt>}.
     *
     * @return empty if the id has another form
     */
    public static Optional<ResolvedAttempt> of(TaskId id) {
        var form = FORM.matcher(id.value());
        return form.matches()
                ? Optional.of(new ResolvedAttempt(new TaskId(form.group(1)), Integer.parseInt(form.group(2))))
                : Optional.empty();
    }

    /** What a task resolves, by its id and by its need, which names the conflicted task where an id had to be shortened. */
    public static Optional<ResolvedAttempt> of(Task task) {
        var byId = of(task.id());
        return task.needs().stream()
                .filter(need -> need.reason() == Need.Reason.RECONCILE)
                .findFirst()
                .flatMap(need -> byId.map(known -> new ResolvedAttempt(need.on(), known.attempt())))
                .or(() -> byId);
    }
}
