package io.taskweaver.scheduling.projection;

import io.taskweaver.model.CodeResult;
import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.Contract;
import io.taskweaver.model.FileConflict;
import io.taskweaver.model.Limits;
import io.taskweaver.model.Need;
import io.taskweaver.model.OptionChanges;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Resolution;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Usage;
import io.taskweaver.model.Verifications;
import io.taskweaver.model.event.Command;
import io.taskweaver.model.event.Failure;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.Pause;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanSummary;
import io.taskweaver.scheduling.dispatch.AnswerTimeouts;
import io.taskweaver.scheduling.dispatch.Backoff;
import io.taskweaver.scheduling.dispatch.Change;
import io.taskweaver.scheduling.dispatch.Decision;
import io.taskweaver.scheduling.dispatch.Node;
import io.taskweaver.scheduling.dispatch.PlanProgress;
import io.taskweaver.scheduling.dispatch.PlanState;
import io.taskweaver.scheduling.dispatch.Reconciliation;
import io.taskweaver.scheduling.dispatch.Scheduler;
import io.taskweaver.scheduling.dispatch.SchedulerInput;
import io.taskweaver.scheduling.dispatch.TaskState;
import io.taskweaver.scheduling.dispatch.VerificationTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A plan at random, run by the scheduler against agents, users and a merge that do what they like, with the events that
 * all of them send.
 */
final class PlayedPlan {
    static final PlanId ID = new PlanId("p");
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static PlanOptions options(boolean verified, Set<String> reviews) {
        var usual = new PlanOptions(
                Optional.empty(),
                "first",
                List.of("second"),
                Map.of(),
                Set.of("gated"),
                3,
                2,
                Duration.ofHours(1),
                Limits.NONE,
                "app",
                verified ? Optional.of("make test") : Optional.empty(),
                Optional.empty());
        return usual.toBuilder().reviews(reviews).maxRejections(2).build();
    }

    final List<PlanEvent> events = new ArrayList<>();
    final List<Task> tasks = new ArrayList<>();
    final PlanProgress progress;
    private final Random random;
    private final PlanOptions options;
    /** Results that wait for a verification, by its node. */
    private final Map<TaskId, Out> batches = new HashMap<>();

    private final Scheduler scheduler = new Scheduler(Backoff.DEFAULT, AnswerTimeouts.DEFAULT);
    private final List<Out> out = new ArrayList<>();
    private Instant now = START;

    /** An attempt that is out, and how far it has come: issued, started, completed. */
    private record Out(TaskId task, int attempt, int step) {}

    PlayedPlan(long seed) {
        random = new Random(seed);
        var reviews = List.of(Set.<String>of(), Set.of("reviewed"), Set.of(PlanOptions.ALL_KINDS));
        options = options(random.nextBoolean(), reviews.get(random.nextInt(reviews.size())));
        int contracts = random.nextInt(3);
        for (int i = 0; i < contracts + 2 + random.nextInt(6); i++) tasks.add(task(i, i < contracts));
        progress = new PlanProgress(
                ID, options, tasks.stream().map(task -> Node.of(task, options)).toList(), START);
        var summary = new PlanSummary(
                "P", contracts, tasks.size(), 0, 1, 1, List.of(), 1, 1, List.of(), List.of(), List.of(), options);
        events.add(new PlanEvent.PlanCreated(meta(), summary));
        for (var task : tasks) events.add(new PlanEvent.TaskPlanned(meta(), task, Map.of(), tasks.indexOf(task)));
        if (options.verify().isPresent() && random.nextBoolean()) perform(Scheduler.verifyBase(progress));
        carryOn();
    }

    private Task task(int number, boolean contract) {
        var needs = IntStream.range(0, number)
                .filter(any -> !contract && random.nextInt(4) == 0)
                .mapToObj(each -> new Need(tasks.get(each).id(), Need.Kind.RESULT, Need.Reason.EXPLICIT, "so it is", 1))
                .toList();
        return Task.builder(new TaskId("T" + number), contract ? Task.Kind.CONTRACT : Task.Kind.WORK, "Do " + number)
                .needs(needs)
                .estimateMinutes(1)
                .done(!contract && random.nextInt(8) == 0)
                .tags(List.of("gated", "reviewed").stream()
                        .filter(any -> random.nextInt(6) == 0)
                        .toList())
                .build();
    }

    private Meta meta() {
        now = now.plusMillis(1);
        return new Meta("e" + events.size(), ID, now, Optional.empty());
    }

