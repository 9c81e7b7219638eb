package io.taskweaver.executor;

import io.taskweaver.agents.RunListener;
import io.taskweaver.agents.Secrets;
import io.taskweaver.model.event.OutputSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the run of an attempt, and then the plan's command, say and print, without secrets. */
final class AttemptOutputs {
    private final IssuedAttempt ready;
    private final boolean isLocal;
    private final OutputPublisher publisher;
    private final AttemptInputs inputs;
    private final ProgressReporter progress;
    private final List<AttemptOutput> outputs = new ArrayList<>();

    /** @param isLocal whether the agent works on this machine, so that what it prints is known */
    AttemptOutputs(
            IssuedAttempt ready,
            boolean isLocal,
            OutputPublisher publisher,
            AttemptInputs inputs,
            ProgressReporter progress) {
        this.ready = ready;
        this.isLocal = isLocal;
        this.publisher = publisher;
        this.inputs = inputs;
        this.progress = progress;
    }

    /** Passes on what a run says and prints, from now on. */
    RunListener listener(Optional<String> run, OutputSource source) {
        var output = publisher.of(ready, source);
        outputs.add(output);
        return new RunListener() {
            @Override
            public Secrets secrets() {
                return inputs.secrets().hidden();
            }

            @Override
            public void active(String message) {
                progress.changed(run.orElse(""), inputs.masked(message));
                // Of an agent elsewhere nothing else is known of what it does.
                if (!isLocal) output.add(inputs.masked(message) + "\n");
            }

            @Override
            public void printed(String text) {
                output.add(text);
            }

            @Override
            public void skipped(long characters) {
                output.skip(characters);
            }
        };
    }

    /** The run that is listened to answered. */
    void answered(String answer) {
        outputs.getLast().add(inputs.masked(answer) + "\n");
    }

    /** What is listened to has stopped. */
    void stopped() {
        outputs.getLast().stopped();
    }

    /** @param isWanted whether the outputs are to be kept */
    void end(boolean isWanted) {
        outputs.forEach(output -> output.end(isWanted));
    }

    /** Another executor continues the attempt. */
    void leave() {
        outputs.forEach(AttemptOutput::leave);
    }
}
