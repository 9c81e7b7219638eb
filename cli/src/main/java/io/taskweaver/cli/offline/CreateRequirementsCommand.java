package io.taskweaver.cli.offline;

import io.taskweaver.client.TaskWeaver;
import io.taskweaver.reports.PlanJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code taskweaver create-requirements}: notes become a requirements document. */
@Command(
        name = "create-requirements",
        description = {
            "Writes a REQUIREMENTS.md from notes, user stories or a task list.",
            "Groups the requirements by component and gives each an id. Priorities other than medium, dependencies and"
                    + " acceptance criteria are those of the input; none are invented."
        })
public final class CreateRequirementsCommand extends OfflineCommand {
    @Option(
            names = "--skeleton",
            paramLabel = "TITLE",
            description = "Read no input; write an empty document with this title to fill in.")
    private @Nullable String skeleton;

    @Override
    String result() {
        if (skeleton != null) return TaskWeaver.requirementsSkeleton(skeleton);
        var plan = input().plan();
        return output().json() ? PlanJson.write(plan) : TaskWeaver.createRequirements(plan);
    }
}
