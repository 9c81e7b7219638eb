package io.taskweaver.cli.offline;

import io.taskweaver.cli.CommandFailure;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.model.Plan;
import io.taskweaver.reports.Durations;
import io.taskweaver.reports.SimulationJson;
import io.taskweaver.scheduling.priority.Priorities;
import io.taskweaver.scheduling.priority.Ranked;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code taskweaver prioritize-tasks}: what comes first, and why. */
@Command(
        name = "prioritize-tasks",
        description = {
            "Lists tasks in dispatch order, with slack and dependents.",
            "Slack is how much later a task can start without delaying the plan; tasks without slack are critical. Then"
                    + " the tasks that unblock the most work, and how many tasks can run at once."
        })
public final class PrioritizeTasksCommand extends OfflineCommand {
    private static final int UNLOCKERS = 5;
    private static final int ID_WIDTH = 24;

    @Option(
            names = "--agents",
            paramLabel = "N",
            defaultValue = "8",
            description = "Number of agents that the order is for (default: ${DEFAULT-VALUE}).")
    private int agents;

    @Override
    String result() {
        if (agents < 1) throw CommandFailure.badInput("--agents is " + agents + ".", "Use 1 or more.");
        var plan = input().plan();
        var priorities = TaskWeaver.prioritizeTasks(plan, agents);
        return output().json() ? SimulationJson.write(plan, priorities) : text(plan, priorities);
    }

    private static String text(Plan plan, Priorities priorities) {
        var text = new StringBuilder();
        int width = priorities.tasks().stream()
                .mapToInt(each -> each.task().id().value().length())
                .max()
                .orElse(2);
        var form = "%5s  %-" + Math.clamp(width, 2, ID_WIDTH) + "s  %5s  %8s  %8s  %10s  %-14s  %s%n";
        text.append(
                String.format(form, "order", "id", "phase", "estimate", "slack", "dependents", "their work", "title"));
        for (var each : priorities.tasks()) line(text, form, each);
        text.append('\n');
        unlockers(text, priorities);
        text.append("critical path: ")
                .append(plan.criticalPath().stream().map(Object::toString).collect(Collectors.joining(" → ")))
                .append(" (")
                .append(Durations.ofMinutes(plan.criticalPathMinutes()))
                .append(")\n");
        text.append("tasks by phase: ")
                .append(priorities.widths().stream().map(Object::toString).collect(Collectors.joining(", ")))
                .append("; at most ")
                .append(priorities.peak())
                .append(" can run at once\n");
        for (var notice : plan.notices())
            text.append("note: ").append(notice.message()).append('\n');
        return text.toString();
    }

    private static void line(StringBuilder text, String form, Ranked each) {
        var task = each.task();
        text.append(String.format(
                Locale.ROOT,
                form,
                each.place(),
                task.id(),
                task.phase(),
                Durations.ofMinutes(task.estimateMinutes()),
                each.slack() == 0 ? "critical" : Durations.ofMinutes((int) each.slack()),
                each.dependents(),
                each.dependents() == 0 ? "" : Durations.ofMinutes((int) each.dependentMinutes()),
                task.title()));
    }

    private static void unlockers(StringBuilder text, Priorities priorities) {
        var unlockers = priorities.unlockers();
        if (unlockers.isEmpty()) {
            text.append("No task depends on the result of another.\n");
            return;
        }
        text.append("tasks that unblock the most work:\n");
        for (var each : unlockers.subList(0, Math.min(UNLOCKERS, unlockers.size())))
            text.append(String.format(
                    Locale.ROOT,
                    "    %s: %d directly, %d in total (%s)%n",
                    each.task().id(),
                    each.unlocks(),
                    each.dependents(),
                    Durations.ofMinutes((int) each.dependentMinutes())));
    }
}
