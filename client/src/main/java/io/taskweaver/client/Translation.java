package io.taskweaver.client;

import io.taskweaver.domain.context.FileConflict;
import io.taskweaver.domain.contract.Contract;
import io.taskweaver.domain.document.CodeFile;
import io.taskweaver.domain.document.Document;
import io.taskweaver.domain.document.SourceSpan;
import io.taskweaver.domain.gap.Finding;
import io.taskweaver.domain.gap.Verdict;
import io.taskweaver.domain.plan.BaseCommit;
import io.taskweaver.domain.plan.Checks;
import io.taskweaver.domain.plan.Limits;
import io.taskweaver.domain.plan.Need;
import io.taskweaver.domain.plan.Notice;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.PlanOptions;
import io.taskweaver.domain.plan.Rejection;
import io.taskweaver.domain.plan.Submission;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.plan.TaskId;
import io.taskweaver.domain.plan.TextLimits;
import io.taskweaver.domain.plan.Usage;
import io.taskweaver.domain.refine.PlanChange;
import io.taskweaver.domain.schedule.Attempts;
import io.taskweaver.events.Allowance;
import io.taskweaver.events.ApproveTask;
import io.taskweaver.events.CancelPlan;
import io.taskweaver.events.CancelTask;
import io.taskweaver.events.ChangePriority;
import io.taskweaver.events.ComponentSpecified;
import io.taskweaver.events.ContextMerged;
import io.taskweaver.events.ContractPublished;
import io.taskweaver.events.DeadLetter;
import io.taskweaver.events.EventMeta;
import io.taskweaver.events.ExecutorHeartbeat;
import io.taskweaver.events.FindingVerdict;
import io.taskweaver.events.KindAgents;
import io.taskweaver.events.MergeConflicted;
import io.taskweaver.events.Pause;
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
import io.taskweaver.events.TaskCompleted;
import io.taskweaver.events.TaskFailed;
import io.taskweaver.events.TaskPlanned;
import io.taskweaver.events.TaskPriority;
import io.taskweaver.events.TaskProgressed;
import io.taskweaver.events.TaskReady;
import io.taskweaver.events.TaskStarted;
import io.taskweaver.wire.EventIds;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Between the events of the topics and the domain's values: the only place that sees both. */
final class Translation {
    private Translation() {}

    static RequirementsSubmitted submitted(Submission submission, List<PlanChange> changes, Instant at) {
        var plan = submission.plan();
        return RequirementsSubmitted.newBuilder()
                .setMeta(meta(EventIds.derived(RequirementsSubmitted.getClassSchema(), plan), plan, at))
                .setDocuments(submission.documents().stream()
                        .map(Translation::document)
                        .toList())
                .setStructure(submission.structure().map(Translation::document).orElse(null))
                .setCode(submission.code().stream().map(Translation::codeFile).toList())
                .setFindings(submission.findings().stream()
                        .flatMap(finding -> finding(finding).stream())
                        .toList())
                .setOptions(options(submission.options()))
                .setChanges(ChangeTranslation.events(changes))
                .build();
    }

    /** @throws io.taskweaver.domain.effort.LimitExceeded if what is said with it is longer than the planner takes */
    static PlanCommand command(PlanId plan, Order order, Instant at) {
        check(order);
        return PlanCommand.newBuilder()
                .setMeta(meta(EventIds.random(), plan, at))
                .setCommand(command(order))
                .build();
    }

    private static void check(Order order) {
        switch (order) {
            case Order.Cancel cancel -> TextLimits.check("reason", cancel.reason(), TextLimits.SAID);
            case Order.Pause pause -> TextLimits.check("reason", pause.reason(), TextLimits.SAID);
            case Order.CancelTask cancel -> TextLimits.check("reason", cancel.reason(), TextLimits.SAID);
            case Order.PauseTask pause -> TextLimits.check("reason", pause.reason(), TextLimits.SAID);
            case Order.Approve approve ->
                approve.answer().ifPresent(answer -> TextLimits.check("answer", answer, Attempts.MAX_FEEDBACK));
            case Order.Resume resume -> {}
            case Order.Retry retry -> {}
            case Order.Prioritise prioritise -> {}
        }
    }

