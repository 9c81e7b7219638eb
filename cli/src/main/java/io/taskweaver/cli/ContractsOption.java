package io.taskweaver.cli;

import io.taskweaver.model.ContractMode;
import io.taskweaver.model.PlanOptions;
import picocli.CommandLine.Option;

/** How a plan gives contracts, whether it is run or not. */
@HelpHeading("Plan")
public final class ContractsOption {
    @Option(
            names = "--contracts",
            paramLabel = "HOW",
            defaultValue = "auto",
            description =
                    "How contracts of components are given: files (Java), text in prompts, none, or auto: files if the"
                            + " project is Java or its language is unknown, else text (default: ${DEFAULT-VALUE}).")
    private ContractMode contracts = ContractMode.AUTO;

    ContractMode mode() {
        return contracts;
    }

    /** The options of a plan that nothing runs of. */
    public PlanOptions options() {
        return PlanOptions.DEFAULT.with(contracts);
    }
}
