package io.taskweaver.client;

import io.taskweaver.domain.context.FileConflict;
import io.taskweaver.domain.contract.Contract;
import io.taskweaver.domain.plan.Checks;
import io.taskweaver.domain.plan.Limits;
import io.taskweaver.domain.plan.Need;
import io.taskweaver.domain.plan.PlanOptions;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.plan.TaskId;
import io.taskweaver.domain.plan.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Events in few words, at a second counted from a fixed moment. */
public final class Events {
    public static final Instant ORIGIN = Instant.parse("2026-03-01T10:00:00Z");

    private Events() {}

    public static Instant second(int second) {
        return ORIGIN.plusSeconds(second);
    }

    public static TaskId id(String value) {
        return new TaskId(value);
    }

    public static PlanEvent created(int works, String... criticalPath) {
        return new PlanEvent.Created(
                second(0),
                "Shop",
                1,
                works,
                0,
                List.of(criticalPath).stream().map(TaskId::new).toList(),
                List.of(),
                PlanOptions.DEFAULT);
    }

    public static Task task(String id, Task.Kind kind, int phase, String title, String... needs) {
        return new Task(
                id(id),
                kind,
                title,
                title + " in full",
                List.of("it works"),
                Optional.of("Store"),
                Optional.empty(),
                Task.Priority.HIGH,
                30,
                List.of(needs).stream()
                        .map(need -> new Need(id(need), Need.Kind.RESULT, Need.Reason.EXPLICIT, "after " + need, 1))
                        .toList(),
                List.of(),
                phase,
                false,
                false,
                List.of(),
                Checks.NONE,
                List.of("shop"),
                Optional.empty());
    }

    public static PlanEvent planned(String id, Task.Kind kind, int phase, int position, String... needs) {
        return new PlanEvent.Planned(second(0), task(id, kind, phase, "Do " + id, needs), position);
    }

    public static PlanEvent work(String id, int phase, int position, String... needs) {
        return planned(id, Task.Kind.WORK, phase, position, needs);
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
        return new PlanEvent.Published(second(1), id(node), new Contract("Store", version, artifacts));
    }

    public static PlanEvent ready(String task, int attempt, int at) {
        return new PlanEvent.Ready(second(at), id(task), attempt);
    }

    public static PlanEvent started(String task, int attempt, int at) {
        return new PlanEvent.Started(second(at), id(task), attempt, "exec-1", "simulated", "Query of " + task, 12);
    }

    public static PlanEvent completed(String task, int attempt, int at, int seconds) {
        return new PlanEvent.Completed(
                second(at),
                id(task),
                attempt,
                "exec-1",
                "simulated",
                "did it",
                List.of(),
                new Usage(10, 2, 300),
                Duration.ofSeconds(seconds));
    }

    public static PlanEvent standing(int at, Optional<PlanEvent.Pause> pause, String... waiting) {
        var questions = new LinkedHashMap<TaskId, String>();
        for (var task : waiting) questions.put(id(task), "May it start?");
        return new PlanEvent.Standing(second(at), pause, questions, Limits.NONE, Optional.empty());
    }

    public static PlanEvent failed(String task, int attempt, int at, PlanEvent.Failure failure) {
        return new PlanEvent.Failed(
                second(at),
                id(task),
                attempt,
                "exec-1",
                "simulated",
                failure,
                "it broke",
                Optional.of("mend it"),
                Optional.empty(),
                new Usage(10, 2, 300),
                Duration.ofSeconds(2));
    }

    public static PlanEvent merged(String task, int attempt, int at) {
        return new PlanEvent.Merged(second(at), id(task), attempt, 1, List.of("src/A.java"));
    }

    public static PlanEvent conflicted(String task, int attempt, int at) {
        return new PlanEvent.Conflicted(
                second(at),
                id(task),
                attempt,
                List.of(new FileConflict(
                        "src/A.java", Optional.empty(), Optional.of("a"), Optional.of("b"), List.of(id("T1")))));
    }

    public static PlanEvent ordered(Order order, int at) {
        return new PlanEvent.Ordered(second(at), order);
    }

    public static PlanEvent ended(PlanEnd end, int at) {
        return new PlanEvent.Ended(second(at), end);
    }

    public static PlanEnd failure(String failed, String... blocked) {
        return new PlanEnd.Failed(
                "a task failed",
                0,
                List.of(id(failed)),
                List.of(blocked).stream().map(TaskId::new).toList());
    }
}