    boolean isOver() {
        return progress.state() instanceof PlanState.Completed || progress.state() instanceof PlanState.Cancelled;
    }

    /** What the planner would show. */
    List<TaskView> kept() {
        var nodes = IntStream.range(0, tasks.size())
                .mapToObj(position -> new Projection.PlannedTask(tasks.get(position), position))
                .toList();
        return Projection.of(nodes, progress::stateOf, progress.state(), options, Optional.empty());
    }

    /** What was said last about a conflict of a task. */
    Optional<PlanEvent.MergeConflicted> lastConflict(TaskId task) {
        return events.stream()
                .filter(PlanEvent.MergeConflicted.class::isInstance)
                .map(PlanEvent.MergeConflicted.class::cast)
                .filter(conflict -> conflict.task().equals(task))
                .max(Comparator.comparingInt(PlanEvent.MergeConflicted::attempt));
    }

    /** Somebody does something. */
    void step() {
        now = now.plusSeconds(1 + random.nextInt(3));
        if (random.nextInt(progress.waitingCount() == 0 ? 5 : 2) == 0) userActs();
        else if (!out.isEmpty()) agentActs(out.remove(random.nextInt(out.size())));
        carryOn();
    }

    private void userActs() {
        var task = tasks.get(random.nextInt(tasks.size())).id();
        // Commands about a node that reconciles the result of a superseded attempt: only the planner knows that they
        // have no effect.
        if (isObsolete(task)) return;
        int attempt = progress.stateOf(task) instanceof TaskState.InReview review
                ? review.attempts().number()
                : Command.NO_RESULT;
        give(
                switch (random.nextInt(17)) {
                    case 0, 1, 2 -> new Command.RetryTask(task);
                    case 3, 4, 5, 6 -> new Command.ApproveTask(task, Optional.of("yes"), attempt);
                    case 7 -> new Command.CancelTask(task, "no");
                    case 8 -> new Command.PauseTask(task, "later");
                    case 9 -> new Command.PausePlan("lunch");
                    case 10 -> new Command.ResumePlan(Limits.NONE);
                    case 13, 14 -> new Command.ResolveTask(task, Math.max(1, numberOf(task)), resolution());
                    case 11, 12 -> new Command.RejectTask(task, "not so", Math.max(1, attempt));
                    case 15 ->
                        new Command.ChangeOptions(OptionChanges.builder()
                                .maxAttempts(Optional.of(1 + random.nextInt(3)))
                                .build());
                    default ->
                        random.nextInt(10) == 0 ? new Command.CancelPlan("over") : new Command.ResumePlan(Limits.NONE);
                });
    }

    private int numberOf(TaskId task) {
        return progress.stateOf(task) instanceof TaskState.Tried tried
                ? tried.attempts().number()
                : 0;
    }

    private Resolution resolution() {
        var commit = "1".repeat(40);
        var side = Resolution.Side.values()[random.nextInt(3)];
        return new Resolution(
                side,
                side == Resolution.Side.FILES
                        ? Optional.of(new CodeResult(commit, commit, commit, List.of(), List.of()))
                        : Optional.empty(),
                "Ada");
    }

    private boolean isObsolete(TaskId node) {
        return tasks.stream()
                .filter(task -> task.id().equals(node) && task.kind() == Task.Kind.RECONCILE)
                .map(task -> task.needs().getFirst().on())
                .anyMatch(conflicted -> isObsolete(conflicted)
                        || !(progress.stateOf(conflicted) instanceof TaskState.Tried tried
                                && Reconciliation.id(
                                                conflicted, tried.attempts().number())
                                        .equals(node)));
    }

    private void give(Command command) {
        send(new PlanEvent.PlanCommand(meta(), command));
    }

