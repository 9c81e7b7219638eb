package io.taskweaver.scheduling.projection;

import io.taskweaver.model.CodeResult;
import io.taskweaver.model.Contract;
import io.taskweaver.model.Need;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.TaskKinds;
import io.taskweaver.model.Verifications;
import io.taskweaver.model.event.Command;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.scheduling.dispatch.Attempts;
import io.taskweaver.scheduling.dispatch.Reconciliation;
import io.taskweaver.scheduling.dispatch.Scheduler;
import io.taskweaver.scheduling.dispatch.SchedulerInput;
import io.taskweaver.scheduling.dispatch.TaskStage;
import io.taskweaver.scheduling.dispatch.TaskState;
import io.taskweaver.scheduling.dispatch.Transitions;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What events say of one node, in whatever order and however often they come. */
final class TaskHistory {
    private final TaskId id;
    private final TreeMap<Integer, AttemptView> attempts = new TreeMap<>();
    private final Map<Given, Instant> commands = new HashMap<>();
    private PlanEvent.@Nullable TaskPlanned planned;
    private PlanEvent.@Nullable ContractPublished published;
    private @Nullable Instant specifiedAt;

    private record Given(String eventId, Command.OfTask command) {}

    /** What moves the node other than an attempt. */
    private record Move(Instant at, UnaryOperator<TaskState> to) {}

    /**
     * What the planner says that a person is asked.
     *
     * @param at time of the statement
     * @param text empty if nothing is asked
     */
    record Question(Instant at, Optional<String> text) {}

    TaskHistory(TaskId id) {
        this.id = id;
    }

    /** Whether it says something new. */
    boolean on(PlanEvent.TaskPlanned event) {
        boolean news = planned == null;
        planned = event;
        return news;
    }

    /** Whether it says something new. */
    boolean on(PlanEvent.ComponentSpecified event) {
        boolean news = specifiedAt == null;
        if (specifiedAt == null || event.at().isBefore(specifiedAt)) specifiedAt = event.at();
        return news;
    }

    /** Whether it says something new. */
    boolean on(PlanEvent.ContractPublished event) {
        boolean news = published == null
                || published.contract().version() < event.contract().version();
        if (news) published = event;
        return news;
    }

    /** Whether it says something new. */
    boolean on(PlanEvent.OfAttempt event) {
        var before = attempts.getOrDefault(event.attempt(), AttemptView.unknown(event.attempt()));
        var after = before.with(event);
        attempts.put(event.attempt(), after);
        return !after.equals(before);
    }

    void on(PlanEvent.PlanCommand event, Command.OfTask command) {
        commands.merge(
                new Given(event.eventId(), command), event.at(), (one, other) -> one.isAfter(other) ? one : other);
    }

    /** Whether more is known than a command, which may name any task. */
    boolean isKnown() {
        return planned != null || published != null || specifiedAt != null || !attempts.isEmpty();
    }

    /** The node as it is planned; until that is known, one whose title is its id. */
    Projection.PlannedTask node() {
        var known = planned;
        if (known != null) return new Projection.PlannedTask(known.task(), known.position());
        var kind = published == null && specifiedAt == null ? Task.Kind.WORK : Task.Kind.CONTRACT;
        return new Projection.PlannedTask(Task.builder(id, kind, id.value()).build(), TaskView.UNPLANNED);
    }

    /** How a person settled a result of it that a node was to reconcile, before a moment. */
    Optional<PlanEvent.TaskResolved> superseding(TaskId reconciler, Instant until) {
        return attempts.values().stream()
                .flatMap(attempt -> attempt.resolved().stream())
                .filter(event -> event.at().isBefore(until)
                        && attempts.headMap(event.attempt()).keySet().stream()
                                .anyMatch(earlier ->
                                        Reconciliation.id(id, earlier).equals(reconciler)))
                .findFirst();
    }

    List<AttemptView> attempts() {
        return List.copyOf(attempts.values());
    }

    Optional<Contract> contract() {
        return Optional.ofNullable(published).map(PlanEvent.ContractPublished::contract);
    }

    /** On a reconcile node, the one whose result it reconciles. */
    Optional<TaskId> standsFor() {
        return node().task().needs().stream()
                .filter(need -> need.reason() == Need.Reason.RECONCILE)
                .map(Need::on)
                .findFirst();
    }

