package io.taskweaver.planner;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.taskweaver.scheduling.planning.Planner;
import io.taskweaver.scheduling.planning.SubmissionLimits;
import java.time.Duration;
import java.util.Optional;

/** Settings of the planner. */
@ConfigMapping(prefix = "taskweaver.planner")
public interface PlannerSettings {
    /** Folder of the local state; the broker has a copy. */
    @WithDefault(".taskweaver/planner")
    String stateDir();

    /** Stream threads. */
    @WithDefault("1")
    int threads();

    /** How often delays and overdue answers are checked while a plan is open. */
    @WithDefault("100ms")
    Duration tick();

    /** How long an attempt may be missing from heartbeats before it is reissued. */
    @WithDefault("5s")
    Duration lease();

    /** Time limit for a contract before its specification is sent again. */
    @WithDefault("5s")
    Duration contractTimeout();

    /** Time limit for the merge of a completed result before the attempt is reissued. */
    @WithDefault("60s")
    Duration mergeTimeout();

    /** First backoff after a temporary failure; it doubles each time. */
    @WithDefault("1s")
    Duration backoff();

    /** Longest backoff. */
    @WithDefault("5m")
    Duration longestBackoff();

    /** How often offsets are committed; later records are read again after a kill. */
    @WithDefault("1s")
    Duration commitInterval();

    /** Session timeout: after this silence of a planner another one takes over. */
    @WithDefault("6s")
    Duration sessionTimeout();

    /** Name of this instance, stable over restarts: with it a restarted planner continues immediately. */
    Optional<String> instanceId();

    /** How long planning may take before the submission is rejected. */
    @WithDefault("60s")
    Duration planningLimit();

    /** How long processing one record may take before the planner is not ready. */
    @WithDefault("60s")
    Duration recordLimit();

    /** Limits of one submission. */
    Bounds limits();

    /** Limits of a submission, besides its size, which the message size limits. */
    interface Bounds {
        /** Documents of a submission. */
        @WithDefault("10000")
        int documents();

        /** Total lines of its documents. */
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

        /** Total characters of descriptions and criteria of its tasks. */
        @WithDefault("33554432")
        int characters();

        /** Changes to its plan. */
        @WithDefault("1000")
        int changes();

        /** The limits as planning takes them. */
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

    /** Timeout of a graceful shutdown. */
    @WithDefault("10s")
    Duration closeTimeout();
}
