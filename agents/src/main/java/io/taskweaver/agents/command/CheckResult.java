package io.taskweaver.agents.command;

import io.taskweaver.agents.Outcome;
import java.io.IOException;
import java.util.List;

/** Result of checks. */
public sealed interface CheckResult {
    /**
     * The result passed.
     *
     * @param unchecked skipped checks with reasons; a sentence each
     * @param failures failures that the code had before
     */
    record Passed(List<String> unchecked, List<String> failures) implements CheckResult {
        public Passed {
            unchecked = List.copyOf(unchecked);
            failures = List.copyOf(failures);
        }

        /** Some checks were skipped. */
        public Passed(List<String> unchecked) {
            this(unchecked, List.of());
        }

        /** All checks were done. */
        public Passed() {
            this(List.of());
        }
    }

    /**
     * The result failed; the reason is for the next attempt, without secrets.
     *
     * @param failures what failed, comparable from run to run; empty if the user's command did not run
     */
    record Failed(String reason, List<String> failures) implements CheckResult {
        public Failed {
            failures = List.copyOf(failures);
        }

        /** Another check than the user's command failed. */
        public Failed(String reason) {
            this(reason, List.of());
        }
    }

    /** It could not be checked: a work tree cannot be prepared, not even for the code that the task started from. */
    record Unprepared(String reason) implements CheckResult {}

    /** It could not be checked here. */
    record Impossible(Outcome.InfraFailed outcome) implements CheckResult {
        /** Something could not be read or written; {@code what} begins the reason. */
        static Impossible of(String what, IOException thrown, Environment environment) {
            var failed = Outcome.InfraFailed.of(what, thrown);
            return new Impossible(new Outcome.InfraFailed(environment.redacted(failed.reason()), failed.storage()));
        }

        /** For a person, without secrets. */
        public String reason() {
            return outcome.reason();
        }
    }
}
