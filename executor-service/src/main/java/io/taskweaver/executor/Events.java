package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import io.taskweaver.domain.context.FileChange;
import io.taskweaver.domain.plan.BaseCommit;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.TaskId;
import io.taskweaver.domain.plan.Usage;
import io.taskweaver.domain.query.Query;
import io.taskweaver.events.BackendHalt;
import io.taskweaver.events.EventMeta;
import io.taskweaver.events.ExecutionJournal;
import io.taskweaver.events.ExecutorHeartbeat;
import io.taskweaver.events.ExecutorState;
import io.taskweaver.events.JournalState;
import io.taskweaver.events.RunningAttempt;
import io.taskweaver.events.TaskCompleted;
import io.taskweaver.events.TaskFailed;
import io.taskweaver.events.TaskProgressed;
import io.taskweaver.events.TaskReady;
import io.taskweaver.events.TaskStarted;
import io.taskweaver.wire.EventIds;
import io.taskweaver.wire.TraceContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.avro.Schema;

/** Translates between events and the values that the executor works with; the only place that sees both. */
final class Events {
    private final String executor;
    private final InstantSource clock;

    /** @param executor name of this executor */
    Events(String executor, InstantSource clock) {
        this.executor = executor;
        this.clock = clock;
    }

    /**
     * The order that an event gives.
     *
     * @param trace that its record carries
     * @param redelivered whether the topic handed it out before
     * @throws IllegalArgumentException if it contradicts itself
     */
    static Ready ready(TaskReady event, Optional<TraceContext> trace, boolean redelivered) {
        if (event.getTimeoutMillis() <= 0)
            throw new IllegalArgumentException("timeoutMillis must be positive: " + event.getTimeoutMillis());
        var plan = event.getMeta().getPlanId();
        var task = event.getTaskId();
        return new Ready(
                new Attempt(new PlanId(plan).value(), new TaskId(task).value(), event.getAttempt()),
                event.getAgent(),
                Duration.ofMillis(event.getTimeoutMillis()),
                Optional.ofNullable(event.getFeedback()),
                Optional.ofNullable(event.getBase()).map(base -> new BaseCommit(base.getFolder(), base.getCommit())),
                Optional.ofNullable(event.getVerify()),
                Optional.ofNullable(event.getTicket()),
                redelivered || event.getReissued(),
                event.getMeta().getEventId(),
                trace.orElseGet(() -> TraceContext.ofPlan(plan)));
    }

    TaskStarted started(Ready ready, Query query) {
        var attempt = ready.attempt();
        return TaskStarted.newBuilder()
                .setMeta(meta(TaskStarted.getClassSchema(), attempt, ready.eventId(), clock.instant()))
                .setTaskId(attempt.task())
                .setAttempt(attempt.number())
                .setExecutorId(executor)
                .setAgent(ready.agent())
                .setQuery(query.text())
                .setQueryTokens(query.tokens())
                .build();
    }

    /** @param number of the report among those of this process, which makes its id unique */
    TaskProgressed progressed(Ready ready, Optional<String> runId, String message, long number) {
        var attempt = ready.attempt();
        var schema = TaskProgressed.getClassSchema();
        return TaskProgressed.newBuilder()
                .setMeta(meta(schema, attempt, ready.eventId(), clock.instant(), executor, number))
                .setTaskId(attempt.task())
                .setAttempt(attempt.number())
                .setExecutorId(executor)
                .setAgentRunId(runId.orElse(null))
                .setMessage(message)
                .build();
    }

    /** @param number of the claim among those of this process, which makes its id unique */
    ExecutionJournal claimed(Ready ready, long contextVersion, long number) {
        return journal(ready.attempt(), ready.eventId(), executor, clock.instant(), JournalState.CLAIMED, number)
                .setTicket(ready.ticket().orElse(null))
                .setAgent(ready.agent())
                .setContextVersion(contextVersion)
                .build();
    }

    ExecutionJournal created(Ready ready, String runId, long contextVersion) {
        return journal(ready.attempt(), ready.eventId(), executor, clock.instant(), JournalState.CREATED, 0)
                .setTicket(ready.ticket().orElse(null))
                .setAgent(ready.agent())
                .setAgentRunId(runId)
                .setContextVersion(contextVersion)
                .build();
    }

