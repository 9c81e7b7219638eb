package io.taskweaver.cli.offline;

import io.taskweaver.cli.CommandFailure;
import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.Surroundings;
import io.taskweaver.cli.VersionProvider;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.client.output.GapJson;
import io.taskweaver.client.output.PlanJson;
import io.taskweaver.domain.code.CodeMap;
import io.taskweaver.domain.plan.Plan;
import io.taskweaver.domain.projection.PlanView;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code taskweaver create-structure}: requirements, code or both become a STRUCTURE.md. */
@Command(
        name = "create-structure",
        description = {
            "Writes a STRUCTURE.md: components, their interfaces, who depends on whom, and the folders.",
            "From requirements, from the code of --code, or from both: then parts of the same name are one."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false)
public final class CreateStructureCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private OfflineInput input;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private OfflineOutput output;

    private final Surroundings surroundings;

    CreateStructureCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var code = input.namesCode() ? input.codeMap(surroundings) : CodeMap.EMPTY;
        if (input.namesCode() && code.isEmpty() && !input.namesDocuments())
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "The code base has no file that can be read.",
                    "Java, Kotlin, TypeScript, JavaScript, Python, Go and Rust are read; name requirements as well to"
                            + " begin from those.");
        var plan = input.namesCode() && !input.namesDocuments()
                ? Optional.<Plan>empty()
                : Optional.of(input.plan(surroundings));
        output.write(
                output.json()
                        ? plan.map(made -> PlanJson.write(made, new PlanView(made.id())))
                                .orElseGet(() -> GapJson.write(code))
                        : TaskWeaver.createStructure(plan, code),
                surroundings);
        return ExitCode.DONE;
    }
}
