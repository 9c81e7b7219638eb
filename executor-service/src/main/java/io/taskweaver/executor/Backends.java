package io.taskweaver.executor;

import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The coding agents configured here, and which of them refused the credentials lately. A refusal is forgotten after a
 * while, at the next success, and when a plan is resumed: then it is simply tried again.
 */
final class Backends implements AutoCloseable {
    private final Map<String, CodingAgent> agents = new TreeMap<>();
    private final Map<String, Halt> halts = new ConcurrentHashMap<>();
    private final Duration haltTime;
    private final InstantSource clock;

    private record Halt(String reason, Instant until) {}

    Backends(Collection<? extends CodingAgent> agents, Duration haltTime, InstantSource clock) {
        for (var agent : agents) this.agents.put(agent.name(), agent);
        this.haltTime = haltTime;
        this.clock = clock;
    }

    Optional<CodingAgent> find(String name) {
        return Optional.ofNullable(agents.get(name));
    }

    /** Names of all that are configured. */
    Collection<String> configured() {
        return agents.keySet();
    }

    /** Names of those that can be used now. */
    List<String> usable() {
        return agents.keySet().stream().filter(name -> halt(name).isEmpty()).toList();
    }

    /** Why some can not be used now; empty if all can. */
    Optional<String> haltReason() {
        var reasons = agents.keySet().stream()
                .flatMap(name -> halt(name).map(halt -> name + ": " + halt.reason()).stream())
                .collect(Collectors.joining(" "));
        return reasons.isEmpty() ? Optional.empty() : Optional.of(reasons);
    }

    /** Takes note of how a run ended: whether its back end takes our credentials. */
    void ended(String name, Outcome outcome) {
        if (outcome instanceof Outcome.CredentialsRefused(String reason, String hint))
            halts.put(name, new Halt(reason + " " + hint, clock.instant().plus(haltTime)));
        else if (outcome instanceof Outcome.Succeeded) halts.remove(name);
    }

    /** Forgets all refusals. */
    void resume() {
        halts.clear();
    }

    /** What to answer an order for a back end that is not configured here. */
    Outcome.CredentialsRefused missing(String name) {
        var hint = name.equals("codegen")
                ? "Set CODEGEN_ORG_ID and CODEGEN_API_TOKEN where the executors run, start them again, and resume the plan."
                : "Configure it where the executors run, or choose one of these for the plan: "
                        + (agents.isEmpty() ? "none is configured" : String.join(", ", agents.keySet())) + ".";
        return new Outcome.CredentialsRefused("No coding agent '" + name + "' is configured on this executor.", hint);
    }

    private Optional<Halt> halt(String name) {
        return Optional.ofNullable(halts.get(name))
                .filter(halt -> clock.instant().isBefore(halt.until()));
    }

    @Override
    public void close() {
        for (var agent : agents.values()) agent.close();
    }
}
