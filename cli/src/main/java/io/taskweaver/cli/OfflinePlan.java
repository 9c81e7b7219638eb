package io.taskweaver.cli;

import io.taskweaver.client.TaskWeaver;
import io.taskweaver.domain.plan.Plan;
import io.taskweaver.domain.plan.Planning;
import io.taskweaver.domain.plan.Rejection;
import io.taskweaver.domain.plan.Submission;
import java.util.ArrayList;
import java.util.List;

/** The plan, made in this process before anything starts. */
public final class OfflinePlan {
    private OfflinePlan() {}

    /**
     * @throws CommandFailure with all reasons, if there can be no plan
     */
    public static Plan of(Submission submission) {
        return switch (TaskWeaver.plan(submission)) {
            case Planning.Planned planned -> planned.plan();
            case Planning.Rejected rejected -> throw refused(rejected.rejections());
        };
    }

    /** All reasons, each with its place and a way out. */
    public static CommandFailure refused(List<Rejection> rejections) {
        var details = new ArrayList<String>();
        for (var rejection : rejections) {
            details.add(rejection
                            .source()
                            .map(span -> span.path() + ":" + span.firstLine() + ": ")
                            .orElse("")
                    + rejection.message());
            if (!rejection.hint().isBlank()) details.add("    " + rejection.hint());
        }
        return new CommandFailure(
                ExitCode.BAD_INPUT,
                rejections.size() == 1
                        ? "This can not become a plan."
                        : "This can not become a plan, for " + rejections.size() + " reasons.",
                details,
                "");
    }
}
