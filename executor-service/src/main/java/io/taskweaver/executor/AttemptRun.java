package io.taskweaver.executor;

import io.taskweaver.agents.Assignment;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Lookup;
import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.command.ResultCheck;
import io.taskweaver.agents.command.Verdict;
import io.taskweaver.domain.context.IsolatedContext;
import io.taskweaver.domain.event.PlanEvent;
import io.taskweaver.domain.event.PlanEvent.ExecutionJournal;
import io.taskweaver.domain.event.PlanEvent.TaskReady;
import io.taskweaver.domain.plan.BaseCommit;
import io.taskweaver.domain.query.Delivery;
import io.taskweaver.domain.query.QueryWriter;
import io.taskweaver.executor.Permissions.Judgement;
import io.taskweaver.executor.StopSignal.Stopped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, from the order to the published outcome, on a thread of its own. It does the {@link Step}s that
 * {@link Steps} decides on. Wherever it breaks off, whoever is given the attempt next goes on by the journal.
 */
final class AttemptRun {
    /** A run that was found again is given this long at least, for it may have ended long ago. */
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(10);

    /** What attempts work with. */
    record Ports(
            AttemptEvents events,
            AttemptJournal journal,
            Reports reports,
            Contexts contexts,
            Gate gate,
            ResultCheck check,
            Pause pause,
            InstantSource clock) {}

    /** How attempts are run. */
    record Rules(
            Duration settleTime,
            Duration progressInterval,
            long maxResultBytes,
            QueryWriter queries,
            Permissions permissions) {}

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    private static final Logger LOG = Logger.getLogger(AttemptRun.class);

    private final ReadyTask ready;
    private final TaskReady order;
    private final Attempt attempt;
    private final CodingAgent agent;
    private final Ports ports;
    private final Rules rules;
    private final StopSignal stop;
    private final Progress progress;

    private Instant startedAt;
    /** When the journal was last asked whether this executor is the last that claimed the attempt. */
    private Moment confirmed = Moment.LONG_AGO;

    private @Nullable IsolatedContext context;
    private @Nullable String runId;
    private boolean mayHaveRun;
    private CompletableFuture<Void> started = CompletableFuture.completedFuture(null);
    private boolean announced;

    AttemptRun(ReadyTask ready, CodingAgent agent, Ports ports, Rules rules, StopSignal stop) {
        this.ready = ready;
        this.order = ready.event();
        this.attempt = ready.attempt();
        this.agent = agent;
        this.ports = ports;
        this.rules = rules;
        this.stop = stop;
        this.startedAt = ports.clock().instant();
        this.progress = new Progress(ports.reports(), ports.events(), ready, rules.progressInterval(), ports.clock());
    }

    /** How it left off. */
    sealed interface Result {
        /** With this outcome, published now. */
        record Ended(Outcome outcome) implements Result {}

        /** With an outcome of before, published again. */
        record Repeated() implements Result {}

        /** Without an outcome. */
        record Left(String reason) implements Result {}
    }

    /**
     * Runs the attempt.
     *
     * @throws RuntimeException if a write failed: nothing is lost, the attempt is ordered again
     */
    Result run() throws InterruptedException {
        try {
            var recorded = ready.maybeTaken()
                    ? ports.journal().upToDate(attempt)
                    : ports.journal().known(attempt);
            since(recorded);
            var step = Steps.begin(recorded);
            while (true) {
                stop.check();
                switch (step) {
                    case Step.Claim claim -> step = claim(claim);
                    case Step.Create create -> step = create(create);
                    case Step.LookUp lookUp -> step = lookUp(lookUp);
                    case Step.NoteRun note -> step = noteRun(note);
                    case Step.Await await -> step = await(await);
                    case Step.Finish finish -> {
                        return finish(finish);
                    }
                    case Step.Repeat repeat -> {
                        return repeat(repeat);
                    }
                    case Step.Leave(String reason) -> {
                        return new Result.Left(reason);
                    }
                }
            }
        } catch (Stopped e) {
            return stopped(e.reason());
        } catch (KafkaException | CompletionException e) {
            throw e;
        } catch (RuntimeException | LinkageError | VirtualMachineError | AssertionError e) {
            // A fault of ours must not be ordered again for ever: it counts as an attempt.
            LOG.errorf(
                    e,
                    "Attempt failed inside plan=%s task=%s attempt=%d",
                    attempt.plan(),
                    attempt.task(),
                    attempt.number());
            var outcome = new Outcome.InfraFailed("The executor failed: " + e);
            publish(Optional.ofNullable(runId), outcome, context == null ? 0 : context.version());
            return new Result.Ended(outcome);
        }
    }

