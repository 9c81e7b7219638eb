package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Outcome;
import io.taskweaver.executor.AttemptRun.Result;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanEvent.CodeObjects;
import io.taskweaver.model.event.PlanEvent.ExecutionJournal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;

/** Publishes how an attempt ended, or again what was published of it before. */
final class AttemptEnd {
    private static final Logger LOG = Logger.getLogger(AttemptEnd.class);

    private final IssuedAttempt ready;
    private final CodingAgent agent;
    private final AttemptRun.Ports ports;
    private final AttemptInputs inputs;
    private final AttemptOutputs outputs;

    /** What an end follows: the issue of the attempt, or the entry of the run on another machine that is waited for. */
    private String cause;

    AttemptEnd(
            IssuedAttempt ready,
            CodingAgent agent,
            AttemptRun.Ports ports,
            AttemptInputs inputs,
            AttemptOutputs outputs) {
        this.ready = ready;
        this.agent = agent;
        this.ports = ports;
        this.inputs = inputs;
        this.outputs = outputs;
        this.cause = ready.event().eventId();
    }

    /** From now on an end is that of this run, as long as no other executor continues it. */
    void of(AttemptState.Created run) {
        cause = run.entry();
    }

    /**
     * Publishes it. One that the broker refuses for its size is a failure.
     *
     * @param startedAt when the attempt was started
     * @param objects those of the result's commit
     * @throws RuntimeException if a write failed
     */
    Result publish(Step.Finish end, Instant startedAt, List<CodeObjects> objects) throws InterruptedException {
        try {
            return published(end, startedAt, objects);
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof RecordTooLargeException)) throw e;
            var refused = AgentResults.refusedByBroker(end.outcome(), e.getCause());
            return published(new Step.Finish(end.runId(), refused, end.contextVersion()), startedAt, objects);
        }
    }

    /**
     * The code is sent before the outcome: whoever reads that must find its commit. After a crash in between, whoever
     * continues sends the same commit again. Journal entry and outcome are sent together. If only the outcome arrives before a
     * crash, it counts; if only the journal entry does, the outcome is republished from it. Of a run that only executors of one
     * machine can continue, others may have given up: there the first entry that counts does, and is read back before the
     * outcome is published.
     */
    private Result published(Step.Finish end, Instant startedAt, List<CodeObjects> objects)
            throws InterruptedException {
        var outcome = end.outcome().masked(inputs.secrets().hidden());
        boolean isWanted =
                outcome instanceof Outcome.Unsuccessful || !outcome.usage().equals(Usage.NONE);
        outputs.end(isWanted);
        if (outcome instanceof Outcome.Succeeded)
            CompletableFuture.allOf(objects.stream().map(this::send).toArray(CompletableFuture[]::new))
                    .join();
        var entry = ports.events().ended(ready.event(), cause, end.runId(), end.contextVersion(), startedAt, outcome);
        if (!agent.startsWhenAwaited())
            ports.reports().sendEnd(entry, ready.trace()).join();
        else {
            var before = ports.journal().append(entry, ready.trace());
            if (before instanceof AttemptState.Created other && !JournalIndex.ends(other, entry))
                return new Result.Left(other.executor() + " continues the run");
            if (before instanceof AttemptState.Finished first) {
                release(end.runId(), outcome);
                return repeat(new Step.Repeat(first.partition(), first.offset()), startedAt);
            }
            send(entry.outcome().orElseThrow()).join();
        }
        release(end.runId(), outcome);
        return new Result.Ended(outcome);
    }

    private void release(Optional<String> run, Outcome outcome) {
        boolean continuing = outcome instanceof Outcome.Unsuccessful unsuccessful && unsuccessful.runGoesOn();
        if (!continuing) run.ifPresent(this::release);
    }

    /** The published outcome stands, even if cleaning up after the run fails. */
    private void release(String run) {
        try {
            agent.release(run);
        } catch (RuntimeException e) {
            var attempt = ready.attempt();
            LOG.warnf(
                    e,
                    "Cleaning up after a run failed plan=%s task=%s attempt=%d run=%s",
                    attempt.plan(),
                    attempt.task(),
                    attempt.number(),
                    run);
        }
    }

    /**
     * Publishes again what the journal has.
     *
     * @param startedAt as above
     */
    Result repeat(Step.Repeat repeat, Instant startedAt) throws InterruptedException {
        var outcome = ports.journal()
                .read(new AttemptState.Finished(repeat.partition(), repeat.offset()))
                .flatMap(ExecutionJournal::outcome);
        if (outcome.isEmpty())
            return lost("The attempt ended so long ago that its outcome is no longer retained.", startedAt);
        // Its writer did not have this attempt's ticket, so it must not be published with it.
        if (!outcome.get().ticket().equals(ready.event().ticket())
                || !Attempt.of(outcome.get()).equals(ready.attempt()))
            return lost("The outcome in the execution journal does not have the ticket of this attempt.", startedAt);
        send(outcome.get()).join();
        return new Result.Repeated();
    }

    /** The outcome exists but cannot be published: the next attempt repeats the task. */
    private Result lost(String reason, Instant startedAt) {
        var outcome = new Outcome.InfraFailed(reason);
        var entry = ports.events().ended(ready.event(), cause, Optional.empty(), 0, startedAt, outcome);
        ports.reports().sendEnd(entry, ready.trace()).join();
        return new Result.Ended(outcome);
    }

    private CompletableFuture<Void> send(PlanEvent event) {
        return ports.reports().send(event, ready.trace());
    }
}
