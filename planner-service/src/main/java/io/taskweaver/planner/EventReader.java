package io.taskweaver.planner;

import io.taskweaver.domain.document.CodeFile;
import io.taskweaver.domain.document.Document;
import io.taskweaver.domain.document.SourceSpan;
import io.taskweaver.domain.effort.LimitExceeded;
import io.taskweaver.domain.event.Failure;
import io.taskweaver.domain.gap.Evidence;
import io.taskweaver.domain.gap.Finding;
import io.taskweaver.domain.gap.Verdict;
import io.taskweaver.domain.plan.BaseCommit;
import io.taskweaver.domain.plan.Limits;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.PlanOptions;
import io.taskweaver.domain.plan.Rejection;
import io.taskweaver.domain.plan.Submission;
import io.taskweaver.domain.plan.SubmissionLimits;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.plan.TaskId;
import io.taskweaver.domain.plan.TextLimits;
import io.taskweaver.domain.plan.Usage;
import io.taskweaver.domain.refine.PlanChange;
import io.taskweaver.domain.schedule.Report;
import io.taskweaver.events.AddCriterion;
import io.taskweaver.events.AddNeed;
import io.taskweaver.events.ApproveTask;
import io.taskweaver.events.CancelPlan;
import io.taskweaver.events.CancelTask;
import io.taskweaver.events.ChangePriority;
import io.taskweaver.events.ContextMerged;
import io.taskweaver.events.ContractPublished;
import io.taskweaver.events.DropNeed;
import io.taskweaver.events.EventMeta;
import io.taskweaver.events.ExecutorHeartbeat;
import io.taskweaver.events.ExecutorState;
import io.taskweaver.events.FileConflict;
import io.taskweaver.events.FinishTask;
import io.taskweaver.events.KindAgents;
import io.taskweaver.events.MergeConflicted;
import io.taskweaver.events.MergeTasks;
import io.taskweaver.events.PausePlan;
import io.taskweaver.events.PauseTask;
import io.taskweaver.events.PlanCommand;
import io.taskweaver.events.PlanLimits;
import io.taskweaver.events.ReestimateTask;
import io.taskweaver.events.ReprioritiseTask;
import io.taskweaver.events.RequirementsSubmitted;
import io.taskweaver.events.ResumePlan;
import io.taskweaver.events.RetitleTask;
import io.taskweaver.events.RetryTask;
import io.taskweaver.events.SplitTask;
import io.taskweaver.events.TaskCompleted;
import io.taskweaver.events.TaskFailed;
import io.taskweaver.events.TaskStarted;
import io.taskweaver.wire.DeadLetters;
import io.taskweaver.wire.Tickets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** From events to the domain's words: with {@link EventWriter} the only place that sees the generated types. */
final class EventReader {
    private static final int LONGEST_ID = 200;

    private EventReader() {}

    static Inbound submitted(RequirementsSubmitted event) {
        var meta = event.getMeta();
        try {
            checkId(meta);
            var changes = event.getChanges().stream().map(EventReader::change).toList();
            return new Inbound.Submitted(meta.getEventId(), event, submission(event), changes);
        } catch (LimitExceeded e) {
            return unusable(event, SubmissionLimits.rejection(e));
        } catch (IllegalArgumentException e) {
            return unusable(
                    event,
                    new Rejection(
                            "invalid-submission",
                            "The submission breaks a rule: " + e.getMessage() + ".",
                            "Correct it and submit it again.",
                            Optional.empty()));
        }
    }

    private static Inbound unusable(RequirementsSubmitted event, Rejection why) {
        var meta = event.getMeta();
        return new Inbound.Unusable(
                TextLimits.cut(meta.getEventId(), LONGEST_ID),
                event,
                TextLimits.cut(meta.getPlanId(), LONGEST_ID),
                why);
    }

    static Inbound published(ContractPublished event) {
        return told(event.getMeta(), event, () -> new Report.ContractPublished(new TaskId(event.getTaskId())));
    }

    static Inbound started(TaskStarted event) {
        return told(
                event.getMeta(),
                event,
                () -> new Report.Started(
                        new TaskId(event.getTaskId()),
                        event.getAttempt(),
                        event.getExecutorId(),
                        event.getMeta().getOccurredAt()));
    }

