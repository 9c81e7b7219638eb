package io.taskweaver.planner;

import io.taskweaver.scheduling.dispatch.AnswerTimeouts;
import io.taskweaver.scheduling.dispatch.Backoff;
import io.taskweaver.scheduling.planning.SubmissionLimits;
import java.time.Duration;

/**
 * Parameters of the topology.
 *
 * @param topicPrefix prefix of topic names
 * @param partitions of every topic of the system
 * @param tick how often delays and overdue answers are checked while a plan is open
 * @param promptly how long a submission's planning is waited for if no other is under way, so that most plans start at once
 * @param backoff how long failed attempts wait
 * @param timeouts time limits for answers
 * @param limits limits of a submission
 */
public record PlannerRules(
        String topicPrefix,
        int partitions,
        Duration tick,
        Duration promptly,
        Backoff backoff,
        AnswerTimeouts timeouts,
        SubmissionLimits limits) {
    public PlannerRules {
        if (partitions < 1) throw new IllegalArgumentException("partitions: " + partitions);
        if (!tick.isPositive()) throw new IllegalArgumentException("tick: " + tick);
    }
}
