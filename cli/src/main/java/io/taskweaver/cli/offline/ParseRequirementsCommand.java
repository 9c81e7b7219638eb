package io.taskweaver.cli.offline;

import io.taskweaver.client.InputFiles;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Task;
import io.taskweaver.reports.ReadingJson;
import io.taskweaver.requirements.analysis.LineAccount;
import io.taskweaver.requirements.tasks.ListAccount;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code taskweaver parse-requirements}: what was read in documents, line by line if asked for. */
@Command(
        name = "parse-requirements",
        description = {
            "Prints the tasks and constraints found in requirements documents.",
            "Each task has its acceptance criteria and its source line. With --explain, accounts for every line: what it"
                    + " became or why it was ignored, by which rule, and how sure that is (certain, likely, unsure)."
        })
public final class ParseRequirementsCommand extends OfflineCommand {
    @Option(names = "--explain", description = "Account for every line.")
    private boolean explain;

    @Override
    String result() {
        var read = input().read();
        if (explain && !output().json())
            return accounts(read).stream().map(LineAccounts::text).collect(Collectors.joining("\n"));
        var plan = TaskWeaver.plan(input().submission(read, PlanOptions.DEFAULT));
        return output().json() ? ReadingJson.requirements(plan, explain ? accounts(read) : List.of()) : text(plan);
    }

    private static List<LineAccount> accounts(InputFiles read) {
        var listing = read.taskListing();
        return read.sources().stream()
                .map(document -> listing.map(found -> ListAccount.of(document, found.list()))
                        .orElseGet(() -> TaskWeaver.parseRequirements(document).account()))
                .toList();
    }

    private static String text(Plan plan) {
        var text = new StringBuilder(plan.title()).append('\n');
        var work = plan.tasks().stream()
                .filter(task -> task.kind() == Task.Kind.WORK)
                .toList();
        text.append('\n').append(work.size()).append(work.size() == 1 ? " task\n" : " tasks\n");
        for (var task : work) task(text, task);
        list(text, "constraints", plan.constraints());
        list(text, "boundaries", plan.boundaries());
        list(
                text,
                "notices",
                plan.notices().stream().map(notice -> notice.message()).toList());
        return text.toString();
    }

    private static void task(StringBuilder text, Task task) {
        text.append("  ").append(task.id()).append("  ").append(task.title());
        if (task.done()) text.append("  (done)");
        task.source().ifPresent(source -> text.append("  ").append(source));
        text.append('\n');
        for (var criterion : task.acceptanceCriteria())
            text.append("      - ").append(criterion.replace('\n', ' ')).append('\n');
    }

    private static void list(StringBuilder text, String name, List<String> lines) {
        if (lines.isEmpty()) return;
        text.append('\n').append(lines.size()).append(' ').append(name).append('\n');
        lines.forEach(line -> text.append("  - ").append(line).append('\n'));
    }
}
