package io.taskweaver.scheduling.dispatch;

import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Verifications;
import java.util.List;
import java.util.stream.Collectors;

/** What is announced of nodes that verify a plan's code. */
public final class VerificationTasks {
    private static final int MOST_IN_TITLE = 3;

    private VerificationTasks() {}

    /**
     * @param command of the plan
     * @param results tasks whose results are verified; empty for the base and the whole
     */
    public static Task of(TaskId node, String command, List<TaskId> results) {
        var what = node.equals(Verifications.BASE)
                ? "the code that the plan starts from"
                : node.equals(Verifications.END) ? "the whole" : named(results);
        return Task.builder(node, Task.Kind.VERIFY, "Verify " + what)
                .description("`" + command + "` has to succeed on "
                        + (results.isEmpty() ? what : "the results of " + listed(results) + ", merged together") + ".")
                .build();
    }

    private static String named(List<TaskId> results) {
        return results.size() <= MOST_IN_TITLE ? listed(results) : results.size() + " results together";
    }

    private static String listed(List<TaskId> results) {
        return results.stream().map(TaskId::value).collect(Collectors.joining(", "));
    }
}
