package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import io.taskweaver.domain.context.IsolatedContext;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Where isolated contexts come from. */
interface Contexts {
    /**
     * Fetches the context of an attempt's task, waiting a while for what is not there yet.
     *
     * @param version version of the merged context to take files from; empty takes the newest
     * @param waiting is told, now and then, what it waits for
     */
    Fetched fetch(Attempt attempt, OptionalLong version, Consumer<String> waiting) throws InterruptedException;

    /** What came of it. */
    sealed interface Fetched {}

    /** The context. */
    record Given(IsolatedContext context) implements Fetched {}

    /** It did not come in time, but may later. */
    record NotInTime(String reason) implements Fetched {}

    /** It will not come. */
    record Denied(String reason) implements Fetched {}
}
