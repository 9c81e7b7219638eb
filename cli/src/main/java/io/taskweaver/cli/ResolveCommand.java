package io.taskweaver.cli;

import io.taskweaver.cli.progress.Columns;
import io.taskweaver.client.PlanCode;
import io.taskweaver.client.SettledFiles;
import io.taskweaver.client.SystemUnavailable;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.code.Git;
import io.taskweaver.model.FileConflict;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.Resolution;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Verifications;
import io.taskweaver.model.event.Command.ResolveTask;
import io.taskweaver.model.event.PlanEvent.ContextMerged;
import io.taskweaver.model.event.PlanEvent.PlanCommand;
import io.taskweaver.scheduling.dispatch.PlanStage;
import io.taskweaver.scheduling.dispatch.Scheduler;
import io.taskweaver.scheduling.dispatch.TaskStage;
import io.taskweaver.scheduling.projection.OpenConflict;
import io.taskweaver.scheduling.projection.PlanView;
import io.taskweaver.scheduling.projection.TaskView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code taskweaver resolve}: a person settles what no agent could. */
@Command(
        name = "resolve",
        description = {
            "Resolves a conflict or a failed task, with files of your own or with one side of the conflicting files.",
            "They become the result of the task, which is merged and verified like any other. A reconcile task for it is"
                    + " stopped."
        })
final class ResolveCommand implements Callable<Integer> {
    private static final int MOST_NAMED = 10;

    private static final String REST =
            "What does not conflict is merged, also in the same files. Whole files only where"
                    + " there are no lines to merge: binary files, deleted and moved ones, names that are one file on some systems.";

    @Parameters(index = "0", paramLabel = "PLAN", description = "Id of the plan; taskweaver status lists them.")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private PlanId plan;

    @Parameters(index = "1", paramLabel = "TASK", description = "Id of the task; taskweaver conflicts lists them.")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private TaskId task;