    /**
     * Where the node stands, apart from those that reconcile its result now: moves by the scheduler's rules, in the order
     * of attempts and, between and within them, of time.
     *
     * @param isWithoutEffect whether a command of a moment, or a refusal, has no effect since the plan has ended
     * @param before how many conflicts were reconciled until it came to this node
     * @param stoppedFrom from when attempts were stopped because the plan is cancelled; empty if it is not
     * @param until what happened from this moment on is left out
     * @param reconciled what became of it before a moment by the nodes that reconcile its result
     */
    TaskState state(
            Function<Instant, PlanOptions> options,
            Optional<Question> question,
            Predicate<Instant> isWithoutEffect,
            int before,
            Optional<Instant> stoppedFrom,
            Instant until,
            BiFunction<TaskState.Conflicted, Instant, TaskState> reconciled) {
        var task = node().task();
        if (task.done()) return TaskState.initial(true);
        if (published != null) return new TaskState.Merged(Attempts.FIRST, published.at());
        if (specifiedAt != null) return new TaskState.Issued(Attempts.FIRST, specifiedAt);
        var state = TaskState.initial(false);
        if (task.kind() == Task.Kind.CONTRACT) return state;
        var moves = moves(question, isWithoutEffect, reconciled);
        for (var each : attempts.values()) {
            if (!each.firstAt().isBefore(until)) break;
            var attempt = each.before(until);
            state = moved(state, moves, attempt.firstAt());
            if (attempt.resolved().isPresent()) {
                var event = attempt.resolved().get();
                var settled = state instanceof TaskState.Conflicted known ? reconciled.apply(known, event.at()) : state;
                state = Transitions.settled(current(state, attempt.number()), event.at(), event.resolution(), settled);
            } else state = out(current(state, attempt.number()), attempt);
            if (attempt.isOver() && attempt.resolved().isEmpty()) {
                state = moved(state, moves, attempt.endedAt());
                boolean isStopped =
                        stoppedFrom.filter(attempt::isCancelledSince).isPresent();
                if (state instanceof TaskState.Outstanding out && !isStopped)
                    state = ended(out.attempts(), attempt, options.apply(attempt.endedAt()));
            }
            if (attempt.approved().isPresent()) {
                var at = attempt.approved().get().at();
                state = moved(state, moves, at);
                if (state instanceof TaskState.InReview review) state = Transitions.approved(review, at);
            } else if (attempt.rejection().isPresent()) {
                var at = attempt.withdrawn().get().at();
                state = moved(state, moves, at);
                if (state instanceof TaskState.InReview review)
                    state = Transitions.rejected(
                            review, attempt.rejection().get(), options.apply(at).maxRejections());
            }
            if (attempt.conflicted().isPresent()
                    && !isTooLate(state, attempt.conflicted().get(), isWithoutEffect)) {
                state = moved(state, moves, attempt.conflicted().get().at());
                // Without an approval, it would not have been merged.
                if (state instanceof TaskState.InReview review)
                    state = Transitions.approved(
                            review, attempt.conflicted().get().at());
                var reason = attempt.conflicted().get().reason().orElse("");
                if (state instanceof TaskState.Outstanding out && id.equals(Verifications.BASE))
                    state = new TaskState.Failed(out.attempts(), reason, Optional.of(Scheduler.FAILING_BASE));
                else if (state instanceof TaskState.Resolved settled
                        && attempt.conflicted().get().refused().isPresent())
                    state = Transitions.refused(
                            settled,
                            attempt.conflicted().get().refused().get(),
                            Reconciliation.id(id, attempt.number()));
                else if (state instanceof TaskState.Outstanding out)
                    state = Transitions.conflicted(out.attempts(), Reconciliation.id(id, attempt.number()), before);
            }
        }
        var merged = merged().filter(event -> event.at().isBefore(until));
        // Of what was merged, no command has an effect.
        state = moved(state, moves, merged.map(PlanEvent::at).orElse(until));
        if (merged.isPresent() && state instanceof TaskState.Tried tried)
            return new TaskState.Merged(tried.attempts(), merged.get().at());
        return question.filter(asked -> asked.at().isBefore(until))
                                .filter(this::isOpen)
                                .isPresent()
                        && state instanceof TaskState.Tried tried
                ? asked(
                        state instanceof TaskState.InReview ? state : new TaskState.Pending(tried.attempts()),
                        question.get().text())
                : state;
    }

    /** Of a plan that has ended, nobody hears that a resolution was refused. */
    private static boolean isTooLate(
            TaskState state, PlanEvent.MergeConflicted conflict, Predicate<Instant> isWithoutEffect) {
        return state instanceof TaskState.Resolved && isWithoutEffect.test(conflict.at());
    }

    /** The planner asked it, and nobody answered: whatever others say of an attempt, none was issued since. */
    private boolean isOpen(Question question) {
        return question.text().isPresent()
                && commands.values().stream().noneMatch(given -> !given.isBefore(question.at()))
                && attempts.values().stream()
                        .flatMap(attempt -> Stream.<Optional<? extends PlanEvent>>of(
                                attempt.ready(), attempt.approved(), attempt.withdrawn()))
                        .flatMap(Optional::stream)
                        .noneMatch(event -> event.at().isAfter(question.at()));
    }

