package io.taskweaver.cli.progress;

import io.taskweaver.client.PlanEvent;
import io.taskweaver.client.PlanView;
import io.taskweaver.domain.contract.Contract;
import io.taskweaver.domain.plan.Checks;
import io.taskweaver.domain.plan.Plan;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.PlanOptions;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.plan.TaskId;
import io.taskweaver.domain.plan.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
                    task("T3", Task.Kind.WORK, 2, "Report sales")),
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

    static Task task(String id, Task.Kind kind, int phase, String title) {
        return new Task(
                id(id),
                kind,
                title,
                title,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Task.Priority.MEDIUM,
                30,
                List.of(),
                List.of(),
                phase,
                false,
                false,
                List.of(),
                Checks.NONE,
                List.of(),
                Optional.empty());
    }

    static PlanView view(PlanEvent... events) {
        var view = new PlanView(PLAN.id());
        view.on(new PlanEvent.Created(
                second(0), "Book shop", 1, 3, 0, PLAN.criticalPath(), List.of(), PlanOptions.DEFAULT));
        for (int i = 0; i < PLAN.tasks().size(); i++)
            view.on(new PlanEvent.Planned(second(0), PLAN.tasks().get(i), i));
        for (var event : events) view.on(event);
        return view;
    }

    static PlanEvent published() {
        return new PlanEvent.Published(second(1), id("C-store"), new Contract("Store", 1, List.of()));
    }

    static PlanEvent started(String task, int attempt, int at) {
        return new PlanEvent.Started(second(at), id(task), attempt, "exec-1", "simulated", "query", 10);
    }

    static PlanEvent completed(String task, int at, int seconds) {
        return new PlanEvent.Completed(
                second(at),
                id(task),
                1,
                "exec-1",
                "simulated",
                "did it",
                List.of(),
                Usage.NONE,
                Duration.ofSeconds(seconds));
    }

    static PlanEvent merged(String task, int at) {
        return new PlanEvent.Merged(second(at), id(task), 1, 1, List.of("A.java"));
    }

    static PlanEvent failed(String task, int at) {
        return new PlanEvent.Failed(
                second(at),
                id(task),
                1,
                "exec-1",
                "simulated",
                PlanEvent.Failure.TASK_FAILED,
                "it broke\u001b[31m",
                Optional.of("Mend it."),
                Optional.empty(),
                Usage.NONE,
                Duration.ofSeconds(2));
    }
}
