package io.taskweaver.executor;

import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.command.Repositories;
import io.taskweaver.model.BaseCommit;
import io.taskweaver.model.IsolatedContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the owner of this executor permits to plans. Everybody who can submit may write a plan.
 *
 * @param commands whether plans may name commands
 * @param repositories folders below which plans may name code; {@code *} is any
 */
record Permissions(boolean commands, List<String> repositories) {
    private static final String ANY = "*";

    Permissions {
        repositories = List.copyOf(repositories);
    }

    static Permissions of(ExecutorSettings settings) {
        return new Permissions(settings.allowCommands(), settings.repositories().orElse(List.of()));
    }

    /** Whether an issued attempt is permitted here. */
    sealed interface Judgement {
        /** @param base the checked code, by its real path: the target of a link may change */
        record Allowed(Optional<BaseCommit> base) implements Judgement {}

        record Refused(Outcome.NotAllowed outcome) implements Judgement {}
    }

    /** A folder that is not on this machine is not read, so it is permitted. */
    Judgement judge(IsolatedContext given, Optional<BaseCommit> base) throws InterruptedException {
        var command = given.task().checks().command();
        if (command.isPresent() && !commands)
            return new Judgement.Refused(new Outcome.NotAllowed(
                    "The plan verifies results with the command '" + command.get()
                            + "', and this executor runs no commands of plans.",
                    "Set taskweaver.executor.allow-commands=true for the executors, if everybody who can submit may run"
                            + " commands there, restart them and resume the plan; or submit it without a command."));
        if (base.isEmpty() || repositories.contains(ANY)) return new Judgement.Allowed(base);
        try {
            var code = Path.of(base.get().folder());
            if (!Files.isDirectory(code)) return new Judgement.Allowed(base);
            var real = code.toRealPath();
            for (var handedOut : Repositories.handedOutWith(real))
                if (!isNamed(handedOut)) return new Judgement.Refused(notAllowed(code, handedOut));
            return new Judgement.Allowed(
                    Optional.of(new BaseCommit(real.toString(), base.get().commit())));
        } catch (IOException | IllegalArgumentException e) {
            return new Judgement.Refused(new Outcome.NotAllowed(
                    "This executor cannot determine which repository contains "
                            + base.get().folder() + ": " + e.getMessage(),
                    "Install Git, give the executor's user read access to the repository, and resume the plan; or submit it with code"
                            + " of another folder."));
        }
    }

    private boolean isNamed(Path real) throws IOException {
        for (var allowed : repositories) {
            var root = Path.of(allowed);
            if (Files.isDirectory(root) && real.startsWith(root.toRealPath())) return true;
        }
        return false;
    }

    private static Outcome.NotAllowed notAllowed(Path code, Path handedOut) {
        var more = handedOut.equals(code)
                ? ""
                : " The agent would also get " + handedOut + ", the repository that the folder belongs to.";
        return new Outcome.NotAllowed(
                "The plan starts from the code in " + code
                        + " on the machine of this executor, which plans may not name." + more,
                "Name " + handedOut
                        + ", or a folder above it, in taskweaver.executor.repositories of the executors,"
                        + " restart them and resume the plan; or submit it with code of another folder.");
    }
}
