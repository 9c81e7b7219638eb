package io.taskweaver.cli.offline;

import io.taskweaver.cli.CommandFailure;
import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.Surroundings;
import io.taskweaver.cli.TemplateOptions;
import io.taskweaver.cli.VersionProvider;
import io.taskweaver.client.TaskQuery;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.client.TemplateFolder;
import io.taskweaver.client.output.OutputFolder;
import io.taskweaver.client.output.QueryJson;
import io.taskweaver.domain.plan.Plan;
import io.taskweaver.domain.plan.Task;
import io.taskweaver.domain.query.Query;
import io.taskweaver.domain.query.QueryWriter;
import io.taskweaver.domain.query.TokenCount;
import io.taskweaver.domain.storage.StorageFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
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
            "Writes the prompts of all tasks that are not done: what to do and why, contracts, files at hand, who"
                    + " builds on it. Each needs nothing but itself.",
            "Runs nothing and needs no running system."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false)
public final class GenerateQueriesCommand implements Callable<Integer> {
    private static final int NAMED = 20;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private OfflineInput input;

    @Option(names = "--phase", paramLabel = "N", description = "Only tasks of this phase.")
    private @Nullable Integer phase;

    @Option(names = "--task", paramLabel = "ID", description = "Only this task; may be repeated.")
    private List<String> tasks = List.of();

    @Option(
            names = "--limit",
            paramLabel = "TOKENS",
            defaultValue = "" + QueryWriter.DEFAULT_LIMIT,
            description = "Longest prompt, in tokens; over it the least useful parts are left out, and named (default:"
                    + " ${DEFAULT-VALUE}).")
    private int limit;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private TemplateOptions templates;

    @Option(
            names = "--print-templates",
            paramLabel = "DIR",
            description = "Read nothing; write the program's templates to this folder, to change them there.")
    private @Nullable Path printed;

    @Option(names = "--output-dir", paramLabel = "DIR", description = "Folder for a file with each prompt.")
    private @Nullable Path outputDir;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private OfflineOutput output;

    private final Surroundings surroundings;

    GenerateQueriesCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (printed != null) return print(printed);
        if (limit < 1)
            throw new CommandFailure(ExitCode.BAD_INPUT, "--limit is " + limit + ".", "Use 1 or more tokens.");
        // Half a second of loading, at the same time as all that comes before the first text is counted.
        Thread.ofPlatform().daemon().start(() -> TokenCount.exact().of(""));
        var writer = new QueryWriter(templates.read(), limit, TokenCount.exact());
        var submission = input.submission(surroundings);
        var plan = TaskWeaver.plan(submission);
        var queries = TaskWeaver.generateQueries(plan, submission.code(), writer, wanted(plan));
        queries.forEach(this::tellOmissions);
        if (outputDir != null) write(queries, outputDir);
        if (outputDir == null || output.json() || output.file().isPresent())
            output.write(output.json() ? QueryJson.write(plan, queries, limit) : text(queries), surroundings);
        return ExitCode.DONE;
    }

    /** @throws CommandFailure if there is no such phase or task, or nothing is to do in it */
    private Predicate<Task> wanted(Plan plan) {
        var open = plan.tasks().stream()
                .filter(task -> task.kind() == Task.Kind.WORK && !task.done())
                .toList();
        if (phase != null && open.stream().noneMatch(task -> task.phase() == phase))
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "There is no phase " + phase + ".",
                    plan.phases().isEmpty()
                            ? "Nothing is left to do."
                            : "The plan has the phases 1 to " + plan.phases().size() + ".");
        for (var id : tasks) named(id, plan);
        return task -> (phase == null || task.phase() == phase)
                && (tasks.isEmpty() || tasks.contains(task.id().value()));
    }

    private static void named(String id, Plan plan) {
        var found = plan.tasks().stream()
                .filter(task -> task.id().value().equals(id))
                .findFirst();
        if (found.isEmpty())
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "There is no task " + id + ".",
                    "There are: "
                            + plan.tasks().stream()
                                    .filter(task -> task.kind() == Task.Kind.WORK)
                                    .limit(NAMED)
                                    .map(task -> task.id().value())
                                    .collect(Collectors.joining(", "))
                            + ".");
        if (found.get().kind() != Task.Kind.WORK)
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    id + " is the contract of a component: the program writes it, no agent is asked.",
                    "Name a task that implements or uses it.");
        if (found.get().done())
            throw new CommandFailure(
                    ExitCode.BAD_INPUT, id + " is done, as its document says.", "Name a task that is not.");
    }

    private void tellOmissions(TaskQuery each) {
        var query = each.query();
        var id = each.task().id();
        if (!query.leftOut().isEmpty())
            surroundings
                    .err()
                    .println(id + ": left out to keep within " + limit + " tokens: "
                            + query.leftOut().stream()
                                    .limit(NAMED)
                                    .map(Query.Omission::name)
                                    .collect(Collectors.joining(", "))
                            + (query.leftOut().size() > NAMED
                                    ? " and " + (query.leftOut().size() - NAMED) + " more"
                                    : ""));
        if (query.tokens() > limit)
            surroundings
                    .err()
                    .println(id + ": has " + query.tokens()
                            + " tokens although all that can be was left out: the limit is " + limit);
    }

    private static String text(List<TaskQuery> queries) {
        var text = new StringBuilder();
        for (var each : queries)
            text.append("<!-- ")
                    .append(each.task().id())
                    .append(", phase ")
                    .append(each.task().phase())
                    .append(", ")
                    .append(each.query().tokens())
                    .append(" tokens -->\n\n")
                    .append(each.query().text())
                    .append('\n');
        return text.toString();
    }

    private void write(List<TaskQuery> queries, Path folder) {
        var files = new TreeMap<String, String>();
        for (var each : queries) {
            var name = each.task().id().value().replace(':', '_');
            files.put(
                    "phase-" + each.task().phase() + "/" + name + ".md",
                    each.query().text());
        }
        try {
            var written = OutputFolder.open(folder).write(files, true);
            surroundings.err().println(written.files() + " prompts written to " + folder);
            written.refused().forEach(surroundings.err()::println);
        } catch (OutputFolder.Refused e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT, String.valueOf(e.getMessage()), "Name another folder with --output-dir.");
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "The prompts cannot be written to " + folder + ": " + StorageFailure.cause(e) + ".",
                    StorageFailure.remedy(e, "Name a folder that can be written to with --output-dir."));
        }
    }

    private Integer print(Path folder) {
        try {
            TemplateFolder.write(folder)
                    .forEach((name, written) -> surroundings
                            .out()
                            .println((written ? "written: " : "is there already: ") + folder.resolve(name)));
            surroundings.out().println("Change them, then use them with --templates " + folder);
            return ExitCode.DONE;
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "The templates cannot be written to " + folder + ": " + StorageFailure.cause(e) + ".",
                    StorageFailure.remedy(e, "Name a folder that can be written to."));
        }
    }
}
