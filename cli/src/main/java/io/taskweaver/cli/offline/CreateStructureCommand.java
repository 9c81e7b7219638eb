package io.taskweaver.cli.offline;

import io.taskweaver.cli.CommandFailure;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.model.Plan;
import io.taskweaver.reports.GapJson;
import io.taskweaver.reports.PlanJson;
import io.taskweaver.requirements.code.CodeMap;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code taskweaver create-structure}: requirements, code or both become a STRUCTURE.md. */
@Command(
        name = "create-structure",
        description = {
            "Writes a STRUCTURE.md from requirements, code, or both.",
            "Lists components, their interfaces and dependencies, and the folders. A component of the requirements and a"
                    + " module of the code with the same name become one."
        })
public final class CreateStructureCommand extends OfflineCommand {
    @Override
    String result() {
        boolean onlyCode = input().namesCode() && !input().namesDocuments();
        var code = input().namesCode() ? input().codeMap() : CodeMap.EMPTY;
        if (onlyCode && code.isEmpty())
            throw CommandFailure.badInput(
                    "The code base contains no source file that can be read.",
                    "TaskWeaver reads Java, Kotlin, TypeScript, JavaScript, Python, Go and Rust. Name a requirements"
                            + " document to start from that.");
        var plan = onlyCode ? Optional.<Plan>empty() : Optional.of(input().plan());
        return output().json()
                ? plan.map(PlanJson::write).orElseGet(() -> GapJson.write(code))
                : TaskWeaver.createStructure(plan, code);
    }
}