    @ArgGroup(exclusive = true, multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private With with;

    /** What it is settled with. */
    static final class With {
        @Option(
                names = "--from",
                paramLabel = "DIR",
                description =
                        "Folder with the resolved files, at their paths in the code. Files that the task's result does"
                                + " not touch are ignored.")
        private @Nullable Path from;

        @Option(names = "--ours", description = "Take what the plan has wherever both changed the same place. " + REST)
        private boolean ours;

        @Option(
                names = "--theirs",
                description = "Take what the task has wherever both changed the same place. " + REST)
        private boolean theirs;

        private Optional<Resolution.Side> side() {
            if (ours) return Optional.of(Resolution.Side.OURS);
            return theirs ? Optional.of(Resolution.Side.THEIRS) : Optional.empty();
        }
    }

    @Option(
            names = "--delete",
            paramLabel = "PATH",
            split = ",",
            description = "With --from: files to delete. Can be repeated.")
    private List<String> deleted = List.of();

    @Mixin
    private SystemOptions system;

    private final CommandContext context;

    ResolveCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var folder = folder();
        InterruptWatch.begin();
        try (var taskWeaver = SystemOptions.open(system.connection(), context)) {
            var view = system.plan(taskWeaver, plan);
            var settled = settleable(view);
            var conflict = OpenConflict.of(view).stream()
                    .filter(open -> open.task().id().equals(task))
                    .findFirst();
            PlanCommand given;
            if (folder.isPresent()) given = settleBy(folder.get(), taskWeaver, view, settled, conflict);
            else {
                if (conflict.map(OpenConflict::files).orElse(List.of()).isEmpty())
                    throw CommandFailure.badInput(
                            "No file of " + task + " conflicts, so there are no sides to take.",
                            "Resolve it with files of your own: taskweaver resolve " + plan + " " + task + " --from DIR"
                                    + system.arguments());
                var side = with.side().orElseThrow();
                var resolution = new Resolution(side, Optional.empty(), person());
                given = taskWeaver.command(plan, new ResolveTask(task, settled.attempt(), resolution));
            }
            Decisions.await(taskWeaver, plan, List.of(given.command()), context.clock(), system.arguments());
        } catch (SettledFiles.RefusedException e) {
            throw CommandFailure.badInput(String.valueOf(e.getMessage()), e.hint());
        } catch (Git.StoppedException e) {
            throw CommandFailure.interrupted();
        } catch (Git.GitException e) {
            throw CommandFailure.badInput(String.valueOf(e.getMessage()), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.interrupted();
        }
        say("Command sent. See its effect with: taskweaver status " + plan + system.arguments());
        MissingWork.afterCommand(plan).ifPresent(this::say);
        return ExitCode.DONE;
    }

    private Optional<Path> folder() {
        var from = with.from;
        if (from == null) {
            if (!deleted.isEmpty())
                throw CommandFailure.badInput(
                        "--delete needs --from.", "Name a folder with --from DIR, or leave out --delete.");
            return Optional.empty();
        }
        if (!Files.isDirectory(from))
            throw CommandFailure.badInput(
                    from + " is not a folder.",
                    "Name the folder that contains the resolved files, at their paths in the code.");
        return Optional.of(from);
    }

    /** The task, if there is anything to settle about it. */
    private TaskView settleable(PlanView view) {
        var known = view.task(task)
                .orElseThrow(() -> CommandFailure.badInput(
                        "The plan " + plan + " has no task " + task + ".",
                        "List its conflicts with: taskweaver conflicts " + plan + system.arguments()));
        if (known.task().kind() == Task.Kind.RECONCILE)
            throw CommandFailure.badInput(
                    task + " reconciles the result of another task.",
                    "Resolve that task. List the conflicts with: taskweaver conflicts " + plan + system.arguments());
        if (task.equals(Verifications.BASE))
            throw CommandFailure.badInput("The code that the plan starts from fails.", Scheduler.FAILING_BASE);
        boolean isOpen = known.stage() == TaskStage.RECONCILING || known.stage() == TaskStage.FAILED;
        if (!isOpen || known.task().kind() == Task.Kind.CONTRACT || !isOpen(view.stage()))
            throw CommandFailure.badInput(
                    "Task " + task + " has no open conflict, and did not fail: it is "
                            + (isOpen(view.stage())
                                    ? known.stage().word()
                                    : known.stage().word() + ", and the plan is "
                                            + view.stage().word())
                            + ".",
                    "List the conflicts with: taskweaver conflicts " + plan + system.arguments());
        return known;
    }

    private static boolean isOpen(PlanStage stage) {
        return stage.isOpen() || stage == PlanStage.FAILED;
    }

    private PlanCommand settleBy(
            Path folder, TaskWeaver taskWeaver, PlanView view, TaskView settled, Optional<OpenConflict> conflict)
            throws IOException, InterruptedException {
        var result = conflict.flatMap(OpenConflict::commit);
        var conflicting = conflict.map(OpenConflict::files).orElse(List.of()).stream()
                .filter(file -> file.proposedPath().isEmpty())
                .map(FileConflict::path)
                .toList();
        try (var code = PlanCode.withResult(
                        system.connection(), plan, result, new PlanCode.Target(Optional.empty(), Path.of("")))
                .orElseThrow(() -> new SystemUnavailable(
                        "The context service does not have the code of plan " + plan + ".",
                        "Try again in a few seconds; taskweaver doctor" + system.arguments() + " says what runs.",
                        null))) {
            var files = SettledFiles.take(
                    code,
                    result,
                    conflicting,
                    merges(view),
                    folder,
                    Set.copyOf(deleted),
                    context.clock().instant());
            if (files.taken().isEmpty() && files.deleted().isEmpty())
                throw CommandFailure.badInput(
                        folder + " has no files that resolve " + task
                                + ": none that its result changes, or that differs from the code.",
                        "Put the resolved files there, at their paths in the code.");
            if (!files.deleted().isEmpty()) say("Deleting: " + named(files.deleted()));
            if (!files.taken().isEmpty()) say("Using: " + named(files.taken()));
            if (!files.left().isEmpty())
                say("Ignoring files that the result of " + task + " does not touch: " + named(files.left()));
            files.warnings().forEach(this::say);
            return taskWeaver.resolve(plan, task, settled.attempt(), files, person());
        }
    }

    /** What was merged. What an agent reconciled is also told of the task whose result it is. */
    private static List<ContextMerged> merges(PlanView view) {
        return view.tasks().stream()
                .filter(task -> task.task().kind() != Task.Kind.RECONCILE)
                .flatMap(task -> task.attempts().stream())
                .flatMap(attempt -> attempt.merged().stream())
                .toList();
    }

    /** Who settles it: as Git would name the author of a commit, else by the login. */
    private String person() {
        try {
            var name = Git.ofUser(Path.of("").toAbsolutePath())
                    .text("config", "user.name")
                    .strip();
            if (!name.isEmpty()) return name;
        } catch (IOException e) {
            // Git has no name, or is not there.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return System.getProperty("user.name", "somebody");
    }

    private static String named(List<String> paths) {
        int more = paths.size() - MOST_NAMED;
        return String.join(", ", paths.subList(0, Math.min(MOST_NAMED, paths.size())))
                + (more > 0 ? " and " + more + " more." : ".");
    }

    private void say(String line) {
        context.out().println(Columns.clean(line));
    }
}
