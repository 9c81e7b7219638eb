package io.taskweaver.executor;

import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Lookup;
import io.taskweaver.agents.Outcome;
import io.taskweaver.executor.JournalIndex.Begun;
import io.taskweaver.wire.TraceContext;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Runs that nobody waits for and nobody wants: their executor died, and a user cancelled them since, or a newer attempt took
 * their place. They would go on and cost money, so whoever has their agent stops them there. Looks at every interval, and
 * acts on what it sees for the second time: by then whoever lives has written down what it did.
 */
final class OrphanedRuns implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(OrphanedRuns.class);

    private final AttemptEvents events;
    private final View view;
    private final Function<String, Optional<CodingAgent>> agents;
    private final Reports reports;
    private final Thread thread;
    private Set<Begun> suspects = Set.of();

    /** What is known of attempts. */
    interface View {
        /** Attempts that were begun and have not ended, by the journal. */
        List<Begun> unfinished();

        /** Whether the attempt runs here, or the executor that began it lives. */
        boolean isLookedAfter(Begun begun);

        /** Why the attempt is not wanted any more; empty if it is. */
        Optional<StopSignal.Reason> unwanted(Begun begun);
    }

    /**
     * @param agents those configured here, by name
     */
    OrphanedRuns(
            AttemptEvents events,
            View view,
            Function<String, Optional<CodingAgent>> agents,
            Reports reports,
            Duration interval) {
        this.events = events;
        this.view = view;
        this.agents = agents;
        this.reports = reports;
        this.thread = Thread.ofVirtual().name("orphaned-runs").unstarted(() -> lookOn(interval));
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void lookOn(Duration interval) {
        try {
            while (true) {
                Thread.sleep(interval);
                lookSafely();
            }
        } catch (InterruptedException e) {
            LOG.debugf("No longer looking for orphaned runs executor=%s", events.executor());
        }
    }

    private void lookSafely() throws InterruptedException {
        try {
            look();
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "Looking for orphaned runs failed; it is tried again executor=%s", events.executor());
        }
    }

    /** Looks once. */
    void look() throws InterruptedException {
        var seen = new HashSet<Begun>();
        for (var begun : view.unfinished()) {
            if (view.isLookedAfter(begun)) continue;
            var reason = view.unwanted(begun);
            if (reason.isEmpty()) continue;
            seen.add(begun);
            if (suspects.contains(begun)) end(begun, reason.get());
        }
        suspects = seen;
    }

    private void end(Begun begun, StopSignal.Reason reason) throws InterruptedException {
        var agent = agents.apply(begun.last().agent());
        if (agent.isEmpty()) return;
        try {
            end(begun, agent.get(), reason);
        } catch (RuntimeException e) {
            LOG.warnf(e, "An orphaned run could not be stopped, will try again attempt=%s", begun.attempt());
        }
    }

    private void end(Begun begun, CodingAgent agent, StopSignal.Reason reason) throws InterruptedException {
        Optional<String> run;
        switch (agent.find(begun.attempt())) {
            case Lookup.Found(String found) -> run = Optional.of(found);
            case Lookup.Unavailable unavailable -> {
                return;
            }
            case Lookup.Absent() -> {
                // It may be in a folder of another machine, whose executors will see to it.
                if (agent.worksInFolder()) return;
                run = begun.run();
            }
        }
        if (run.isPresent()) agent.cancel(run.get());
        var last = begun.last();
        var end = events.ended(last, run, last.contextVersion(), last.at(), new Outcome.Cancelled(reason.text()));
        reports.sendEnd(end, TraceContext.ofPlan(begun.attempt().plan())).join();
        run.ifPresent(agent::release);
        LOG.infof(
                "Orphaned run stopped plan=%s task=%s attempt=%d why=%s",
                begun.attempt().plan(), begun.attempt().task(), begun.attempt().number(), reason.text());
    }
}
