package io.taskweaver.cli;

import io.taskweaver.cli.progress.Columns;
import io.taskweaver.client.PlanArchive;
import io.taskweaver.client.PlanContexts;
import io.taskweaver.client.PlanContexts.Answer;
import io.taskweaver.code.Destination;
import io.taskweaver.code.TemporaryFolder;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.wire.context.ContextDocument;
import io.taskweaver.wire.context.ContextView;
import io.taskweaver.wire.json.ModelJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code taskweaver context}: what the system knows of a plan. */
@Command(
        name = "context",
        description = "Shows, compares, exports, imports or removes the contexts of plans and tasks.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ContextCommands.ShowCommand.class,
            ContextCommands.DiffCommand.class,
            ContextCommands.HistoryCommand.class,
            ContextCommands.ExportCommand.class,
            ContextCommands.ImportCommand.class,
            ContextCommands.ClearCommand.class
        })
final class ContextCommands {

    /** What all have: a running system. */
    abstract static class OfSystem implements Callable<Integer> {
        @Mixin
        SystemOptions system;

        final CommandContext context;

        OfSystem(CommandContext context) {
            this.context = context;
        }

        abstract int of(PlanContexts contexts) throws IOException, InterruptedException;

        @Override
        public final Integer call() throws IOException {
            InterruptWatch.begin();
            try (var taskWeaver = SystemOptions.open(system.connection(), context)) {
                return of(taskWeaver.contexts());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw CommandFailure.interrupted();
            }
        }

        <T> T found(Answer<T> answer) {
            return switch (answer) {
                case Answer.Found<T>(T value, boolean isCopy) -> {
                    if (isCopy)
                        context.err()
                                .println("note: The context service that owns the plan is not available. A standby copy"
                                        + " answered; the latest changes may be missing.");
                    yield value;
                }
                case Answer.Absent<T>(var detail, var hint) ->
                    throw CommandFailure.badInput(
                            detail, hint + (hint.contains(": taskweaver") ? system.arguments() : ""));
            };
        }

        void say(String line) {
            context.out().println(Columns.clean(line));
        }

        void print(List<String> lines) {
            lines.forEach(this::say);
        }

        void printJson(Object value) {
            context.out().println(ModelJson.DOCUMENTS.valueToTree(value).toString());
        }
    }

    /** The same about a plan. */
    abstract static class OfPlan extends OfSystem {
        @Parameters(index = "0", paramLabel = "PLAN", description = "Id of the plan; taskweaver status lists them.")
        private @Nullable PlanId plan;

        OfPlan(CommandContext context) {
            super(context);
        }

        final PlanId plan() {
            return Objects.requireNonNull(plan, "picocli requires it");
        }
    }

    /** {@code taskweaver context show}. */
    @Command(
            name = "show",
            description = {
                "Prints the context of a plan, or of one of its tasks, in sections.",
                "Each fact says which service and which tasks contributed it."
            })
    static final class ShowCommand extends OfPlan {
        @Parameters(
                index = "1",
                paramLabel = "TASK",
                arity = "0..1",
                description = "Id of a task, to print the context that it gets (default: the whole plan).")
        private @Nullable TaskId task;

        @Option(
                names = "--at",
                paramLabel = "VERSION",
                description =
                        "Print the context as of this version of the plan's code (default: the newest). Each merge makes a version.")
        private @Nullable Long version;

        @Option(names = "--json", description = "Print JSON, with all facts in full.")
        private boolean json;

        ShowCommand(CommandContext context) {
            super(context);
        }

        @Override
        int of(PlanContexts contexts) {
            var view = found(contexts.show(
                    plan(), Optional.ofNullable(task), ContextCommands.version(version, "--at"), limit(json)));
            if (json) printJson(view);
            else print(ContextText.of(view));
            return ExitCode.DONE;
        }
    }

    /** {@code taskweaver context diff}. */
    @Command(
            name = "diff",
            description = {
                "Prints the differences between two versions of the context of a plan, or of one of its tasks.",
                "For differences within files, use taskweaver changes."
            })
    static final class DiffCommand extends OfPlan {
        @Parameters(
                index = "1..*",
                paramLabel = "[TASK] FROM TO",
                hideParamSyntax = true,
                arity = "2..3",
                description =
                        "Two versions of the plan's code; before them, optionally, a task whose context is compared.")
        private List<String> rest = List.of();

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        DiffCommand(CommandContext context) {
            super(context);
        }

