package io.taskweaver.cli.offline;

import io.taskweaver.cli.ContractsOption;
import io.taskweaver.cli.PlanRefining;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.reports.PlanJson;
import io.taskweaver.reports.RefinementJson;
import io.taskweaver.reports.picture.PlanMarkdown;
import io.taskweaver.wire.json.ModelJson;
import java.util.List;
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
                    "Ask an agent what the plan is unsure of, if anything. Each answer is checked, and the difference"
                            + " reported on standard error; without a usable answer the plan is unchanged.")
    private boolean refine;

    @Option(
            names = "--agent",
            paramLabel = "NAME",
            description = "Agent to ask (default: codegen if its credentials are set, else simulated).")
    private @Nullable String agent;

    @Override
    String result() {
        var submission = input().submission(contracts.options());
        var made = TaskWeaver.plan(submission);
        if (!refine) return output().json() ? PlanJson.write(made) : PlanMarkdown.write(made);
        var refined = PlanRefining.refine(submission, made, List.of(), agent, input().context());
        refined.lines().forEach(input()::note);
        if (!output().json()) return PlanMarkdown.write(refined.plan());
        var json = PlanJson.of(refined.plan());
        json.set("refinement", RefinementJson.of(refined.report()));
        return ModelJson.document(json);
    }
}
