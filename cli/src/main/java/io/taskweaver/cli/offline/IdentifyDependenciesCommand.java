package io.taskweaver.cli.offline;

import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.Surroundings;
import io.taskweaver.cli.VersionProvider;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.client.output.DependencyJson;
import io.taskweaver.domain.inference.Inference;
import io.taskweaver.domain.plan.Need;
import io.taskweaver.domain.plan.Plan;
import io.taskweaver.domain.plan.TaskId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskweaver identify-dependencies}: who needs what, why, and how sure that is. */
@Command(
        name = "identify-dependencies",
        description = {
            "Says which task needs what: kind, rule, confidence, and the words that speak for it.",
            "Of inferred ones with a confidence of 0.8 about eight in ten are right. Runs nothing."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false)
public final class IdentifyDependenciesCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private OfflineInput input;

    @Option(
            names = "--any-order",
            description = "The order of the tasks says nothing (default: what is needed tends to come first).")
    private boolean anyOrder;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private OfflineOutput output;

    private final Surroundings surroundings;

    IdentifyDependenciesCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var plan = input.plan(surroundings);
        var suggested = TaskWeaver.identifyDependencies(plan, anyOrder ? Inference.Order.NONE : Inference.Order.LISTED);
        output.write(output.json() ? DependencyJson.write(plan, suggested) : text(plan, suggested), surroundings);
        return ExitCode.DONE;
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
