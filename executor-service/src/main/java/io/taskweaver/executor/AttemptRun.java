package io.taskweaver.executor;

import io.taskweaver.agents.Assignment;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Interruption;
import io.taskweaver.agents.Lookup;
import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.command.ResultCheck;
import io.taskweaver.executor.AttemptInput.Loaded;
import io.taskweaver.executor.StopSignal.Stopped;
import io.taskweaver.model.Usage;
import io.taskweaver.model.Verifications;
import io.taskweaver.model.event.OutputSource;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanEvent.CodeObjects;
import io.taskweaver.model.event.PlanEvent.ExecutionJournal.RunPlace;
import io.taskweaver.model.event.PlanEvent.TaskReady;
import io.taskweaver.prompts.Delivery;
import io.taskweaver.prompts.Query;
import io.taskweaver.prompts.QueryWriter;
import io.taskweaver.wire.code.PlanRepositories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One attempt, from the issued attempt to the published outcome, on its own thread. Executes the {@link Step}s that
 * {@link Steps} decides. If it is interrupted at any point, the next executor continues from the journal.
 */
final class AttemptRun {
    /** Minimum time limit of a run that was found again: it may have ended long ago. */
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(10);

    /**
     * Collaborators of an attempt.
     *
     * @param isLive whether another executor, of this name, is alive
     */
    record Ports(
            AttemptEvents events,
            AttemptJournal journal,
            AttemptPublisher reports,
            ContextSource contexts,
            PlanRepositories code,
            AgentPool gate,
            ResultCheck check,
            OutputPublisher outputs,
            RemoteWork remotes,
            Pause pause,
            Predicate<String> isLive,
            InstantSource clock) {}

    /**
     * Rules for running attempts.
     *
     * @param machine id of this machine
     * @param machineWait how long an executor on the machine of a run may take to continue it
     */
    record Rules(
            String machine,
            Duration machineWait,
            Duration settleTime,
            Duration progressInterval,
            long maxResultBytes,
            QueryWriter queries,
            Permissions permissions,
            ExecutorSecrets secrets) {}

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    private static final Logger LOG = Logger.getLogger(AttemptRun.class);

    private final IssuedAttempt ready;
    private final TaskReady issued;
    private final Attempt attempt;
    private final CodingAgent agent;
    private final Ports ports;
    private final Rules rules;
    private final StopSignal stop;
    private final ProgressReporter progress;
    private final StorageWait storage;
    /** Where a run is that this executor creates or takes up. */
    private final RunPlace here;
    /** The same, if only executors of this machine can continue its runs. */
    private final Optional<RunPlace> place;

    private Instant startedAt;
    /** When the journal last confirmed that this executor has the last claim. */
    private ClockReading confirmed = ClockReading.LONG_AGO;

    /** Date of the result's commit: the attempt's first claim, so that whoever goes on with it makes the same commit. */
    private Instant begun;

    private final AttemptInputs inputs;
    private final AttemptOutputs outputs;
    private final AttemptResult result;
    private final AttemptEnd ending;
    /** Those of the result's commit. */
    private List<CodeObjects> objects = List.of();

    private @Nullable String runId;
    /** The run that is this executor's, by its entry in the journal. */
    private Step.@Nullable Await ours;
    /** How that run ended. */
    private Step.@Nullable Finish end;
    /** Whether this executor stops, and publishes the end of a run that was over by then. */
    private boolean isLeaving;

    private boolean mayHaveRun;
    /** Creations in a row that failed because of this machine's storage. */
    private int unstored;

    private CompletableFuture<Void> started = CompletableFuture.completedFuture(null);
    private boolean announced;
    /** Whether the agent prepares, or has prepared, a run that is not created yet. */
    private boolean preparing;

    AttemptRun(IssuedAttempt ready, CodingAgent agent, Ports ports, Rules rules, StopSignal stop) {
        this.ready = ready;
        this.issued = ready.event();
        this.attempt = ready.attempt();
        this.agent = agent;
        this.ports = ports;
        this.rules = rules;
        this.stop = stop;
        this.here = new RunPlace(rules.machine(), ready.partition(), ready.offset());
        this.place = agent.startsWhenAwaited() ? Optional.of(here) : Optional.empty();
        this.startedAt = ports.clock().instant();
        this.begun = startedAt;
        this.progress =
                new ProgressReporter(ports.reports(), ports.events(), ready, rules.progressInterval(), ports.clock());
        this.storage = new StorageWait(attempt, ports.pause(), stop, progress);
        this.inputs =
                new AttemptInputs(ready, ports.contexts(), ports.code(), rules.secrets(), stop, progress, storage);
        this.outputs = new AttemptOutputs(ready, agent.worksInFolder(), ports.outputs(), inputs, progress);
        this.ending = new AttemptEnd(ready, agent, ports, inputs, outputs);
        this.result = new AttemptResult(ready, agent, ports, rules, stop, inputs, outputs, progress, storage);
    }