    static Inbound completed(TaskCompleted event, Tickets tickets) {
        checkTicket(event.getMeta(), event.getTaskId(), event.getAttempt(), event.getTicket(), tickets);
        return told(
                event.getMeta(),
                event,
                () -> new Report.Completed(new TaskId(event.getTaskId()), event.getAttempt(), usage(event.getUsage())));
    }

    static Inbound failed(TaskFailed event, Tickets tickets) {
        checkTicket(event.getMeta(), event.getTaskId(), event.getAttempt(), event.getTicket(), tickets);
        return told(
                event.getMeta(),
                event,
                () -> new Report.Failed(
                        new TaskId(event.getTaskId()),
                        event.getAttempt(),
                        Failure.valueOf(event.getFailure().name()),
                        event.getReason(),
                        Optional.ofNullable(event.getHint()),
                        Optional.ofNullable(event.getRetryAt()),
                        usage(event.getUsage())));
    }

    static Inbound merged(ContextMerged event) {
        return told(event.getMeta(), event, () -> new Report.Merged(new TaskId(event.getTaskId()), event.getAttempt()));
    }

    static Inbound conflicted(MergeConflicted event) {
        return told(
                event.getMeta(),
                event,
                () -> new Report.Conflicted(
                        new TaskId(event.getTaskId()),
                        event.getAttempt(),
                        event.getConflicts().stream().map(FileConflict::getPath).toList()));
    }

    static Inbound command(PlanCommand event) {
        return told(event.getMeta(), event, () -> switch (event.getCommand()) {
            case CancelPlan cancel -> new Report.CancelAsked(cancel.getReason());
            case PausePlan pause -> new Report.PauseAsked(pause.getReason());
            case CancelTask cancel -> new Report.TaskCancelAsked(new TaskId(cancel.getTaskId()), cancel.getReason());
            case PauseTask pause -> new Report.TaskPauseAsked(new TaskId(pause.getTaskId()), pause.getReason());
            case ResumePlan resume -> new Report.ResumeAsked(limits(resume.getLimits()));
            case RetryTask retry -> new Report.RetryAsked(new TaskId(retry.getTaskId()));
            case ApproveTask approve ->
                new Report.Approved(new TaskId(approve.getTaskId()), Optional.ofNullable(approve.getAnswer()));
            case ChangePriority change ->
                new Report.PriorityChanged(
                        Task.Priority.valueOf(change.getPriority().name()));
            default ->
                throw new IllegalArgumentException(
                        "not a command: " + event.getCommand().getClass());
        });
    }

    static Beat beat(ExecutorHeartbeat event) {
        return new Beat(
                event.getExecutorId(),
                event.getSlots(),
                Duration.ofMillis(event.getIntervalMillis()),
                event.getState() == ExecutorState.ACTIVE,
                Optional.ofNullable(event.getReason()),
                event.getRunning().stream()
                        .map(running -> new Beat.Held(running.getPlanId(), running.getTaskId(), running.getAttempt()))
                        .collect(Collectors.toUnmodifiableSet()),
                Set.copyOf(event.getBackends()),
                event.getHalts().stream()
                        .map(halt ->
                                new Beat.Halt(halt.getBackend(), halt.getReason(), halt.getUntil(), halt.getShared()))
                        .toList());
    }

    private static void checkTicket(
            EventMeta meta, String task, int attempt, @Nullable String ticket, Tickets tickets) {
        var fault = tickets.fault(meta.getPlanId(), task, attempt, ticket);
        if (fault.isPresent()) throw new Unprocessable(DeadLetters.UNTICKETED, fault.get());
    }

    /** What it leads to repeats its id. */
    private static void checkId(EventMeta meta) {
        TextLimits.check("meta.eventId", meta.getEventId(), LONGEST_ID);
    }

    private static Inbound told(EventMeta meta, SpecificRecord event, Supplier<Report> report) {
        try {
            checkId(meta);
            return new Inbound.Told(meta.getEventId(), event, new PlanId(meta.getPlanId()), report.get());
        } catch (IllegalArgumentException | LimitExceeded e) {
            throw new Unprocessable(DeadLetters.INVALID, String.valueOf(e.getMessage()));
        }
    }

