package io.taskweaver.client;

import io.taskweaver.model.CodeResult;
import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.Contract;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileConflict;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.Limits;
import io.taskweaver.model.Need;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Rejection;
import io.taskweaver.model.Submission;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.Command;
import io.taskweaver.model.event.Failure;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.Pause;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events in few words, at a second counted from a fixed moment. */
public final class Events {
    private static final String HEAD = "1".repeat(40);
    private static final String NEXT = "2".repeat(40);
    private static final String TREE = "3".repeat(40);
    private static final EntryChange CHANGE = new EntryChange(
            "src/A.java", Optional.empty(), Optional.of(new FileEntry(FileEntry.FILE, "4".repeat(40), 10)));

    public static final Instant ORIGIN = Instant.parse("2026-03-01T10:00:00Z");

    private Events() {}

    public static Instant second(int second) {
        return ORIGIN.plusSeconds(second);
    }

    public static TaskId id(String value) {
        return new TaskId(value);
    }

    public static Meta at(int second) {
        return new Meta("event", new PlanId("shop"), second(second), Optional.empty());
    }

    public static PlanEvent submitted(int at) {
        var plan = new PlanId("shop");
        var submission = new Submission(plan, List.of(), Optional.empty(), List.of(), PlanOptions.DEFAULT);
        return new PlanEvent.RequirementsSubmitted(at(at), submission, List.of());
    }

    public static PlanEvent rejected(int at, String reason) {
        return new PlanEvent.RequirementsRejected(
                at(at), List.of(new Rejection("no-tasks", reason, "Correct it.", Optional.empty())));
    }

    public static PlanEvent created(int works, String... criticalPath) {
        return new PlanEvent.PlanCreated(
                at(0),
                new PlanSummary(
                        "Shop",
                        1,
                        works,
                        0,
                        1,
                        works,
                        List.of(criticalPath).stream().map(TaskId::new).toList(),
                        30,
                        30,
                        List.of(),
                        List.of(),
                        List.of(),
                        PlanOptions.DEFAULT));
    }

    public static Task task(String id, Task.Kind kind, int phase, String title, String... needs) {
        var reason = kind == Task.Kind.RECONCILE ? Need.Reason.RECONCILE : Need.Reason.EXPLICIT;
        return Task.builder(id(id), kind, title)
                .description(title + " in full")
                .acceptanceCriteria(List.of("it works"))
                .component(Optional.of("Store"))
                .priority(Task.Priority.HIGH)
                .estimateMinutes(30)
                .needs(List.of(needs).stream()
                        .map(need -> new Need(id(need), Need.Kind.RESULT, reason, "after " + need, 1))
                        .toList())
                .phase(phase)
                .tags(List.of("shop"))
                .build();
    }

    public static PlanEvent planned(String id, Task.Kind kind, int phase, int position, String... needs) {
        return new PlanEvent.TaskPlanned(at(0), task(id, kind, phase, "Do " + id, needs), Map.of(), position);
    }

    public static PlanEvent work(String id, int phase, int position, String... needs) {
        return planned(id, Task.Kind.WORK, phase, position, needs);
    }

    public static PlanEvent specified(String node, int at) {
        return new PlanEvent.ComponentSpecified(
                at(at), new ComponentSpec(id(node), "Store", "keeps books", "app", List.of(), List.of()));
    }

    public static PlanEvent published(String node, int version) {
        var artifacts = List.of(
                new Contract.Artifact(
                        Contract.Kind.INTERFACE,
                        "src/main/java/app/store/Store.java",
                        "text/x-java-source",
                        "package app.store;\n\npublic interface Store {}\n"),
                new Contract.Artifact(
                        Contract.Kind.API,
                        "contracts/store/openapi.json",
                        "application/json",
                        "{\"v\":" + version + "}"));
        return new PlanEvent.ContractPublished(at(1), id(node), new Contract("Store", version, artifacts));
    }

    public static PlanEvent ready(String task, int attempt, int at) {
        return new PlanEvent.TaskReady(
                at(at),
                id(task),
                attempt,
                "simulated",
                Duration.ofHours(1),
                30,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    public static PlanEvent started(String task, int attempt, int at) {
        return started(task, attempt, at, "exec-1");
    }

    public static PlanEvent started(String task, int attempt, int at, String executor) {
        return new PlanEvent.TaskStarted(
                at(at), id(task), attempt, executor, "simulated", "Query of " + task, 12, Optional.empty());
    }

    public static PlanEvent completed(String task, int attempt, int at, int seconds) {
        return new PlanEvent.TaskCompleted(
                at(at),
                id(task),
                attempt,
                "exec-1",
                "simulated",
                Optional.empty(),
                "did it",
                Optional.of(new CodeResult(NEXT, HEAD, TREE, List.of(CHANGE), List.of())),
                List.of(),
                new Usage(10, 2, 300),
                second(at - seconds),
                Duration.ofSeconds(seconds),
                Optional.empty(),
                List.of());
    }

    public static PlanEvent standing(int at, Optional<Pause> pause, String... waiting) {
        var questions = new LinkedHashMap<TaskId, String>();
        for (var task : waiting) questions.put(id(task), "May it start?");
        return new PlanEvent.PlanStanding(at(at), pause, questions, Usage.NONE, Limits.NONE, Optional.empty());
    }

    public static PlanEvent failed(String task, int attempt, int at, Failure failure) {
        return failed(task, attempt, at, failure, Optional.empty());
    }

    public static PlanEvent failed(String task, int attempt, int at, Failure failure, Instant retryAt) {
        return failed(task, attempt, at, failure, Optional.of(retryAt));
    }

    private static PlanEvent failed(String task, int attempt, int at, Failure failure, Optional<Instant> retryAt) {
        return new PlanEvent.TaskFailed(
                at(at),
                id(task),
                attempt,
                "exec-1",
                "simulated",
                Optional.empty(),
                failure,
                "it broke",
                Optional.of("mend it"),
                retryAt,
                false,
                new Usage(10, 2, 300),
                second(at - 2),
                Duration.ofSeconds(2),
                Optional.empty(),
                List.of());
    }

    public static PlanEvent merged(String task, int attempt, int at) {
        return new PlanEvent.ContextMerged(at(at), id(task), attempt, 1, NEXT, HEAD, TREE, List.of(CHANGE), List.of());
    }

    public static PlanEvent conflicted(String task, int attempt, int at) {
        return new PlanEvent.MergeConflicted(
                at(at),
                id(task),
                attempt,
                List.of(new FileConflict(
                        "src/A.java", Optional.empty(), Optional.of("a"), Optional.of("b"), List.of(id("T1")))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public static PlanEvent commanded(Command command, int at) {
        return new PlanEvent.PlanCommand(at(at), command);
    }

    public static PlanEvent completed(int done, int retried, int at) {
        return new PlanEvent.PlanCompleted(at(at), done, retried, second(0), Usage.NONE);
    }

    public static PlanEvent failure(int at, String failed, String... blocked) {
        return new PlanEvent.PlanFailed(
                at(at),
                "a task failed",
                0,
                List.of(id(failed)),
                List.of(blocked).stream().map(TaskId::new).toList(),
                0,
                Usage.NONE);
    }
}