        @Override
        int of(PlanContexts contexts) {
            var task = rest.size() == 3 ? Optional.of(taskOf(rest.getFirst())) : Optional.<TaskId>empty();
            var difference = found(contexts.difference(
                    plan(), task, versionOf(rest.get(rest.size() - 2)), versionOf(rest.getLast()), limit(json)));
            if (json) printJson(difference);
            else print(ContextText.of(difference));
            return ExitCode.DONE;
        }

        private static TaskId taskOf(String text) {
            try {
                return new TaskId(text);
            } catch (IllegalArgumentException e) {
                throw CommandFailure.badInput("'" + text + "' is not a task id.", "Use an id from the plan.");
            }
        }

        private static long versionOf(String text) {
            if (!text.matches("[0-9]{1,18}"))
                throw CommandFailure.badInput(
                        "'" + text + "' is not a version.",
                        "Use a number from 0; taskweaver context show PLAN prints the newest.");
            return Long.parseLong(text);
        }
    }

    /** {@code taskweaver context history}. */
    @Command(name = "history", description = "Prints which tasks changed a file, with versions and hashes.")
    static final class HistoryCommand extends OfPlan {
        @Parameters(index = "1", paramLabel = "FILE", description = "Path of the file in the code.")
        private String file = "";

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        HistoryCommand(CommandContext context) {
            super(context);
        }

        @Override
        int of(PlanContexts contexts) {
            var history = found(contexts.history(plan(), file));
            if (history.base().isEmpty() && history.changes().isEmpty())
                throw CommandFailure.badInput(
                        "There is no file " + file + " in plan " + plan() + ".",
                        "List the files with: taskweaver changes " + plan() + " --name-status" + system.arguments());
            if (json) printJson(history);
            else print(ContextText.of(history));
            return ExitCode.DONE;
        }
    }

    /** {@code taskweaver context export}. */
    @Command(
            name = "export",
            description = {
                "Writes all contexts of a plan, with its code, to one JSON file (docs/contexts.md).",
                "An existing file is replaced once the new one is complete."
            })
    static final class ExportCommand extends OfPlan {
        @Parameters(index = "1", paramLabel = "FILE", description = "File to write; - for standard output.")
        private String file = "";

        ExportCommand(CommandContext context) {
            super(context);
        }

        @Override
        int of(PlanContexts contexts) throws IOException {
            var isPrinted = file.equals("-");
            var path = Path.of(file);
            if (!isPrinted) checkReplaced(path, "");
            var document = found(contexts.export(plan()));
            if (isPrinted) {
                context.out().write(document);
                context.out().println();
                return ExitCode.DONE;
            }
            var target = Destination.behindLinks(path);
            var folder = Objects.requireNonNull(target.getParent(), "a file is in a folder");
            var temporary = Files.createTempFile(folder, target.getFileName() + ".", ".new");
            try {
                Files.write(temporary, document);
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
            say("Exported the contexts of plan " + plan() + " to " + file + " (" + document.length + " bytes).");
            return ExitCode.DONE;
        }
    }