    private static Submission submission(RequirementsSubmitted event) {
        return new Submission(
                new PlanId(event.getMeta().getPlanId()),
                event.getDocuments().stream().map(EventReader::document).toList(),
                optional(event.getStructure()).map(EventReader::document),
                event.getCode().stream().map(EventReader::file).toList(),
                event.getFindings().stream().map(EventReader::finding).toList(),
                options(event.getOptions()));
    }

    private static PlanChange change(Object change) {
        return switch (change) {
            case AddNeed add ->
                new PlanChange.AddNeed(new TaskId(add.getTaskId()), new TaskId(add.getOn()), add.getBecause());
            case DropNeed drop ->
                new PlanChange.DropNeed(new TaskId(drop.getTaskId()), new TaskId(drop.getOn()), drop.getBecause());
            case SplitTask split ->
                new PlanChange.SplitTask(
                        new TaskId(split.getTaskId()),
                        split.getParts().stream()
                                .map(part -> new PlanChange.Part(
                                        part.getTitle(), part.getDescription(), part.getCriteria(), part.getMinutes()))
                                .toList());
            case MergeTasks merge ->
                new PlanChange.MergeTasks(
                        new TaskId(merge.getTaskId()),
                        merge.getOthers().stream().map(TaskId::new).toList());
            case RetitleTask retitle -> new PlanChange.RetitleTask(new TaskId(retitle.getTaskId()), retitle.getTitle());
            case ReestimateTask estimate ->
                new PlanChange.ReestimateTask(new TaskId(estimate.getTaskId()), estimate.getMinutes());
            case ReprioritiseTask importance ->
                new PlanChange.ReprioritiseTask(
                        new TaskId(importance.getTaskId()),
                        Task.Priority.valueOf(importance.getPriority().name()));
            case AddCriterion add -> new PlanChange.AddCriterion(new TaskId(add.getTaskId()), add.getCriterion());
            case FinishTask finish -> new PlanChange.FinishTask(new TaskId(finish.getTaskId()), finish.getBecause());
            default -> throw new IllegalArgumentException("not a change of a plan: " + change.getClass());
        };
    }

    private static Document document(io.taskweaver.events.Document document) {
        return new Document(document.getPath(), document.getContent());
    }

    private static CodeFile file(io.taskweaver.events.CodeFile file) {
        return new CodeFile(file.getPath(), file.getSizeBytes(), Optional.ofNullable(file.getContent()));
    }

    private static Finding finding(io.taskweaver.events.Finding finding) {
        var lines = finding.getSource();
        return new Finding(
                Finding.Subject.REQUIREMENT,
                optional(finding.getRequirementId()),
                finding.getTitle(),
                Optional.of(new SourceSpan(lines.getPath(), lines.getFirstLine(), lines.getLastLine())),
                Verdict.valueOf(finding.getVerdict().name()),
                finding.getConfidence(),
                finding.getBecause(),
                finding.getEvidence().stream()
                        .map(place -> new Evidence(place.getPath(), place.getLine(), place.getSymbol()))
                        .toList());
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
                optional(options.getVerify()),
                optional(options.getBase()).map(base -> new BaseCommit(base.getFolder(), base.getCommit())));
    }

    private static Map<String, List<String>> agentsFor(List<KindAgents> agents) {
        var byKind = new LinkedHashMap<String, List<String>>();
        for (var each : agents) byKind.putIfAbsent(each.getKind(), each.getAgents());
        return byKind;
    }

    private static Usage usage(io.taskweaver.events.Usage usage) {
        return new Usage(usage.getInputTokens(), usage.getOutputTokens(), usage.getCostMicros());
    }

    private static Limits limits(@Nullable PlanLimits limits) {
        if (limits == null) return Limits.NONE;
        return new Limits(
                optional(limits.getWithinMillis()).map(Duration::ofMillis),
                optional(limits.getCost()).map(EventReader::allowance),
                optional(limits.getTokens()).map(EventReader::allowance));
    }

    private static Limits.Allowance allowance(io.taskweaver.events.Allowance allowance) {
        return new Limits.Allowance(allowance.getSoft(), allowance.getHard());
    }

    /** Avro's getters do not say that an optional field may be null. */
    private static <T> Optional<T> optional(@Nullable T value) {
        return Optional.ofNullable(value);
    }
}
