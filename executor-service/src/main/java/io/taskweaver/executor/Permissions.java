package io.taskweaver.executor;

import io.taskweaver.agents.Outcome;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.Preparation;
import java.util.Optional;

/**
 * What the owner of this executor permits to plans. Everybody who can submit may write a plan.
 *
 * @param commands whether plans may name commands
 */
record Permissions(boolean commands) {
    static Permissions of(ExecutorSettings settings) {
        return new Permissions(settings.allowCommands());
    }

    /** Why an attempt is not permitted here; empty if it is. */
    Optional<Outcome.NotAllowed> refusal(IsolatedContext given, Preparation preparation) {
        if (commands) return Optional.empty();
        return given.task()
                .checks()
                .command()
                .map(command -> refusal("verifies results", command))
                .or(() -> preparation.setup().map(command -> refusal("sets work trees up", command)));
    }

    private static Outcome.NotAllowed refusal(String what, String command) {
        return new Outcome.NotAllowed(
                "The plan " + what + " with the command '" + command
                        + "', and this executor runs no commands of plans.",
                "Set taskweaver.executor.allow-commands=true for the executors, if everybody who can submit may run"
                        + " commands there, restart them and resume the plan; or submit it without a command.");
    }
}
