package io.taskweaver.cli.progress;

import io.taskweaver.model.CodeResult;
import io.taskweaver.model.Contract;
import io.taskweaver.model.EntryChange;
import io.taskweaver.model.FileEntry;
import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.Failure;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanSummary;
import io.taskweaver.scheduling.projection.PlanView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A small plan under way. */
final class Shop {
    static final Instant ORIGIN = Instant.parse("2026-03-01T10:00:00Z");
    static final Plan PLAN = new Plan(
            new PlanId("shop-1a2b3c4d"),
            "Book shop",
            List.of(
                    task("C-store", Task.Kind.CONTRACT, 0, "Contract of Store"),
                    task("T1", Task.Kind.WORK, 1, "Order books"),
                    task("T2", Task.Kind.WORK, 1, "注文を取り消す (cancel an order that was not sent yet)"),
                    task("T3", Task.Kind.WORK, 2, "Report sales", "T1")),
            List.of(),
            List.of(List.of(id("T1"), id("T2")), List.of(id("T3"))),
            List.of(id("T1"), id("T3")),
            90,
            120,
            List.of(),
            List.of(),
            List.of(),
            PlanOptions.DEFAULT);

    private Shop() {}

    static TaskId id(String value) {
        return new TaskId(value);
    }

    static Instant second(int second) {
        return ORIGIN.plusSeconds(second);
    }

    static Task task(String id, Task.Kind kind, int phase, String title, String... needs) {
        return Task.builder(id(id), kind, title)
                .description(title)
                .estimateMinutes(30)
                .needs(Stream.of(needs)
                        .map(need -> new Need(id(need), Need.Kind.RESULT, Need.Reason.EXPLICIT, "after " + need, 1))
                        .toList())
                .phase(phase)
                .build();
    }

    static PlanView view(PlanEvent... events) {
        var view = new PlanView(PLAN.id());
        view.on(new PlanEvent.PlanCreated(at(0), PlanSummary.of(PLAN)));
        for (int i = 0; i < PLAN.tasks().size(); i++)
            view.on(planned(PLAN.tasks().get(i), i));
        for (var event : events) view.on(event);
        return view;
    }

    static Meta at(int second) {
        return new Meta("event", PLAN.id(), second(second), Optional.empty());
    }

    static PlanEvent planned(Task task, int position) {
        return new PlanEvent.TaskPlanned(at(0), task, Map.of(), position);
    }

    static PlanEvent published() {
        return new PlanEvent.ContractPublished(at(1), id("C-store"), new Contract("Store", 1, List.of()));
    }

    static PlanEvent started(String task, int attempt, int at) {
        return new PlanEvent.TaskStarted(
                at(at), id(task), attempt, "exec-1", "simulated", "query", 10, Optional.empty());
    }

    static PlanEvent completed(String task, int at, int seconds) {
        return completed(task, at, seconds, Optional.empty());
    }

    /** With a result that lacks something. */
    static PlanEvent completed(String task, int at, int seconds, List<String> leftOut) {
        var made = new CodeResult("2".repeat(40), "1".repeat(40), "3".repeat(40), List.of(), leftOut);
        return completed(task, at, seconds, Optional.of(made));
    }

    private static PlanEvent completed(String task, int at, int seconds, Optional<CodeResult> code) {
        return new PlanEvent.TaskCompleted(
                at(at),
                id(task),
                1,
                "exec-1",
                "simulated",
                Optional.empty(),
                "did it",
                code,
                List.of(),
                Usage.NONE,
                second(at - seconds),
                Duration.ofSeconds(seconds),
                Optional.empty(),
                List.of());
    }

    static PlanEvent merged(String task, int at) {
        return new PlanEvent.ContextMerged(
                at(at),
                id(task),
                1,
                1,
                "2".repeat(40),
                "1".repeat(40),
                "3".repeat(40),
                List.of(new EntryChange(
                        "A.java", Optional.empty(), Optional.of(new FileEntry(FileEntry.FILE, "4".repeat(40), 10)))),
                List.of());
    }

    static PlanEvent failed(String task, int at) {
        return new PlanEvent.TaskFailed(
                at(at),
                id(task),
                1,
                "exec-1",
                "simulated",
                Optional.empty(),
                Failure.TASK_FAILED,
                "it broke\u001b[31m",
                Optional.of("Mend it."),
                Optional.empty(),
                false,
                Usage.NONE,
                second(at - 2),
                Duration.ofSeconds(2),
                Optional.empty(),
                List.of());
    }
}
