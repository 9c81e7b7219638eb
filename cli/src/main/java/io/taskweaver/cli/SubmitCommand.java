package io.taskweaver.cli;

import io.taskweaver.cli.progress.Columns;
import io.taskweaver.client.SystemUnavailable;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.model.PlanId;
import io.taskweaver.scheduling.dispatch.PlanStage;
import io.taskweaver.scheduling.projection.PlanView;
import java.util.Optional;
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
        try (var read = input.read(context, system.ownFolders())) {
            return submitted(read);
        }
    }

    private int submitted(InputOptions.Input read) {
        var refinement = read.refined(TaskWeaver.plan(read.submission()), context, context.err()::println);
        Optional<PlanView> existing;
        try (var taskWeaver = SystemOptions.open(system.connection(), context)) {
            existing = existing(taskWeaver, read.submission().plan());
            boolean isNew = existing.flatMap(PlanView::created).isEmpty();
            if (isNew)
                RemoteOptions.push(
                        read.submission().plan(), read.submission().options(), read.base(), context.err()::println);
            taskWeaver.submit(read.submission(), refinement.accepted(), isNew ? read.base() : Optional.empty());
        }
        refinement
                .plan()
                .notices()
                .forEach(notice -> context.err().println("note: " + Columns.clean(notice.message())));
        existing.filter(view -> view.created().isPresent())
                .ifPresent(view -> context.err().println(existing(view)));
        read.notes().forEach(context.err()::println);
        read.agentNote().ifPresent(context.err()::println);
        read.submission()
                .options()
                .remote()
                .ifPresent(remote -> context.err()
                        .println("Its branches stay at " + remote.name() + " until watch sees its end. "
                                + RemoteOptions.byHand(read.submission().plan(), remote)));
        context.err()
                .println("Follow it with: taskweaver watch " + read.submission().plan() + system.arguments());
        context.out().println(read.submission().plan());
        return ExitCode.DONE;
    }

    /** Who may only submit cannot read what there is: then the planner decides alone. */
    private static Optional<PlanView> existing(TaskWeaver taskWeaver, PlanId plan) {
        try {
            return taskWeaver.plan(plan);
        } catch (SystemUnavailable e) {
            return Optional.empty();
        }
    }

    private static String existing(PlanView view) {
        return "note: Plan " + view.id() + " exists and is " + view.stage().word()
                + ". It keeps the options that it was made with; "
                + (view.stage().isOpen()
                        ? "change its limits with resume."
                        : view.stage() == PlanStage.FAILED ? "continue it with retry." : "nothing runs.")
                + " For a new plan, use --again.";
    }
}
