package io.taskweaver.agents.command;

import io.taskweaver.agents.AgentCode;
import io.taskweaver.agents.Assignment;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Lookup;
import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.RunListener;
import io.taskweaver.model.Usage;
import io.taskweaver.model.Verifications;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs a plan's command on the plan's code, in the place of a coding agent; the prompt is the command. A run lives as long as
 * this process: what it was to find out, another one finds out anew.
 */
public final class CodeVerifier implements CodingAgent {
    private final Verification verification;
    private final TreePreparation preparation;
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();

    private record Job(String name, Assignment assignment) {}

    /**
     * @param folder folder for work trees
     * @param keep whether work trees are kept
     * @param preparation prepares work trees
     * @param sandbox where commands run
     * @param inherited variables of this process
     */
    public CodeVerifier(
            Path folder, boolean keep, TreePreparation preparation, Sandbox sandbox, Map<String, String> inherited) {
        this.verification = new Verification(
                folder.toAbsolutePath().normalize(), keep, new Environment(inherited), preparation, sandbox);
        this.preparation = preparation;
    }

    @Override
    public String name() {
        return Verifications.AGENT;
    }

    @Override
    public boolean worksInFolder() {
        return true;
    }

    @Override
    public Lookup find(Attempt attempt) {
        return new Lookup.Absent();
    }

    @Override
    public Creation create(Attempt attempt, Assignment assignment) {
        jobs.put(attempt.id(), new Job(attempt.id(), assignment));
        return new Creation.Created(attempt.id());
    }

    @Override
    public Outcome await(String runId, Duration limit, RunListener listener) throws InterruptedException {
        var job = jobs.get(runId);
        if (job == null) return new Outcome.Interrupted("The executor that verified the code was stopped.", false);
        var code = job.assignment().code().orElseThrow();
        var command = job.assignment().prompt();
        listener.active("verifying");
        return switch (verification.run(job.name(), command, code, limit, listener)) {
            case CheckResult.Passed passed ->
                new Outcome.Succeeded("", "'" + command + "' succeeds.", List.of(), Usage.NONE);
            case CheckResult.Failed(String reason, List<String> failures) ->
                new Outcome.TaskFailed(reason, Usage.NONE, failures);
            case CheckResult.Unprepared(String reason) -> unprepared(reason, code, limit);
            case CheckResult.Impossible(Outcome.InfraFailed failed) -> failed;
        };
    }

    /** Where the set-up command succeeds on the code before, it is what came since that it fails on. */
    private Outcome unprepared(String reason, AgentCode code, Duration limit) throws InterruptedException {
        try {
            var repository = code.repository();
            var parent = repository.parentOf(code.commit());
            if (parent.isEmpty() || !repository.has(parent.get())) return new Outcome.SetupFailed(reason);
            var before = new AgentCode(
                    repository, parent.get(), repository.treeOf(parent.get()), code.prefix(), code.preparation());
            var failure = preparation.failure(before, limit);
            return failure.isPresent()
                    ? new Outcome.SetupFailed(failure.get())
                    : new Outcome.TaskFailed("A work tree cannot be set up. " + reason);
        } catch (IOException e) {
            return Outcome.InfraFailed.of("The code could not be verified", e);
        }
    }

    /** Whoever awaits it is interrupted. */
    @Override
    public void cancel(String runId) {
        jobs.remove(runId);
    }

    @Override
    public void release(String runId) {
        jobs.remove(runId);
    }

    @Override
    public void close() {}
}
