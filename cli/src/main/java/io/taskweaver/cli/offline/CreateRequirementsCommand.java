package io.taskweaver.cli.offline;

import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.Surroundings;
import io.taskweaver.cli.VersionProvider;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.client.output.PlanJson;
import io.taskweaver.domain.projection.PlanView;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskweaver create-requirements}: notes become a requirements document. */
@Command(
        name = "create-requirements",
        description = {
            "Writes a REQUIREMENTS.md out of notes, stories, a specification or a task list: each requirement with an id,"
                    + " its priority, dependencies and acceptance criteria, below the part of the product that it belongs to.",
            "With --skeleton it writes an empty one to fill in."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false)
public final class CreateRequirementsCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private OfflineInput input;

    @Option(
            names = "--skeleton",
            paramLabel = "TITLE",
            description = "Read nothing; write a document of this title to fill in.")
    private @Nullable String skeleton;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private OfflineOutput output;

    private final Surroundings surroundings;

    CreateRequirementsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (skeleton != null) output.write(TaskWeaver.requirementsSkeleton(skeleton), surroundings);
        else {
            var plan = input.plan(surroundings);
            output.write(
                    output.json() ? PlanJson.write(plan, new PlanView(plan.id())) : TaskWeaver.createRequirements(plan),
                    surroundings);
        }
        return ExitCode.DONE;
    }
}