    static ExecutionJournal journalled(Finished finished) {
        var entry = journal(
                        finished.attempt(),
                        finished.cause(),
                        finished.executor(),
                        endedAt(finished),
                        JournalState.FINISHED,
                        0)
                .setAgent(finished.agent())
                .setAgentRunId(finished.ending().runId().orElse(null))
                .setContextVersion(finished.contextVersion())
                .setTicket(finished.ticket().orElse(null));
        switch (finished.ending()) {
            case Ending.Completed completed -> entry.setCompleted(completed(finished, completed));
            case Ending.Failed failed -> entry.setFailed(failed(finished, failed));
        }
        return entry.build();
    }

    static TaskCompleted completed(Finished finished, Ending.Completed completed) {
        var attempt = finished.attempt();
        return TaskCompleted.newBuilder()
                .setMeta(meta(TaskCompleted.getClassSchema(), attempt, finished.cause(), endedAt(finished)))
                .setTaskId(attempt.task())
                .setAttempt(attempt.number())
                .setExecutorId(finished.executor())
                .setAgent(finished.agent())
                .setAgentRunId(completed.runId().orElse(null))
                .setSummary(completed.summary())
                .setFiles(completed.files().stream().map(Events::change).toList())
                .setLinks(completed.links())
                .setUsage(usage(completed.usage()))
                .setStartedAt(finished.startedAt())
                .setDurationMillis(finished.took().toMillis())
                .setTicket(finished.ticket().orElse(null))
                .build();
    }

    static TaskFailed failed(Finished finished, Ending.Failed failed) {
        var attempt = finished.attempt();
        var outcome = failed.outcome();
        return TaskFailed.newBuilder()
                .setMeta(meta(TaskFailed.getClassSchema(), attempt, finished.cause(), endedAt(finished)))
                .setTaskId(attempt.task())
                .setAttempt(attempt.number())
                .setExecutorId(finished.executor())
                .setAgent(finished.agent())
                .setAgentRunId(failed.runId().orElse(null))
                .setFailure(Failures.kind(outcome))
                .setReason(outcome.reason())
                .setHint(Failures.hint(outcome).orElse(null))
                .setRetryAt(Failures.retryAt(outcome).orElse(null))
                .setRunGoesOn(outcome.runGoesOn())
                .setUsage(usage(outcome.usage()))
                .setStartedAt(finished.startedAt())
                .setDurationMillis(finished.took().toMillis())
                .setTicket(finished.ticket().orElse(null))
                .build();
    }

    /** @throws IllegalArgumentException if it contradicts itself */
    static JournalEntry entry(ExecutionJournal event) {
        var state = switch (event.getState()) {
            case CLAIMED -> JournalEntry.State.CLAIMED;
            case CREATED -> JournalEntry.State.CREATED;
            case FINISHED -> JournalEntry.State.FINISHED;
        };
        var runId = Optional.ofNullable(event.getAgentRunId());
        if (state == JournalEntry.State.CREATED && runId.isEmpty())
            throw new IllegalArgumentException("a journal entry CREATED names no run");
        if (state == JournalEntry.State.FINISHED && event.getCompleted() == null && event.getFailed() == null)
            throw new IllegalArgumentException("a journal entry FINISHED has no outcome");
        return new JournalEntry(
                event.getMeta().getEventId(),
                new Attempt(event.getMeta().getPlanId(), event.getTaskId(), event.getAttempt()),
                state,
                event.getExecutorId(),
                event.getAgent(),
                runId,
                event.getContextVersion(),
                Optional.ofNullable(event.getTicket()),
                event.getMeta().getOccurredAt());
    }

