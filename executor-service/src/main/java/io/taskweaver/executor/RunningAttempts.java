package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The attempts running here, and how to stop them. */
final class RunningAttempts {
    private final Map<Attempt, StopSignal> running = new ConcurrentHashMap<>();
    private final Map<String, Attempt> newest = new ConcurrentHashMap<>();
    private boolean isShutDown;

    /**
     * Decides about an issued attempt, and adds it if it is to run. An older attempt at the task is stopped.
     *
     * @param journalled newest attempt at the task that the journal knows
     */
    synchronized AttemptAdmission admit(Attempt ordered, OptionalInt journalled, StopSignal stop) {
        var here = Optional.ofNullable(newest.get(task(ordered)));
        var admission = AttemptAdmission.of(ordered, here, journalled);
        switch (admission) {
            case DUPLICATE, STALE -> {}
            case REPLACE -> {
                here.map(running::get).ifPresent(older -> older.request(StopSignal.Reason.SUPERSEDED));
                hold(ordered, stop);
            }
            case RUN -> hold(ordered, stop);
        }
        return admission;
    }

    /** Removes an attempt. */
    synchronized void release(Attempt attempt) {
        running.remove(attempt);
        newest.remove(task(attempt), attempt);
    }

    boolean holds(Attempt attempt) {
        return running.containsKey(attempt);
    }

    /** All running attempts. */
    List<Attempt> held() {
        return new ArrayList<>(running.keySet());
    }

    int count() {
        return running.size();
    }

    void stop(Predicate<Attempt> which, StopSignal.Reason reason) {
        running.forEach((attempt, stop) -> {
            if (which.test(attempt)) stop.request(reason);
        });
    }

    /** Stops all, and those that are still admitted. */
    synchronized void shutDown() {
        isShutDown = true;
        running.values().forEach(stop -> stop.request(StopSignal.Reason.SHUTDOWN));
    }

    private void hold(Attempt attempt, StopSignal stop) {
        running.put(attempt, stop);
        newest.put(task(attempt), attempt);
        if (isShutDown) stop.request(StopSignal.Reason.SHUTDOWN);
    }

    private static String task(Attempt attempt) {
        return attempt.plan() + "/" + attempt.task();
    }
}
