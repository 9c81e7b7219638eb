package io.taskweaver.planner;

import io.taskweaver.domain.contract.ComponentSpec;
import io.taskweaver.domain.document.SourceSpan;
import io.taskweaver.domain.plan.Limits;
import io.taskweaver.domain.plan.Need;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.PlanOptions;
import io.taskweaver.domain.plan.Rejection;
import io.taskweaver.domain.plan.Submission;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.plan.TaskId;
import io.taskweaver.domain.plan.TextLimits;
import io.taskweaver.domain.plan.Usage;
import io.taskweaver.domain.schedule.Command;
import io.taskweaver.domain.schedule.PlanState;
import io.taskweaver.domain.schedule.Progress;
import io.taskweaver.domain.schedule.Report;
import io.taskweaver.events.ApproveTask;
import io.taskweaver.events.CancelPlan;
import io.taskweaver.events.CancelTask;
import io.taskweaver.events.ChangePriority;
import io.taskweaver.events.CodeFile;
import io.taskweaver.events.ComponentSpecified;
import io.taskweaver.events.Document;
import io.taskweaver.events.EventMeta;
import io.taskweaver.events.KindAgents;
import io.taskweaver.events.NeedKind;
import io.taskweaver.events.NodeKind;
import io.taskweaver.events.Notice;
import io.taskweaver.events.Operation;
import io.taskweaver.events.Pause;
import io.taskweaver.events.PauseCause;
import io.taskweaver.events.PausePlan;
import io.taskweaver.events.PauseTask;
import io.taskweaver.events.PlanCancelled;
import io.taskweaver.events.PlanCommand;
import io.taskweaver.events.PlanCompleted;
import io.taskweaver.events.PlanCreated;
import io.taskweaver.events.PlanFailed;
import io.taskweaver.events.PlanLimits;
import io.taskweaver.events.PlanStanding;
import io.taskweaver.events.RequirementsRejected;
import io.taskweaver.events.RequirementsSubmitted;
import io.taskweaver.events.ResumePlan;
import io.taskweaver.events.RetryTask;
import io.taskweaver.events.TaskPlanned;
import io.taskweaver.events.TaskPriority;
import io.taskweaver.events.TaskReady;
import io.taskweaver.events.Unlock;
import io.taskweaver.events.WaitingTask;
import io.taskweaver.wire.EventIds;
import io.taskweaver.wire.EventKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * From the domain's words to events: with {@link EventReader} the only place that sees the generated types.
 *
 * @param now when the events happen
 * @param causationId event that led to them; null for what a user started
 */
record EventWriter(Instant now, @Nullable String causationId) {
    /** What all tasks that wait for a person ask together in one event, characters. */
    private static final int MOST_ASKED = 500_000;

    /**
     * A submission can not become a plan.
     *
     * @param key key of the submission
     * @param planId as the submission has it
     */
    Outgoing rejected(String key, String planId, List<Rejection> rejections) {
        var schema = RequirementsRejected.getClassSchema();
        return new Outgoing(
                key,
                RequirementsRejected.newBuilder()
                        .setMeta(meta(planId, EventIds.derived(schema, planId, String.valueOf(causationId))))
                        .setRejections(
                                rejections.stream().map(EventWriter::rejection).toList())
                        .build());
    }

    Outgoing created(PlanSummary plan) {
        return new Outgoing(
                EventKeys.plan(plan.id().value()),
                PlanCreated.newBuilder()
                        .setMeta(new EventWriter(plan.createdAt(), plan.causationId())
                                .meta(plan.id(), PlanCreated.getClassSchema()))
                        .setTitle(plan.title())
                        .setContractCount(plan.contractCount())
                        .setWorkCount(plan.workCount())
                        .setDoneCount(plan.doneCount())
                        .setPhaseCount(plan.phaseCount())
                        .setFirstPhaseWidth(plan.firstPhaseWidth())
                        .setCriticalPath(
                                plan.criticalPath().stream().map(TaskId::value).toList())
                        .setCriticalPathMinutes(plan.criticalPathMinutes())
                        .setTotalMinutes(plan.totalMinutes())
                        .setConstraints(plan.constraints())
                        .setBoundaries(plan.boundaries())
                        .setNotices(plan.notices().stream()
                                .map(notice -> Notice.newBuilder()
                                        .setCode(notice.code())
                                        .setMessage(notice.message())
                                        .setSource(span(notice.source()))
                                        .build())
                                .toList())
                        .setOptions(options(plan.options()))
                        .build());
    }

