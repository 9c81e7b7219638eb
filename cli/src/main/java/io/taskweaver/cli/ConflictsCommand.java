package io.taskweaver.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.taskweaver.cli.progress.Columns;
import io.taskweaver.cli.progress.ProblemText;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.projection.OpenConflict;
import io.taskweaver.scheduling.projection.PlanView;
import io.taskweaver.scheduling.projection.TaskView;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code taskweaver conflicts}: conflicts that are open. */
@Command(
        name = "conflicts",
        description =
                "Lists results that conflict with merged ones: files, tasks of both sides, and how to settle them.")
final class ConflictsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PLAN", description = "Id of the plan; taskweaver status lists them.")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private PlanId plan;

    @Option(names = "--json", description = "Print JSON, one object per line.")
    private boolean json;

    @Mixin
    private SystemOptions system;

    private final CommandContext context;

    ConflictsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (var taskWeaver = SystemOptions.open(system.connection(), context)) {
            var view = system.plan(taskWeaver, plan);
            var conflicts = OpenConflict.of(view);
            if (conflicts.isEmpty() && !json) say("No open conflicts in plan " + plan + ".");
            for (var conflict : conflicts) {
                if (json) printJson(conflict);
                else print(view, conflict);
            }
            return ExitCode.DONE;
        }
    }

    private void print(PlanView view, OpenConflict conflict) {
        var task = conflict.task();
        say(task.id() + " " + task.task().title() + ": "
                + conflict.reconciler()
                        .map(node -> "reconciled by " + node + " ("
                                + view.task(node)
                                        .map(known -> known.stage().word())
                                        .orElse("planned") + ")")
                        .orElse("given up"));
        for (var file : conflict.files())
            say("  " + file.words()
                    + (file.contributors().isEmpty()
                            ? ""
                            : "  with "
                                    + file.contributors().stream()
                                            .map(TaskId::value)
                                            .collect(Collectors.joining(", "))));
        conflict.reason().ifPresent(reason -> say("  fails: " + ProblemText.sentence(reason)));
        var resolve = "taskweaver resolve " + plan + " " + task.id();
        say("  Settle it with: " + resolve + " --from DIR" + system.arguments()
                + (conflict.files().isEmpty()
                        ? ""
                        : ", or with the plan's or the task's side of these files: " + resolve + " --ours"
                                + system.arguments() + ", " + resolve + " --theirs" + system.arguments()));
    }

    private void printJson(OpenConflict conflict) {
        TaskView task = conflict.task();
        var line = JsonNodeFactory.instance
                .objectNode()
                .put("type", "conflict")
                .put("plan", plan.value())
                .put("task", task.id().value())
                .put("title", task.task().title())
                .put("attempt", conflict.attempt())
                .put("state", task.stage().word())
                .put("commit", conflict.commit().orElse(null))
                .put("reconciler", conflict.reconciler().map(TaskId::value).orElse(null))
                .put("reason", conflict.reason().orElse(null));
        var files = line.putArray("files");
        for (var file : conflict.files()) {
            var named = files.addObject().put("path", file.path());
            file.proposedPath().ifPresent(name -> named.put("proposed_path", name));
            var with = named.putArray("with");
            file.contributors().forEach(other -> with.add(other.value()));
        }
        context.out().println(line);
    }

    private void say(String line) {
        context.out().println(Columns.clean(line));
    }
}
