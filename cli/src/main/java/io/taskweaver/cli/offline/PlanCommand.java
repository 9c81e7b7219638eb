package io.taskweaver.cli.offline;

import io.taskweaver.cli.ContractsOption;
import io.taskweaver.cli.PlanRefining;
import io.taskweaver.reports.PlanJson;
import io.taskweaver.reports.picture.PlanMarkdown;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskweaver plan}: the plan, and nothing is run. */
@Command(
        name = "plan",
        description = {
            "Plans requirements documents and prints the plan.",
            "The plan lists the tasks, their dependencies with reasons, the phases and the critical path. Nothing runs."
        })
public final class PlanCommand extends OfflineCommand {
    @Mixin
    private ContractsOption contracts;

    @Option(
            names = "--refine",
            description =
                    "Ask an agent for changes to the plan. Each is validated, and reported on standard error; without"
                            + " an answer the plan is unchanged.")
    private boolean refine;

    @Option(
            names = "--agent",
            paramLabel = "NAME",
            description = "Agent to ask (default: codegen if its credentials are set, else simulated).")
    private @Nullable String agent;

    @Override
    String result() {
        var made = input().plan(contracts.options());
        var plan = refine
                ? PlanRefining.refine(made, agent, input().context(), input()::note)
                        .plan()
                : made;
        return output().json() ? PlanJson.write(plan) : PlanMarkdown.write(plan);
    }
}