    /**
     * Checks a file that is to be written, in a folder that is there.
     *
     * @param naming how to name another one, e.g. {@code with --to}; may be empty
     */
    static void checkReplaced(Path file, String naming) {
        OutputPath.checkReplaced(file, naming);
        var folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder))
            throw CommandFailure.badInput(
                    file + " cannot be written: there is no folder " + folder + ".",
                    "Name a file in a folder that exists.");
    }

    /** {@code taskweaver context import}. */
    @Command(
            name = "import",
            description = {
                "Imports contexts from a file that context export or archive wrote: all of them, or none.",
                "They can be shown, compared and applied; no task runs. If the same plan is submitted and accepted, its contexts"
                        + " replace them."
            })
    static final class ImportCommand extends OfSystem {
        @Parameters(
                index = "0",
                paramLabel = "FILE",
                description = "A file that context export wrote, or an archive; - for standard input.")
        private String file = "";

        @Option(names = "--plan", paramLabel = "PLAN", description = "Fail if the file belongs to another plan.")
        private @Nullable PlanId expected;

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        ImportCommand(CommandContext context) {
            super(context);
        }

        @Override
        int of(PlanContexts contexts) throws IOException, InterruptedException {
            try {
                var document = file.equals("-") ? piped() : read(Path.of(file));
                if (expected != null && !document.plan().equals(expected))
                    throw CommandFailure.badInput(
                            file + " contains the contexts of plan " + document.plan() + ", not of " + expected + ".",
                            "Name the file of that plan, or leave out --plan.");
                var view = found(contexts.take(document));
                if (json) printJson(view.metadata());
                else
                    say("Imported the contexts of plan " + document.plan() + ": " + ContextText.counts(view)
                            + ". Show them with: taskweaver context show " + document.plan() + system.arguments());
                return ExitCode.DONE;
            } catch (ContextDocument.Unusable e) {
                throw CommandFailure.badInput(file + " cannot be imported. " + e.getMessage(), e.hint());
            }
        }

        private ContextDocument piped() throws IOException, ContextDocument.Unusable {
            try (var temporary = TemporaryFolder.create("import")) {
                return read(Files.write(
                        temporary.path().resolve("document"), context.in().readAllBytes()));
            }
        }

        private static ContextDocument read(Path file) throws IOException, ContextDocument.Unusable {
            if (!Files.isRegularFile(file))
                throw CommandFailure.badInput(
                        Files.isDirectory(file) ? file + " is a folder." : "There is no file " + file + ".",
                        "Name a file that taskweaver context export wrote.");
            try (var in = Files.newInputStream(file)) {
                if (PlanArchive.isOne(in.readNBytes(4))) return PlanArchive.contexts(file);
            }
            return ContextDocument.read(Files.readAllBytes(file));
        }
    }

    /** {@code taskweaver context clear}. */
    @Command(
            name = "clear",
            description = {
                "Removes the contexts and the code of a plan, or what is stored for one of its tasks.",
                "Refused while the plan runs, because its tasks need their contexts. Files that a task changed stay."
            })
    static final class ClearCommand extends OfPlan {
        @Parameters(
                index = "1",
                paramLabel = "TASK",
                arity = "0..1",
                description = "Id of a task (default: the whole plan).")
        private @Nullable TaskId task;

        @Option(
                names = "--force",
                description = "Remove them even while the plan runs. The plan cannot continue afterwards.")
        private boolean force;

        @Option(names = "--dry-run", description = "Print what would be removed, and remove nothing.")
        private boolean dryRun;

        ClearCommand(CommandContext context) {
            super(context);
        }

        @Override
        int of(PlanContexts contexts) throws InterruptedException {
            var id = plan();
            var view = found(contexts.show(id, Optional.ofNullable(task), OptionalLong.empty(), OptionalInt.of(1)));
            if (view.metadata().isRunning() && !force)
                throw CommandFailure.badInput(
                        "Plan " + id + " is running, and its tasks need their contexts.",
                        "End it with: taskweaver cancel " + id + system.arguments()
                                + "\nTo remove them anyway, use --force; the plan cannot continue afterwards.");
            say((dryRun ? "Would remove " : "Removing ") + removed(id, view) + ".");
            if (dryRun) return ExitCode.DONE;
            contexts.clear(id, Optional.ofNullable(task), force);
            say("Removed.");
            return ExitCode.DONE;
        }

        private String removed(PlanId id, ContextView view) {
            if (task != null)
                return "the state, outcome and contract of task " + task + " of plan " + id
                        + "; the files that it changed stay";
            return "the contexts of plan " + id + ": " + ContextText.counts(view)
                    + ", and its code on the topic and in the data folders";
        }
    }

    /** JSON has all; people are shown the first of each section. */
    private static OptionalInt limit(boolean json) {
        return json ? OptionalInt.empty() : OptionalInt.of(ContextText.MOST_LINES);
    }

    private static OptionalLong version(@Nullable Long version, String option) {
        if (version == null) return OptionalLong.empty();
        if (version < 0)
            throw CommandFailure.badInput(
                    option + " " + version + " is not a version.", "Use a number from 0, or leave it out.");
        return OptionalLong.of(version);
    }
}