    private static SpecificRecord command(Order order) {
        return switch (order) {
            case Order.Cancel cancel ->
                CancelPlan.newBuilder().setReason(cancel.reason()).build();
            case Order.Pause pause ->
                PausePlan.newBuilder().setReason(pause.reason()).build();
            case Order.CancelTask cancel ->
                CancelTask.newBuilder()
                        .setTaskId(cancel.task().value())
                        .setReason(cancel.reason())
                        .build();
            case Order.PauseTask pause ->
                PauseTask.newBuilder()
                        .setTaskId(pause.task().value())
                        .setReason(pause.reason())
                        .build();
            case Order.Resume(Limits limits) ->
                ResumePlan.newBuilder().setLimits(limits(limits)).build();
            case Order.Retry retry ->
                RetryTask.newBuilder().setTaskId(retry.task().value()).build();
            case Order.Approve approve ->
                ApproveTask.newBuilder()
                        .setTaskId(approve.task().value())
                        .setAnswer(approve.answer().orElse(null))
                        .build();
            case Order.Prioritise prioritise ->
                ChangePriority.newBuilder()
                        .setPriority(TaskPriority.valueOf(prioritise.priority().name()))
                        .build();
        };
    }

    private static EventMeta meta(String eventId, PlanId plan, Instant at) {
        return EventMeta.newBuilder()
                .setEventId(eventId)
                .setPlanId(plan.value())
                .setOccurredAt(at)
                .setSchemaVersion(1)
                .build();
    }

    private static io.taskweaver.events.Document document(Document document) {
        return io.taskweaver.events.Document.newBuilder()
                .setPath(document.path())
                .setContent(document.content())
                .build();
    }

    /** Only what is about a requirement and what code was found for: the rest changes no plan. */
    private static Optional<io.taskweaver.events.Finding> finding(Finding finding) {
        return verdict(finding.verdict())
                .flatMap(verdict -> finding.at()
                        .map(lines -> io.taskweaver.events.Finding.newBuilder()
                                .setSource(io.taskweaver.events.SourceSpan.newBuilder()
                                        .setPath(lines.path())
                                        .setFirstLine(lines.firstLine())
                                        .setLastLine(lines.lastLine())
                                        .build())
                                .setTitle(finding.title())
                                .setRequirementId(finding.id().orElse(null))
                                .setVerdict(verdict)
                                .setConfidence(finding.confidence())
                                .setBecause(finding.because())
                                .setEvidence(finding.evidence().stream()
                                        .map(place -> io.taskweaver.events.Evidence.newBuilder()
                                                .setPath(place.path())
                                                .setLine(place.line())
                                                .setSymbol(place.symbol())
                                                .build())
                                        .toList())
                                .build()));
    }

    private static Optional<FindingVerdict> verdict(Verdict verdict) {
        return switch (verdict) {
            case EXISTS -> Optional.of(FindingVerdict.EXISTS);
            case PARTIAL -> Optional.of(FindingVerdict.PARTIAL);
            case CONTRADICTED -> Optional.of(FindingVerdict.CONTRADICTED);
            case MISSING, UNREQUESTED -> Optional.empty();
        };
    }

    private static io.taskweaver.events.CodeFile codeFile(CodeFile file) {
        return io.taskweaver.events.CodeFile.newBuilder()
                .setPath(file.path())
                .setSizeBytes(file.sizeBytes())
                .setContent(file.content().orElse(null))
                .build();
    }

    private static io.taskweaver.events.PlanOptions options(PlanOptions options) {
        return io.taskweaver.events.PlanOptions.newBuilder()
                .setTitle(options.title().orElse(null))
                .setAgent(options.agent())
                .setMaxConcurrent(options.maxConcurrent())
                .setMaxAttempts(options.maxAttempts())
                .setAttemptTimeoutMillis(options.attemptTimeout().toMillis())
                .setBasePackage(options.basePackage())
                .setFallbacks(options.fallbacks())
                .setVerify(options.verify().orElse(null))
                .setBase(options.base()
                        .map(base -> new io.taskweaver.events.BaseCommit(base.folder(), base.commit()))
                        .orElse(null))
                .setAgentsFor(options.agentsFor().entrySet().stream()
                        .map(entry -> new KindAgents(entry.getKey(), entry.getValue()))
                        .toList())
                .setGates(List.copyOf(options.gates()))
                .setLimits(limits(options.limits()))
                .build();
    }

