package io.taskweaver.context;

import io.taskweaver.events.ArtifactKind;
import io.taskweaver.events.BaseCommit;
import io.taskweaver.events.CodeFile;
import io.taskweaver.events.CodeResult;
import io.taskweaver.events.ContractArtifact;
import io.taskweaver.events.ContractPublished;
import io.taskweaver.events.EventMeta;
import io.taskweaver.events.FailureKind;
import io.taskweaver.events.Need;
import io.taskweaver.events.NeedKind;
import io.taskweaver.events.NodeKind;
import io.taskweaver.events.PlanCreated;
import io.taskweaver.events.PlanOptions;
import io.taskweaver.events.RequirementsSubmitted;
import io.taskweaver.events.Resolution;
import io.taskweaver.events.ResolutionSide;
import io.taskweaver.events.ResultApproved;
import io.taskweaver.events.ResultWithdrawn;
import io.taskweaver.events.TaskCompleted;
import io.taskweaver.events.TaskFailed;
import io.taskweaver.events.TaskPlanned;
import io.taskweaver.events.TaskResolved;
import io.taskweaver.events.Unlock;
import io.taskweaver.wire.Tickets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events of one plan, as the others write them. */
record PlanEvents(String plan) {
    /** As the service of a test has them. */
    static final Tickets TICKETS = Tickets.of("a-key-of-tickets-that-tests-have");

    /** When all of them occurred. */
    static final Instant OCCURRED = Instant.parse("2026-03-01T08:30:00Z");

    RequirementsSubmitted submitted(CodeFile... code) {
        return RequirementsSubmitted.newBuilder()
                .setMeta(meta("submitted"))
                .setCode(List.of(code))
                .build();
    }

    /** @param folder that the plan is about */
    RequirementsSubmitted submitted(String commit, String folder, String start, CodeFile... code) {
        var base = BaseCommit.newBuilder()
                .setFolder("/home/ada/shop")
                .setCommit(commit)
                .setPrefix(folder)
                .setStart(start)
                .build();
        return RequirementsSubmitted.newBuilder(submitted(code))
                .setOptions(PlanOptions.newBuilder().setBase(base).build())
                .build();
    }

    /** A plan whose results a command verifies. */
    RequirementsSubmitted verified(boolean allowFailingBase, CodeFile... code) {
        return RequirementsSubmitted.newBuilder(submitted(code))
                .setOptions(PlanOptions.newBuilder()
                        .setVerify("npm test")
                        .setAllowFailingBase(allowFailingBase)
                        .build())
                .build();
    }

    /** A plan in which a person looks at the results of some kinds of task. */
    RequirementsSubmitted reviewed(@Nullable String verify, List<String> kinds, CodeFile... code) {
        return RequirementsSubmitted.newBuilder(submitted(code))
                .setOptions(PlanOptions.newBuilder()
                        .setVerify(verify)
                        .setReviews(kinds)
                        .build())
                .build();
    }

    /** A person settled a task by a side of the conflicting files. */
    TaskResolved resolved(String task, int attempt, ResolutionSide side) {
        return resolved(task, attempt, side, null);
    }

    TaskResolved resolved(String task, int attempt, ResolutionSide side, @Nullable CodeResult code) {
        return TaskResolved.newBuilder()
                .setMeta(meta("resolved-" + task + "-" + attempt))
                .setTaskId(task)
                .setAttempt(attempt)
                .setResolution(Resolution.newBuilder()
                        .setSide(side)
                        .setCode(code)
                        .setBy("Ada")
                        .build())
                .build();
    }

    ResultApproved approved(String task, int attempt) {
        return ResultApproved.newBuilder()
                .setMeta(meta("approved-" + task + "-" + attempt))
                .setTaskId(task)
                .setAttempt(attempt)
                .build();
    }

    ResultWithdrawn rejected(String task, int attempt, String reason) {
        return ResultWithdrawn.newBuilder(withdrawn(task, attempt))
                .setRejection(reason)
                .build();
    }

