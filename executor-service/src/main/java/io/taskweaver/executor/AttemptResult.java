package io.taskweaver.executor;

import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.RunListener;
import io.taskweaver.agents.command.CheckResult;
import io.taskweaver.agents.command.CheckedCode;
import io.taskweaver.code.CodeRepository;
import io.taskweaver.executor.StopSignal.Stopped;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.event.OutputSource;
import io.taskweaver.model.event.PlanEvent.CodeObjects;
import io.taskweaver.model.event.PlanEvent.TaskReady;
import io.taskweaver.wire.code.CodePacks;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Takes the result of a run that succeeded: fetched, read, searched for secrets, checked and packed. It is paid for: where one
 * of these steps fails because of this machine's storage, this step alone is repeated.
 */
final class AttemptResult {
    private static final String UNSTORED = "The result cannot be stored here";

    private final IssuedAttempt ready;
    private final TaskReady issued;
    private final CodingAgent agent;
    private final AttemptRun.Ports ports;
    private final AttemptRun.Rules rules;
    private final StopSignal stop;
    private final AttemptInputs inputs;
    private final AttemptOutputs outputs;
    private final ProgressReporter progress;
    private final StorageWait storage;

    AttemptResult(
            IssuedAttempt ready,
            CodingAgent agent,
            AttemptRun.Ports ports,
            AttemptRun.Rules rules,
            StopSignal stop,
            AttemptInputs inputs,
            AttemptOutputs outputs,
            ProgressReporter progress,
            StorageWait storage) {
        this.ready = ready;
        this.issued = ready.event();
        this.agent = agent;
        this.ports = ports;
        this.rules = rules;
        this.stop = stop;
        this.inputs = inputs;
        this.outputs = outputs;
        this.progress = progress;
        this.storage = storage;
    }

    /**
     * What became of it.
     *
     * @param objects those of the result's commit; empty if there is none
     */
    record Taken(Outcome outcome, List<CodeObjects> objects) {}

    /**
     * Takes and checks it.
     *
     * @param run id of the run; empty if it has none
     * @param begun date of the result's commit
     */
    Taken of(Optional<String> run, Outcome.Succeeded succeeded, AttemptInput given, Instant begun)
            throws Stopped, InterruptedException {
        try {
            var fetched = storage.outcome(() -> fetched(run, succeeded, given, begun));
            if (!(fetched instanceof Outcome.Succeeded here)) return new Taken(fetched, List.of());
            // Not interruptible: it writes into the repository, and the run is over and paid.
            var made = storage.stored(UNSTORED, () -> AgentResults.of(here, given, begun, rules.maxResultBytes()));
            if (made instanceof Outcome.Succeeded usable)
                made = storage.stored(UNSTORED, () -> withoutSecrets(usable, given));
            var listener = outputs.listener(run, OutputSource.VERIFICATION);
            if (made instanceof Outcome.Succeeded usable)
                made = storage.outcome(() -> verified(run, usable, given, listener));
            if (!(made instanceof Outcome.Succeeded usable)) return new Taken(made, List.of());
            var result = AgentResults.withoutEmpty(usable);
            return new Taken(
                    result,
                    result.code().isPresent()
                            ? storage.stored(
                                    UNSTORED,
                                    () -> packed(
                                            result.code().get(), given.code().repository()))
                            : List.of());
        } catch (IOException e) {
            return new Taken(Outcome.InfraFailed.of(UNSTORED, e), List.of());
        }
    }

    /** The outcome, unless there are secrets in the files of the result. */
    private Outcome withoutSecrets(Outcome.Succeeded succeeded, AttemptInput given) throws IOException {
        if (succeeded.code().isEmpty()) return succeeded;
        var problem = ResultSecrets.problem(
                given.code().repository(),
                succeeded.code().get(),
                inputs.secrets().credentials());
        return problem.isPresent() ? new Outcome.TaskFailed(problem.get(), succeeded.usage()) : succeeded;
    }

    /** The same with the code of the branch that the run answered with, if it worked on a repository elsewhere. */
    private Outcome fetched(Optional<String> run, Outcome.Succeeded succeeded, AttemptInput given, Instant begun)
            throws Stopped {
        var remote = RemoteWork.repository(agent, issued);
        if (remote.isEmpty()) return succeeded;
        progress.changed(run.orElse(""), "fetching the result");
        return stop.interruptibly(() -> ports.remotes()
                .result(
                        remote.get(),
                        ready.attempt(),
                        succeeded,
                        given,
                        inputs.preparation(),
                        begun,
                        rules.maxResultBytes()));
    }

    /** The outcome, if all checks pass; otherwise their messages are feedback to the next attempt. */
    private Outcome verified(
            Optional<String> run, Outcome.Succeeded succeeded, AttemptInput given, RunListener listener)
            throws Stopped {
        // An executor with more permissions may have created the run.
        var refused = rules.permissions().refusal(agent, issued, given.context());
        if (refused.isPresent())
            return new Outcome.NotAllowed(refused.get().reason(), refused.get().hint(), succeeded.usage());
        if (given.context().task().checks().command().isPresent()) progress.changed(run.orElse(""), "verifying");
        var code = new CheckedCode(
                given.code().repository(), given.code().at(), succeeded.code().orElseThrow(), inputs.preparation());
        var verdict = stop.interruptibly(
                () -> ports.check().of(ready.attempt(), given.context(), code, issued.timeout(), listener));
        outputs.stopped();
        return switch (verdict) {
            case CheckResult.Passed passed -> AgentResults.checked(succeeded, passed);
            case CheckResult.Failed(String reason, List<String> failures) ->
                new Outcome.TaskFailed(reason, succeeded.usage(), failures);
            case CheckResult.Unprepared(String reason) -> new Outcome.SetupFailed(reason, succeeded.usage());
            case CheckResult.Impossible(Outcome.InfraFailed failed) -> failed;
        };
    }

    private List<CodeObjects> packed(CodeResult code, CodeRepository repository) throws IOException {
        return CodePacks.of(
                issued.plan(),
                code.commit(),
                false,
                repository.pack(code.commit(), List.of(repository.treeOf(code.parent()))),
                ports.clock().instant(),
                Optional.of(issued.eventId()));
    }
}
