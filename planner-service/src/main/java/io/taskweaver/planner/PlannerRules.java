package io.taskweaver.planner;

import io.taskweaver.domain.plan.SubmissionLimits;
import io.taskweaver.domain.schedule.Backoff;
import io.taskweaver.domain.schedule.Patience;
import java.time.Duration;

/**
 * What the topology is run by.
 *
 * @param topicPrefix put before every topic's name
 * @param partitions how many every topic of the system has
 * @param tick how often delays and overdue answers are looked at while a plan is open
 * @param backoff how long failed attempts wait
 * @param patience how long answers are awaited
 * @param limits what a submission may ask for
 */
public record PlannerRules(
        String topicPrefix,
        int partitions,
        Duration tick,
        Backoff backoff,
        Patience patience,
        SubmissionLimits limits) {
    public PlannerRules {
        if (partitions < 1) throw new IllegalArgumentException("partitions: " + partitions);
        if (!tick.isPositive()) throw new IllegalArgumentException("tick: " + tick);
    }
}
