package io.taskweaver.executor;

import io.taskweaver.agents.Assignment;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Interruption;
import io.taskweaver.agents.Lookup;
import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.RunListener;
import io.taskweaver.model.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** An agent whose runs end when a test says so. */
final class FakeAgent implements CodingAgent {
    static final Outcome.Succeeded SUCCESS =
            new Outcome.Succeeded(Some.answer("new"), "", List.of(), new Usage(1, 2, 3));

    final Map<Attempt, AtomicInteger> creations = new ConcurrentHashMap<>();
    final Map<String, CompletableFuture<Outcome>> runs = new ConcurrentHashMap<>();
    final Set<String> cancelled = ConcurrentHashMap.newKeySet();
    final AtomicInteger lookups = new AtomicInteger();
    final AtomicInteger awaiting = new AtomicInteger();
    final AtomicInteger mostAwaiting = new AtomicInteger();
    volatile Optional<Outcome.Unsuccessful> refusal = Optional.empty();
    volatile boolean endsAtOnce = true;
    volatile boolean startsWhenAwaited;
    /** By itself, in the moment in which its executor stops. */
    volatile boolean endsWhenInterrupted;

    volatile boolean failsToClose;
    volatile boolean closed;

    private final String name;

    FakeAgent() {
        this("fake");
    }

    FakeAgent(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean startsWhenAwaited() {
        return startsWhenAwaited;
    }

    /** How often a run was made of an attempt. */
    int creationsOf(Attempt attempt) {
        return creations.getOrDefault(attempt, new AtomicInteger()).get();
    }

    /** A run that exists already, as another executor made it. */
    String existing(Attempt attempt) {
        var run = "run-" + attempt.id();
        runs.put(run, new CompletableFuture<>());
        return run;
    }

    void end(Attempt attempt, Outcome outcome) {
        run("run-" + attempt.id()).complete(outcome);
    }

    private CompletableFuture<Outcome> run(String id) {
        return runs.computeIfAbsent(id, any -> {
            throw new AssertionError("no run " + id);
        });
    }

    @Override
    public Lookup find(Attempt attempt) {
        lookups.incrementAndGet();
        var run = "run-" + attempt.id();
        return runs.containsKey(run) ? new Lookup.Found(run) : new Lookup.Absent();
    }

    @Override
    public Creation create(Attempt attempt, Assignment assignment) {
        if (refusal.isPresent()) return new Creation.Refused(refusal.get());
        creations.computeIfAbsent(attempt, any -> new AtomicInteger()).incrementAndGet();
        var run = existing(attempt);
        if (endsAtOnce) end(attempt, SUCCESS);
        return new Creation.Created(run);
    }

    @Override
    public Outcome await(String runId, Duration limit, RunListener progress) throws InterruptedException {
        progress.active("RUNNING");
        mostAwaiting.accumulateAndGet(awaiting.incrementAndGet(), Math::max);
        try {
            return run(runId).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Outcome.TimedOut("too slow", limit);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            awaiting.decrementAndGet();
        }
    }

    @Override
    public Interruption interrupt(String runId) {
        if (!startsWhenAwaited) return new Interruption.Continues();
        if (endsWhenInterrupted) run(runId).complete(SUCCESS);
        return run(runId).isDone()
                ? new Interruption.Over()
                : new Interruption.Stopped(new Outcome.Interrupted("It was stopped with its executor.", false));
    }

    @Override
    public void cancel(String runId) {
        cancelled.add(runId);
    }

    @Override
    public void close() {
        closed = true;
        if (failsToClose) throw new IllegalStateException("as asked");
    }
}
