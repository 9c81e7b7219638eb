package io.taskweaver.cli.offline;

import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.PlanRefining;
import io.taskweaver.cli.Surroundings;
import io.taskweaver.cli.VersionProvider;
import io.taskweaver.client.output.PlanJson;
import io.taskweaver.domain.picture.PlanMarkdown;
import io.taskweaver.domain.projection.PlanView;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Option(
            names = "--refine",
            description = "Have the agent propose changes first. Each is checked and told on standard error; without an"
                    + " answer the plan stands as it is.")
    private boolean refine;

    @Option(
            names = "--agent",
            paramLabel = "NAME",
            description = "Agent to ask: codegen or simulated (default: codegen if its credentials are set, else"
                    + " simulated).")
    private @Nullable String agent;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private OfflineOutput output;

    private final Surroundings surroundings;

    PlanCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var made = input.plan(surroundings);
        var plan = refine
                ? PlanRefining.refine(made, agent, surroundings, surroundings.err()::println)
                        .plan()
                : made;
        output.write(
                output.json() ? PlanJson.write(plan, new PlanView(plan.id())) : PlanMarkdown.write(plan), surroundings);
        return ExitCode.DONE;
    }
}
