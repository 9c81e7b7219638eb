package io.taskweaver.agents.command;

import io.taskweaver.agents.Assignment;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Lookup;
import io.taskweaver.agents.Outcome;
import io.taskweaver.model.Usage;
import io.taskweaver.model.Verifications;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Runs a plan's command on the plan's code, in the place of a coding agent; the prompt is the command. A run lives as long as
 * this process: what it was to find out, another one finds out anew.
 */
public final class CodeVerifier implements CodingAgent {
    private final Verification verification;
    private final Map<String, Job> jobs = new ConcurrentHashMap<>();

    private record Job(String name, Assignment assignment) {}

    /**
     * @param folder folder for work trees
     * @param keep whether work trees are kept
     * @param inherited variables of this process
     */
    public CodeVerifier(Path folder, boolean keep, Map<String, String> inherited) {
        this.verification = new Verification(folder.toAbsolutePath().normalize(), keep, new Environment(inherited));
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
    public Outcome await(String runId, Duration limit, Consumer<String> progress) throws InterruptedException {
        var job = jobs.get(runId);
        if (job == null) return new Outcome.Interrupted("The executor that verified the code was stopped.", false);
        var code = job.assignment().code().orElseThrow();
        var command = job.assignment().prompt();
        progress.accept("verifying");
        return switch (verification.run(job.name(), command, code.repository(), code.commit(), code.prefix(), limit)) {
            case CheckResult.Passed passed ->
                new Outcome.Succeeded("", "'" + command + "' succeeds.", List.of(), Usage.NONE);
            case CheckResult.Failed(String reason, List<String> failures) ->
                new Outcome.TaskFailed(reason, Usage.NONE, failures);
            case CheckResult.Impossible(String reason) -> new Outcome.InfraFailed(reason);
        };
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
