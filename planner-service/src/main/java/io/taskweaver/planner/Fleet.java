package io.taskweaver.planner;

import io.taskweaver.domain.event.ExecutorHeartbeat;
import io.taskweaver.domain.event.ExecutorHeartbeat.RunningAttempt;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.projection.FleetCondition;
import io.taskweaver.domain.schedule.Patience;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The executors that are alive, by the time at which their beats arrived here, and how their slots are shared among
 * plans. Used by all stream threads and by whoever listens to the beats: every method holds the lock for a moment.
 */
final class Fleet {
    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(2);
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private final Map<String, Heard> executors = new HashMap<>();
    private final Map<RunningAttempt, Instant> named = new HashMap<>();
    private final Map<PlanId, Demand> demands = new HashMap<>();
    private Instant tidiedAt = Instant.MIN;
    private Instant askedAt = Instant.MIN;
    private int inFlight;
    private int waiting;
    private int weights;

    private record Heard(ExecutorHeartbeat beat, Instant at) {
        boolean isLive(Instant now) {
            var silence = beat.interval().multipliedBy(3);
            return at.plus(silence.compareTo(SHORTEST_SILENCE) < 0 ? SHORTEST_SILENCE : silence)
                    .isAfter(now);
        }

        boolean isActive() {
            return beat.state() == ExecutorHeartbeat.State.ACTIVE;
        }
    }

    private record Demand(int inFlight, int ready, int weight) {}

    /** An executor lives. */
    synchronized void beat(ExecutorHeartbeat beat, Instant at) {
        executors.put(beat.executor(), new Heard(beat, at));
        for (var held : beat.running()) named.merge(held, at, (one, other) -> one.isAfter(other) ? one : other);
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

    /** Slots of all executors that live and take work. */
    synchronized int slots(Instant now) {
        settle(now);
        int slots = 0;
        for (var heard : executors.values())
            if (heard.isLive(now) && heard.isActive()) slots += heard.beat().slots();
        return slots;
    }

    /** Agents that take no work for now. */
    synchronized Set<String> closed(Instant now) {
        return condition(now).closedAgents().keySet();
    }

    /** Slots in which no executor says that it holds an attempt. */
    synchronized int idle(Instant now) {
        settle(now);
        int idle = 0;
        for (var heard : executors.values())
            if (heard.isLive(now) && heard.isActive())
                idle += Math.max(
                        0, heard.beat().slots() - heard.beat().running().size());
        return idle;
    }

    /** When executors last named attempts of a plan. */
    Patience.Leases leasesOf(PlanId plan) {
        return (task, attempt) -> lastNamed(new RunningAttempt(plan, task, attempt));
    }

    private synchronized Optional<Instant> lastNamed(RunningAttempt held) {
        return Optional.ofNullable(named.get(held));
    }

    /** A plan has so much in flight, and so much more that could be. */
    synchronized void demand(PlanId plan, int nowInFlight, int ready, Task.Priority priority) {
        forget(plan);
        if (nowInFlight == 0 && ready == 0) return;
        var demand = new Demand(nowInFlight, ready, weight(priority));
        demands.put(plan, demand);
        inFlight += demand.inFlight();
        waiting += demand.ready();
        weights += demand.weight();
    }

    /** A plan wants nothing any more. */
    synchronized void forget(PlanId plan) {
        var before = demands.remove(plan);
        if (before == null) return;
        inFlight -= before.inFlight();
        waiting -= before.ready();
        weights -= before.weight();
    }

    /** Tasks of all plans that wait for nothing but a slot. */
    synchronized int waiting() {
        return waiting;
    }

    /**
     * How many more attempts a plan may issue. While others have work waiting, a plan gets its share of the slots, at
     * least one; what they leave it may have too.
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

    /** What the fleet looks like. */
    synchronized FleetCondition condition(Instant now) {
        settle(now);
        var alive = executors.values().stream()
                .filter(heard -> heard.isLive(now))
                .map(Heard::beat)
                .toList();
        return FleetCondition.of(alive, now);
    }

    /**
     * Where the clock was set back, what was heard by the time of before counts as heard now: otherwise an executor that
     * died would seem alive until the clock is there again.
     */
    private void settle(Instant now) {
        if (now.plus(SHORTEST_SILENCE).isBefore(askedAt)) {
            executors.replaceAll((name, heard) -> heard.at().isAfter(now) ? new Heard(heard.beat(), now) : heard);
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
