package io.taskweaver.cli;

import io.taskweaver.client.TaskWeaver;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code taskweaver submit}: submits documents and returns. */
@Command(
        name = "submit",
        description = {
            "Submits requirements documents to a running system.",
            "Prints the plan id and returns at once. Submitting the same input again continues the same plan; nothing runs twice."
        })
final class SubmitCommand implements Callable<Integer> {
    @Mixin
    private InputOptions input;

    @Mixin
    private SystemOptions system;

    private final CommandContext context;

    SubmitCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var read = input.read(context);
        var refinement = read.refined(TaskWeaver.plan(read.submission()), context, context.err()::println);
        try (var taskWeaver = SystemOptions.open(system.connection(), context)) {
            taskWeaver.submit(read.submission(), refinement.accepted());
        }
        read.notes().forEach(context.err()::println);
        read.agentNote().ifPresent(context.err()::println);
        context.err()
                .println("Follow it with: taskweaver watch " + read.submission().plan() + system.arguments());
        context.out().println(read.submission().plan());
        return ExitCode.DONE;
    }
}
