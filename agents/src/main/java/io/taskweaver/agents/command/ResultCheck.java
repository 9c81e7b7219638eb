package io.taskweaver.agents.command;

import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.Capabilities;
import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.RunListener;
import io.taskweaver.model.IsolatedContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks a result: declared outputs exist, contract files are unchanged, the implementation of the component's contract
 * passes its checks, and the user's command succeeds. The first failure decides.
 */
public final class ResultCheck {
    private final Optional<ContractCheck> contract;
    private final Verification verification;
    private final TreePreparation preparation;

    /**
     * @param folder folder for work trees
     * @param keep whether work trees are kept
     * @param contracts whether contract checks are run, which run code of the result on this machine
     * @param capabilities of this machine
     * @param preparation prepares work trees
     * @param sandbox where commands run
     * @param inherited variables of this process
     */
    public ResultCheck(
            Path folder,
            boolean keep,
            boolean contracts,
            Capabilities capabilities,
            TreePreparation preparation,
            Sandbox sandbox,
            Map<String, String> inherited) {
        var environment = new Environment(inherited);
        var root = folder.toAbsolutePath().normalize();
        this.contract = contracts
                ? Optional.of(new ContractCheck(
                        root, keep, environment, preparation, sandbox, capabilities.withoutContractChecks()))
                : Optional.empty();
        this.verification = new Verification(root, keep, environment, preparation, sandbox);
        this.preparation = preparation;
    }

    /**
     * Checks a result. An interrupt stops it.
     *
     * @param given context of the agent
     * @param code its result
     * @param limit how long a command of the plan may take
     * @param listener learns what the plan's command prints
     */
    public CheckResult of(
            Attempt attempt, IsolatedContext given, CheckedCode code, Duration limit, RunListener listener)
            throws InterruptedException {
        var checked = checked(attempt, given, code, limit, listener);
        return checked instanceof CheckResult.Unprepared(String reason) ? unprepared(reason, code, limit) : checked;
    }

    private CheckResult checked(
            Attempt attempt, IsolatedContext given, CheckedCode code, Duration limit, RunListener listener)
            throws InterruptedException {
        try {
            var faults = DeclaredFiles.faults(given, code);
            if (!faults.isEmpty()) return new CheckResult.Failed(String.join("\n", faults));
        } catch (IOException e) {
            return new CheckResult.Impossible(Outcome.InfraFailed.of("The result could not be checked", e));
        }
        CheckResult soFar =
                contract.isPresent() ? contract.get().run(attempt.id(), given, code, limit) : new CheckResult.Passed();
        var command = given.task().checks().command();
        if (!(soFar instanceof CheckResult.Passed passed) || command.isEmpty()) return soFar;
        var verified = verification.run(attempt.id(), command.get(), code.forWorkTree(), limit, listener);
        if (verified instanceof CheckResult.Failed(String reason, List<String> failures)
                && !failures.isEmpty()
                && given.knownFailures().containsAll(failures))
            return new CheckResult.Passed(passed.unchecked(), failures);
        return verified instanceof CheckResult.Passed ? soFar : verified;
    }

    /** Where the set-up command succeeds on what the task started from, it is the result that it fails on. */
    private CheckResult unprepared(String reason, CheckedCode code, Duration limit) throws InterruptedException {
        try {
            var before = preparation.failure(code.startForWorkTree(), limit);
            return before.isEmpty()
                    ? new CheckResult.Failed("On the result, a work tree cannot be set up. " + reason)
                    : new CheckResult.Unprepared(before.get());
        } catch (IOException e) {
            return new CheckResult.Impossible(Outcome.InfraFailed.of("The result could not be checked", e));
        }
    }
}
