package io.taskweaver.domain.picture;

import io.taskweaver.domain.plan.Need;
import io.taskweaver.domain.plan.Plan;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.plan.TaskId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

/** How far a task has come, as a picture tells it. */
public enum Standing {
    CAN_START("can start"),
    WAITS("waits"),
    RUNNING("in progress"),
    BLOCKED("blocked"),
    FAILED("failed"),
    DONE("done");

    private final String words;

    Standing(String words) {
        this.words = words;
    }

    /** In words, lower case. */
    public String words() {
        return words;
    }

    /** As a name of classes in style sheets. */
    String mark() {
        return words.replace(' ', '-');
    }

    /** Where every task stands before anything has run: a published contract counts as given. */
    public static Map<TaskId, Standing> planned(Plan plan) {
        var done = new HashSet<TaskId>();
        for (var task : plan.tasks()) if (task.done()) done.add(task.id());
        var standings = new HashMap<TaskId, Standing>();
        for (var task : plan.tasks()) {
            boolean waits = task.needs().stream()
                    .anyMatch(need -> need.kind() == Need.Kind.RESULT && !done.contains(need.on()));
            standings.put(task.id(), task.done() ? DONE : waits ? WAITS : CAN_START);
        }
        return standings;
    }

    static boolean isContract(Task task) {
        return task.kind() == Task.Kind.CONTRACT;
    }
}
