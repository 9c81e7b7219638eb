package io.taskweaver.context;

import io.taskweaver.domain.context.FileChange;
import io.taskweaver.domain.context.FileConflict;
import io.taskweaver.domain.context.ResultPaths;
import io.taskweaver.domain.context.Settlement;
import io.taskweaver.domain.contract.Contract;
import io.taskweaver.domain.document.CodeFile;
import io.taskweaver.domain.document.SourceSpan;
import io.taskweaver.domain.plan.Checks;
import io.taskweaver.domain.plan.Need;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.plan.TaskId;
import io.taskweaver.events.ContextMerged;
import io.taskweaver.events.ContractPublished;
import io.taskweaver.events.EventMeta;
import io.taskweaver.events.MergeConflicted;
import io.taskweaver.events.PlanCreated;
import io.taskweaver.events.RequirementsSubmitted;
import io.taskweaver.events.TaskCompleted;
import io.taskweaver.events.TaskPlanned;
import io.taskweaver.events.Unlock;
import io.taskweaver.wire.EventIds;
import io.taskweaver.wire.Tickets;
import io.taskweaver.wire.Topics;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Between events and the domain. */
final class Events {
    /** Most that an event says of conflicts, bytes: it fits into a message also if no codec makes it smaller. */
    static final int MAX_CONFLICT_BYTES = Topics.MAX_MESSAGE_BYTES - 1024 * 1024;

    /** What an event tells of a file beside its path. */
    private enum Told {
        TEXTS,
        CONTRIBUTORS,
        NOTHING
    }

    private Events() {}

    /** What is wrong with the ticket of a result, for a person; empty for everything else, and if nothing is. */
    static Optional<String> fault(SpecificRecord event, Tickets tickets) {
        return event instanceof TaskCompleted completed
                ? tickets.fault(
                        completed.getMeta().getPlanId(),
                        completed.getTaskId(),
                        completed.getAttempt(),
                        completed.getTicket())
                : Optional.empty();
    }

    /**
     * What an event says.
     *
     * @throws IllegalArgumentException if it says something impossible
     */
    static PlanEvent read(SpecificRecord event) {
        return switch (event) {
            case RequirementsSubmitted submitted -> read(submitted);
            case PlanCreated created ->
                new PlanEvent.Created(
                        plan(created.getMeta()),
                        new Brief(created.getTitle(), created.getConstraints(), created.getBoundaries()));
            case TaskPlanned planned -> new PlanEvent.Planned(plan(planned.getMeta()), task(planned));
            case ContractPublished published ->
                new PlanEvent.Published(
                        plan(published.getMeta()), new TaskId(published.getTaskId()), contract(published));
            case TaskCompleted completed -> read(completed);
            default ->
                throw new IllegalArgumentException(
                        "no event of this service: " + event.getSchema().getName());
        };
    }

    /** The announcement that a result is merged. */
    static ContextMerged merged(PlanId plan, Settlement.Merged merged, String causationId, Instant at) {
        var id = EventIds.derived(ContextMerged.getClassSchema(), plan, merged.task(), merged.attempt());
        return ContextMerged.newBuilder()
                .setMeta(meta(id, plan, causationId, at))
                .setTaskId(merged.task().value())
                .setAttempt(merged.attempt())
                .setContextVersion(merged.version())
                .setPaths(merged.changed())
                .setContextDigest(merged.digest().hex())
                .build();
    }

    /** The announcement that a result contradicts what is merged. */
    static MergeConflicted conflicted(PlanId plan, Settlement.Conflicted conflicted, String causationId, Instant at) {
        var id = EventIds.derived(MergeConflicted.getClassSchema(), plan, conflicted.task(), conflicted.attempt());
        var told = Arrays.stream(Told.values())
                .filter(each -> bytes(conflicted, each) <= MAX_CONFLICT_BYTES)
                .findFirst()
                .orElse(Told.NOTHING);
        return MergeConflicted.newBuilder()
                .setMeta(meta(id, plan, causationId, at))
                .setTaskId(conflicted.task().value())
                .setAttempt(conflicted.attempt())
                .setConflicts(conflicted.conflicts().stream()
                        .map(conflict -> conflict(conflict, told))
                        .toList())
                .build();
    }

    private static PlanEvent read(RequirementsSubmitted submitted) {
        var paths = new HashSet<String>();
        var code = submitted.getCode().stream()
                .flatMap(file -> inside(file.getPath())
                        .map(path -> new CodeFile(path, file.getSizeBytes(), Optional.ofNullable(file.getContent())))
                        .stream())
                .filter(file -> paths.add(file.path()))
                .toList();
        return new PlanEvent.Submitted(plan(submitted.getMeta()), code);
    }

