package io.taskweaver.executor;

import io.taskweaver.agents.Outcome;
import io.taskweaver.domain.context.IsolatedContext;
import io.taskweaver.domain.plan.BaseCommit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the owner of this executor lets orders make it do. Orders come from whoever can submit a plan.
 *
 * @param commands whether they may name commands
 * @param repositories folders below which they may name code; {@code *} is any
 */
record Permissions(boolean commands, List<String> repositories) {
    private static final String ANY = "*";

    Permissions {
        repositories = List.copyOf(repositories);
    }

    static Permissions of(ExecutorSettings settings) {
        return new Permissions(settings.allowCommands(), settings.repositories().orElse(List.of()));
    }

    /** Why an order is not carried out here; empty if it may be. */
    Optional<Outcome.NotAllowed> refusal(IsolatedContext given, Optional<BaseCommit> base) {
        var command = given.task().checks().command();
        if (command.isPresent() && !commands)
            return Optional.of(
                    new Outcome.NotAllowed(
                            "The results are to be verified by the command '" + command.get()
                                    + "', and this executor runs no commands that come with a plan.",
                            "Set taskweaver.executor.allow-commands=true where the executors run, if all who can submit may run"
                                    + " commands there, start them again and resume the plan; or submit it without a command."));
        return base.map(BaseCommit::folder)
                .filter(folder -> !mayRead(folder))
                .map(folder -> new Outcome.NotAllowed(
                        "The plan starts from the code in " + folder
                                + " on the machine of this executor, which orders may not name.",
                        "Name it, or a folder above it, in taskweaver.executor.repositories where the executors run, start"
                                + " them again and resume the plan; or submit it with code of another folder."));
    }

    /** What is not on this machine is not read. */
    private boolean mayRead(String folder) {
        if (repositories.contains(ANY)) return true;
        try {
            var code = Path.of(folder);
            if (!Files.isDirectory(code)) return true;
            var real = code.toRealPath();
            for (var allowed : repositories) {
                var root = Path.of(allowed);
                if (Files.isDirectory(root) && real.startsWith(root.toRealPath())) return true;
            }
            return false;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
