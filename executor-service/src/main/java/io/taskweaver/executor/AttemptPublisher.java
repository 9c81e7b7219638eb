package io.taskweaver.executor;

import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanEvent.ExecutionJournal;
import io.taskweaver.wire.TraceContext;
import java.util.concurrent.CompletableFuture;

/** Publishes what executors know about attempts. */
interface AttemptPublisher {
    /**
     * Sends an event.
     *
     * @param trace of the issued attempt
     * @return completes when all in-sync replicas have the record
     */
    CompletableFuture<Void> send(PlanEvent event, TraceContext trace);

    /** Sends the end of an attempt to the journal and publishes its outcome. */
    default CompletableFuture<Void> sendEnd(ExecutionJournal end, TraceContext trace) {
        return CompletableFuture.allOf(send(end, trace), send(end.outcome().orElseThrow(), trace));
    }
}
