package io.taskweaver.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.taskweaver.cli.progress.Columns;
import io.taskweaver.cli.progress.ProblemText;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.scheduling.projection.OpenConflict;
import io.taskweaver.scheduling.projection.TaskView;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskweaver conflicts}: conflicts that are open. */
@Command(
        name = "conflicts",
        description =
                "Lists results that conflict with merged ones: the files, the tasks on both sides, and how to resolve them.")
final class ConflictsCommand implements Callable<Integer> {
    @Mixin
    private PlanParameter parameter;

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
        var plan = parameter.id();
        try (var taskWeaver = SystemOptions.open(system.connection(), context)) {
            var conflicts = taskWeaver.conflicts(plan).orElseThrow(() -> system.noPlan(plan));
            if (conflicts.isEmpty() && !json) say("No open conflicts in plan " + plan + ".");
            for (var conflict : conflicts) {
                if (json) printJson(conflict, plan);
                else print(conflict, plan);
            }
            return ExitCode.DONE;
        }
    }

    private void print(OpenConflict conflict, PlanId plan) {
        var task = conflict.task();
        say(task.id() + " " + task.task().title() + ": "
                + conflict.reconciler()
                        .map(node -> "reconciled by " + node.id() + " ("
                                + node.stage().word() + ")")
                        .orElse("given up"));
        for (var file : conflict.files())
            say("  " + file.words()
                    + (file.contributors().isEmpty()
                            ? ""
                            : "  with "
                                    + file.contributors().stream()
                                            .map(TaskId::value)
                                            .collect(Collectors.joining(", "))));
        conflict.reason().ifPresent(reason -> say("  verification fails: " + ProblemText.sentence(reason)));
        conflict.refused().ifPresent(refused -> say("  resolution refused: " + ProblemText.sentence(refused)));
        var resolve = "taskweaver resolve " + plan + " " + task.id();
        say("  Resolve it with: " + resolve + " --from DIR" + system.arguments()
                + (conflict.files().isEmpty()
                        ? ""
                        : ", or take the plan's version of these files: " + resolve + " --ours" + system.arguments()
                                + ", or the task's: " + resolve + " --theirs" + system.arguments()));
    }

    private void printJson(OpenConflict conflict, PlanId plan) {
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
                .put(
                        "reconciler",
                        conflict.reconciler().map(node -> node.id().value()).orElse(null))
                .put(
                        "reconciler_state",
                        conflict.reconciler().map(node -> node.stage().word()).orElse(null))
                .put("reason", conflict.reason().orElse(null))
                .put("refused", conflict.refused().orElse(null));
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
