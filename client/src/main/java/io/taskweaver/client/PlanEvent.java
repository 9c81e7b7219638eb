package io.taskweaver.client;

import io.taskweaver.domain.context.FileConflict;
import io.taskweaver.domain.contract.Contract;
import io.taskweaver.domain.plan.Limits;
import io.taskweaver.domain.plan.Notice;
import io.taskweaver.domain.plan.PlanOptions;
import io.taskweaver.domain.plan.Rejection;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.plan.TaskId;
import io.taskweaver.domain.plan.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Something that happened to a plan, as the topics tell it. Between topics there is no order: any may come first. */
public sealed interface PlanEvent {
    /** When it happened, by its writer's clock. */
    Instant at();

    /** Something that happened to one attempt at a task. */
    sealed interface OfAttempt extends PlanEvent {
        TaskId task();

        int attempt();
    }

    /** The plan was asked for. */
    record Submitted(Instant at) implements PlanEvent {}

    /** What was handed in can not become a plan. */
    record Rejected(Instant at, List<Rejection> rejections) implements PlanEvent {
        public Rejected {
            rejections = List.copyOf(rejections);
        }
    }

    /** It became a plan. */
    record Created(
            Instant at,
            String title,
            int contracts,
            int works,
            int done,
            List<TaskId> criticalPath,
            List<Notice> notices,
            PlanOptions options)
            implements PlanEvent {
        public Created {
            criticalPath = List.copyOf(criticalPath);
            notices = List.copyOf(notices);
        }
    }

    /**
     * One node of the plan.
     *
     * @param position place in the plan's order, from 0
     */
    record Planned(Instant at, Task task, int position) implements PlanEvent {}

    /** A contract was asked for. */
    record Specified(Instant at, TaskId node, String component) implements PlanEvent {}

    /** A contract is there. */
    record Published(Instant at, TaskId node, Contract contract) implements PlanEvent {}

    /** An attempt may begin. */
    record Ready(Instant at, TaskId task, int attempt) implements OfAttempt {}

    /** An executor runs it. */
    record Started(Instant at, TaskId task, int attempt, String executor, String agent, String query, int queryTokens)
            implements OfAttempt {}

    /** A sign of life. */
    record Progressed(Instant at, TaskId task, int attempt, String message) implements OfAttempt {}

    /** It succeeded. */
    record Completed(
            Instant at,
            TaskId task,
            int attempt,
            String executor,
            String agent,
            String summary,
            List<String> links,
            Usage usage,
            Duration duration)
            implements OfAttempt {
        public Completed {
            links = List.copyOf(links);
        }
    }

    /** It did not. */
    record Failed(
            Instant at,
            TaskId task,
            int attempt,
            String executor,
            String agent,
            Failure failure,
            String reason,
            Optional<String> hint,
            Optional<Instant> retryAt,
            Usage usage,
            Duration duration)
            implements OfAttempt {}

    /** Its result is part of the merged context. */
    record Merged(Instant at, TaskId task, int attempt, long version, List<String> paths) implements OfAttempt {
        public Merged {
            paths = List.copyOf(paths);
        }
    }

    /** Its result contradicts what is merged. */
    record Conflicted(Instant at, TaskId task, int attempt, List<FileConflict> conflicts) implements OfAttempt {
        public Conflicted {
            conflicts = List.copyOf(conflicts);
        }
    }

    /** A user gave an order. */
    record Ordered(Instant at, Order order) implements PlanEvent {}

    /**
     * How the plan stands, by its planner.
     *
     * @param pause that it is paused
     * @param waiting tasks that wait for a person, by what they ask
     * @param limits what it may use up
     * @param warning what the user should know at once
     */
    record Standing(
            Instant at, Optional<Pause> pause, Map<TaskId, String> waiting, Limits limits, Optional<String> warning)
            implements PlanEvent {
        public Standing {
            waiting = Collections.unmodifiableMap(new LinkedHashMap<>(waiting));
        }
    }

    /** That a plan is paused, and why. */
    record Pause(Cause cause, String reason) {}

    /** Why a plan is paused. */
    enum Cause {
        /** A user said so. */
        USER,
        /** Its agents refuse the credentials, or have no budget left. */
        AGENT,
        /** What it may use up is used up. */
        LIMIT
    }

    /** The plan is closed. */
    record Ended(Instant at, PlanEnd end) implements PlanEvent {}

    /** A record about the plan could not be processed. */
    record SetAside(Instant at, String service, String topic, String reason, String cause) implements PlanEvent {}

    /** What is left of an attempt when it did not succeed. */
    enum Failure {
        RATE_LIMITED,
        INFRA_FAILED,
        NEEDS_INPUT,
        TASK_FAILED,
        TIMED_OUT,
        BUDGET_EXCEEDED,
        CANCELLED,
        STALE_ATTEMPT,
        REFUSED_CREDENTIALS,
        NOT_ALLOWED,
        INTERRUPTED;

        /** Whether it uses up one of the attempts that a task has. */
        public boolean counts() {
            return switch (this) {
                case INFRA_FAILED, TASK_FAILED, TIMED_OUT, STALE_ATTEMPT -> true;
                case RATE_LIMITED,
                        NEEDS_INPUT,
                        BUDGET_EXCEEDED,
                        CANCELLED,
                        REFUSED_CREDENTIALS,
                        NOT_ALLOWED,
                        INTERRUPTED -> false;
            };
        }

        /** Whether the plan rests because of it: no other task would fare better. */
        public boolean halts() {
            return this == REFUSED_CREDENTIALS || this == BUDGET_EXCEEDED || this == NOT_ALLOWED;
        }

        /** For a person. */
        public String words() {
            return switch (this) {
                case RATE_LIMITED -> "the agent asked to wait";
                case INFRA_FAILED -> "the agent could not be reached";
                case NEEDS_INPUT -> "a person has to answer";
                case TASK_FAILED -> "the agent could not do it";
                case TIMED_OUT -> "it took too long";
                case BUDGET_EXCEEDED -> "no budget is left";
                case CANCELLED -> "it was cancelled";
                case STALE_ATTEMPT -> "a newer attempt took its place";
                case REFUSED_CREDENTIALS -> "the agent refused the credentials";
                case NOT_ALLOWED -> "the owner of the executor does not allow it";
                case INTERRUPTED -> "its executor was stopped";
            };
        }
    }
}
