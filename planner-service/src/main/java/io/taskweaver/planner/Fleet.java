package io.taskweaver.planner;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.Task;
import io.taskweaver.model.event.ExecutorHeartbeat;
import io.taskweaver.model.event.ExecutorHeartbeat.RunningAttempt;
import io.taskweaver.scheduling.dispatch.AnswerTimeouts;
import io.taskweaver.scheduling.projection.FleetCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Live executors, by the arrival time of their heartbeats, and how plans share their slots. Thread-safe: used by all
 * stream threads and by the reader of heartbeats.
 */
final class Fleet {
    /** A clock that goes back by more than this was set. */
    private static final Duration CLOCK_NOISE = Duration.ofSeconds(2);

    private static final Duration MEMORY = Duration.ofMinutes(10);

    private final Map<String, LastHeartbeat> executors = new HashMap<>();
    private final Map<RunningAttempt, Instant> named = new HashMap<>();
    private final Map<PlanId, Demand> demands = new HashMap<>();
    private Instant tidiedAt = Instant.MIN;
    private Instant askedAt = Instant.MIN;
    private int inFlight;
    private int waiting;
    private int weights;

    private record LastHeartbeat(ExecutorHeartbeat heartbeat, Instant at) {
        boolean isLive(Instant now) {
            return heartbeat.isLive(at, now);
        }

        boolean isActive() {
            return heartbeat.state() == ExecutorHeartbeat.State.ACTIVE;
        }
    }

    private record Demand(int inFlight, int ready, int weight) {}

    /** An executor sent a heartbeat. */
    synchronized void heartbeat(ExecutorHeartbeat heartbeat, Instant at) {
        executors.put(heartbeat.executor(), new LastHeartbeat(heartbeat, at));
        for (var held : heartbeat.running()) named.merge(held, at, (one, other) -> one.isAfter(other) ? one : other);
        if (tidiedAt.isBefore(at.minus(MEMORY.dividedBy(10)))) {
            named.values().removeIf(last -> last.isBefore(at.minus(MEMORY)));
            executors.values().removeIf(last -> last.at().isBefore(at.minus(MEMORY)));
            tidiedAt = at;
        }
    }

    /** An executor left. */
    synchronized void left(String executor) {
        executors.remove(executor);
    }

    /** Slots of all live executors that take work. */
    synchronized int slots(Instant now) {
        settle(now);
        int slots = 0;
        for (var last : executors.values())
            if (last.isLive(now) && last.isActive()) slots += last.heartbeat().slots();
        return slots;
    }

    /** Agents that take no work for now. */
    synchronized Set<String> closed(Instant now) {
        return condition(now).closedAgents().keySet();
    }

    /** Slots that are free according to the heartbeats. */
    synchronized int idle(Instant now) {
        settle(now);
        int idle = 0;
        for (var last : executors.values())
            if (last.isLive(now) && last.isActive())
                idle += Math.max(
                        0, last.heartbeat().slots() - last.heartbeat().running().size());
        return idle;
    }

    /** When heartbeats last named attempts of a plan. */
    AnswerTimeouts.Leases leasesOf(PlanId plan) {
        return (task, attempt) -> lastNamed(new RunningAttempt(plan, task, attempt));
    }

    private synchronized Optional<Instant> lastNamed(RunningAttempt held) {
        return Optional.ofNullable(named.get(held));
    }

    /** Sets a plan's issued attempts and those that could be issued. */
    synchronized void demand(PlanId plan, int nowInFlight, int ready, Task.Priority priority) {
        forget(plan);
        if (nowInFlight == 0 && ready == 0) return;
        var demand = new Demand(nowInFlight, ready, weight(priority));
        demands.put(plan, demand);
        inFlight += demand.inFlight();
        waiting += demand.ready();
        weights += demand.weight();
    }

    /** A plan needs no more slots. */
    synchronized void forget(PlanId plan) {
        var before = demands.remove(plan);
        if (before == null) return;
        inFlight -= before.inFlight();
        waiting -= before.ready();
        weights -= before.weight();
    }

    /** Tasks of all plans that wait only for a slot. */
    synchronized int waiting() {
        return waiting;
    }

    /**
     * How many more attempts a plan may issue. While other plans have ready tasks, a plan gets its share of the slots,
     * at least one, and slots that the others do not use.
     */
    synchronized int roomFor(PlanId plan, int nowInFlight, Task.Priority priority, Instant now) {
        int slots = slots(now);
        var mine = demands.get(plan);
        int others = inFlight - (mine == null ? 0 : mine.inFlight());
        int free = slots - others - nowInFlight;
        if (free <= 0 || !othersWait(plan)) return Math.max(free, 0);
        int weight = weight(priority);
        int all = weights - (mine == null ? 0 : mine.weight()) + weight;
        int share = Math.max(1, slots * weight / all);
        return Math.max(0, Math.min(free, share - nowInFlight));
    }

    /** State of the fleet. */
    synchronized FleetCondition condition(Instant now) {
        settle(now);
        var alive = executors.values().stream()
                .filter(last -> last.isLive(now))
                .map(LastHeartbeat::heartbeat)
                .toList();
        return FleetCondition.of(alive, now);
    }

    /**
     * If the clock was set back, later arrival times are replaced by now: otherwise a dead executor would seem alive
     * until the clock catches up.
     */
    private void settle(Instant now) {
        if (now.plus(CLOCK_NOISE).isBefore(askedAt)) {
            executors.replaceAll(
                    (name, last) -> last.at().isAfter(now) ? new LastHeartbeat(last.heartbeat(), now) : last);
            named.replaceAll((held, last) -> last.isAfter(now) ? now : last);
            tidiedAt = now;
        }
        askedAt = now;
    }

    private boolean othersWait(PlanId plan) {
        for (var demand : demands.entrySet())
            if (demand.getValue().ready() > 0 && !demand.getKey().equals(plan)) return true;
        return false;
    }

    private static int weight(Task.Priority priority) {
        return switch (priority) {
            case CRITICAL -> 8;
            case HIGH -> 4;
            case MEDIUM -> 2;
            case LOW -> 1;
        };
    }
}
