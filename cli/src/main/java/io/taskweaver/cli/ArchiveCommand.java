package io.taskweaver.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.taskweaver.cli.progress.Columns;
import io.taskweaver.client.ArchivedPlan;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.model.PlanId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code taskweaver archive}: an ended plan into a file, and out of the system. */
@Command(
        name = "archive",
        description = {
            "Writes a plan that has ended into one file, and removes it from the system.",
            "The file contains the plan, its report, events, contexts and code (docs/archives.md). The plan is removed only after"
                    + " the file is complete. If the command is interrupted, run it again."
        })
final class ArchiveCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PLAN", arity = "0..1", description = "Id of the plan.")
    private @Nullable PlanId plan;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "File to write (default: PLAN.taskweaver.zip). An existing one is replaced.")
    private @Nullable Path to;

    @Option(names = "--list", description = "List the plans that were archived instead.")
    private boolean list;

    @Option(names = "--json", description = "Print JSON, one object per line.")
    private boolean json;

    @Mixin
    private SystemOptions system;

    private final CommandContext context;

    ArchiveCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        if (list == (plan != null))
            throw CommandFailure.badInput(
                    list ? "--list takes no plan." : "No plan is named.",
                    "Use taskweaver archive PLAN, or taskweaver archive --list.");
        if (list && to != null) throw CommandFailure.badInput("--list takes no --to.", "Leave out --to, or --list.");
        if (to != null) ContextCommands.checkReplaced(to, "with --to");
        InterruptWatch.begin();
        try (var taskWeaver = SystemOptions.open(system.connection(), context)) {
            if (plan != null) return archive(taskWeaver, plan);
            var archived = taskWeaver.archived();
            if (archived.isEmpty() && !json) say("No plan has been archived.");
            archived.forEach(this::print);
            return ExitCode.DONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.INTERRUPTED, "Interrupted.", "Run the same command again to continue.");
        }
    }

    private int archive(TaskWeaver taskWeaver, PlanId id) throws IOException, InterruptedException {
        var file = to == null ? Path.of(id + ".taskweaver.zip") : to;
        switch (taskWeaver.archive(id, file)) {
            case ArchivedPlan.Outcome.Archived done -> {
                if (json) print(done.plan());
                else {
                    say("Archived plan " + id + " to " + file + ", SHA-256 "
                            + done.plan().digest() + ".");
                    if (!done.hasContexts()) say("The plan had no contexts and no code, so the archive contains none.");
                    say(
                            "Its contexts, code, tasks and the agent output in data folders are removed. Its other events, agent output included, expire with their topics.");
                    if (done.hasContexts())
                        say("Import it with: taskweaver context import " + file + system.arguments());
                }
            }
            case ArchivedPlan.Outcome.WasArchived done -> {
                if (json) print(done.plan());
                else
                    say("Plan " + id + " was archived at " + done.plan().at() + ", SHA-256 "
                            + done.plan().digest() + (done.isHere() ? ": " + file + "." : "."));
                if (!done.isHere())
                    context.err()
                            .println(Columns.clean("note: " + file
                                    + " is not its archive. Its archive is the file with that SHA-256."));
            }
            case ArchivedPlan.Outcome.Refused(var reason, var hint) ->
                throw CommandFailure.badInput(reason, hint + (hint.contains(": taskweaver") ? system.arguments() : ""));
        }
        return ExitCode.DONE;
    }

    private void print(ArchivedPlan archived) {
        if (json)
            context.out()
                    .println(JsonNodeFactory.instance
                            .objectNode()
                            .put("plan", archived.plan().value())
                            .put("title", archived.title())
                            .put("end", archived.end())
                            .put("archived_at", archived.at().toString())
                            .put("digest", archived.digest()));
        else
            say(archived.plan() + "  " + archived.end() + "  archived at " + archived.at() + "  SHA-256 "
                    + archived.digest() + "  " + archived.title());
    }

    private void say(String line) {
        context.out().println(Columns.clean(line));
    }
}
