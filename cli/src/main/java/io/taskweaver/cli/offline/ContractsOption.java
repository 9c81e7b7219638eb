package io.taskweaver.cli.offline;

import io.taskweaver.cli.HelpHeading;
import io.taskweaver.model.ContractMode;
import io.taskweaver.model.PlanOptions;
import picocli.CommandLine.Option;

/** How a plan that nothing runs of gives contracts: a run has the same option. */
@HelpHeading("Plan")
final class ContractsOption {
    @Option(
            names = "--contracts",
            paramLabel = "HOW",
            defaultValue = "auto",
            description =
                    "How contracts of components are given: files (Java), text in prompts, none, or auto: files if the"
                            + " project is Java or its language is unknown, else text (default: ${DEFAULT-VALUE}).")
    private ContractMode contracts = ContractMode.AUTO;

    PlanOptions options() {
        return PlanOptions.DEFAULT.with(contracts);
    }
}