    private void agentActs(Out one) {
        var kept = progress.stateOf(one.task());
        if (kept instanceof TaskState.InReview review && review.attempts().number() == one.attempt()) {
            out.add(one); // Until somebody has looked at it.
            return;
        }
        boolean isCurrent = kept instanceof TaskState.Outstanding outstanding
                && outstanding.attempts().number() == one.attempt();
        // An executor stops what was cancelled; only a completed result is merged all the same.
        if (!isCurrent) return;
        switch (one.step()) {
            case 0 -> {
                send(new PlanEvent.TaskStarted(
                        meta(), one.task(), one.attempt(), "e1", "first", "do it", 1, Optional.empty()));
                out.add(new Out(one.task(), one.attempt(), 1));
            }
            case 1 -> {
                if (random.nextInt(3) == 0) fail(one);
                else complete(one);
            }
            default -> {
                if (kept instanceof TaskState.Resolved && random.nextInt(3) == 0) {
                    refuse(one);
                    // Who missed it asks again.
                    if (progress.stateOf(one.task()) instanceof TaskState.Resolved) out.add(one);
                } else if (isVerification(one.task())) judge(one, true);
                else if (isVerifying()) out.add(one); // Others wait.
                else if (options.verify().isPresent() && one.step() == 2 && random.nextInt(3) == 0) {
                    var node = Verifications.batch(1 + batches.size());
                    batches.put(node, new Out(one.task(), one.attempt(), 3));
                    send(new PlanEvent.VerificationRequested(meta(), node, "2", List.of(one.task())));
                } else if (random.nextInt(4) == 0) conflict(one);
                else merge(one);
            }
        }
    }

    /** Batches are verified one after the other. */
    private boolean isVerifying() {
        return batches.keySet().stream()
                .anyMatch(node -> !progress.stateOf(node).satisfies());
    }

    private static boolean isVerification(TaskId task) {
        return task.value().startsWith("verify-") && !task.value().contains("reconcile");
    }

    /** What the one who merges makes of a verdict. */
    private void judge(Out one, boolean passed) {
        var result = batches.get(one.task());
        var red = Optional.of("'make test' failed.");
        if (result == null && !passed) {
            send(new PlanEvent.MergeConflicted(
                    meta(), one.task(), one.attempt(), List.of(), red, Optional.empty(), Optional.empty()));
            return;
        }
        merge(one);
        if (result == null) return;
        if (passed) merge(result);
        else
            send(new PlanEvent.MergeConflicted(
                    meta(), result.task(), result.attempt(), List.of(), red, Optional.empty(), commit(result)));
    }

    private void merge(Out one) {
        send(new PlanEvent.ContextMerged(meta(), one.task(), one.attempt(), 1, "2", "1", "3", List.of(), List.of()));
    }

    private void complete(Out one) {
        send(new PlanEvent.TaskCompleted(
                meta(),
                one.task(),
                one.attempt(),
                "e1",
                "first",
                Optional.empty(),
                "did it",
                Optional.empty(),
                List.of(),
                new Usage(1, 1, 1),
                now,
                Duration.ofSeconds(1),
                Optional.empty(),
                List.of()));
        out.add(new Out(one.task(), one.attempt(), 2));
    }

    private void fail(Out one) {
        var failures = Failure.values();
        var failure = failures[random.nextInt(failures.length)];
        send(new PlanEvent.TaskFailed(
                meta(),
                one.task(),
                one.attempt(),
                "e1",
                "first",
                Optional.empty(),
                failure,
                "it broke",
                Optional.of("repair it"),
                Optional.empty(),
                false,
                new Usage(1, 1, 1),
                now,
                Duration.ofSeconds(1),
                Optional.empty(),
                List.of()));
        boolean isCurrent = progress.stateOf(one.task()) instanceof TaskState.Unmerged;
        if (isVerification(one.task()) && isCurrent) judge(one, false);
    }

    private void conflict(Out one) {
        var file = new FileConflict("a", Optional.empty(), Optional.of("1"), Optional.of("2"), List.of());
        send(new PlanEvent.MergeConflicted(
                meta(), one.task(), one.attempt(), List.of(file), Optional.empty(), Optional.empty(), commit(one)));
    }

    /** The result of an attempt, if it has one: agents change nothing here. */
    private Optional<String> commit(Out one) {
        return events.stream()
                .filter(PlanEvent.TaskResolved.class::isInstance)
                .map(PlanEvent.TaskResolved.class::cast)
                .filter(resolved -> resolved.task().equals(one.task()) && resolved.attempt() == one.attempt())
                .findFirst()
                .flatMap(resolved -> resolved.resolution().code())
                .map(CodeResult::commit);
    }

    private void refuse(Out one) {
        var file = new FileConflict("a", Optional.empty(), Optional.empty(), Optional.empty(), List.of());
        send(new PlanEvent.MergeConflicted(
                meta(),
                one.task(),
                one.attempt(),
                List.of(file),
                Optional.empty(),
                Optional.of("It is not here."),
                Optional.empty()));
    }

