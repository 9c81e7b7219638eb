package io.taskweaver.executor;

import io.taskweaver.executor.JournalIndex.Begun;
import io.taskweaver.model.event.PlanEvent.ExecutionJournal.RunPlace;
import java.time.Duration;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Runs on this machine whose executor died, and that only an executor here can continue: they are taken up at the start and at
 * every interval, without waiting until the queue happens to give the attempt to this executor.
 */
final class RunRecovery implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RunRecovery.class);

    private final String machine;
    private final OrphanedRuns.View view;
    private final States states;
    private final Predicate<AttemptState.Created> isLive;
    private final Taker taker;
    private final Thread thread;

    /** State of attempts. */
    @FunctionalInterface
    interface States {
        AttemptState of(Begun started);
    }

    /** Takes an attempt up. */
    @FunctionalInterface
    interface Taker {
        /**
         * @param place of its run
         * @return whether it runs here now; false if its record is no longer retained, or it runs here already
         */
        boolean take(RunPlace place);
    }

    /**
     * @param machine id of this machine
     * @param isLive whether the executor that has a run is another one, and alive
     */
    RunRecovery(
            String machine,
            OrphanedRuns.View view,
            States states,
            Predicate<AttemptState.Created> isLive,
            Taker taker,
            Duration interval) {
        this.machine = machine;
        this.view = view;
        this.states = states;
        this.isLive = isLive;
        this.taker = taker;
        this.thread = Thread.ofVirtual().name("run-recovery").unstarted(() -> searchLoop(interval));
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void searchLoop(Duration interval) {
        try {
            while (true) {
                searchSafely();
                Thread.sleep(interval);
            }
        } catch (InterruptedException e) {
            LOG.debug("The search for runs on this machine ended");
        }
    }

    private void searchSafely() {
        try {
            search();
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "The search for runs on this machine failed and is retried");
        }
    }

    /** Checks once. */
    void search() {
        for (var started : view.unfinished()) {
            if (!(states.of(started) instanceof AttemptState.Created run) || !run.isOn(machine)) continue;
            if (isLive.test(run)
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
            return taker.take(run.place().orElseThrow());
        } catch (RuntimeException e) {
            LOG.warnf(
                    e,
                    "A run could not be taken up, which is retried attempt=%s",
                    started.attempt().id());
            return false;
        }
    }
}
