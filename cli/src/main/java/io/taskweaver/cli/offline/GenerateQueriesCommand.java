package io.taskweaver.cli.offline;

import io.taskweaver.cli.CommandFailure;
import io.taskweaver.cli.ContractsOption;
import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.HelpHeading;
import io.taskweaver.cli.OutputPath;
import io.taskweaver.cli.TemplateOptions;
import io.taskweaver.client.TaskQuery;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.client.TemplateFolder;
import io.taskweaver.client.output.OutputFolder;
import io.taskweaver.client.output.QueryJson;
import io.taskweaver.model.Plan;
import io.taskweaver.model.Task;
import io.taskweaver.model.storage.StorageFailure;
import io.taskweaver.prompts.Query;
import io.taskweaver.prompts.QueryWriter;
import io.taskweaver.prompts.TokenCount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskweaver generate-queries}: the prompts of a plan's tasks, and nothing is run. */
@Command(
        name = "generate-queries",
        description = {
            "Writes the prompts of a plan's unfinished tasks.",
            "A prompt is self-contained: the task and its purpose, what the documents say about it, contracts, commands, and the"
                    + " tasks around it. It is at most 8 kB long; what does not fit is a file in the agent's work tree that it names"
                    + " (FILE.context.md beside it, with --output-dir). --whole puts everything into the prompt."
        })
public final class GenerateQueriesCommand extends OfflineCommand {
    @Mixin
    private ContractsOption contracts;

    private static final int NAMED = 20;

    @Option(names = "--phase", paramLabel = "N", description = "Only tasks of this phase.")
    private @Nullable Integer phase;

    @Option(names = "--task", paramLabel = "ID", description = "Only this task; can be repeated.")
    private List<String> tasks = List.of();

    @Option(
            names = "--whole",
            description =
                    "Put all into the prompts, and how to answer, for agents without a work tree. The JSON output has both.")
    private boolean whole;

    @Option(
            names = "--limit",
            paramLabel = "TOKENS",
            defaultValue = "" + QueryWriter.DEFAULT_LIMIT,
            description =
                    "Maximum length of a whole prompt. Above it the least useful parts are left out and reported (default:"
                            + " ${DEFAULT-VALUE}).")
    private int limit;

    @Mixin
    private TemplateOptions templates;

    @HelpHeading("Prompts")
    @Option(
            names = "--print-templates",
            paramLabel = "DIR",
            description = "Read no input; write the built-in templates to this folder, to edit them.")
    private @Nullable Path printed;

    @HelpHeading("Input and output")
    @Option(names = "--output-dir", paramLabel = "DIR", description = "Write each prompt to a file in this folder.")
    private @Nullable Path outputDir;

    @Override
    public Integer call() {
        if (printed != null) print(printed);
        else if (outputDir == null || output().json() || output().file().isPresent()) super.call();
        else result();
        return ExitCode.DONE;
    }

    @Override
    String result() {
        if (limit < 1) throw CommandFailure.badInput("--limit is " + limit + ".", "Use 1 or more tokens.");
        // Half a second of loading, at the same time as all that comes before the first text is counted.
        Thread.ofPlatform().daemon().start(() -> TokenCount.exact().of(""));
        var writer = new QueryWriter(templates.read(), limit, TokenCount.exact());
        var submission = input().submission(contracts.options());
        var plan = TaskWeaver.plan(submission);
        var queries = TaskWeaver.generateQueries(plan, submission.code(), writer, wanted(plan));
        queries.forEach(this::tellOmissions);
        if (outputDir != null) write(queries, outputDir);
        return output().json() ? QueryJson.write(plan, queries, limit) : text(queries);
    }

    /** @throws CommandFailure if there is no such phase or task, or nothing is to do in it */
    private Predicate<Task> wanted(Plan plan) {
        var open = plan.tasks().stream()
                .filter(task -> task.kind() == Task.Kind.WORK && !task.done())
                .toList();
        if (phase != null && open.stream().noneMatch(task -> task.phase() == phase))
            throw CommandFailure.badInput(
                    "The plan has no phase " + phase + ".",
                    plan.phases().isEmpty()
                            ? "All its tasks are done."
                            : "Use a phase from 1 to " + plan.phases().size() + ".");
        for (var id : tasks) named(id, plan);
        return task -> (phase == null || task.phase() == phase)
                && (tasks.isEmpty() || tasks.contains(task.id().value()));
    }