    /** The command failed on the code of a node, or an attempt of a task failed. */
    TaskFailed failed(String task, int attempt, String reason, String... failures) {
        return TaskFailed.newBuilder()
                .setMeta(meta("failed-" + task + "-" + attempt))
                .setTaskId(task)
                .setAttempt(attempt)
                .setExecutorId("executor-1")
                .setAgent("verify")
                .setFailure(FailureKind.TASK_FAILED)
                .setReason(reason)
                .setFailures(List.of(failures))
                .setStartedAt(Instant.EPOCH)
                .setDurationMillis(5)
                .setTicket(TICKETS.of(plan, task, attempt))
                .build();
    }

    ResultWithdrawn withdrawn(String task, int attempt) {
        return ResultWithdrawn.newBuilder()
                .setMeta(meta("withdrawn-" + task + "-" + attempt))
                .setTaskId(task)
                .setAttempt(attempt)
                .build();
    }

    static CodeFile code(String path, @Nullable String content) {
        return CodeFile.newBuilder()
                .setPath(path)
                .setSizeBytes(content == null ? 10 : content.length())
                .setContent(content)
                .build();
    }

    PlanCreated created() {
        return PlanCreated.newBuilder()
                .setMeta(meta("created"))
                .setTitle("Short links")
                .setContractCount(1)
                .setWorkCount(2)
                .setDoneCount(0)
                .setPhaseCount(1)
                .setFirstPhaseWidth(2)
                .setCriticalPathMinutes(30)
                .setTotalMinutes(60)
                .setConstraints(List.of("Java 25"))
                .setBoundaries(List.of("no UI"))
                .build();
    }

    TaskPlanned.Builder task(String id, Need... needs) {
        return TaskPlanned.newBuilder()
                .setMeta(meta("planned-" + id))
                .setTaskId(id)
                .setTitle("Task " + id)
                .setDescription("Do what " + id + " says.")
                .setAcceptanceCriteria(List.of("it works"))
                .setEstimateMinutes(30)
                .setNeeds(List.of(needs))
                .setPhase(1);
    }

    TaskPlanned planned(String id, Need... needs) {
        return task(id, needs).build();
    }

    TaskPlanned reconcile(String id, String conflicted) {
        var need = Need.newBuilder()
                .setTaskId(conflicted)
                .setKind(NeedKind.RESULT)
                .setReason("reconcile")
                .build();
        return task(id, need).setKind(NodeKind.RECONCILE).build();
    }

    static Need contractOf(String node) {
        return Need.newBuilder().setTaskId(node).setKind(NeedKind.CONTRACT).build();
    }

    static Need resultOf(String task) {
        return Need.newBuilder().setTaskId(task).setKind(NeedKind.RESULT).build();
    }

    static Unlock unlock(String task, String title) {
        return Unlock.newBuilder().setTaskId(task).setTitle(title).build();
    }

    ContractPublished contract(String node, String component, int version, Map<String, String> artifacts) {
        return contract(node, component, version, artifacts, "text/x-java");
    }

    ContractPublished contract(
            String node, String component, int version, Map<String, String> artifacts, String mediaType) {
        return ContractPublished.newBuilder()
                .setMeta(meta("contract-" + node + version))
                .setTaskId(node)
                .setComponent(component)
                .setVersion(version)
                .setArtifacts(artifacts.entrySet().stream()
                        .map(artifact -> ContractArtifact.newBuilder()
                                .setKind(ArtifactKind.INTERFACE)
                                .setPath(artifact.getKey())
                                .setMediaType(mediaType)
                                .setContent(artifact.getValue())
                                .build())
                        .toList())
                .build();
    }

    /** Its commit starts from the newest version of the code that has the bases of the edits. */
    Result completed(String task, int attempt, Edit... edits) {
        var event = TaskCompleted.newBuilder()
                .setMeta(meta("completed-" + task + "-" + attempt))
                .setTaskId(task)
                .setAttempt(attempt)
                .setExecutorId("executor-1")
                .setAgent("simulated")
                .setSummary("done")
                .setStartedAt(Instant.EPOCH)
                .setDurationMillis(5)
                .setTicket(TICKETS.of(plan, task, attempt))
                .build();
        return new Result(event, List.of(edits));
    }

    static Edit file(String path, @Nullable String base, @Nullable String content) {
        return Edit.of(path, base, content);
    }

    private EventMeta meta(String id) {
        return EventMeta.newBuilder()
                .setEventId(plan + "-" + id)
                .setPlanId(plan)
                .setOccurredAt(OCCURRED)
                .build();
    }
}