    /**
     * A node of the plan.
     *
     * @param titles titles of the nodes that wait for it
     */
    Outgoing planned(PlanId plan, Task task, int position, Map<TaskId, String> titles) {
        return new Outgoing(
                EventKeys.planAnd(plan.value(), task.id().value()),
                TaskPlanned.newBuilder()
                        .setMeta(meta(plan, TaskPlanned.getClassSchema(), task.id()))
                        .setTaskId(task.id().value())
                        .setKind(NodeKind.valueOf(task.kind().name()))
                        .setTitle(task.title())
                        .setDescription(task.description())
                        .setAcceptanceCriteria(task.acceptanceCriteria())
                        .setComponent(task.component().orElse(null))
                        .setOperation(task.operation().orElse(null))
                        .setPriority(TaskPriority.valueOf(task.priority().name()))
                        .setEstimateMinutes(task.estimateMinutes())
                        .setNeeds(task.needs().stream().map(EventWriter::need).toList())
                        .setUnlocks(task.unlocks().stream()
                                .map(id -> Unlock.newBuilder()
                                        .setTaskId(id.value())
                                        .setTitle(titles.getOrDefault(id, id.value()))
                                        .build())
                                .toList())
                        .setPhase(task.phase())
                        .setCritical(task.critical())
                        .setDone(task.done())
                        .setExpectedFiles(task.expectedFiles())
                        .setVerify(task.checks().command().orElse(null))
                        .setOutputs(task.checks().outputs())
                        .setTags(task.tags())
                        .setSource(span(task.source()))
                        .setPosition(position)
                        .build());
    }

    Outgoing specified(PlanId plan, ComponentSpec component) {
        return new Outgoing(
                EventKeys.planAnd(plan.value(), component.name().replace('/', '-')),
                ComponentSpecified.newBuilder()
                        .setMeta(meta(plan, ComponentSpecified.getClassSchema(), component.node()))
                        .setTaskId(component.node().value())
                        .setComponent(component.name())
                        .setDescription(component.description())
                        .setBasePackage(component.basePackage())
                        .setOperations(component.operations().stream()
                                .map(operation -> Operation.newBuilder()
                                        .setName(operation.name())
                                        .setDescription(operation.description())
                                        .setTaskId(operation.task().value())
                                        .build())
                                .toList())
                        .setConsumers(component.consumers().stream()
                                .map(TaskId::value)
                                .toList())
                        .build());
    }

    /** @param ticket that the outcome has to return; null where none are made */
    Outgoing ready(PlanId plan, PlanOptions options, Command.IssueAttempt issue, @Nullable String ticket) {
        var attempts = issue.attempts();
        return new Outgoing(
                EventKeys.planAnd(plan.value(), issue.task().value()),
                TaskReady.newBuilder()
                        .setMeta(meta(plan, TaskReady.getClassSchema(), issue.task(), attempts.number()))
                        .setTaskId(issue.task().value())
                        .setAttempt(attempts.number())
                        .setAgent(issue.agent())
                        .setTimeoutMillis(options.attemptTimeout().toMillis())
                        .setUrgency(issue.urgency())
                        .setFeedback(attempts.feedback().orElse(null))
                        .setReissued(issue.reissued())
                        .setBase(base(options))
                        .setVerify(options.verify().orElse(null))
                        .setTicket(ticket)
                        .build());
    }

    private static io.taskweaver.events.@Nullable BaseCommit base(PlanOptions options) {
        return options.base()
                .map(base -> new io.taskweaver.events.BaseCommit(base.folder(), base.commit()))
                .orElse(null);
    }