    /** A path of the code base as results name it; empty if no result may name it. */
    private static Optional<String> inside(String path) {
        try {
            return Optional.of(new FileChange(path, Optional.empty(), Optional.empty()).path());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void checkNumber(String what, int files) {
        ResultPaths.tooMany(what, files).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
    }

    private static PlanEvent read(TaskCompleted completed) {
        checkNumber("The result", completed.getFiles().size());
        return new PlanEvent.Completed(
                plan(completed.getMeta()),
                completed.getMeta().getEventId(),
                new TaskId(completed.getTaskId()),
                completed.getAttempt(),
                completed.getFiles().stream()
                        .map(file -> FileChange.ofResult(
                                file.getPath(),
                                Optional.ofNullable(file.getBase()),
                                Optional.ofNullable(file.getContent())))
                        .toList());
    }

    private static PlannedTask task(TaskPlanned planned) {
        var dependents = new LinkedHashMap<String, String>();
        for (var unlock : planned.getUnlocks()) dependents.put(unlock.getTaskId(), unlock.getTitle());
        var task = new Task(
                new TaskId(planned.getTaskId()),
                Task.Kind.valueOf(planned.getKind().name()),
                planned.getTitle(),
                planned.getDescription(),
                planned.getAcceptanceCriteria(),
                Optional.ofNullable(planned.getComponent()),
                Optional.ofNullable(planned.getOperation()),
                Task.Priority.valueOf(planned.getPriority().name()),
                planned.getEstimateMinutes(),
                planned.getNeeds().stream().map(Events::need).toList(),
                planned.getUnlocks().stream()
                        .map(Unlock::getTaskId)
                        .map(TaskId::new)
                        .toList(),
                planned.getPhase(),
                planned.getCritical(),
                planned.getDone(),
                planned.getExpectedFiles(),
                new Checks(Optional.ofNullable(planned.getVerify()), planned.getOutputs()),
                planned.getTags(),
                source(planned.getSource()));
        return new PlannedTask(task, dependents);
    }

    private static Need need(io.taskweaver.events.Need need) {
        return new Need(
                new TaskId(need.getTaskId()),
                Need.Kind.valueOf(need.getKind().name()),
                reason(need.getReason()),
                need.getBecause(),
                need.getConfidence());
    }

    /** Another planner may have rules of its own; what they found is as binding as what a document states. */
    private static Need.Reason reason(String rule) {
        return Arrays.stream(Need.Reason.values())
                .filter(known -> known.name().equalsIgnoreCase(rule))
                .findFirst()
                .orElse(Need.Reason.EXPLICIT);
    }

    private static Optional<SourceSpan> source(io.taskweaver.events.@Nullable SourceSpan source) {
        return Optional.ofNullable(source)
                .map(span -> new SourceSpan(span.getPath(), span.getFirstLine(), span.getLastLine()));
    }

    private static Contract contract(ContractPublished published) {
        checkNumber("The contract", published.getArtifacts().size());
        return new Contract(
                published.getComponent(),
                published.getVersion(),
                published.getArtifacts().stream()
                        .map(artifact -> new Contract.Artifact(
                                Contract.Kind.valueOf(artifact.getKind().name()),
                                artifact.getPath(),
                                artifact.getMediaType(),
                                artifact.getContent()))
                        .toList());
    }

    private static io.taskweaver.events.FileConflict conflict(FileConflict conflict, Told told) {
        boolean texts = told == Told.TEXTS;
        return io.taskweaver.events.FileConflict.newBuilder()
                .setPath(conflict.path())
                .setBase(texts ? conflict.base().orElse(null) : null)
                .setCurrent(texts ? conflict.current().orElse(null) : null)
                .setProposed(texts ? conflict.proposed().orElse(null) : null)
                .setContributors(
                        told == Told.NOTHING
                                ? List.of()
                                : conflict.contributors().stream()
                                        .map(TaskId::value)
                                        .toList())
                .build();
    }

    private static long bytes(Settlement.Conflicted conflicted, Told told) {
        return conflicted.conflicts().stream()
                .mapToLong(conflict -> bytes(conflict, told))
                .sum();
    }

    private static long bytes(FileConflict conflict, Told told) {
        long bytes = bytes(conflict.path());
        if (told != Told.NOTHING) for (var contributor : conflict.contributors()) bytes += bytes(contributor.value());
        if (told == Told.TEXTS)
            bytes += Stream.of(conflict.base(), conflict.current(), conflict.proposed())
                    .flatMap(Optional::stream)
                    .mapToLong(Events::bytes)
                    .sum();
        return bytes;
    }

    /** Of UTF-8, with the length that Avro writes before it. */
    private static long bytes(String text) {
        return 5L + Utils.utf8Length(text);
    }

    private static PlanId plan(EventMeta meta) {
        return new PlanId(Objects.requireNonNull(meta.getPlanId()));
    }

    private static EventMeta meta(String id, PlanId plan, String causationId, Instant at) {
        return EventMeta.newBuilder()
                .setEventId(id)
                .setPlanId(plan.value())
                .setOccurredAt(at)
                .setCausationId(causationId)
                .build();
    }
}