    private static void named(String id, Plan plan) {
        var found = plan.tasks().stream()
                .filter(task -> task.id().value().equals(id))
                .findFirst();
        if (found.isEmpty())
            throw CommandFailure.badInput(
                    "The plan has no task " + id + ".",
                    "Its tasks are: "
                            + plan.tasks().stream()
                                    .filter(task -> task.kind() == Task.Kind.WORK)
                                    .limit(NAMED)
                                    .map(task -> task.id().value())
                                    .collect(Collectors.joining(", "))
                            + ".");
        if (found.get().kind() != Task.Kind.WORK)
            throw CommandFailure.badInput(
                    id + " is the contract of a component. TaskWeaver writes it, so it has no prompt.",
                    "Name a task that implements or uses the component.");
        if (found.get().done())
            throw CommandFailure.badInput(id + " is done, according to its document.", "Name an unfinished task.");
    }

    private void tellOmissions(TaskQuery each) {
        var query = each.standalone();
        var id = each.task().id();
        if (!whole && each.query().bytes() > QueryWriter.DEFAULT_BYTES)
            input().note(id + ": the prompt has " + each.query().bytes()
                    + " bytes, since the requirement alone is that long");
        if (!whole && !output().json()) return;
        if (!query.leftOut().isEmpty())
            input().note(id + ": left out, because the limit is " + limit + " tokens: "
                    + query.leftOut().stream()
                            .limit(NAMED)
                            .map(Query.Omission::name)
                            .collect(Collectors.joining(", "))
                    + (query.leftOut().size() > NAMED
                            ? " and " + (query.leftOut().size() - NAMED) + " more"
                            : ""));
        if (query.tokens() > limit)
            input().note(id + ": the prompt has " + query.tokens() + " tokens without any optional part; the limit is "
                    + limit);
    }

    private String text(List<TaskQuery> queries) {
        var text = new StringBuilder();
        for (var each : queries) {
            var query = shown(each);
            text.append("<!-- ")
                    .append(each.task().id())
                    .append(", phase ")
                    .append(each.task().phase())
                    .append(", ")
                    .append(query.tokens())
                    .append(" tokens -->\n\n")
                    .append(query.text())
                    .append('\n');
            query.aside()
                    .ifPresent(file -> text.append("<!-- ")
                            .append(each.task().id())
                            .append(", ")
                            .append(file.path())
                            .append(" in the work tree -->\n\n")
                            .append(file.text())
                            .append('\n'));
        }
        return text.toString();
    }

    private Query shown(TaskQuery each) {
        return whole ? each.standalone() : each.query();
    }

    private void write(List<TaskQuery> queries, Path folder) {
        var files = new TreeMap<String, String>();
        for (var each : queries) {
            var name = each.task().id().value().replace(':', '_');
            var path = "phase-" + each.task().phase() + "/" + name;
            files.put(path + ".md", shown(each).text());
            shown(each).aside().ifPresent(file -> files.put(path + ".context.md", file.text()));
        }
        OutputPath.checkFolder(folder, "with --output-dir");
        try {
            var written = OutputFolder.open(folder).write(files, true);
            input().note(queries.size() + " prompts written to " + folder);
            written.refused().forEach(input()::note);
        } catch (OutputFolder.Refused e) {
            throw CommandFailure.badInput(String.valueOf(e.getMessage()), "Name another folder with --output-dir.");
        } catch (IOException e) {
            throw CommandFailure.badInput(
                    "The prompts cannot be written to " + folder + ": " + StorageFailure.cause(e) + ".",
                    StorageFailure.remedy(e, "Name a writable folder with --output-dir."));
        }
    }

    private void print(Path folder) {
        OutputPath.checkFolder(folder, "with --print-templates");
        var out = input().context().out();
        try {
            TemplateFolder.write(folder)
                    .forEach((name, written) ->
                            out.println((written ? "written: " : "exists already: ") + folder.resolve(name)));
            out.println("Edit them, then use them with --templates " + folder);
        } catch (IOException e) {
            throw CommandFailure.badInput(
                    "The templates cannot be written to " + folder + ": " + StorageFailure.cause(e) + ".",
                    StorageFailure.remedy(e, "Name a writable folder."));
        }
    }
}