    private void send(PlanEvent event) {
        events.add(event);
        perform(scheduler.decide(progress, SchedulerInput.of(event), now));
    }

    private void carryOn() {
        progress.at(now);
        for (var next = next(); !next.isNothing(); next = next()) perform(next);
    }

    private Decision next() {
        return scheduler.next(progress, 3 - progress.inFlight(), now);
    }

    private void perform(Decision decision) {
        for (var change : decision.changes()) {
            if (change instanceof Change.ReconcileAdded added)
                tasks.add(Reconciliation.task(
                        tasks.stream()
                                .filter(task -> task.id().equals(added.conflicted()))
                                .findFirst()
                                .orElseThrow(),
                        added.node().id(),
                        added.paths(),
                        added.reason()));
            if (change instanceof Change.VerificationAdded added)
                tasks.add(VerificationTasks.of(added.node().id(), "make test", added.results()));
            progress.apply(change);
        }
        for (var command : decision.commands()) tell(command);
    }

    private void tell(io.taskweaver.scheduling.dispatch.Action command) {
        switch (command) {
            case io.taskweaver.scheduling.dispatch.Action.SpecifyComponent asked -> {
                var spec = new ComponentSpec(asked.task(), asked.task().value(), "it", "app", List.of(), List.of());
                events.add(new PlanEvent.ComponentSpecified(meta(), spec));
                send(new PlanEvent.ContractPublished(
                        meta(), asked.task(), new Contract(asked.task().value(), 1, List.of())));
            }
            case io.taskweaver.scheduling.dispatch.Action.IssueAttempt issue -> {
                events.add(new PlanEvent.TaskReady(
                        meta(),
                        issue.task(),
                        issue.attempts().number(),
                        issue.agent(),
                        Duration.ofHours(1),
                        1,
                        issue.attempts().feedback(),
                        issue.reissued(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        issue.attempts().rejected()));
                out.add(new Out(issue.task(), issue.attempts().number(), 0));
            }
            case io.taskweaver.scheduling.dispatch.Action.AnnounceTask added -> {
                var task = tasks.stream()
                        .filter(each -> each.id().equals(added.task()))
                        .findFirst()
                        .orElseThrow();
                events.add(new PlanEvent.TaskPlanned(meta(), task, Map.of(), tasks.indexOf(task)));
            }
            case io.taskweaver.scheduling.dispatch.Action.AnnounceStanding standing ->
                events.add(new PlanEvent.PlanStanding(
                        meta(),
                        progress.state() instanceof PlanState.Paused paused
                                ? Optional.of(new Pause(paused.cause(), paused.reason()))
                                : Optional.empty(),
                        progress.waiting(),
                        progress.used(),
                        progress.limits(),
                        Optional.empty()));
            case io.taskweaver.scheduling.dispatch.Action.AnnounceEnd ended -> events.add(end(ended.end()));
            case io.taskweaver.scheduling.dispatch.Action.AnnouncePlan ignored -> {}
            case io.taskweaver.scheduling.dispatch.Action.AnnounceResolution settled -> {
                events.add(new PlanEvent.TaskResolved(meta(), settled.task(), settled.attempt(), settled.resolution()));
                out.add(new Out(settled.task(), settled.attempt(), 2));
            }
            case io.taskweaver.scheduling.dispatch.Action.StopAttempts stop ->
                give(new Command.CancelTask(stop.task(), stop.reason()));
            case io.taskweaver.scheduling.dispatch.Action.ApproveResult approve ->
                events.add(new PlanEvent.ResultApproved(meta(), approve.task(), approve.attempt()));
            case io.taskweaver.scheduling.dispatch.Action.Withdraw withdraw ->
                events.add(new PlanEvent.ResultWithdrawn(
                        meta(), withdraw.task(), withdraw.attempt(), withdraw.rejection()));
        }
    }

    private PlanEvent end(PlanState.Closed end) {
        return switch (end) {
            case PlanState.Completed(int done, int retried) ->
                new PlanEvent.PlanCompleted(meta(), done, retried, START, progress.used());
            case PlanState.Failed failed ->
                new PlanEvent.PlanFailed(
                        meta(),
                        failed.reason(),
                        failed.done(),
                        failed.failed(),
                        failed.blocked(),
                        failed.retried(),
                        progress.used());
            case PlanState.Cancelled(String reason, int done, int retried) ->
                new PlanEvent.PlanCancelled(meta(), reason, done, progress.used());
        };
    }
}
