package io.taskweaver.scheduling.projection;

import io.taskweaver.model.event.ExecutorHeartbeat;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Capacity of the live executors.
 *
 * @param executors how many are live
 * @param slots attempts that they can run at once
 * @param halted those that take no work, each with why
 * @param closedAgents agents that take no work, by name, each with why
 */
public record FleetCondition(int executors, int slots, List<String> halted, Map<String, String> closedAgents) {
    public FleetCondition {
        halted = List.copyOf(halted);
        closedAgents = Map.copyOf(closedAgents);
    }

    /** @param alive last heartbeats of the live executors */
    public static FleetCondition of(Collection<ExecutorHeartbeat> alive, Instant now) {
        int slots = 0;
        for (var executor : alive) if (isActive(executor)) slots += executor.slots();
        var halted = alive.stream()
                .filter(executor -> !isActive(executor))
                .map(executor -> executor.executor() + ": " + executor.reason().orElse("takes no work"))
                .sorted()
                .toList();
        return new FleetCondition(alive.size(), slots, halted, closed(alive, now));
    }

    private static boolean isActive(ExecutorHeartbeat executor) {
        return executor.state() == ExecutorHeartbeat.State.ACTIVE;
    }

    /** An agent is closed if one executor says so for all, or if each executor that has it says so for itself. */
    private static Map<String, String> closed(Collection<ExecutorHeartbeat> alive, Instant now) {
        var reasons = new HashMap<String, String>();
        var open = new HashSet<String>();
        var forAll = new HashSet<String>();
        for (var executor : alive) {
            var halted = new HashSet<String>();
            for (var halt : executor.halts()) {
                if (!halt.until().isAfter(now)) continue;
                halted.add(halt.agent());
                var reason = halt.reason() + " (until " + halt.until().truncatedTo(ChronoUnit.SECONDS) + ")";
                if (halt.shared()) reasons.put(halt.agent(), reason);
                else reasons.putIfAbsent(halt.agent(), reason);
                if (halt.shared()) forAll.add(halt.agent());
            }
            for (var agent : executor.agents()) if (!halted.contains(agent)) open.add(agent);
        }
        reasons.keySet().removeIf(agent -> open.contains(agent) && !forAll.contains(agent));
        return reasons;
    }
}