    /** The outcome in a journal entry; empty if it holds none. */
    static Optional<Finished> finished(ExecutionJournal event) {
        var attempt = new Attempt(event.getMeta().getPlanId(), event.getTaskId(), event.getAttempt());
        var runId = Optional.ofNullable(event.getAgentRunId());
        var completed = event.getCompleted();
        if (completed != null) {
            var ending = new Ending.Completed(
                    runId,
                    completed.getSummary(),
                    completed.getFiles().stream().map(Events::change).toList(),
                    completed.getLinks(),
                    usage(completed.getUsage()));
            return Optional.of(
                    finished(event, attempt, completed.getStartedAt(), completed.getDurationMillis(), ending));
        }
        var failed = event.getFailed();
        if (failed == null) return Optional.empty();
        var ending = new Ending.Failed(runId, Failures.outcome(failed));
        return Optional.of(finished(event, attempt, failed.getStartedAt(), failed.getDurationMillis(), ending));
    }

    static Usage usage(io.taskweaver.events.Usage usage) {
        return new Usage(usage.getInputTokens(), usage.getOutputTokens(), usage.getCostMicros());
    }

    private static io.taskweaver.events.Usage usage(Usage usage) {
        return new io.taskweaver.events.Usage(usage.inputTokens(), usage.outputTokens(), usage.costMicros());
    }

    ExecutorHeartbeat heartbeat(Beat beat, Duration interval) {
        return ExecutorHeartbeat.newBuilder()
                .setExecutorId(executor)
                .setBeatAt(clock.instant())
                .setIntervalMillis(Math.toIntExact(interval.toMillis()))
                .setSlots(beat.slots())
                .setRunning(beat.running().stream()
                        .map(attempt -> new RunningAttempt(attempt.plan(), attempt.task(), attempt.number()))
                        .toList())
                .setBackends(beat.backends())
                .setState(
                        switch (beat.state()) {
                            case ACTIVE -> ExecutorState.ACTIVE;
                            case DRAINING -> ExecutorState.DRAINING;
                            case HALTED -> ExecutorState.HALTED;
                        })
                .setReason(beat.reason().orElse(null))
                .setHalts(beat.halts().stream()
                        .map(halt -> new BackendHalt(halt.backend(), halt.reason(), halt.until(), halt.shared()))
                        .toList())
                .build();
    }

    private static Finished finished(
            ExecutionJournal event, Attempt attempt, Instant startedAt, long durationMillis, Ending ending) {
        return new Finished(
                attempt,
                event.getAgent(),
                event.getExecutorId(),
                event.getContextVersion(),
                startedAt,
                Duration.ofMillis(durationMillis),
                Optional.ofNullable(event.getTicket()),
                event.getMeta().getCausationId(),
                ending);
    }

    private static ExecutionJournal.Builder journal(
            Attempt attempt, String cause, String executor, Instant at, JournalState state, long number) {
        return ExecutionJournal.newBuilder()
                .setMeta(meta(ExecutionJournal.getClassSchema(), attempt, cause, at, executor, state, number))
                .setTaskId(attempt.task())
                .setAttempt(attempt.number())
                .setState(state)
                .setExecutorId(executor);
    }

    private static Instant endedAt(Finished finished) {
        return finished.startedAt().plus(finished.took());
    }

    private static io.taskweaver.events.FileChange change(FileChange change) {
        return io.taskweaver.events.FileChange.newBuilder()
                .setPath(change.path())
                .setBase(change.base().orElse(null))
                .setContent(change.content().orElse(null))
                .build();
    }

    private static FileChange change(io.taskweaver.events.FileChange change) {
        return new FileChange(
                change.getPath(), Optional.ofNullable(change.getBase()), Optional.ofNullable(change.getContent()));
    }

    /** What is said of the same attempt has the same id, whoever says it, unless {@code further} tells it apart. */
    private static EventMeta meta(Schema type, Attempt attempt, String cause, Instant at, Object... further) {
        var parts = new Object[3 + further.length];
        parts[0] = attempt.plan();
        parts[1] = attempt.task();
        parts[2] = attempt.number();
        System.arraycopy(further, 0, parts, 3, further.length);
        return EventMeta.newBuilder()
                .setEventId(EventIds.derived(type, parts))
                .setPlanId(attempt.plan())
                .setOccurredAt(at)
                .setCausationId(cause)
                .setSchemaVersion(1)
                .build();
    }
}
