package io.taskweaver.executor;

import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Lookup;
import io.taskweaver.agents.Outcome;
import io.taskweaver.executor.JournalIndex.Begun;
import io.taskweaver.wire.TraceContext;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Orphaned runs: their executor died, and they were cancelled or superseded since. They would continue and cost money,
 * so any executor with their agent stops them. A run is stopped when it is seen for the second time: by then every live
 * executor has updated the journal.
 */
final class OrphanedRuns {
    private static final Logger LOG = Logger.getLogger(OrphanedRuns.class);

    private final AttemptEvents events;
    private final View view;
    private final Function<String, Optional<CodingAgent>> agents;
    private final AttemptPublisher reports;
    private Set<Begun> suspects = Set.of();

    /** State of attempts. */
    interface View {
        /** Attempts that were started and have not ended, according to the journal. */
        List<Begun> unfinished();

        /** Whether the attempt is running here. */
        boolean isHeld(Begun started);

        /** Whether the attempt is running here, or the executor that started it is alive. */
        boolean isOwned(Begun started);

        /** Why the attempt is obsolete; empty if it is not. */
        Optional<StopSignal.Reason> unwanted(Begun started);
    }

    /**
     * @param agents those configured here, by name
     */
    OrphanedRuns(
            AttemptEvents events, View view, Function<String, Optional<CodingAgent>> agents, AttemptPublisher reports) {
        this.events = events;
        this.view = view;
        this.agents = agents;
        this.reports = reports;
    }

    /** Checks once. */
    void search() throws InterruptedException {
        var seen = new HashSet<Begun>();
        for (var started : view.unfinished()) {
            if (view.isOwned(started)) continue;
            var reason = view.unwanted(started);
            if (reason.isEmpty()) continue;
            seen.add(started);
            if (suspects.contains(started)) end(started, reason.get());
        }
        suspects = seen;
    }

    private void end(Begun started, StopSignal.Reason reason) throws InterruptedException {
        var agent = agents.apply(started.last().agent());
        if (agent.isEmpty()) return;
        try {
            end(started, agent.get(), reason);
        } catch (RuntimeException e) {
            // Kafka's clients throw one of their own when they are interrupted: then all searching ends.
            if (Thread.currentThread().isInterrupted()) throw e;
            LOG.warnf(e, "An orphaned run could not be stopped and is retried attempt=%s", started.attempt());
        }
    }

    private void end(Begun started, CodingAgent agent, StopSignal.Reason reason) throws InterruptedException {
        Optional<String> run;
        switch (agent.find(started.attempt())) {
            case Lookup.Found(String found) -> run = Optional.of(found);
            case Lookup.Unavailable unavailable -> {
                return;
            }
            case Lookup.Absent() -> {
                // It may be in a folder of another machine, whose executors stop it.
                if (agent.worksInFolder()) return;
                run = started.run();
            }
        }
        if (run.isPresent()) agent.cancel(run.get());
        var last = started.last();
        var end = events.ended(
                last, last.eventId(), run, last.contextVersion(), last.at(), new Outcome.Cancelled(reason.text()));
        reports.sendEnd(end, TraceContext.ofPlan(started.attempt().plan())).join();
        run.ifPresent(agent::release);
        LOG.infof(
                "Orphaned run stopped plan=%s task=%s attempt=%d why=%s",
                started.attempt().plan(),
                started.attempt().task(),
                started.attempt().number(),
                reason.text());
    }
}
