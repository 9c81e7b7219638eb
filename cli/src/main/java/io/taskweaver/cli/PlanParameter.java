package io.taskweaver.cli;

import io.taskweaver.model.PlanId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The plan whose result, code or output a command is about. */
final class PlanParameter {
    @Parameters(
            index = "0",
            paramLabel = "PLAN",
            arity = "0..1",
            description = "Id of the plan (default: the plan of taskweaver-out/plan.json).")
    private @Nullable PlanId plan;

    /** The one that is named, else the one of the output folder. */
    PlanId id() {
        return PlanResult.plan(plan);
    }
}
