package io.taskweaver.executor;

import io.taskweaver.executor.AttemptIntake.Taken;
import io.taskweaver.executor.JournalIndex.Begun;
import io.taskweaver.model.event.PlanEvent.ExecutionJournal.RunPlace;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Runs on this machine whose executor died, and that only an executor here can continue: they are taken up without waiting
 * until the queue happens to give the attempt to this executor.
 */
final class RunRecovery {
    private static final Logger LOG = Logger.getLogger(RunRecovery.class);

    private final Supplier<String> machine;
    private final Predicate<String> agents;
    private final OrphanedRuns.View view;
    private final States states;
    private final Predicate<AttemptState.Created> isLive;
    private final Slots slots;
    private final Function<RunPlace, Optional<IssuedAttempt>> issued;
    private final Function<IssuedAttempt, Taken> taker;

    /** State of attempts. */
    @FunctionalInterface
    interface States {
        AttemptState of(Begun started);
    }

    /**
     * @param machine id of this machine
     * @param agents whether an agent is configured here: only then can its run be continued
     * @param isLive whether the executor that has a run is another one, and alive
     * @param slots of this executor
     * @param issued the attempt of a run; empty if its record is no longer retained
     * @param taker takes it as the queue's
     */
    RunRecovery(
            Supplier<String> machine,
            Predicate<String> agents,
            OrphanedRuns.View view,
            States states,
            Predicate<AttemptState.Created> isLive,
            Slots slots,
            Function<RunPlace, Optional<IssuedAttempt>> issued,
            Function<IssuedAttempt, Taken> taker) {
        this.machine = machine;
        this.agents = agents;
        this.view = view;
        this.states = states;
        this.isLive = isLive;
        this.slots = slots;
        this.issued = issued;
        this.taker = taker;
    }

    /** Checks once. */
    void search() {
        for (var started : view.unfinished()) {
            if (!(states.of(started) instanceof AttemptState.Created run) || !run.isOn(machine.get())) continue;
            if (!agents.test(started.last().agent())
                    || isLive.test(run)
                    || view.isHeld(started)
                    || view.unwanted(started).isPresent()) continue;
            if (take(started, run))
                LOG.infof(
                        "A run of a killed executor is continued plan=%s task=%s attempt=%d executor=%s",
                        started.attempt().plan(),
                        started.attempt().task(),
                        started.attempt().number(),
                        run.executor());
        }
    }

    /** One that cannot be read is no reason to leave the others. */
    private boolean take(Begun started, AttemptState.Created run) {
        try {
            return take(run.place().orElseThrow());
        } catch (RuntimeException e) {
            // Kafka's clients throw one of their own when they are interrupted: then all searching ends.
            if (Thread.currentThread().isInterrupted()) throw e;
            LOG.warnf(
                    e,
                    "A run could not be taken up, which is retried attempt=%s",
                    started.attempt().id());
            return false;
        }
    }

    /** Whether the attempt runs here now; it does not if its record is gone, or it runs here already. */
    private boolean take(RunPlace place) {
        // The intake has reserved all slots while it waits for attempts; this one is paid, and works already.
        slots.overdraw();
        boolean started = false;
        try {
            started =
                    issued.apply(place).map(taker).filter(Taken.STARTED::equals).isPresent();
            return started;
        } finally {
            if (!started) slots.free(1);
        }
    }
}
