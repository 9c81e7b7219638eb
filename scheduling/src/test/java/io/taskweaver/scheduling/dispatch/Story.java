package io.taskweaver.scheduling.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Limits;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A plan and what happened to it: does what the planner's shell does, in memory. */
final class Story {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final PlanProgress plan;
    final Scheduler scheduler = new Scheduler(Backoff.DEFAULT, AnswerTimeouts.DEFAULT);
    final List<Change> kept = new ArrayList<>();
    Instant now = START;
    int capacity = 100;
    private Set<String> closed = Set.of();
    private List<Action> sent = new ArrayList<>();

    private Story(PlanProgress plan) {
        this.plan = plan;
    }

    static Story planOf(Node... nodes) {
        return planOf(PlanOptions.DEFAULT, nodes);
    }

    static Story planOf(PlanOptions options, Node... nodes) {
        return new Story(new PlanProgress(new PlanId("p"), options, List.of(nodes), START));
    }

    static PlanOptions options(int maxConcurrent, int maxAttempts, String... fallbacks) {
        return new PlanOptions(
                Optional.empty(),
                "simulated",
                List.of(fallbacks),
                Map.of(),
                Set.of(),
                maxConcurrent,
                maxAttempts,
                Duration.ofHours(1),
                Limits.NONE,
                "app",
                Optional.empty(),
                Optional.empty());
    }

    static TaskId id(String id) {
        return new TaskId(id);
    }

    static Node work(String id, String... needs) {
        return work(id, 10, needs);
    }

    static Node work(String id, int minutes, String... needs) {
        return node(id, Task.Kind.WORK, minutes, false, needs);
    }

    static Node touching(String id, int minutes, String... files) {
        return new Node(id(id), Task.Kind.WORK, minutes, List.of(), false, Optional.empty(), Set.of(files), Set.of());
    }

    static Node done(String id) {
        return node(id, Task.Kind.WORK, 10, true);
    }

    static Node contract(String id, String... needs) {
        return node(id, Task.Kind.CONTRACT, 1, false, needs);
    }

    private static Node node(String id, Task.Kind kind, int minutes, boolean done, String... needs) {
        return new Node(
                id(id),
                kind,
                minutes,
                Arrays.stream(needs).map(TaskId::new).toList(),
                done,
                Optional.empty(),
                Set.of());
    }

    Story capacity(int slots) {
        capacity = slots;
        return this;
    }

    /** These agents take no work. */
    Story closed(String... agents) {
        closed = Set.of(agents);
        return this;
    }

    /** Lets the plan do by itself what it does. */
    Story begun() {
        sent = new ArrayList<>();
        goOn();
        return this;
    }

    /** Hands the reports in; what they led to is what {@link #thenSent} looks at. */
    Story when(SchedulerInput... reports) {
        sent = new ArrayList<>();
        for (var report : reports) {
            perform(scheduler.decide(plan, report, now));
            goOn();
        }
        return this;
    }

    Story after(Duration time) {
        now = now.plus(time);
        sent = new ArrayList<>();
        goOn();
        return this;
    }

    Story whenOverdueIsLookedFor(AnswerTimeouts.Leases leases) {
        sent = new ArrayList<>();
        perform(scheduler.overdue(plan, leases, START, capacity, now));
        return this;
    }

    Story thenSent(Action... commands) {
        assertThat(sent).containsExactly(commands);
        return this;
    }

    Story thenNothing() {
        assertThat(sent).isEmpty();
        return this;
    }

    Story thenState(String task, Class<? extends TaskState> state) {
        assertThat(plan.stateOf(id(task))).isInstanceOf(state);
        return this;
    }

    Story thenPlan(Class<? extends PlanState> state) {
        assertThat(plan.state()).isInstanceOf(state);
        return this;
    }

    List<Action> sent() {
        return List.copyOf(sent);
    }

    private void goOn() {
        for (var next = next(); !next.isNothing(); next = next()) perform(next);
    }

    private Decision next() {
        return scheduler.next(plan, capacity - plan.inFlight(), closed, now);
    }

    private void perform(Decision decision) {
        kept.addAll(decision.changes());
        decision.changes().forEach(plan::apply);
        sent.addAll(decision.commands());
    }

    static SchedulerInput completed(String task, int attempt) {
        return new SchedulerInput.Completed(id(task), attempt, Usage.NONE);
    }

    static SchedulerInput merged(String task, int attempt) {
        return new SchedulerInput.Merged(id(task), attempt);
    }

    static SchedulerInput started(String task, int attempt) {
        return new SchedulerInput.Started(id(task), attempt, "e1", START);
    }

    static SchedulerInput conflicted(String task, int attempt) {
        return new SchedulerInput.Conflicted(id(task), attempt, List.of("a.txt"), Optional.empty());
    }

    static SchedulerInput failed(String task, int attempt, Failure failure) {
        return new SchedulerInput.Failed(
                id(task), attempt, failure, "it did not work", Optional.of("try harder"), Optional.empty(), Usage.NONE);
    }

    static SchedulerInput published(String task) {
        return new SchedulerInput.ContractPublished(id(task));
    }

    static Action issue(String task, int attempt, long urgency) {
        return new Action.IssueAttempt(
                id(task), "simulated", new Attempts(attempt, 0, 0, Optional.empty()), urgency, false);
    }

    static Action reissue(String task, int attempt, long urgency) {
        return new Action.IssueAttempt(
                id(task), "simulated", new Attempts(attempt, 0, 0, Optional.empty()), urgency, true);
    }
}
