package io.taskweaver.executor;

import io.taskweaver.model.IsolatedContext;

/** What an attempt is given: its context, and the code of the same version. */
record AttemptInput(IsolatedContext context, StartCode code) {
    /** Result of loading it. */
    sealed interface Loaded {
        record Here(AttemptInput input) implements Loaded {}

        /** It was not available in time, but may be later, or for another executor. */
        record NotInTime(String reason) implements Loaded {}

        /** It will never be available. */
        record Denied(String reason) implements Loaded {}
    }
}