    /** How the execution ended. */
    sealed interface Result {
        /** With a new outcome, published now. */
        record Ended(Outcome outcome) implements Result {}

        /** With an earlier outcome, republished. */
        record Repeated() implements Result {}

        /** Without an outcome. */
        record Left(String reason) implements Result {}
    }

    /**
     * Runs the attempt.
     *
     * @throws RuntimeException if a write failed: nothing is lost, the attempt is reissued
     */
    Result run() throws InterruptedException {
        try {
            var recorded = ready.maybeTaken()
                    ? ports.journal().upToDate(attempt)
                    : ports.journal().known(attempt);
            since(recorded);
            var step = Steps.begin(recorded, rules.machine());
            while (true) {
                stop.check();
                switch (step) {
                    case Step.Claim claim -> step = claim(claim);
                    case Step.Create create -> step = create(create);
                    case Step.LookUp lookUp -> step = lookUp(lookUp);
                    case Step.NoteRun note -> step = noteRun(note);
                    case Step.TakeUp takeUp -> step = takeUp(takeUp);
                    case Step.AwaitMachine await -> step = awaitMachine(await);
                    case Step.Await await -> step = await(await);
                    case Step.Finish finish -> {
                        return finish(finish);
                    }
                    case Step.Repeat repeat -> {
                        return ending.repeat(repeat, startedAt);
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
            // An internal error counts as an attempt, so that it is not reissued endlessly.
            LOG.errorf(
                    e,
                    "Attempt failed with an internal error plan=%s task=%s attempt=%d",
                    attempt.plan(),
                    attempt.task(),
                    attempt.number());
            var outcome = new Outcome.InfraFailed("Internal error of the executor: " + e);
            return publish(Optional.ofNullable(runId), outcome, inputs.version());
        } finally {
            outputs.leave();
            if (preparing) abandon();
        }
    }

    private Step claim(Step.Claim claim) throws Stopped, InterruptedException {
        return switch (inputs.load(claim.contextVersion())) {
            case Loaded.Here(AttemptInput given) -> claim(given);
            case Loaded.NotInTime(String reason) -> new Step.Leave(reason);
            case Loaded.Denied(String reason) ->
                denied(reason, claim.contextVersion().orElse(0));
        };
    }

    private Step claim(AttemptInput given) throws InterruptedException {
        var version = given.context().version();
        var refused = refusal(given);
        if (refused.isPresent()) return new Step.Finish(Optional.empty(), refused.get(), version);
        confirmed = ClockReading.now(ports.clock());
        var claimed = ports.events().claimed(issued, version);
        begun = claimed.at();
        var before = ports.journal().append(claimed, ready.trace());
        since(before);
        var continuing = Steps.continuing(ports.journal().earlier(attempt), issued.agent());
        return Steps.claimed(before, continuing, rules.machine(), version, rules.settleTime());
    }

    /** Why the attempt is not permitted here; empty if it is. */
    private Optional<Outcome.NotAllowed> refusal(AttemptInput given) {
        return rules.permissions().refusal(agent, issued, given.context());
    }

    private static Step denied(String reason, long contextVersion) {
        return new Step.Finish(Optional.empty(), new Outcome.InfraFailed(reason), contextVersion);
    }

    private Step create(Step.Create create) throws Stopped, InterruptedException {
        return switch (inputs.at(create.contextVersion())) {
            case Loaded.NotInTime(String reason) -> new Step.Leave(reason);
            case Loaded.Denied(String reason) -> denied(reason, create.contextVersion());
            case Loaded.Here(AttemptInput given) -> {
                var refused = refusal(given);
                yield refused.isPresent()
                        ? new Step.Finish(Optional.empty(), refused.get(), create.contextVersion())
                        : create(create, given);
            }
        };
    }

    private Step create(Step.Create create, AttemptInput given) throws Stopped, InterruptedException {
        if (given.code().at().verified())
            return new Step.Finish(Optional.empty(), verifiedBefore(), create.contextVersion());
        var remote = RemoteWork.repository(agent, issued);
        var place = remote.map(to -> RemoteWork.place(to, attempt));
        var delivery = place.isPresent()
                ? place.get()
                : agent.worksInFolder() ? new Delivery.InFolder() : new Delivery.Answered();
        var written = rules.queries().write(given.context(), feedback(), delivery);
        var hidden = inputs.secrets().hiddenInPrompts();
        var query = new Query(
                hidden.masked(written.text()),
                written.tokens(),
                written.leftOut(),
                written.aside().map(file -> new Query.Aside(file.path(), hidden.masked(file.text()))));
        // What verifies runs its text as a command.
        var text = agent.name().equals(Verifications.AGENT) ? written.text() : query.text();
        var assignment =
                new Assignment(text, query.aside(), Optional.of(given.code().forAgent(inputs.preparation())), place);
        preparing = true;
        inputs.preparation()
                .setup()
                .ifPresent(command -> progress.waiting(inputs.masked("setting up the work tree: " + command)));
        var unprepared = failure(() -> agent.prepare(attempt, assignment, issued.timeout()));
        if (unprepared.isPresent()) return new Step.Finish(Optional.empty(), unprepared.get(), create.contextVersion());
        if (remote.isPresent()) {
            progress.waiting("pushing branch " + place.orElseThrow().branch());
            var unpushed = failure(() -> ports.remotes().push(remote.get(), attempt, given.code()));
            if (unpushed.isPresent()) return new Step.Finish(Optional.empty(), unpushed.get(), create.contextVersion());
        }
        stop.interruptibly(() -> {
            agent.awaitTurn();
            return true;
        });
        var next = rechecked(create);
        if (!next.equals(create)) {
            // What was prepared may be the other executor's now.
            preparing = false;
            return next;
        }
        var closed = ports.gate().closed(agent.name());
        if (closed.isPresent()) return new Step.Finish(Optional.empty(), closed.get(), create.contextVersion());
        if (!announced)
            started = send(ports.events()
                    .started(
                            issued,
                            query,
                            rules.permissions().sandboxOf(agent, given.context(), inputs.preparation())));
        announced = true;
        mayHaveRun = true;
        preparing = false;
        Creation creation;
        try {
            creation = stop.interruptibly(() -> agent.create(attempt, assignment));
        } catch (Stopped e) {
            ports.gate().left(agent.name());
            throw e;
        }
        answered(creation);
        if (creation instanceof Creation.Refused(Outcome.Unsuccessful refused)) {
            var why = StorageWait.ofStorage(Optional.of(refused));
            if (why.isPresent()) {
                storage.pause(why.get(), ++unstored);
                return create;
            }
        }
        unstored = 0;
        return Steps.created(creation, create, rules.settleTime());
    }

    /** Repeated while storage of this machine is the cause. */
    private Optional<Outcome.Unsuccessful> failure(
            StopSignal.Work<Optional<Outcome.Unsuccessful>, RuntimeException> work)
            throws Stopped, InterruptedException {
        try {
            return storage.failure(() -> stop.interruptibly(work));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> feedback() throws Stopped {
        var rejected = issued.rejected();
        return rejected.isEmpty()
                ? issued.feedback()
                : Optional.of(stop.interruptibly(() ->
                        RejectedResults.feedback(ports.code(), issued.plan(), rejected.get(), issued.feedback())));
    }

    private static Outcome verifiedBefore() {
        return new Outcome.Succeeded("", "This code was verified before.", List.of(), Usage.NONE);
    }

    /** The same step, if this executor still has the last claim. */
    private Step rechecked(Step.Create create) throws InterruptedException, Stopped {
        Step next = create;
        while (next.equals(create) && !confirmed.isWithin(rules.settleTime().dividedBy(2), ports.clock())) {
            stop.check();
            confirmed = ClockReading.now(ports.clock());
            next = Steps.rechecked(
                    ports.journal().upToDate(attempt), ports.events().executor(), rules.machine(), create);
        }
        return next;
    }

    private Step lookUp(Step.LookUp lookUp) throws Stopped {
        var lookup = stop.interruptibly(() -> {
            if (lookUp.after().isPositive()) ports.pause().of(lookUp.after());
            return agent.find(attempt);
        });
        return Steps.lookedUp(lookup, lookUp, ports.clock().instant(), startedAt.plus(issued.timeout()));
    }

    private Step noteRun(Step.NoteRun note) throws InterruptedException {
        if (place.isPresent()) return noted(note);
        runId = note.runId();
        // Not awaited: without the entry, the run is looked up.
        var _ = send(ports.events().created(issued, note.runId(), place, note.contextVersion()))
                .exceptionally(failure -> {
                    LOG.warnf(failure, "The run of an attempt was not written to the journal attempt=%s", attempt.id());
                    return null;
                });
        return new Step.Await(note.runId(), note.contextVersion());
    }

    /** The run starts when it is awaited, so that it has not started before the journal says where it is. */
    private Step noted(Step.NoteRun note) throws InterruptedException {
        var entry = ports.events().created(issued, note.runId(), place, note.contextVersion());
        var before = ports.journal().append(entry, ready.trace());
        var next = Steps.noted(before, note, rules.machine());
        // What was created here is of no use, unless it is the run of another executor of this machine.
        boolean isOfAnother = before instanceof AttemptState.Created first && first.isOn(rules.machine());
        if (!(next instanceof Step.Await) && !isOfAnother) preparing = true;
        return owned(next);
    }

    /** Before all that takes time: an executor of this machine that is given the attempt meanwhile leaves it here. */
    private Step takeUp(Step.TakeUp takeUp) throws Stopped, InterruptedException {
        var run = takeUp.run();
        if (ports.isLive().test(run.executor())) return new Step.Leave(run.executor() + " has the run, and is alive");
        since(run);
        var entry = ports.events().takenUp(issued, run, here);
        var next = owned(Steps.takenUp(ports.journal().append(entry, ready.trace()), run));
        return next instanceof Step.Await await ? permitted(await) : next;
    }

    /** From here on the run ends with this executor, also if it is stopped before it comes to await it. */
    private Step owned(Step next) {
        if (next instanceof Step.Await await) {
            runId = await.runId();
            ours = await;
        }
        return next;
    }

    /** It may not have started yet. */
    private Step permitted(Step.Await await) throws Stopped, InterruptedException {
        return switch (inputs.at(await.contextVersion())) {
            case Loaded.NotInTime(String reason) -> new Step.Leave(reason);
            case Loaded.Denied(String reason) -> notContinued(await, new Outcome.InfraFailed(reason));
            case Loaded.Here(AttemptInput given) -> {
                var refused = refusal(given);
                yield refused.isPresent() ? notContinued(await, refused.get()) : await;
            }
        };
    }

    /** It may have outlived its executor. */
    private Step notContinued(Step.Await await, Outcome why) throws InterruptedException {
        agent.cancel(await.runId());
        return new Step.Finish(Optional.of(await.runId()), why, await.contextVersion());
    }

    private Step awaitMachine(Step.AwaitMachine await) throws Stopped, InterruptedException {
        var run = await.run();
        if (ports.isLive().test(run.executor())) return new Step.Leave(run.executor() + " has the run, and is alive");
        ending.of(run);
        progress.waiting("waiting for an executor on the machine of " + run.executor() + ", where the run is");
        var wait = rules.machineWait();
        var now = stop.interruptibly(() -> ports.journal().awaitOther(attempt, run, wait));
        // The broker may have been away, and the executor there have waited for it too.
        if (now.equals(run)) now = ports.journal().upToDate(attempt);
        if (now.equals(run) && ports.isLive().test(run.executor()))
            return new Step.Leave(run.executor() + " has the run, and is alive again");
        return Steps.awaitedMachine(now, run, wait);
    }

    private Step.Finish await(Step.Await await) throws Stopped, InterruptedException {
        owned(await);
        boolean verifies = agent.name().equals(Verifications.AGENT);
        var listener = new RepeatedListener(outputs.listener(
                Optional.of(await.runId()), verifies ? OutputSource.VERIFICATION : OutputSource.AGENT));
        var outcome = outcome(() -> {
            listener.begin();
            return agent.await(await.runId(), timeLeft(), listener);
        });
        if (!agent.worksInFolder() && outcome instanceof Outcome.Succeeded succeeded)
            outputs.answered(succeeded.answer());
        outputs.stopped();
        ports.gate().ended(agent.name(), outcome.masked(inputs.secrets().hidden()));
        var ended = new Step.Finish(Optional.of(await.runId()), excused(outcome), await.contextVersion());
        end = ended;
        return ended;
    }

    private Duration timeLeft() {
        var left =
                issued.timeout().minus(Duration.between(startedAt, ports.clock().instant()));
        return left.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : left;
    }

    /** Repeated while storage of this machine is the cause. */
    private Outcome outcome(StopSignal.Work<Outcome, RuntimeException> work) throws Stopped, InterruptedException {
        try {
            return storage.outcome(() -> stop.interruptibly(work));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Failures that the code had before are no fault of the results that are verified. */
    private Outcome excused(Outcome outcome) {
        return agent.name().equals(Verifications.AGENT)
                        && outcome instanceof Outcome.TaskFailed(String reason, Usage usage, List<String> failures)
                        && !failures.isEmpty()
                        && inputs.knownFailures().containsAll(failures)
                ? new Outcome.Succeeded(
                        "", Optional.empty(), "It fails only as before. " + reason, List.of(), usage, failures)
                : outcome;
    }

    private void answered(Creation creation) {
        switch (creation) {
            case Creation.Created created -> ports.gate().began(agent.name());
            case Creation.Refused(Outcome.Unsuccessful outcome) ->
                ports.gate().ended(agent.name(), outcome.masked(inputs.secrets().hidden()));
            case Creation.Unknown(String reason) ->
                ports.gate().ended(agent.name(), new Outcome.InfraFailed(inputs.masked(reason)));
        }
    }

    private Result finish(Step.Finish finish) throws Stopped, InterruptedException {
        Outcome outcome = finish.outcome();
        if (outcome instanceof Outcome.Succeeded succeeded && !agent.name().equals(Verifications.AGENT))
            switch (inputs.at(finish.contextVersion())) {
                case Loaded.NotInTime(String reason) -> {
                    return new Result.Left(reason);
                }
                case Loaded.Denied(String reason) -> outcome = new Outcome.InfraFailed(reason);
                case Loaded.Here(AttemptInput given) -> {
                    var taken = result.of(finish.runId(), succeeded, given, begun);
                    outcome = taken.outcome();
                    objects = taken.objects();
                }
            }
        return publish(finish.runId(), outcome, finish.contextVersion());
    }

    private Result publish(Optional<String> run, Outcome outcome, long contextVersion) throws InterruptedException {
        started.join();
        return ending.publish(new Step.Finish(run, outcome, contextVersion), startedAt, objects);
    }

    /** The outcome stands, even if cleaning up fails. */
    private void abandon() {
        try {
            agent.abandon(attempt);
        } catch (RuntimeException e) {
            LOG.warnf(
                    e,
                    "What was prepared for a run could not be removed plan=%s task=%s attempt=%d",
                    attempt.plan(),
                    attempt.task(),
                    attempt.number());
        }
    }

    private CompletableFuture<Void> send(PlanEvent event) {
        return ports.reports().send(event, ready.trace());
    }

    private Result stopped(StopSignal.Reason reason) throws InterruptedException {
        return switch (reason) {
            case SHUTDOWN -> leave();
            case PLAN_CANCELLED, TASK_CANCELLED, SUPERSEDED -> {
                // The stop may have arrived during the creation, or after another executor's creation.
                if (runId == null && mayHaveRun && agent.find(attempt) instanceof Lookup.Found(String found))
                    runId = found;
                if (runId != null) agent.cancel(runId);
                yield publish(Optional.ofNullable(runId), new Outcome.Cancelled(reason.text()), inputs.version());
            }
        };
    }

    /** What only executors of this machine could continue ends here: executors elsewhere would wait for one of them. */
    private Result leave() throws InterruptedException {
        var run = ours;
        if (run == null || isLost()) return left();
        return switch (agent.interrupt(run.runId())) {
            case Interruption.Continues _ -> left();
            case Interruption.Stopped(Outcome.Interrupted outcome) ->
                publish(Optional.of(run.runId()), outcome, run.contextVersion());
            case Interruption.Over _ -> isLeaving ? left() : finishOver(run);
        };
    }

    /** As far as that is possible before the next request to stop, which leaves it to the next executor here. */
    private Result finishOver(Step.Await run) throws InterruptedException {
        isLeaving = true;
        stop.heed();
        try {
            return finish(end == null ? await(run) : end);
        } catch (Stopped e) {
            return stopped(e.reason());
        }
    }

    private static Result left() {
        return new Result.Left(StopSignal.Reason.SHUTDOWN.text());
    }

    /** Whether another executor of this machine took the run up, while this one was suspended. */
    private boolean isLost() {
        return ports.journal().known(attempt) instanceof AttemptState.Created now
                && !now.executor().equals(ports.events().executor());
    }

    private void since(AttemptState recorded) {
        switch (recorded) {
            case AttemptState.Claimed claimed -> {
                startedAt = claimed.since();
                begun = claimed.since();
                mayHaveRun = true;
            }
            case AttemptState.Created created -> {
                startedAt = created.since();
                begun = created.since();
                runId = created.runId();
            }
            case AttemptState.Nothing _, AttemptState.Finished _, AttemptState.Superseded _ -> {}
        }
    }
}
