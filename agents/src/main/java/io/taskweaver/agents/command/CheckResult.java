package io.taskweaver.agents.command;

import java.util.List;

/** Result of checks. */
public sealed interface CheckResult {
    /**
     * The result passed.
     *
     * @param unchecked skipped checks with reasons; a sentence each
     */
    record Passed(List<String> unchecked) implements CheckResult {
        public Passed {
            unchecked = List.copyOf(unchecked);
        }

        /** All checks were done. */
        public Passed() {
            this(List.of());
        }
    }

    /** The result failed; the reason is for the next attempt, without secrets. */
    record Failed(String reason) implements CheckResult {}

    /** It could not be checked here. */
    record Impossible(String reason) implements CheckResult {}
}
