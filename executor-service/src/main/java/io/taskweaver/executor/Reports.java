package io.taskweaver.executor;

import io.taskweaver.domain.query.Query;
import io.taskweaver.wire.TraceContext;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What executors tell everyone about attempts. Futures complete when it is durable. */
interface Reports {
    /** An attempt runs, with this query. */
    CompletableFuture<Void> started(Ready ready, Query query);

    /** A sign of life; nothing waits for it. */
    void progressed(Ready ready, Optional<String> runId, String message);

    /**
     * An attempt ended.
     *
     * @param trace of the order to run it
     */
    CompletableFuture<Void> ended(Finished finished, TraceContext trace);
}
