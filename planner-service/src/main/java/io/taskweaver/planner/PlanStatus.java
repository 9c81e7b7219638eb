package io.taskweaver.planner;

import io.taskweaver.model.Usage;
import io.taskweaver.scheduling.projection.FleetCondition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Where a plan stands, for a user.
 *
 * @param status a word of {@link io.taskweaver.scheduling.dispatch.PlanStage}
 * @param reason why it is paused, failed or was cancelled, or takes no commands yet
 * @param used what all attempts cost so far
 * @param limits what the plan may use up
 * @param counts nodes by state
 * @param tasks all nodes, in the plan's order
 * @param rejections why it was rejected
 * @param fleet the executors that are alive
 */
public record PlanStatus(
        String planId,
        @Nullable String title,
        String status,
        @Nullable String reason,
        @Nullable String priority,
        Instant createdAt,
        Usage used,
        @Nullable LimitsBody limits,
        Map<String, Integer> counts,
        List<String> criticalPath,
        List<TaskStatus> tasks,
        List<Problem> rejections,
        FleetCondition fleet) {

    /**
     * Where a node stands.
     *
     * @param state a word of {@link io.taskweaver.scheduling.dispatch.TaskStage}
     * @param attempt number of the attempt that runs, ran last or would run next
     * @param used what its attempts cost so far
     * @param executor who runs it
     * @param since when it came into this state, where that is known
     * @param waitingFor nodes that it needs and that are not there yet
     * @param why why it does not go on, for a person
     * @param source lines it comes from
     */
    public record TaskStatus(
            String taskId,
            String kind,
            String title,
            @Nullable String component,
            int phase,
            boolean critical,
            int estimateMinutes,
            String state,

            @Schema(
                    description =
                            "Number, from 1, of the attempt that runs, that ran last, or that runs next; 0 if none"
                                    + " ever runs. A task that has not run yet has 1. The number of attempts so far is"
                                    + " 'attempts' in taskweaver status --json.")
            int attempt,

            Usage used,
            @Nullable String executor,
            @Nullable Instant since,
            List<String> waitingFor,
            @Nullable String why,
            @Nullable String source) {}

    /** One reason of a rejection. */
    @Schema(name = "Rejection")
    public record Problem(
            String code,
            String message,
            String hint,
            @Nullable String source) {}

    /** A plan in a list. */
    public record Line(
            String planId,
            @Nullable String title,
            String status,
            @Nullable String reason,
            Instant createdAt) {}
}