    private Step claim(Step.Claim claim) throws Stopped, InterruptedException {
        var fetched =
                stop.interruptibly(() -> ports.contexts().fetch(attempt, claim.contextVersion(), progress::waiting));
        return switch (fetched) {
            case Contexts.Given(IsolatedContext given) -> {
                context = given.checkedBy(order.verify());
                if (judged(context) instanceof Judgement.Refused(var refused))
                    yield new Step.Finish(Optional.empty(), refused, given.version());
                confirmed = Moment.now(ports.clock());
                var before = ports.journal().claim(ports.events().claimed(order, given.version()), ready.trace());
                since(before);
                var goesOn = Steps.goesOn(ports.journal().earlier(attempt), order.agent());
                yield Steps.claimed(before, goesOn, given.version(), rules.settleTime());
            }
            case Contexts.NotInTime(String reason) -> new Step.Leave(reason);
            case Contexts.Denied(String reason) ->
                denied(reason, claim.contextVersion().orElse(0));
        };
    }

    private static Step denied(String reason, long contextVersion) {
        return new Step.Finish(Optional.empty(), new Outcome.InfraFailed(reason), contextVersion);
    }

    private Step create(Step.Create create) throws Stopped, InterruptedException {
        return switch (contextAt(create.contextVersion())) {
            case Contexts.NotInTime(String reason) -> new Step.Leave(reason);
            case Contexts.Denied(String reason) -> denied(reason, create.contextVersion());
            case Contexts.Given(IsolatedContext given) ->
                switch (judged(given)) {
                    case Judgement.Refused(Outcome.NotAllowed outcome) ->
                        new Step.Finish(Optional.empty(), outcome, create.contextVersion());
                    case Judgement.Allowed(Optional<BaseCommit> base) -> create(create, given, base);
                };
        };
    }

    private Step create(Step.Create create, IsolatedContext given, Optional<BaseCommit> base)
            throws Stopped, InterruptedException {
        var delivery = agent.worksInFolder() ? Delivery.FOLDER : Delivery.ANSWER;
        var query = rules.queries().write(given, order.feedback(), delivery);
        var assignment = new Assignment(query.text(), given.files(), base);
        stop.interruptibly(() -> {
            agent.awaitTurn();
            return true;
        });
        var next = rechecked(create);
        if (!next.equals(create)) return next;
        var closed = ports.gate().closed(agent.name());
        if (closed.isPresent()) return new Step.Finish(Optional.empty(), closed.get(), create.contextVersion());
        if (!announced) started = send(ports.events().started(order, query));
        announced = true;
        mayHaveRun = true;
        Creation creation;
        try {
            creation = stop.interruptibly(() -> agent.create(attempt, assignment));
        } catch (Stopped e) {
            ports.gate().left(agent.name());
            throw e;
        }
        answered(creation);
        return Steps.created(creation, create, rules.settleTime());
    }

    private Judgement judged(IsolatedContext given) throws Stopped {
        return stop.interruptibly(() -> rules.permissions().judge(given, order.base()));
    }