    private static @Nullable PlanLimits limits(Limits limits) {
        if (limits.equals(Limits.NONE)) return null;
        return new PlanLimits(
                limits.within().map(Duration::toMillis).orElse(null),
                limits.cost().map(Translation::allowance).orElse(null),
                limits.tokens().map(Translation::allowance).orElse(null));
    }

    private static Allowance allowance(Limits.Allowance allowance) {
        return new Allowance(allowance.soft(), allowance.hard());
    }

    private static Limits limits(@Nullable PlanLimits limits) {
        if (limits == null) return Limits.NONE;
        return new Limits(
                Optional.<Long>ofNullable(limits.getWithinMillis()).map(Duration::ofMillis),
                Optional.<Allowance>ofNullable(limits.getCost()).map(Translation::allowance),
                Optional.<Allowance>ofNullable(limits.getTokens()).map(Translation::allowance));
    }

    private static Limits.Allowance allowance(Allowance allowance) {
        return new Limits.Allowance(allowance.getSoft(), allowance.getHard());
    }

    private static Usage usage(io.taskweaver.events.Usage usage) {
        return new Usage(usage.getInputTokens(), usage.getOutputTokens(), usage.getCostMicros());
    }

    private static PlanEvent standing(PlanStanding e) {
        var waiting = new LinkedHashMap<TaskId, String>();
        for (var task : e.getWaiting()) waiting.put(new TaskId(task.getTaskId()), task.getQuestion());
        return new PlanEvent.Standing(
                at(e.getMeta()),
                Optional.<Pause>ofNullable(e.getPause())
                        .map(pause -> new PlanEvent.Pause(
                                PlanEvent.Cause.valueOf(pause.getCause().name()), pause.getReason())),
                waiting,
                limits(e.getLimits()),
                Optional.ofNullable(e.getWarning()));
    }

    private static Map<String, List<String>> agentsFor(List<KindAgents> agents) {
        var byKind = new LinkedHashMap<String, List<String>>();
        for (var each : agents) byKind.putIfAbsent(each.getKind(), each.getAgents());
        return byKind;
    }

    /**
     * What an event tells about its plan; empty for what is about no plan.
     *
     * @throws IllegalArgumentException if it contradicts the domain's rules
     */
    static Optional<PlanEvent> planEvent(SpecificRecord event) {
        return Optional.ofNullable(
                switch (event) {
                    case RequirementsSubmitted e -> new PlanEvent.Submitted(at(e.getMeta()));
                    case RequirementsRejected e -> new PlanEvent.Rejected(at(e.getMeta()), rejections(e));
                    case PlanCreated e -> created(e);
                    case TaskPlanned e -> new PlanEvent.Planned(at(e.getMeta()), task(e), e.getPosition());
                    case ComponentSpecified e ->
                        new PlanEvent.Specified(at(e.getMeta()), new TaskId(e.getTaskId()), e.getComponent());
                    case ContractPublished e ->
                        new PlanEvent.Published(at(e.getMeta()), new TaskId(e.getTaskId()), contract(e));
                    case TaskReady e -> new PlanEvent.Ready(at(e.getMeta()), new TaskId(e.getTaskId()), e.getAttempt());
                    case TaskStarted e -> started(e);
                    case TaskProgressed e ->
                        new PlanEvent.Progressed(
                                at(e.getMeta()), new TaskId(e.getTaskId()), e.getAttempt(), e.getMessage());
                    case TaskCompleted e -> completed(e);
                    case TaskFailed e -> failed(e);
                    case ContextMerged e ->
                        new PlanEvent.Merged(
                                at(e.getMeta()),
                                new TaskId(e.getTaskId()),
                                e.getAttempt(),
                                e.getContextVersion(),
                                e.getPaths());
                    case MergeConflicted e ->
                        new PlanEvent.Conflicted(
                                at(e.getMeta()), new TaskId(e.getTaskId()), e.getAttempt(), conflicts(e));
                    case PlanCommand e ->
                        order(e.getCommand())
                                .<PlanEvent>map(order -> new PlanEvent.Ordered(at(e.getMeta()), order))
                                .orElse(null);
                    case PlanCompleted e ->
                        new PlanEvent.Ended(at(e.getMeta()), new PlanEnd.Completed(e.getDone(), e.getRetried()));
                    case PlanFailed e ->
                        new PlanEvent.Ended(
                                at(e.getMeta()),
                                new PlanEnd.Failed(
                                        e.getReason(), e.getDone(), ids(e.getFailed()), ids(e.getBlocked())));
                    case PlanCancelled e ->
                        new PlanEvent.Ended(at(e.getMeta()), new PlanEnd.Cancelled(e.getReason(), e.getDone()));
                    case PlanStanding e -> standing(e);
                    case DeadLetter e ->
                        new PlanEvent.SetAside(
                                e.getFailedAt(), e.getService(), e.getTopic(), e.getReason(), e.getCause());
                    default -> null;
                });
    }

