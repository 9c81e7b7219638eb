package io.taskweaver.planner;

import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Rejection;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.TextLimits;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.Command;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.Pause;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanEvent.ComponentSpecified;
import io.taskweaver.model.event.PlanEvent.PlanArchived;
import io.taskweaver.model.event.PlanEvent.PlanCancelled;
import io.taskweaver.model.event.PlanEvent.PlanCommand;
import io.taskweaver.model.event.PlanEvent.PlanCompleted;
import io.taskweaver.model.event.PlanEvent.PlanCreated;
import io.taskweaver.model.event.PlanEvent.PlanFailed;
import io.taskweaver.model.event.PlanEvent.PlanStanding;
import io.taskweaver.model.event.PlanEvent.RequirementsRejected;
import io.taskweaver.model.event.PlanEvent.ResultApproved;
import io.taskweaver.model.event.PlanEvent.ResultWithdrawn;
import io.taskweaver.model.event.PlanEvent.TaskPlanned;
import io.taskweaver.model.event.PlanEvent.TaskReady;
import io.taskweaver.model.event.PlanEvent.TaskResolved;
import io.taskweaver.model.event.PlanSummary;
import io.taskweaver.scheduling.dispatch.Action;
import io.taskweaver.scheduling.dispatch.PlanProgress;
import io.taskweaver.scheduling.dispatch.PlanState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Creates the events of plans.
 *
 * @param now when the events happen
 * @param cause event that caused them
 */
record Announcements(Instant now, Optional<String> cause) {
    /** Maximum characters of all questions in one event. */
    private static final int MOST_ASKED = 500_000;

    RequirementsRejected rejected(PlanId plan, List<Rejection> rejections) {
        return new RequirementsRejected(meta(RequirementsRejected.class, plan, cause.orElse("null")), rejections);
    }

    PlanCreated created(Plan plan) {
        return new PlanCreated(meta(PlanCreated.class, plan.id()), PlanSummary.of(plan));
    }

    /**
     * A node of the plan.
     *
     * @param titles titles of the nodes that wait for it
     */
    TaskPlanned planned(PlanId plan, Task task, int position, Map<TaskId, String> titles) {
        return new TaskPlanned(meta(TaskPlanned.class, plan, task.id()), task, titles, position);
    }

    ComponentSpecified specified(PlanId plan, ComponentSpec component) {
        return new ComponentSpecified(meta(ComponentSpecified.class, plan, component.node()), component);
    }

    /** @param ticket that the outcome has to return */
    TaskReady ready(PlanId plan, PlanOptions options, Action.IssueAttempt issue, Optional<String> ticket) {
        var attempts = issue.attempts();
        return new TaskReady(
                meta(TaskReady.class, plan, issue.task(), attempts.number()),
                issue.task(),
                attempts.number(),
                issue.agent(),
                options.attemptTimeout(),
                issue.urgency(),
                attempts.feedback(),
                issue.reissued(),
                options.verify(),
                ticket,
                options.preparation(),
                options.sandboxed(),
                options.remote(),
                attempts.rejected());
    }

    ResultApproved approved(PlanId plan, Action.ApproveResult approve) {
        return new ResultApproved(
                meta(ResultApproved.class, plan, approve.task(), approve.attempt()), approve.task(), approve.attempt());
    }

    TaskResolved resolved(PlanId plan, Action.AnnounceResolution settled) {
        return new TaskResolved(
                meta(TaskResolved.class, plan, settled.task(), settled.attempt()),
                settled.task(),
                settled.attempt(),
                settled.resolution());
    }

    /** The command by which executors stop what they run for a task. */
    PlanCommand stopped(PlanId plan, Action.StopAttempts stop) {
        return new PlanCommand(
                meta(PlanCommand.class, plan, stop.task(), stop.reason()),
                new Command.CancelTask(stop.task(), stop.reason()));
    }

    ResultWithdrawn withdrawn(PlanId plan, Action.Withdraw withdraw) {
        return new ResultWithdrawn(
                meta(ResultWithdrawn.class, plan, withdraw.task(), withdraw.attempt()),
                withdraw.task(),
                withdraw.attempt(),
                withdraw.rejection());
    }

    /** Status of a plan. Always fits into a message. */
    PlanStanding standing(PlanProgress plan, Optional<String> warning) {
        var waiting = plan.waiting();
        int longest = Math.min(TextLimits.SAID, MOST_ASKED / Math.max(1, waiting.size()));
        var questions = new LinkedHashMap<TaskId, String>();
        waiting.forEach((task, question) -> questions.put(task, TextLimits.cut(question, longest)));
        var text = waiting.size() < plan.waitingCount()
                ? Optional.of(warning.map(first -> first + "; ").orElse("")
                        + String.format(
                                Locale.ROOT,
                                "%,d tasks wait for a person, %,d of them are listed; the plan's status lists all",
                                plan.waitingCount(),
                                waiting.size()))
                : warning;
        var pause = plan.state() instanceof PlanState.Paused(var reason, var cause)
                ? Optional.of(new Pause(cause, reason))
                : Optional.<Pause>empty();
        return new PlanStanding(
                meta(PlanStanding.class, plan.id(), now, plan.state(), text, waiting),
                pause,
                questions,
                plan.used(),
                plan.limits(),
                text);
    }

    PlanEvent ended(PlanId plan, PlanState.Closed end, Instant startedAt, Usage used) {
        return switch (end) {
            case PlanState.Completed completed ->
                new PlanCompleted(
                        meta(PlanCompleted.class, plan), completed.done(), completed.retried(), startedAt, used);
            case PlanState.Failed failed ->
                new PlanFailed(
                        // A plan may fail, be retried and fail again: each time with a higher number of attempts.
                        meta(PlanFailed.class, plan, failed.retried()),
                        failed.reason(),
                        failed.done(),
                        failed.failed(),
                        failed.blocked(),
                        failed.retried(),
                        used);
            case PlanState.Cancelled cancelled ->
                new PlanCancelled(meta(PlanCancelled.class, plan), cancelled.reason(), cancelled.done(), used);
        };
    }

    PlanArchived archived(PlanHead.Archived archived) {
        return new PlanArchived(
                meta(PlanArchived.class, archived.id(), archived.digest()),
                archived.title(),
                archived.end(),
                archived.digest());
    }

    private Meta meta(Class<? extends PlanEvent> type, PlanId plan, Object... parts) {
        return Meta.of(type, plan, now, cause, parts);
    }
}