    /** The same step, if this executor is still the last that claimed the attempt. */
    private Step rechecked(Step.Create create) throws InterruptedException, Stopped {
        Step next = create;
        while (next.equals(create) && !confirmed.isWithin(rules.settleTime().dividedBy(2), ports.clock())) {
            stop.check();
            confirmed = Moment.now(ports.clock());
            next = Steps.rechecked(
                    ports.journal().upToDate(attempt), ports.events().executor(), create);
        }
        return next;
    }

    private Step lookUp(Step.LookUp lookUp) throws Stopped {
        var lookup = stop.interruptibly(() -> {
            if (lookUp.after().isPositive()) ports.pause().of(lookUp.after());
            return agent.find(attempt);
        });
        return Steps.lookedUp(lookup, lookUp, ports.clock().instant(), startedAt.plus(order.timeout()));
    }

    private Step noteRun(Step.NoteRun note) {
        runId = note.runId();
        // Nothing waits for it: without it the run is looked up.
        var _ = send(ports.events().created(order, note.runId(), note.contextVersion()))
                .exceptionally(failure -> {
                    LOG.warnf(failure, "The run of an attempt was not journalled attempt=%s", attempt.id());
                    return null;
                });
        return new Step.Await(note.runId(), note.contextVersion());
    }

    private Step await(Step.Await await) throws Stopped {
        runId = await.runId();
        var left =
                order.timeout().minus(Duration.between(startedAt, ports.clock().instant()));
        var limit = left.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : left;
        var outcome = stop.interruptibly(
                () -> agent.await(await.runId(), limit, message -> progress.changed(await.runId(), message)));
        ports.gate().ended(agent.name(), outcome);
        return new Step.Finish(Optional.of(await.runId()), outcome, await.contextVersion());
    }

    private void answered(Creation creation) {
        switch (creation) {
            case Creation.Created created -> ports.gate().began(agent.name());
            case Creation.Refused(Outcome.Unsuccessful outcome) -> ports.gate().ended(agent.name(), outcome);
            case Creation.Unknown(String reason) -> ports.gate().ended(agent.name(), new Outcome.InfraFailed(reason));
        }
    }