    private Queue<Move> moves(
            Optional<Question> question,
            Predicate<Instant> isWithoutEffect,
            BiFunction<TaskState.Conflicted, Instant, TaskState> reconciled) {
        var moves = new ArrayList<Move>();
        question.ifPresent(asked -> moves.add(new Move(asked.at(), state -> asked(state, asked.text()))));
        commands.entrySet().stream()
                .filter(given -> !isWithoutEffect.test(given.getValue()))
                .sorted(Map.Entry.<Given, Instant>comparingByValue()
                        .thenComparing(given -> given.getKey().eventId()))
                .forEach(given -> moves.add(new Move(given.getValue(), state -> {
                    var actual = state instanceof TaskState.Conflicted known
                            ? reconciled.apply(known, given.getValue())
                            : state;
                    var next = commanded(actual, given.getKey().command());
                    return next.isPresent() ? next.get() : state;
                })));
        moves.sort(Comparator.comparing(Move::at));
        return new ArrayDeque<>(moves);
    }

    private static TaskState moved(TaskState state, Queue<Move> moves, Instant until) {
        var moved = state;
        while (!moves.isEmpty() && moves.element().at().isBefore(until))
            moved = moves.remove().to().apply(moved);
        return moved;
    }

    /** The planner knows what it waits for: commands of before may have come when they had no effect. */
    private TaskState asked(TaskState state, Optional<String> question) {
        if (!(state instanceof TaskState.Tried tried)) return state;
        boolean waits = TaskStage.of(state, true).waitsForPerson();
        if (question.isEmpty())
            return waits ? Transitions.approved(state, Optional.empty()).orElse(state) : state;
        if (!waits && !(state instanceof TaskState.Pending)) return state;
        var text = question.get();
        if (state instanceof TaskState.InReview && text.equals(TaskState.InReview.QUESTION)) return state;
        if (text.equals(TaskState.InReview.QUESTION)) return new TaskState.InReview(tried.attempts(), Optional.empty());
        if (text.equals(TaskState.Gated.QUESTION)) return new TaskState.Gated(tried.attempts());
        // What is asked about a task that somebody paused is why. The command may be dated later, by another clock.
        boolean isPaused = commands.keySet().stream()
                .anyMatch(given -> given.command() instanceof Command.PauseTask pause
                        && pause.reason().equals(text));
        return isPaused ? new TaskState.Held(tried.attempts(), text) : new TaskState.NeedsInput(tried.attempts(), text);
    }

    private static Optional<? extends TaskState> commanded(TaskState state, Command.OfTask command) {
        return switch (command) {
            case Command.RetryTask retry -> Transitions.retried(state);
            case Command.ApproveTask approve
            when approve.attempt() == Command.NO_RESULT -> Transitions.approved(state, approve.answer());
            // The planner says what becomes of a result.
            case Command.ApproveTask _, Command.RejectTask _, Command.ResolveTask _ -> Optional.empty();
            case Command.CancelTask cancel -> Transitions.cancelled(state, cancel.reason());
            case Command.PauseTask pause -> Transitions.paused(state, pause.reason());
        };
    }

    /** An attempt that was issued is the current one, whatever led to it. */
    private static Attempts current(TaskState state, int number) {
        var attempts = state instanceof TaskState.Tried tried ? tried.attempts() : Attempts.FIRST;
        return attempts.number() == number
                ? attempts
                : new Attempts(
                        number,
                        Math.min(attempts.counted(), number - 1),
                        attempts.agent(),
                        attempts.feedback(),
                        attempts.approved(),
                        attempts.used(),
                        attempts.rejections(),
                        attempts.rejected(),
                        Optional.empty());
    }

    private static TaskState out(Attempts attempts, AttemptView attempt) {
        return attempt.executor()
                .<TaskState>map(
                        executor -> new TaskState.Running(attempts, attempt.firstAt(), executor, attempt.startedAt()))
                .orElseGet(() -> new TaskState.Issued(attempts, attempt.firstAt()));
    }

    private TaskState ended(Attempts current, AttemptView attempt, PlanOptions options) {
        var attempts = current.using(attempt.usage());
        if (attempt.completed().isPresent() && options.isReviewed(node().task().kind(), TaskKinds.of(node().task())))
            return new TaskState.InReview(
                    attempts, attempt.completed().get().code().map(CodeResult::commit));
        if (attempt.completed().isPresent() || attempt.failed().isEmpty())
            return new TaskState.Unmerged(attempts, attempt.endedAt());
        var failed = attempt.failed().get();
        if (!(SchedulerInput.of(failed) instanceof SchedulerInput.Failed report))
            throw new IllegalStateException("no failure");
        if (Transitions.isVerdict(node().task().kind(), report.failure()))
            return new TaskState.Unmerged(attempts, attempt.endedAt());
        return Transitions.failed(
                attempts,
                report,
                options.maxAttempts(),
                options.agentsOf(node().task().kind(), TaskKinds.of(node().task()))
                        .size(),
                TaskState.Delayed.UNKNOWN);
    }

    private Optional<PlanEvent.ContextMerged> merged() {
        return attempts.values().stream()
                .flatMap(attempt -> attempt.merged().stream())
                .findFirst();
    }
}