    /** How a plan stands. However much waits and asks, it fits into a message. */
    Outgoing standing(Progress plan, Optional<String> warning) {
        var waiting = plan.waiting();
        int longest = Math.min(TextLimits.SAID, MOST_ASKED / Math.max(1, waiting.size()));
        var said = waiting.size() < plan.waitingCount()
                ? Optional.of(warning.map(text -> text + "; ").orElse("")
                        + String.format(
                                Locale.ROOT,
                                "%,d tasks wait for a person, of which %,d are listed; the plan's status has all",
                                plan.waitingCount(),
                                waiting.size()))
                : warning;
        var pause = plan.state() instanceof PlanState.Paused(var reason, var cause)
                ? new Pause(PauseCause.valueOf(cause.name()), reason)
                : null;
        return new Outgoing(
                EventKeys.plan(plan.id().value()),
                PlanStanding.newBuilder()
                        .setMeta(meta(plan.id(), PlanStanding.getClassSchema(), now, plan.state(), said, waiting))
                        .setPause(pause)
                        .setWaiting(waiting.entrySet().stream()
                                .map(asked -> new WaitingTask(
                                        asked.getKey().value(), TextLimits.cut(asked.getValue(), longest)))
                                .toList())
                        .setUsage(usage(plan.used()))
                        .setLimits(limits(plan.limits()))
                        .setWarning(said.orElse(null))
                        .build());
    }

    Outgoing ended(PlanId plan, PlanState.Closed end, Instant startedAt, Usage used) {
        var key = EventKeys.plan(plan.value());
        return switch (end) {
            case PlanState.Completed completed ->
                new Outgoing(
                        key,
                        PlanCompleted.newBuilder()
                                .setMeta(meta(plan, PlanCompleted.getClassSchema()))
                                .setDone(completed.done())
                                .setRetried(completed.retried())
                                .setStartedAt(startedAt)
                                .setUsage(usage(used))
                                .build());
            case PlanState.Failed failed ->
                new Outgoing(
                        key,
                        PlanFailed.newBuilder()
                                // A plan may fail, be retried and fail again: each time has gone through more attempts.
                                .setMeta(meta(plan, PlanFailed.getClassSchema(), failed.retried()))
                                .setReason(failed.reason())
                                .setDone(failed.done())
                                .setFailed(failed.failed().stream()
                                        .map(TaskId::value)
                                        .toList())
                                .setBlocked(failed.blocked().stream()
                                        .map(TaskId::value)
                                        .toList())
                                .setRetried(failed.retried())
                                .setUsage(usage(used))
                                .build());
            case PlanState.Cancelled cancelled ->
                new Outgoing(
                        key,
                        PlanCancelled.newBuilder()
                                .setMeta(meta(plan, PlanCancelled.getClassSchema()))
                                .setReason(cancelled.reason())
                                .setDone(cancelled.done())
                                .setUsage(usage(used))
                                .build());
        };
    }

    /** A user hands something in. */
    static Outgoing submitted(Submission submission, Instant now) {
        var plan = submission.plan().value();
        return new Outgoing(
                EventKeys.plan(plan),
                RequirementsSubmitted.newBuilder()
                        .setMeta(new EventWriter(now, null).meta(plan, EventIds.random()))
                        .setDocuments(submission.documents().stream()
                                .map(EventWriter::document)
                                .toList())
                        .setStructure(submission
                                .structure()
                                .map(EventWriter::document)
                                .orElse(null))
                        .setCode(submission.code().stream()
                                .map(file -> CodeFile.newBuilder()
                                        .setPath(file.path())
                                        .setSizeBytes(file.sizeBytes())
                                        .setContent(file.content().orElse(null))
                                        .build())
                                .toList())
                        .setOptions(options(submission.options()))
                        .build());
    }

    /**
     * A user orders something.
     *
     * @throws IllegalArgumentException if the report is not one that a user makes
     */
    static Outgoing ordered(PlanId plan, Report order, Instant now) {
        Object command = switch (order) {
            case Report.CancelAsked asked ->
                CancelPlan.newBuilder().setReason(asked.reason()).build();
            case Report.PauseAsked asked ->
                PausePlan.newBuilder().setReason(asked.reason()).build();
            case Report.TaskCancelAsked asked ->
                CancelTask.newBuilder()
                        .setTaskId(asked.task().value())
                        .setReason(asked.reason())
                        .build();
            case Report.TaskPauseAsked asked ->
                PauseTask.newBuilder()
                        .setTaskId(asked.task().value())
                        .setReason(asked.reason())
                        .build();
            case Report.ResumeAsked asked ->
                ResumePlan.newBuilder().setLimits(limits(asked.limits())).build();
            case Report.RetryAsked asked ->
                RetryTask.newBuilder().setTaskId(asked.task().value()).build();
            case Report.Approved approved ->
                ApproveTask.newBuilder()
                        .setTaskId(approved.task().value())
                        .setAnswer(approved.answer().orElse(null))
                        .build();
            case Report.PriorityChanged changed ->
                ChangePriority.newBuilder()
                        .setPriority(TaskPriority.valueOf(changed.priority().name()))
                        .build();
            case Report.ContractPublished other -> throw notAnOrder(other);
            case Report.Started other -> throw notAnOrder(other);
            case Report.Completed other -> throw notAnOrder(other);
            case Report.Merged other -> throw notAnOrder(other);
            case Report.Conflicted other -> throw notAnOrder(other);
            case Report.Failed other -> throw notAnOrder(other);
            case Report.Resubmitted other -> throw notAnOrder(other);
        };
        return new Outgoing(
                EventKeys.plan(plan.value()),
                PlanCommand.newBuilder()
                        .setMeta(new EventWriter(now, null).meta(plan.value(), EventIds.random()))
                        .setCommand(command)
                        .build());
    }