    private Result finish(Step.Finish finish) throws Stopped {
        Outcome outcome = finish.outcome();
        if (outcome instanceof Outcome.Succeeded succeeded)
            switch (contextAt(finish.contextVersion())) {
                case Contexts.NotInTime(String reason) -> {
                    return new Result.Left(reason);
                }
                case Contexts.Denied(String reason) -> outcome = new Outcome.InfraFailed(reason);
                case Contexts.Given(IsolatedContext given) -> {
                    outcome = Results.of(succeeded, given.files(), rules.maxResultBytes());
                    if (outcome instanceof Outcome.Succeeded usable) outcome = verified(finish, usable, given);
                }
            }
        try {
            publish(finish.runId(), outcome, finish.contextVersion());
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof RecordTooLargeException)) throw e;
            outcome = Results.refusedByBroker(outcome, e.getCause());
            publish(finish.runId(), outcome, finish.contextVersion());
        }
        return new Result.Ended(outcome);
    }

    /** The outcome, if all checks agree; what they say is the next attempt's feedback. */
    private Outcome verified(Step.Finish finish, Outcome.Succeeded succeeded, IsolatedContext given) throws Stopped {
        // The run may have been begun by an executor that allows more.
        return switch (judged(given)) {
            case Judgement.Refused(Outcome.NotAllowed refused) ->
                new Outcome.NotAllowed(refused.reason(), refused.hint(), succeeded.usage());
            case Judgement.Allowed(Optional<BaseCommit> base) -> checked(finish, succeeded, given, base);
        };
    }

    private Outcome checked(
            Step.Finish finish, Outcome.Succeeded succeeded, IsolatedContext given, Optional<BaseCommit> base)
            throws Stopped {
        if (given.task().checks().command().isPresent())
            progress.changed(finish.runId().orElse(""), "verifying");
        var changes = succeeded.changes().orElse(List.of());
        var verdict = stop.interruptibly(() -> ports.check().of(attempt, given, base, changes, order.timeout()));
        return switch (verdict) {
            case Verdict.Passed(List<String> unchecked) -> Results.unchecked(succeeded, unchecked);
            case Verdict.Failed(String reason) -> new Outcome.TaskFailed(reason, succeeded.usage());
            case Verdict.Impossible(String reason) -> new Outcome.InfraFailed(reason);
        };
    }

    /**
     * Journal and outcome go out together. If only the outcome arrives before a crash, it is known; if only the journal
     * does, the outcome is published again from there.
     */
    private void publish(Optional<String> run, Outcome outcome, long contextVersion) {
        started.join();
        var end = ports.events().ended(order, run, contextVersion, startedAt, outcome);
        ports.reports().sendEnd(end, ready.trace()).join();
        boolean goesOn = outcome instanceof Outcome.Unsuccessful unsuccessful && unsuccessful.runGoesOn();
        if (!goesOn) run.ifPresent(this::release);
    }

    private CompletableFuture<Void> send(PlanEvent event) {
        return ports.reports().send(event, ready.trace());
    }

    /** What was published is the outcome, whatever becomes of what the run leaves behind. */
    private void release(String run) {
        try {
            agent.release(run);
        } catch (RuntimeException e) {
            LOG.warnf(
                    e,
                    "what a run left behind stays plan=%s task=%s attempt=%d run=%s",
                    attempt.plan(),
                    attempt.task(),
                    attempt.number(),
                    run);
        }
    }

    private Result repeat(Step.Repeat repeat) {
        var outcome = ports.journal()
                .read(new Recorded.Finished(repeat.partition(), repeat.offset()))
                .flatMap(ExecutionJournal::outcome);
        if (outcome.isEmpty()) return lost("The attempt ended so long ago that its outcome is kept no longer.");
        // Whoever wrote it had not taken this order: it is not to be published as if he had.
        if (!outcome.get().ticket().equals(order.ticket())
                || !Attempt.of(outcome.get()).equals(attempt))
            return lost("The outcome that the execution journal holds has not the ticket of this order.");
        send(outcome.get()).join();
        return new Result.Repeated();
    }

    /** There is an outcome that cannot be told: the next attempt does it again. */
    private Result lost(String reason) {
        var outcome = new Outcome.InfraFailed(reason);
        publish(Optional.empty(), outcome, 0);
        return new Result.Ended(outcome);
    }

    private Result stopped(StopSignal.Reason reason) throws InterruptedException {
        return switch (reason) {
            case SHUTDOWN -> new Result.Left(reason.text());
            case PLAN_CANCELLED, TASK_CANCELLED, SUPERSEDED -> {
                // The stop may have come while the agent was asked, or after another executor asked.
                if (runId == null && mayHaveRun && agent.find(attempt) instanceof Lookup.Found(String found))
                    runId = found;
                if (runId != null) agent.cancel(runId);
                var outcome = new Outcome.Cancelled(reason.text());
                publish(Optional.ofNullable(runId), outcome, context == null ? 0 : context.version());
                yield new Result.Ended(outcome);
            }
        };
    }

    /** Makes sure that the context at hand is of a version. */
    private Contexts.Fetched contextAt(long version) throws Stopped {
        var atHand = context;
        if (atHand != null && atHand.version() == version) return new Contexts.Given(atHand);
        var fetched =
                stop.interruptibly(() -> ports.contexts().fetch(attempt, OptionalLong.of(version), progress::waiting));
        if (!(fetched instanceof Contexts.Given(IsolatedContext given))) return fetched;
        context = given.checkedBy(order.verify());
        return new Contexts.Given(context);
    }

    private void since(Recorded recorded) {
        switch (recorded) {
            case Recorded.Claimed claimed -> {
                startedAt = claimed.since();
                mayHaveRun = true;
            }
            case Recorded.Created created -> {
                startedAt = created.since();
                runId = created.runId();
            }
            case Recorded.Nothing nothing -> {}
            case Recorded.Finished finished -> {}
            case Recorded.Superseded superseded -> {}
        }
    }
}
