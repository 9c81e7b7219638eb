package io.taskweaver.cli;

import io.taskweaver.cli.progress.Columns;
import io.taskweaver.client.SystemUnavailable;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.model.OptionChanges;
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
        input.sandbox().isNotOffFor("a running system");
        InterruptWatch.begin();
        try (var read = input.read(context, system.ownFolders())) {
            return submitted(read);
        }
    }

    private int submitted(InputOptions.Input read) {
        var refined = read.refined(TaskWeaver.plan(read.submission()), context, context.err()::println);
        Optional<PlanView> existing;
        try (var taskWeaver = SystemOptions.open(system.connection(), context)) {
            existing = existing(taskWeaver, read.submission().plan());
            existing.flatMap(PlanView::archived).ifPresent(archived -> {
                throw CommandFailure.badInput(
                        "Plan " + archived.plan() + " is archived.", "For a new plan, use --again.");
            });
            AgentChoice.checkOffered(taskWeaver, read.submission().options().allAgents(), context);
            boolean isNew = existing.flatMap(PlanView::created).isEmpty();
            existing.filter(view -> view.created().isPresent() && view.stage().isOpen())
                    .ifPresent(view -> change(taskWeaver, view, read));
            if (isNew)
                RemoteOptions.push(
                        read.submission().plan(), read.submission().options(), read.base(), context.err()::println);
            taskWeaver.submit(refined.submission(), refined.changes(), isNew ? read.base() : Optional.empty());
        }
        refined.plan().notices().forEach(notice -> context.err().println("note: " + Columns.clean(notice.message())));
        existing.filter(view -> view.created().isPresent())
                .ifPresent(view -> context.err().println(existing(view)));
        read.notes().forEach(context.err()::println);
        if (existing.flatMap(PlanView::created).isEmpty()) read.agentNote().ifPresent(context.err()::println);
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

    private void change(TaskWeaver taskWeaver, PlanView view, InputOptions.Input read) {
        var changes = read.named().changes(view.options(), read.submission().options());
        if (changes.equals(OptionChanges.NONE)) return;
        taskWeaver.command(view.id(), new io.taskweaver.model.event.Command.ChangeOptions(changes));
        context.err().println("note: The options of the plan are changed; attempts that run keep theirs.");
    }

    private static String existing(PlanView view) {
        return "note: Plan " + view.id() + " exists and is " + view.stage().word()
                + "; "
                + (view.stage().isOpen()
                        ? "options that are named take effect, limits with resume."
                        : view.stage() == PlanStage.FAILED ? "continue it with retry." : "nothing runs.")
                + " For a new plan, use --again.";
    }
}