    /** What a heartbeat tells about its executor. */
    static Executor executor(ExecutorHeartbeat beat) {
        return new Executor(
                beat.getExecutorId(),
                beat.getBeatAt(),
                Duration.ofMillis(Math.max(1, beat.getIntervalMillis())),
                beat.getSlots(),
                beat.getRunning().size(),
                beat.getBackends(),
                Executor.State.valueOf(beat.getState().name()),
                Optional.ofNullable(beat.getReason()));
    }

    private static PlanEvent created(PlanCreated e) {
        return new PlanEvent.Created(
                at(e.getMeta()),
                e.getTitle(),
                e.getContractCount(),
                e.getWorkCount(),
                e.getDoneCount(),
                ids(e.getCriticalPath()),
                e.getNotices().stream()
                        .map(notice -> new Notice(notice.getCode(), notice.getMessage(), span(notice.getSource())))
                        .toList(),
                options(e.getOptions()));
    }

    private static PlanEvent started(TaskStarted e) {
        return new PlanEvent.Started(
                at(e.getMeta()),
                new TaskId(e.getTaskId()),
                e.getAttempt(),
                e.getExecutorId(),
                e.getAgent(),
                e.getQuery(),
                e.getQueryTokens());
    }

    private static PlanEvent completed(TaskCompleted e) {
        return new PlanEvent.Completed(
                at(e.getMeta()),
                new TaskId(e.getTaskId()),
                e.getAttempt(),
                e.getExecutorId(),
                e.getAgent(),
                e.getSummary(),
                e.getLinks(),
                usage(e.getUsage()),
                Duration.ofMillis(e.getDurationMillis()));
    }

    private static PlanEvent failed(TaskFailed e) {
        return new PlanEvent.Failed(
                at(e.getMeta()),
                new TaskId(e.getTaskId()),
                e.getAttempt(),
                e.getExecutorId(),
                e.getAgent(),
                PlanEvent.Failure.valueOf(e.getFailure().name()),
                e.getReason(),
                Optional.ofNullable(e.getHint()),
                Optional.ofNullable(e.getRetryAt()),
                usage(e.getUsage()),
                Duration.ofMillis(e.getDurationMillis()));
    }

    private static List<Rejection> rejections(RequirementsRejected e) {
        return e.getRejections().stream()
                .map(rejection -> new Rejection(
                        rejection.getCode(), rejection.getMessage(), rejection.getHint(), span(rejection.getSource())))
                .toList();
    }

    private static List<FileConflict> conflicts(MergeConflicted e) {
        return e.getConflicts().stream()
                .map(conflict -> new FileConflict(
                        conflict.getPath(),
                        Optional.ofNullable(conflict.getBase()),
                        Optional.ofNullable(conflict.getCurrent()),
                        Optional.ofNullable(conflict.getProposed()),
                        ids(conflict.getContributors())))
                .toList();
    }

