package io.taskweaver.cli.offline;

import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.Surroundings;
import io.taskweaver.cli.VersionProvider;
import io.taskweaver.client.PlanView;
import io.taskweaver.client.output.PlanJson;
import io.taskweaver.domain.plan.PlanMarkdown;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code taskweaver plan}: the plan, and nothing is run. */
@Command(
        name = "plan",
        description = {
            "Plans requirements documents and prints the plan: tasks, what each needs and why, phases, the critical path.",
            "Runs nothing and needs no running system."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false)
public final class PlanCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private OfflineInput input;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private OfflineOutput output;

    private final Surroundings surroundings;

    PlanCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var plan = input.plan(surroundings);
        output.write(
                output.json() ? PlanJson.write(plan, new PlanView(plan.id())) : PlanMarkdown.write(plan), surroundings);
        return ExitCode.DONE;
    }
}
