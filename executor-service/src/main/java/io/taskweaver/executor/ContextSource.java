package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import io.taskweaver.model.IsolatedContext;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Source of isolated contexts. */
interface ContextSource {
    /**
     * Fetches the context of an attempt's task; waits a while for what is not available yet.
     *
     * @param version version of the merged context; empty for the newest
     * @param waiting receives, from time to time, what it waits for
     */
    Fetched fetch(Attempt attempt, OptionalLong version, Consumer<String> waiting) throws InterruptedException;

    /** Result of a fetch. */
    sealed interface Fetched {}

    /** The context. */
    record Available(IsolatedContext context) implements Fetched {}

    /** It was not available in time, but may be later. */
    record NotInTime(String reason) implements Fetched {}

    /** It will never be available. */
    record Denied(String reason) implements Fetched {}
}
