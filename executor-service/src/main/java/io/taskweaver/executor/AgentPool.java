package io.taskweaver.executor;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.taskweaver.agents.AccountSharing;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Outcome;
import io.taskweaver.model.event.ExecutorHeartbeat.AgentHalt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The coding agents configured here, and which of them are halted: those that refused the credentials, those that are
 * rate-limited, and those that fail repeatedly, as detected by a circuit breaker (Nygard, "Release It!"). A halted
 * agent is tried again after a while, and when a plan is resumed.
 */
final class AgentPool implements AutoCloseable {
    private static final int WATCHED = 10;
    private static final int FEWEST_WATCHED = 5;
    private static final float MOST_FAILURES_PERCENT = 80;

    private final Map<String, CodingAgent> agents = new TreeMap<>();
    private final Map<String, CircuitBreaker> breakers = new TreeMap<>();
    private final Map<String, Halt> halts = new ConcurrentHashMap<>();
    private final Duration haltTime;
    private final InstantSource clock;

    private enum Cause {
        /** Or the program is missing: until somebody does something, no run can be made. */
        CREDENTIALS,
        RATE,
        FAILURES
    }

    private record Halt(Cause cause, String reason, Instant until) {}

    /** @param haltTime how long an agent is halted that does not name a time */
    AgentPool(Collection<? extends CodingAgent> agents, Duration haltTime, InstantSource clock) {
        this.haltTime = haltTime;
        this.clock = clock;
        for (var agent : agents) {
            this.agents.put(agent.name(), agent);
            this.breakers.put(agent.name(), breaker(agent.name()));
        }
    }

    private CircuitBreaker breaker(String name) {
        return CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindow(
                                WATCHED,
                                FEWEST_WATCHED,
                                SlidingWindowType.COUNT_BASED,
                                CircuitBreakerConfig.SlidingWindowSynchronizationStrategy.SYNCHRONIZED)
                        .failureRateThreshold(MOST_FAILURES_PERCENT)
                        .slowCallRateThreshold(100)
                        .slowCallDurationThreshold(Duration.ofDays(365))
                        // The breaker opens after this time, a halt ends at it: neither may outlast the other.
                        .waitDurationInOpenState(haltTime.minusMillis(1))
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .clock(clock.withZone(ZoneOffset.UTC))
                        .build());
    }

    /** Sets who else uses the accounts. */
    void share(AccountSharing sharing) {
        agents.values().forEach(agent -> agent.share(sharing));
    }

    Optional<CodingAgent> find(String name) {
        return Optional.ofNullable(agents.get(name));
    }

    /** Names of all configured agents. */
    Collection<String> configured() {
        return agents.keySet();
    }

    /** Names of agents that accept our credentials. */
    List<String> usable() {
        return agents.keySet().stream()
                .filter(name -> halt(name).map(Halt::cause).orElse(null) != Cause.CREDENTIALS)
                .toList();
    }

    /** Whether all agents are halted, so that no work can be done here. */
    boolean areAllHalted() {
        return !agents.isEmpty()
                && agents.keySet().stream().allMatch(name -> halt(name).isPresent());
    }

    /** Agents that are halted although they accept our credentials. */
    List<AgentHalt> halts() {
        var all = new ArrayList<AgentHalt>();
        for (var name : agents.keySet())
            halt(name)
                    .filter(halt -> halt.cause() != Cause.CREDENTIALS)
                    .ifPresent(halt ->
                            all.add(new AgentHalt(name, halt.reason(), halt.until(), halt.cause() == Cause.RATE)));
        return all;
    }

    /** Why some agents cannot be used now; empty if all can. */
    Optional<String> haltReason() {
        var reasons = agents.keySet().stream()
                .flatMap(name -> halt(name).map(halt -> name + ": " + halt.reason()).stream())
                .collect(Collectors.joining(" "));
        return reasons.isEmpty() ? Optional.empty() : Optional.of(reasons);
    }

    /**
     * Called before each creation of a run, and followed by {@link #began}, {@link #ended} or {@link #left}.
     *
     * @return the outcome of the attempt if it may not: it uses up no attempt of the task
     */
    Optional<Outcome.RateLimited> closed(String name) {
        var halted = halt(name).filter(halt -> halt.cause() != Cause.CREDENTIALS);
        if (halted.isPresent())
            return Optional.of(new Outcome.RateLimited(
                    halted.get().reason(), Optional.of(halted.get().until())));
        var breaker = breakers.get(name);
        if (breaker == null || breaker.tryAcquirePermission()) return Optional.empty();
        return Optional.of(new Outcome.RateLimited(
                "one run of " + name + " is tried first after repeated failures",
                Optional.of(clock.instant().plus(haltTime))));
    }

    /** The run is not created after all. */
    void left(String name) {
        var breaker = breakers.get(name);
        if (breaker != null) breaker.releasePermission();
    }

    /** A run was created. */
    void began(String name) {
        halts.computeIfPresent(name, (agent, halt) -> halt.cause() == Cause.CREDENTIALS ? null : halt);
        var breaker = breakers.get(name);
        if (breaker != null) breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    /** A run ended, or could not be created. */
    void ended(String name, Outcome outcome) {
        switch (outcome) {
            case Outcome.CredentialsRefused(String reason, String hint, boolean any) -> {
                answered(name);
                halt(name, Cause.CREDENTIALS, reason + " " + hint, Optional.empty());
            }
            case Outcome.NotConfigured(String reason, String hint) -> {
                answered(name);
                halt(name, Cause.CREDENTIALS, reason + " " + hint, Optional.empty());
            }
            case Outcome.RateLimited(String reason, Optional<Instant> until) -> {
                answered(name);
                halt(name, Cause.RATE, reason, until);
            }
            // That says nothing about the agent.
            case Outcome.InfraFailed failed when failed.storage().isPresent() -> left(name);
            case Outcome.InfraFailed failed -> failed(name, failed.reason());
            default -> answered(name);
        }
    }

    private void answered(String name) {
        var breaker = breakers.get(name);
        if (breaker != null) breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    private void failed(String name, String reason) {
        var breaker = breakers.get(name);
        if (breaker == null) return;
        breaker.onError(0, TimeUnit.NANOSECONDS, new IllegalStateException(reason));
        if (breaker.getState() == CircuitBreaker.State.OPEN)
            halt(name, Cause.FAILURES, "It fails repeatedly: " + reason, Optional.empty());
    }

    private void halt(String name, Cause cause, String reason, Optional<Instant> until) {
        var end = until.orElseGet(() -> clock.instant().plus(haltTime));
        halts.merge(
                name,
                new Halt(cause, reason, end),
                (known, added) -> known.cause() == cause && known.until().isAfter(end) ? known : added);
    }

    /** Clears all halts. */
    void resume() {
        halts.clear();
        breakers.values().forEach(CircuitBreaker::reset);
    }

    private Optional<Halt> halt(String name) {
        return Optional.ofNullable(halts.get(name))
                .filter(halt -> clock.instant().isBefore(halt.until()));
    }

    /** Closes all, whatever fails: each may have runs that are paid. */
    @Override
    public void close() {
        RuntimeException failure = null;
        for (var agent : agents.values())
            try {
                agent.close();
            } catch (RuntimeException e) {
                if (failure == null) failure = e;
                else failure.addSuppressed(e);
            }
        if (failure != null) throw failure;
    }
}
