package io.taskweaver.cli.offline;

import io.taskweaver.client.TaskWeaver;
import io.taskweaver.model.Need;
import io.taskweaver.model.Plan;
import io.taskweaver.model.TaskId;
import io.taskweaver.reports.DependencyJson;
import io.taskweaver.scheduling.inference.Inference;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code taskweaver identify-dependencies}: who needs what, why, and how sure that is. */
@Command(
        name = "identify-dependencies",
        description = {
            "Prints the dependencies between tasks, with reason and confidence.",
            "A dependency is stated in the input or inferred from its words, which are quoted. The plan waits for those"
                    + " that say \"needs\", not for those that say \"may need\". Of the inferred dependencies with a"
                    + " confidence of 0.8, about eight in ten are right."
        })
public final class IdentifyDependenciesCommand extends OfflineCommand {
    @Option(
            names = "--any-order",
            description = "Infer nothing from the order of the tasks (default: prerequisites tend to come first).")
    private boolean anyOrder;

    @Override
    String result() {
        var plan = input().plan();
        var suggested = TaskWeaver.identifyDependencies(plan, anyOrder ? Inference.Order.NONE : Inference.Order.LISTED);
        return output().json() ? DependencyJson.write(plan, suggested) : text(plan, suggested);
    }

    private static String text(Plan plan, Map<TaskId, List<Need>> suggested) {
        var text = new StringBuilder();
        for (var task : plan.tasks()) {
            var possible = suggested.getOrDefault(task.id(), List.of());
            if (task.needs().isEmpty() && possible.isEmpty()) continue;
            text.append(task.id()).append("  ").append(task.title()).append('\n');
            for (var need : task.needs()) append(text, "needs", need);
            for (var need : possible) append(text, "may need", need);
        }
        if (text.isEmpty()) text.append("No task needs another.\n");
        for (var notice : plan.notices())
            text.append("note: ").append(notice.message()).append('\n');
        return text.toString();
    }

    private static void append(StringBuilder text, String verb, Need need) {
        text.append(String.format(
                Locale.ROOT,
                "    %s %s (%s, %s, %.2f): %s%n",
                verb,
                need.on(),
                need.kind().name().toLowerCase(Locale.ROOT),
                need.reason().name().toLowerCase(Locale.ROOT),
                need.confidence(),
                need.because()));
    }
}