    private static IllegalArgumentException notAnOrder(Report report) {
        return new IllegalArgumentException(
                "no user makes this: " + report.getClass().getSimpleName());
    }

    private EventMeta meta(PlanId plan, Schema schema, Object... parts) {
        var all = new Object[parts.length + 1];
        all[0] = plan;
        System.arraycopy(parts, 0, all, 1, parts.length);
        return meta(plan.value(), EventIds.derived(schema, all));
    }

    private EventMeta meta(String planId, String eventId) {
        return EventMeta.newBuilder()
                .setEventId(eventId)
                .setPlanId(planId)
                .setOccurredAt(now)
                .setCausationId(causationId)
                .setSchemaVersion(1)
                .build();
    }

    private static Document document(io.taskweaver.domain.document.Document document) {
        return Document.newBuilder()
                .setPath(document.path())
                .setContent(document.content())
                .build();
    }

    private static io.taskweaver.events.Rejection rejection(Rejection rejection) {
        return io.taskweaver.events.Rejection.newBuilder()
                .setCode(rejection.code())
                .setMessage(rejection.message())
                .setHint(rejection.hint())
                .setSource(span(rejection.source()))
                .build();
    }

    private static io.taskweaver.events.Need need(Need need) {
        return io.taskweaver.events.Need.newBuilder()
                .setTaskId(need.on().value())
                .setKind(NeedKind.valueOf(need.kind().name()))
                .setReason(need.reason().name().toLowerCase(Locale.ROOT))
                .setBecause(need.because())
                .setConfidence(need.confidence())
                .build();
    }

    private static io.taskweaver.events.@Nullable SourceSpan span(Optional<SourceSpan> span) {
        return span.map(lines -> io.taskweaver.events.SourceSpan.newBuilder()
                        .setPath(lines.path())
                        .setFirstLine(lines.firstLine())
                        .setLastLine(lines.lastLine())
                        .build())
                .orElse(null);
    }

    private static io.taskweaver.events.PlanOptions options(PlanOptions options) {
        return io.taskweaver.events.PlanOptions.newBuilder()
                .setTitle(options.title().orElse(null))
                .setAgent(options.agent())
                .setMaxConcurrent(options.maxConcurrent())
                .setMaxAttempts(options.maxAttempts())
                .setAttemptTimeoutMillis(options.attemptTimeout().toMillis())
                .setBasePackage(options.basePackage())
                .setBase(base(options))
                .setFallbacks(options.fallbacks())
                .setVerify(options.verify().orElse(null))
                .setAgentsFor(options.agentsFor().entrySet().stream()
                        .map(entry -> new KindAgents(entry.getKey(), entry.getValue()))
                        .toList())
                .setGates(List.copyOf(options.gates()))
                .setLimits(limits(options.limits()))
                .build();
    }

    private static io.taskweaver.events.Usage usage(Usage used) {
        return new io.taskweaver.events.Usage(used.inputTokens(), used.outputTokens(), used.costMicros());
    }

    private static @Nullable PlanLimits limits(Limits limits) {
        if (limits.equals(Limits.NONE)) return null;
        return new PlanLimits(
                limits.within().map(Duration::toMillis).orElse(null),
                limits.cost().map(EventWriter::allowance).orElse(null),
                limits.tokens().map(EventWriter::allowance).orElse(null));
    }

    private static io.taskweaver.events.Allowance allowance(Limits.Allowance allowance) {
        return new io.taskweaver.events.Allowance(allowance.soft(), allowance.hard());
    }
}
