package io.taskweaver.planner;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.taskweaver.domain.plan.Planner;
import io.taskweaver.domain.plan.SubmissionLimits;
import java.time.Duration;
import java.util.Optional;

/** Settings of the planner. */
@ConfigMapping(prefix = "taskweaver.planner")
public interface PlannerSettings {
    /** Folder of the local state, which the broker keeps a copy of. */
    @WithDefault(".taskweaver/planner")
    String stateDir();

    /** Threads that work on partitions. */
    @WithDefault("1")
    int threads();

    /** How often delays and overdue answers are looked at while a plan is open. */
    @WithDefault("100ms")
    Duration tick();

    /** How long no executor may name an attempt before it is issued again. */
    @WithDefault("5s")
    Duration lease();

    /** How long a contract is awaited before it is asked for again. */
    @WithDefault("5s")
    Duration contractPatience();

    /** How long the merge of a completed result is awaited before the attempt is issued again. */
    @WithDefault("60s")
    Duration mergePatience();

    /** First wait after a failure that time may heal; it doubles each time. */
    @WithDefault("1s")
    Duration backoff();

    /** Longest such wait. */
    @WithDefault("5m")
    Duration longestBackoff();

    /** How often the position in the topics is kept; what came after it is read again after a kill. */
    @WithDefault("1s")
    Duration commitInterval();

    /** How long the broker waits for a planner that is silent before another takes over. */
    @WithDefault("6s")
    Duration sessionTimeout();

    /** Name of this instance, stable over restarts: with it a restarted planner goes on at once. */
    Optional<String> instanceId();

    /** How long a plan may take to be made before its submission is rejected. */
    @WithDefault("60s")
    Duration planningLimit();

    /** How long one record may be worked on before the planner says that it is not ready. */
    @WithDefault("60s")
    Duration recordLimit();

    /** What one submission may ask for. */
    Bounds limits();

    /** Limits of a submission, beside its size, which the size of messages bounds. */
    interface Bounds {
        /** Documents of a submission. */
        @WithDefault("10000")
        int documents();

        /** Lines of all its documents together. */
        @WithDefault("300000")
        int lines();

        /** Tasks of its plan, contracts included. */
        @WithDefault("150000")
        int tasks();

        /** Dependencies of its tasks. */
        @WithDefault("1000000")
        int needs();

        /** Components of its plan. */
        @WithDefault("20000")
        int components();

        /** Characters of all descriptions and criteria of its tasks together. */
        @WithDefault("33554432")
        int characters();

        /** Changes to its plan that come with it. */
        @WithDefault("1000")
        int changes();

        /** The limits as the domain takes them. */
        default SubmissionLimits limits() {
            return new SubmissionLimits(
                    Planner.MAX_SUBMISSION_BYTES,
                    documents(),
                    lines(),
                    tasks(),
                    needs(),
                    components(),
                    characters(),
                    SubmissionLimits.DEFAULT.recordBytes(),
                    changes());
        }
    }

    /** How long an orderly stop may take. */
    @WithDefault("10s")
    Duration closeTimeout();
}
