package io.taskweaver.cli;

import io.taskweaver.client.TaskWeaver;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code taskweaver submit}: hands documents in and leaves. */
@Command(
        name = "submit",
        description = {
            "Hands requirements documents to a running system, prints the plan's id, and does not wait.",
            "The same input is the same plan: nothing runs twice."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false)
final class SubmitCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private InputOptions input;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private SystemOptions system;

    private final Surroundings surroundings;

    SubmitCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var read = input.read(surroundings);
        var refinement = read.refined(TaskWeaver.plan(read.submission()), surroundings, surroundings.err()::println);
        try (var taskWeaver = SystemOptions.open(system.connection(), surroundings)) {
            taskWeaver.submit(read.submission(), refinement.accepted());
        }
        read.notes().forEach(surroundings.err()::println);
        read.agentNote().ifPresent(surroundings.err()::println);
        surroundings
                .err()
                .println("Follow it with: taskweaver watch " + read.submission().plan() + system.arguments());
        surroundings.out().println(read.submission().plan());
        return ExitCode.DONE;
    }
}