    private static Contract contract(ContractPublished e) {
        return new Contract(
                e.getComponent(),
                e.getVersion(),
                e.getArtifacts().stream()
                        .map(artifact -> new Contract.Artifact(
                                Contract.Kind.valueOf(artifact.getKind().name()),
                                artifact.getPath(),
                                artifact.getMediaType(),
                                artifact.getContent()))
                        .toList());
    }

    private static Task task(TaskPlanned e) {
        return new Task(
                new TaskId(e.getTaskId()),
                Task.Kind.valueOf(e.getKind().name()),
                e.getTitle(),
                e.getDescription(),
                e.getAcceptanceCriteria(),
                Optional.ofNullable(e.getComponent()),
                Optional.ofNullable(e.getOperation()),
                Task.Priority.valueOf(e.getPriority().name()),
                e.getEstimateMinutes(),
                e.getNeeds().stream().map(Translation::need).toList(),
                e.getUnlocks().stream()
                        .map(unlock -> new TaskId(unlock.getTaskId()))
                        .toList(),
                e.getPhase(),
                e.getCritical(),
                e.getDone(),
                e.getExpectedFiles(),
                new Checks(Optional.ofNullable(e.getVerify()), e.getOutputs()),
                e.getTags(),
                span(e.getSource()));
    }

    private static Need need(io.taskweaver.events.Need need) {
        return new Need(
                new TaskId(need.getTaskId()),
                Need.Kind.valueOf(need.getKind().name()),
                reason(need.getReason()),
                need.getBecause(),
                need.getConfidence());
    }

    /** A rule that this build does not know counts as a mention: found in the text, not stated. */
    private static Need.Reason reason(String name) {
        for (var reason : Need.Reason.values()) if (reason.name().equalsIgnoreCase(name)) return reason;
        return Need.Reason.MENTION;
    }

    private static Optional<Order> order(Object command) {
        return Optional.ofNullable(
                switch (command) {
                    case CancelPlan c -> new Order.Cancel(c.getReason());
                    case PausePlan c -> new Order.Pause(c.getReason());
                    case CancelTask c -> new Order.CancelTask(new TaskId(c.getTaskId()), c.getReason());
                    case PauseTask c -> new Order.PauseTask(new TaskId(c.getTaskId()), c.getReason());
                    case ResumePlan c -> new Order.Resume(limits(c.getLimits()));
                    case RetryTask c -> new Order.Retry(new TaskId(c.getTaskId()));
                    case ApproveTask c ->
                        new Order.Approve(new TaskId(c.getTaskId()), Optional.ofNullable(c.getAnswer()));
                    case ChangePriority c ->
                        new Order.Prioritise(
                                Task.Priority.valueOf(c.getPriority().name()));
                    default -> null;
                });
    }

    private static PlanOptions options(io.taskweaver.events.PlanOptions options) {
        return new PlanOptions(
                Optional.ofNullable(options.getTitle()),
                options.getAgent(),
                options.getFallbacks(),
                agentsFor(options.getAgentsFor()),
                Set.copyOf(options.getGates()),
                options.getMaxConcurrent(),
                options.getMaxAttempts(),
                Duration.ofMillis(options.getAttemptTimeoutMillis()),
                limits(options.getLimits()),
                options.getBasePackage(),
                Optional.ofNullable(options.getVerify()),
                Optional.ofNullable(options.getBase()).map(base -> new BaseCommit(base.getFolder(), base.getCommit())));
    }

    private static Optional<SourceSpan> span(io.taskweaver.events.@Nullable SourceSpan span) {
        return Optional.ofNullable(span)
                .map(lines -> new SourceSpan(lines.getPath(), lines.getFirstLine(), lines.getLastLine()));
    }

    private static List<TaskId> ids(List<String> values) {
        return values.stream().map(TaskId::new).toList();
    }

    private static Instant at(EventMeta meta) {
        return meta.getOccurredAt();
    }
}
