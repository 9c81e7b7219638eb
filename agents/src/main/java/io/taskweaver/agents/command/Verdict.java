package io.taskweaver.agents.command;

import java.util.List;

/** What came of checking a result. */
public sealed interface Verdict {
    /**
     * Nothing speaks against it.
     *
     * @param unchecked what could not be looked at here, and why; a sentence each
     */
    record Passed(List<String> unchecked) implements Verdict {
        public Passed {
            unchecked = List.copyOf(unchecked);
        }

        /** Everything was looked at. */
        public Passed() {
            this(List.of());
        }
    }

    /** It does not do; the reason is for whoever tries next, without secrets. */
    record Failed(String reason) implements Verdict {}

    /** It could not be checked here. */
    record Impossible(String reason) implements Verdict {}
}
