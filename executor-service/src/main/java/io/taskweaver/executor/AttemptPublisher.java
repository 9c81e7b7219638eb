package io.taskweaver.executor;

import io.taskweaver.domain.event.PlanEvent;
import io.taskweaver.domain.event.PlanEvent.ExecutionJournal;
import io.taskweaver.wire.TraceContext;
import java.util.concurrent.CompletableFuture;

/** What executors tell everyone about attempts. */
interface Reports {
    /**
     * Sends an event.
     *
     * @param trace of the order that it is about
     * @return completes when all in-sync replicas have it
     */
    CompletableFuture<Void> send(PlanEvent event, TraceContext trace);

    /** Sends the end of an attempt to the journal, and its outcome to everyone. */
    default CompletableFuture<Void> sendEnd(ExecutionJournal end, TraceContext trace) {
        return CompletableFuture.allOf(send(end, trace), send(end.outcome().orElseThrow(), trace));
    }
}
